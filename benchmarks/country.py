"""Publishes a whole country, then its next quarter, and times pages at that size: python -m benchmarks.country.

How it grows is measured on 1, 10 and 100 partnerships of three municipalities and eight housing areas, with the eight
newest quarters: those of the country, again and again under other names where there are not enough of them.
`BENCH_COUNTRY_PART` (such as 0.1) makes a smaller country and `BENCH_COUNTRY_SCALES` (such as 1,10) fewer sizes, for
trying out. With Dask installed the same pieces are also built by two of its workers.
"""

import asyncio
import importlib.util
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import psutil

from benchmarks import serving
from benchmarks.country_counts import Size, quarters
from benchmarks.country_data import members
from benchmarks.country_page import national_store, settings_file
from benchmarks.pages import timed
from benchmarks.results import Figure, Results
from benchmarks.serving import MIB
from benchmarks.visitor import Visitor
from data.partnership import our_partnership
from data.publishing.country.pieces import Packed, Piece
from data.publishing.country.publish import Done, Mapper, Member, Shelf, build_country, on_all_cores, publish_country
from data.store import Store, migrate, open_store

PART = float(os.environ.get("BENCH_COUNTRY_PART", "1"))
MOST_SECONDS, MOST_MEMORY = 15 * 60.0, 8 * 1024.0
PAGE_SECONDS, PAGE_MEMORY = 0.300, 2 * 1024.0
PAGES = ("", "tryghedskort", "udvikling", "omraade")
# So many partnerships.
SCALES = tuple(int(times) for times in os.environ.get("BENCH_COUNTRY_SCALES", "1,10,100").split(","))

# A country of partnerships like the shipped one: eight housing areas and 1,140 cells over four years in each, and the
# eight newest quarters; the others would add what these do, for every year is a piece of its own.
UNIT = Size(housing_areas=264, cells=37_240, cell_years=4, quarters=8)
UNITS = {"processor": "s", "seconds": "s", "memory": "MiB", "database": "MiB"}


class Watch:
    """The most memory that this process and those it has started hold together, MiB, looked at ten times a second."""

    def __init__(self) -> None:
        """Begin to watch."""
        self.most = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        own = psutil.Process()
        while not self._over.wait(0.1):
            held = 0
            for process in (own, *own.children(recursive=True)):
                try:
                    held += process.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            self.most = max(self.most, held / MIB)

    def stop(self) -> float:
        """Stop, and return the most."""
        self._over.set()
        self._thread.join()
        return self.most


@dataclass(frozen=True)
class Published:
    """What a publication took: seconds, seconds of processor time, MiB, and which pieces were built."""

    seconds: float
    processor: float
    memory: float
    done: Done


def published(store: Store, country: Sequence[Member], folder: Path) -> Published:
    """Publish on all cores and say what it took."""
    shelf, watch, used, started = Shelf(folder), Watch(), processor_time(), time.perf_counter()
    with on_all_cores() as over:
        publish_country(store, country, shelf, over, by="benchmark")
    took = Published(time.perf_counter() - started, processor_time() - used, watch.stop(), shelf.done)
    print(f"{len(country)} partnerships in {took.seconds:.0f} s, {took.done.built} pieces built", flush=True)
    return took


def processor_time() -> float:
    """Seconds of processor time that this process and those it has ended have used; nobody else's work counts."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def whole_country(results: Results, folder: Path) -> Store:
    """The first publication and the next quarter's."""
    shipped = open_store(serving.shipped_database())
    size = Size(max(round(98 * PART), 11), max(round(600 * PART), 24), max(round(50_000 * PART), 500))
    store = open_store(f"sqlite:///{folder / 'country.db'}")
    migrate(store)
    times = quarters()
    first = published(store, members(shipped, our_partnership(), size, times[-2]), folder / "shelf")
    second = published(store, members(shipped, our_partnership(), size), folder / "shelf")
    named = f"country/{size.municipalities} municipalities"
    results.add(Figure(f"{named}/published", first.seconds, "s", MOST_SECONDS))
    results.add(Figure(f"{named}/published, processor", first.processor, "s"))
    results.add(Figure(f"{named}/published, memory", first.memory, "MiB", MOST_MEMORY))
    results.add(Figure(f"{named}/published, pieces", first.done.built, ""))
    results.add(Figure(f"{named}/next quarter", second.seconds, "s", MOST_SECONDS))
    results.add(Figure(f"{named}/next quarter, processor", second.processor, "s"))
    results.add(Figure(f"{named}/next quarter, pieces built anew", second.done.built, ""))
    results.add(Figure(f"{named}/next quarter, pieces kept", second.done.kept, ""))
    results.add(Figure(f"{named}/database", (folder / "country.db").stat().st_size / MIB, "MiB"))
    shipped.engine.dispose()
    return store


def a_page_of_it(results: Results, store: Store, folder: Path) -> None:
    """Pages of a reader who sees all municipalities and housing areas of the country."""
    url = national_store(store, folder / "page.db")
    settings = {"TRYGHED_PARTNERSHIP": str(settings_file(store, folder / "partnership.toml"))}

    async def pages(served: serving.Served) -> None:
        async with Visitor(served.address) as visitor:
            await visitor.open("")
            for page in PAGES:
                cost = await timed(visitor, served, page)
                results.add(Figure(f"country/{page or 'overblik'}/first visit", cost.first, "s"))
                results.add(Figure(f"country/{page or 'overblik'}/rerun p95", cost.p95, "s", PAGE_SECONDS))
                results.add(Figure(f"country/{page or 'overblik'}/processor", cost.cpu, "s"))
            results.add(Figure("country/memory of the app", served.memory(), "MiB", PAGE_MEMORY))

    with serving.serving(url, settings=settings) as served:
        asyncio.run(pages(served))


def on_an_engine(results: Results, folder: Path) -> None:
    """The same pieces by two workers of Dask, and whether the bytes are the same."""
    if importlib.util.find_spec("distributed") is None:
        print("Dask's part is left out: requirements-bench.txt is not installed")
        return
    from distributed import Client, LocalCluster

    shipped = open_store(serving.shipped_database())
    country = members(shipped, our_partnership(), Size(14, 40, 1_000, 3, 4))[:2]
    store = open_store(f"sqlite:///{folder / 'engine.db'}")
    migrate(store)
    with on_all_cores() as over:
        ours = build_country(store, country, Shelf(folder / "ours"), over)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        started = time.perf_counter()
        theirs = build_country(store, country, Shelf(folder / "theirs"), on_dask(client))
        results.add(Figure("country/two partnerships on two workers of Dask", time.perf_counter() - started, "s"))
    results.add(
        Figure("country/bytes that differ on Dask", float(sum(ours[each] != theirs[each] for each in ours)), "", 0)
    )


def on_dask(client: object) -> Mapper:
    """Map over the workers of a Dask client."""

    def over(function: Callable[[Piece], Packed], pieces: Sequence[Piece]) -> Iterable[Packed]:
        return client.gather(client.map(function, pieces, pure=False))  # type: ignore[attr-defined]

    return over


def one_scale(times: int) -> dict[str, float]:
    """What publishing so many partnerships takes: seconds of processor time, seconds, and MiB held and stored."""
    shipped = open_store(serving.shipped_database())
    alike = members(shipped, our_partnership(), UNIT)
    shipped.engine.dispose()
    country = [_again(alike[number % len(alike)], number) for number in range(times)]
    with tempfile.TemporaryDirectory(prefix="tryghed-country-") as name:
        folder = Path(name)
        store = open_store(f"sqlite:///{folder / 'scale.db'}")
        migrate(store)
        took = published(store, country, folder / "shelf")
        store.engine.dispose()
        stored = (folder / "scale.db").stat().st_size / MIB
    return {"processor": took.processor, "seconds": took.seconds, "memory": took.memory, "database": stored}


def _again(member: Member, number: int) -> Member:
    """The partnership under a name of its own, so that nothing that is made for another of its kind serves for it."""
    named = replace(member.partnership, name=f"Partnerskab {number}")
    return Member(f"p{number:03}", named, member.loaded)


def scales(results: Results) -> None:
    """What 1, 10 and 100 partnerships take, each in a process that has done nothing else, and how that grows."""
    took = {}
    for times in SCALES:
        command = [sys.executable, "-m", "benchmarks.country", str(times)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        took[times] = json.loads(done.stdout.splitlines()[-1])
        for what, value in took[times].items():
            results.add(Figure(f"country/{times} ×/{what}", value, UNITS[what]))
    for less, more in pairwise(SCALES):
        for what in UNITS:
            power = math.log(took[more][what] / took[less][what]) / math.log(more / less)
            results.add(Figure(f"country/exponent of {what}, {less} × to {more} ×", power, ""))


def main() -> int:
    """Run all, print the figures and keep them; returns how many targets were missed."""
    results = Results("country")
    with tempfile.TemporaryDirectory(prefix="tryghed-country-") as name:
        folder = Path(name)
        store = whole_country(results, folder)
        results.keep()
        a_page_of_it(results, store, folder)
        store.engine.dispose()
        on_an_engine(results, folder)
        results.keep()
    scales(results)
    return results.tell()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(one_scale(int(sys.argv[1]))))
    else:
        sys.exit(main())
