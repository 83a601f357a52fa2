"""Times the meeting pack and the one page, each in a process of its own: run `python -m benchmarks.reports`."""

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.results import Figure, Results
from benchmarks.serving import MIB
from data.partnership import our_partnership
from data.publishing.bootstrap import bootstrap
from data.store import open_store

PACK_SECONDS, MOST_MIB = 5.0, 3.0
PAGE_SECONDS = 1.5

# The release is open already, as it is in the app; what the report itself imports and draws is timed.
TIMED = """
import datetime as dt, sys, time
from components.methods import METHODS
from data.views.minutes import minutes
from data.partnership import our_partnership
from data.store import open_store
from data.views.view import View, nearest
store, ours = open_store(sys.argv[1]), our_partnership()
release = store.release(audience="ledelse")
view, _ = nearest(View(), release, ours)
agreed = minutes(store, ours.audience("ledelse"), ours)
methods = tuple((method.question, method.answer) for method in METHODS)
begun = time.perf_counter()
from reports.document import Subject
from reports.formats import FORMATS, make
chosen = next(each for each in FORMATS if each.id == sys.argv[2])
subject = Subject(view, release, ours, agreed, dt.date(2026, 3, 1), methods)
made = make(chosen, subject, lambda part, doing: None)
print(time.perf_counter() - begun, len(made))
"""


def made(url: str, form: str) -> tuple[float, int]:
    """Seconds and bytes of a file, in a process that has made none before."""
    run = subprocess.run([sys.executable, "-c", TIMED, url, form], capture_output=True, text=True, check=True)
    seconds, size = run.stdout.split()
    return float(seconds), int(size)


def main() -> int:
    """Time each file, print the figures and keep them; returns how many targets were missed."""
    results = Results("reports")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        store = open_store(url)
        bootstrap(store, our_partnership())
        store.engine.dispose()
        for form, most in (("moedebilag", PACK_SECONDS), ("et-ark", PAGE_SECONDS)):
            seconds, size = made(url, form)
            results.add(Figure(f"reports/{form}", seconds, "s", most))
            results.add(Figure(f"reports/{form}/size", size / MIB, "MiB", MOST_MIB))
    return results.tell()


if __name__ == "__main__":
    sys.exit(main())
