"""Times counting so many raw cases, and searches the disk for any of them: `python -m benchmarks.cases [10000000]`."""

import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from benchmarks.results import Figure, Results
from benchmarks.serving import MIB, ROOT

CASES = 10_000_000
PROCESSOR_SECONDS, MEMORY = 60.0, 1024.0
"""The targets: a minute of work and a gigabyte."""
CANARY = b"K4N4R1E"
"""What stands in the number of every made-up case, and may stand nowhere else afterwards."""
OFFENCES = ("1320", "1330", "1215", "1430", "1420", "3210", "9999", "Tyveri", "1316", "1110")
_PIECE = 500_000


def main(cases: int = CASES) -> int:
    """Count made-up cases once, print and keep what it took; returns how many targets were missed.

    A file that holds a row of a case misses its target too.
    """
    results = Results("cases")
    with tempfile.TemporaryDirectory() as held, tempfile.TemporaryDirectory() as name:
        source, place = Path(held) / "sager.csv", Path(name)
        write_cases(source, cases)
        begun = time.time()
        work, memory = counted(source, place)
        found = [file for file in written_since(begun, place, source) if holds_canary(file)]
    named = f"{cases:,} cases counted"
    results.add(Figure(f"{named}/processor", work, "s", PROCESSOR_SECONDS))
    results.add(Figure(f"{named}/memory at most", memory, "MiB", MEMORY))
    results.add(Figure(f"{named}/files with the row of a case", len(found), "", 0))
    for file in found:
        print(file)
    return results.tell()


def write_cases(file: Path, cases: int) -> None:
    """Write so many made-up cases of five years, half of them in and around three municipalities."""
    rng = np.random.default_rng(15)
    names = ["Sagsnr", "Gerningsdato", "Time", "Gerningskode", "X", "Y"]
    options = pyarrow.csv.WriteOptions(delimiter=";", quoting_style="none")
    schema = pa.schema([(name, pa.string()) for name in names])
    with pyarrow.csv.CSVWriter(file, schema, write_options=options) as writer:
        for start in range(0, cases, _PIECE):
            many = min(_PIECE, cases - start)
            days = np.datetime64("2021-01-01", "s") + rng.integers(0, 1826, many) * np.timedelta64(86_400, "s")
            hours = np.array([f"{hour:02d}:30" for hour in range(24)])[rng.integers(0, 24, many)]
            place = [rng.uniform(*ends, many).round(1) for ends in ((706_000, 725_000), (6_172_000, 6_187_000))]
            numbers = pc.binary_join_element_wise(
                CANARY.decode(), pa.array(np.arange(start, start + many).astype(str)), ""
            )
            columns = [
                numbers,
                pc.strftime(pa.array(days), format="%d-%m-%Y"),
                pa.array(hours),
                pa.array(np.array(OFFENCES)[rng.integers(0, len(OFFENCES), many)]),
                *(pc.replace_substring(pa.array(each).cast(pa.string()), ".", ",") for each in place),
            ]
            writer.write_table(pa.table([each.cast(pa.string()) for each in columns], schema=schema))


def counted(source: Path, place: Path) -> tuple[float, float]:
    """Processor seconds and MiB at most of the command that counts a file, run with `place` as all its folders."""
    command = [sys.executable, "-m", "data", "aggregate", "incidents", str(source), "-o", "ud.xlsx", "--all-offences"]
    folders = {"HOME": str(place), "TMPDIR": str(place), "PYTHONPATH": str(ROOT)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=place, env=os.environ | folders, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return work, after.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / MIB


def written_since(moment: float, place: Path, source: Path) -> Iterator[Path]:
    """Every file in the command's folders and in this machine's places for passing files that was written since."""
    for root in (place, *map(Path, ("/tmp", "/var/tmp", "/dev/shm"))):
        for folder, _, names in os.walk(root):
            for name in names:
                file = Path(folder) / name
                try:
                    if file != source and file.is_file() and file.stat().st_mtime >= moment:
                        yield file
                except OSError:  # gone meanwhile, or not ours to see
                    continue


def holds_canary(file: Path) -> bool:
    """Whether a file, or a member of the workbook that the command makes, repeats the number of a case."""
    try:
        if file.suffix == ".xlsx":
            with suppress(zipfile.BadZipFile, NotImplementedError), zipfile.ZipFile(file) as archive:
                if any(CANARY in archive.read(member) for member in archive.namelist()):
                    return True
        return CANARY in file.read_bytes()
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else CASES))
