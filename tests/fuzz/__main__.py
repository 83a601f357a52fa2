"""Fuzzes every reader for a while: `python -m tests.fuzz [SECONDS IN ALL]`, ten minutes unless told otherwise.

Hypothesis first makes files that are nearly right, then Atheris (where it is installed) looks for new ways through the
code. What a reader stumbles over is kept in var/fuzz.
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from tests.fuzz.effort import STUCK_SECONDS
from tests.fuzz.targets import TARGETS, write_seeds

KEPT = Path("var/fuzz")
SECONDS = 600
# Python with our libraries uses some 400 MB before it has read anything.
MOST_MEGABYTES = 400 + 1024
FILES_A_SECOND = 8


def main(seconds: int) -> int:
    """Fuzz for so long; returns how many readers have a fault."""
    guided = importlib.util.find_spec("atheris") is not None
    if not guided:
        print("Atheris is not installed here; only Hypothesis is used.")
    each = max(1, seconds // len(TARGETS) // (2 if guided else 1))
    faults = [name for name in TARGETS if _nearly_right(name, each)]
    faults += [name for name in TARGETS if guided and _guided(name, each)]
    print(f"Faults in: {', '.join(faults)}" if faults else "No reader has a fault.")
    return len(faults)


def _nearly_right(name: str, seconds: int) -> int:
    files = os.environ | {"TRYGHED_FUZZ_FILES": str(seconds * FILES_A_SECOND)}
    test = "tests/fuzz/test_readers.py::test_any_file_is_read_or_refused_in_words"
    return subprocess.run([sys.executable, "-m", "pytest", "-q", f"{test}[{name}]"], env=files, check=False).returncode


def _guided(name: str, seconds: int) -> int:
    corpus = KEPT / name
    write_seeds(name, corpus)
    options = (
        f"-max_total_time={seconds}",
        f"-timeout={STUCK_SECONDS}",
        f"-report_slow_units={STUCK_SECONDS}",  # by the clock, which a busy machine lengthens
        f"-rss_limit_mb={MOST_MEGABYTES}",
        f"-artifact_prefix={KEPT}/{name}-",
        "-max_len=200000",
        "-verbosity=0",
        "-print_final_stats=1",
    )
    print(f"{name}: Atheris, {seconds} s", flush=True)
    command = [sys.executable, "-m", "tests.fuzz.coverage_guided", name, str(corpus), *options]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
