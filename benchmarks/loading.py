"""Times loading, publishing and opening, each in a process of its own: run `python -m benchmarks.loading`."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from benchmarks.results import Figure, Pair, Results, fastest
from data.intake.examination import check_files
from data.partnership import our_partnership
from data.publishing.bootstrap import shipped_files
from data.publishing.publish import publish
from data.store import Store, migrate, open_store

ROWS = 1_000_000
AREAS = 2_000
LOAD_SECONDS, LOAD_MEMORY = 10.0, 1024.0
PUBLISH_SECONDS = 10.0
OPEN_SECONDS = 0.3


def many_incidents(folder: Path) -> float:
    """Seconds to check a million rows of incidents in a CSV file and store them."""
    areas, incidents = folder / "areas.csv", folder / "incidents.csv"
    _write(areas, incidents)
    store = _store(folder)
    store.load(
        check_files([Path("data/example/sources.csv").resolve(), areas], store, our_partnership()), by="benchmark"
    )
    return _timed(lambda: store.load(check_files([incidents], store, our_partnership()), by="benchmark"))


def incidents_read(folder: Path) -> float:
    """Seconds for pandas to read the same file, and nothing else."""
    return fastest(lambda: pd.read_csv(folder / "incidents.csv"), 1)


def million_rows_beside_pandas() -> Pair:
    """Seconds for a million rows checked and stored, and for pandas to read the file and nothing else."""
    with tempfile.TemporaryDirectory() as name:
        return many_incidents(Path(name)), incidents_read(Path(name))


def _write(areas: Path, incidents: Path) -> None:
    """Two thousand areas, and enough quarters and categories of each for a million rows."""
    named = [f"omraade-{number}" for number in range(AREAS)]
    with areas.open("w", encoding="utf-8") as file:
        file.write("area_id,code,name,level,parent_id,outline,provenance,source_id\n")
        file.writelines(f"{name},,Område {name},housing_area,,none,example,eksempeldata\n" for name in named)
    categories = [category.id for category in our_partnership().categories]
    quarters = [f"{year}K{quarter}" for year in range(2000, 2026) for quarter in range(1, 5)]
    with incidents.open("w", encoding="utf-8") as file:
        file.write("period,area_id,category,count,provenance,source_id\n")
        for row in range(ROWS):
            rest, area = divmod(row, AREAS)
            quarter, category = divmod(rest, len(categories))
            period = quarters[quarter]
            file.write(f"{period},{named[area]},{categories[category]},{row % 97},example,eksempeldata\n")


def shipped_published(folder: Path) -> float:
    """Seconds to publish the shipped data for every audience."""
    store, partnership = _store(folder), our_partnership()
    store.load(check_files(shipped_files(), store, partnership), by="benchmark")
    return _timed(lambda: publish(store, partnership, by="benchmark"))


def release_opened(folder: Path) -> float:
    """Seconds for a process that has read no release to open the newest for one audience."""
    shipped_published(folder)
    store = _store(folder)
    return _timed(lambda: store.release(audience=our_partnership().audiences[0].id))


def _store(folder: Path) -> Store:
    store = open_store(f"sqlite:///{folder / 'store.db'}")
    migrate(store)
    return store


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


@dataclass(frozen=True)
class Step:
    """What is timed, with its targets in seconds and MiB, and what a rival takes in the same folder."""

    work: Callable[[Path], float]
    seconds: float
    memory: float | None = None
    rival: Callable[[Path], float] | None = None


STEPS = {
    f"{ROWS:,} incident rows checked and stored": Step(many_incidents, LOAD_SECONDS, LOAD_MEMORY, incidents_read),
    "shipped data published for every audience": Step(shipped_published, PUBLISH_SECONDS),
    "release opened": Step(release_opened, OPEN_SECONDS),
}


def run(step: Step) -> None:
    """Do one step in this process and print its seconds, the most memory it used, MiB, and the rival's seconds."""
    with tempfile.TemporaryDirectory() as name:
        seconds = step.work(Path(name))
        # Kilobytes on Linux, bytes on macOS; looked at before the rival needs any.
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
        print(json.dumps([seconds, peak, step.rival(Path(name)) if step.rival else None]))


def main() -> int:
    """Run every step in a process of its own, print and keep the figures; returns how many targets were missed."""
    results = Results("loading")
    for name, step in STEPS.items():
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.loading", name], capture_output=True, text=True, check=True
        )
        seconds, peak, rival = json.loads(done.stdout)
        beside = "pandas.read_csv alone" if step.rival else ""
        results.add(Figure(name, seconds, "s", step.seconds, beside, rival))
        if step.memory is not None:
            results.add(Figure(f"{name}/memory", peak, "MiB", step.memory))
    return results.tell()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run(STEPS[sys.argv[1]])
    else:
        sys.exit(main())
