"""A drill: an installation that has run for many years. How long does it take to start, to draw a page, to pack?

    python -m tests.faults.scale [RELEASES] [DECISIONS] [CRITERIA]

The shipped database is grown to so many releases (200) whose newest has so many decisions (10,000) and criteria
(5,000): copies of the shipped ones under names of their own, each release with a table that differs from the one
before. Measured in seconds, on a process of its own: the start until it is ready, the pages of one visitor, the check
for damage, packing, and the room the database takes before and after. A link to the oldest release opens before and
after it is packed.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from benchmarks.instances import Process
from benchmarks.serving import MIB, free_port, shipped_database
from components.navigation import PAGES, is_for
from data.partnership import our_partnership
from data.release import table_to_parquet
from data.store import Publication, Store, migrate, open_store
from data.store.contents import KEPT_AS_THEY_ARE, give_back_space, pack
from data.store.verification import verify
from tests.copies import SQLITE, copied
from tests.faults.taker import Taker

RELEASES, DECISIONS, CRITERIA = 200, 10_000, 5_000
ROUNDS = 3
START_SECONDS, PAGE_SECONDS = 3.0, 0.15
COPIED = {"decisions": "decision_id", "criteria": "criterion_id"}


def grown(table: pd.DataFrame, key: str, rows: int) -> pd.DataFrame:
    """A table with so many rows: its own over and over, each time under other names; an empty one stays so."""
    if table.empty:
        return table
    times = -(-rows // len(table))
    parts = [table.assign(**{key: table[key] + (f"-{number}" if number else "")}) for number in range(times)]
    return pd.concat(parts, ignore_index=True).iloc[:rows]


def grow(store: Store, releases: int, decisions: int, criteria: int) -> None:
    """Publish release after release until there are so many; the last is the one with many rows."""
    newest = store.newest()
    assert newest is not None
    documents = store.documents(newest.id)
    audiences = sorted({audience for audience, _ in documents})
    for number in range(newest.id + 1, releases + 1):
        for audience in audiences:
            documents[audience, "since"] = table_to_parquet(_since(number))
            if number == releases:
                tables = store.release(newest.id, audience=audience).tables
                for name, rows in (("decisions", decisions), ("criteria", criteria)):
                    documents[audience, name] = table_to_parquet(grown(tables[name], COPIED[name], rows))
        store.publish_documents(documents, Publication(by="scale", note=f"Udgave {number}", after=number - 1))


def _since(number: int) -> pd.DataFrame:
    return pd.DataFrame({"release_id": [number - 1], "meeting_date": [None], "cell_year": [""]})


async def _pages(address: str) -> dict[str, list[float]]:
    """Seconds of each page as its audience with most rights sees it, after a first round that is not counted."""
    reader = next(each for each in our_partnership().audiences if each.publishes)
    seconds: dict[str, list[float]] = {}
    async with Taker(address) as visitor:
        await visitor.look_as(reader.title)
        for number in range(ROUNDS + 1):
            for entry in (each for each in PAGES if is_for(each, reader)):
                answer = await visitor.open(entry.address)
                assert not answer.errors, answer.errors
                if number:
                    seconds.setdefault(entry.title, []).append(answer.seconds)
        oldest = await visitor.open("", udgave="1")
        assert not oldest.errors, oldest.errors
    return seconds


def _served(url: str, folder: Path) -> tuple[float, dict[str, list[float]]]:
    process = Process("a", free_port(), url, folder / "server.log", {"TRYGHED_MOST_SESSIONS": "0"})
    began = time.perf_counter()
    try:
        process.start()
        started = time.perf_counter() - began
        return started, asyncio.run(_pages(process.address))
    finally:
        process.stop()


def _timed(what: str, work) -> None:  # type: ignore[no-untyped-def]
    began, used = time.perf_counter(), time.process_time()
    work()
    print(f"{what}: {time.perf_counter() - began:.1f} s, processor {time.process_time() - used:.1f} s", flush=True)


def _tell(when: str, url: str, folder: Path) -> bool:
    started, seconds = _served(url, folder)
    every = sorted(each for page in seconds.values() for each in page)
    most = every[int(0.95 * len(every))] if every else 0.0
    size = Path(url.removeprefix(SQLITE)).stat().st_size / MIB
    print(f"{when}: {size:.0f} MiB, started in {started:.1f} s, pages 95th percentile {most:.3f} s", flush=True)
    for page, each in seconds.items():
        print(f"  {page}: {statistics.median(each):.3f} s")
    return started <= START_SECONDS and most <= PAGE_SECONDS


def main(releases: int = RELEASES, decisions: int = DECISIONS, criteria: int = CRITERIA) -> int:
    """Grow, measure, pack and measure again; 1 where a start or a page takes longer than it may."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = copied(shipped_database(), folder / "store.db")
        store = open_store(url)
        migrate(store)
        _timed(f"grown to {releases} releases", lambda: grow(store, releases, decisions, criteria))
        _timed("migrated again, as each start does", lambda: migrate(store))
        _timed("checked for damage", lambda: verify(store.engine))
        before = store.documents(1)
        _tell("before", url, folder)
        _timed("packed", lambda: (pack(store.engine, KEPT_AS_THEY_ARE, "scale"), give_back_space(store.engine)))
        _timed("checked for damage", lambda: verify(store.engine))
        assert verify(store.engine) == []
        assert store.documents(1) == before
        store.engine.dispose()
        return 0 if _tell("packed", url, folder) else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
