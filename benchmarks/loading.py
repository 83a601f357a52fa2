"""Times loading, publishing and opening, each in a process of its own: run `python -m benchmarks.loading`."""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from data.bootstrap import shipped_files
from data.intake import check_files
from data.partnership import our_partnership
from data.publish import publish
from data.store import Store, migrate, open_store

ROWS = 1_000_000
AREAS = 2_000
LOAD_SECONDS, LOAD_BYTES = 10.0, 1 << 30
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


STEPS: dict[str, tuple[Callable[[Path], float], float, int | None]] = {
    f"{ROWS:,} incident rows checked and stored": (many_incidents, LOAD_SECONDS, LOAD_BYTES),
    "shipped data published": (shipped_published, PUBLISH_SECONDS, None),
    "release opened": (release_opened, OPEN_SECONDS, None),
}


def run(step: str) -> None:
    """Do one step in this process and print its seconds and the most memory it used, in bytes."""
    with tempfile.TemporaryDirectory() as folder:
        seconds = STEPS[step][0](Path(folder))
    # Kilobytes on Linux, bytes on macOS.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(seconds, peak)


def main() -> None:
    """Run every step in a process of its own and print what each took."""
    for step, (_, limit, most) in STEPS.items():
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.loading", step], capture_output=True, text=True, check=True
        )
        seconds, peak = (float(text) for text in done.stdout.split())
        within = seconds <= limit and (most is None or peak <= most)
        memory = "" if most is None else f"   {peak / 2**20:,.0f} MB of {most / 2**20:,.0f}"
        print(f"{step:<48}{seconds:>7.2f} s of {limit:g} s{memory}   {'within' if within else 'OVER'}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run(sys.argv[1])
    else:
        main()
