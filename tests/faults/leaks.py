"""A drill: does the app hold on to anything while visitors open every page and take every file along, for half an hour?

    python -m tests.faults.leaks [VISITORS] [MINUTES]

So many visitors (30) come and go for so many minutes (30), each as another of the demo's audiences. What the process
holds is noted once each has been everywhere, and again when they have all left: memory, open files, threads,
temporary files, SQLite's log beside the database, and lines of the server's own log for each visit.
"""

import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.instances import Process
from benchmarks.serving import MIB, free_port
from benchmarks.visitor import TurnedAwayError
from components.navigation import PAGES, is_for
from data.partnership import our_partnership
from data.publishing.bootstrap import bootstrap
from data.store import open_store
from tests.faults.taker import Taker

VISITORS, MINUTES = 30, 30.0
WARM = 0.3
"""Of the time: so long goes before the first note, but at least until every page has been opened."""
SECONDS_AFTER = 40.0
"""For what is let go of when its session is gone (app.py sweeps every 30 s)."""
MORE_MEMORY = 0.15
MORE_OTHERS = 8
PLAIN = ("/sundhed", "/klar", "/maalinger", "/kilder", "/persondata", "/app/static/icon.png")


@dataclass(frozen=True)
class Held:
    """What the process holds at a moment."""

    memory: float
    files: int
    threads: int
    temporary: int
    wal: float
    log: float

    def __str__(self) -> str:
        """One line of it."""
        return (
            f"{self.memory:.0f} MiB, {self.files} open files, {self.threads} threads, {self.temporary} temporary, "
            f"WAL {self.wal:.1f} MiB, log {self.log:.2f} MiB"
        )


@dataclass
class Done:
    """What the visitors did, and what went wrong."""

    pages: int = 0
    files: int = 0
    visits: int = 0
    wrong: list[str] = field(default_factory=list)


def held(process: Process, folder: Path) -> Held:
    """Look at the process and at what it has written."""
    assert process.running is not None
    seen = psutil.Process(process.running.pid)
    wal = folder / "store.db-wal"
    return Held(
        seen.memory_info().rss / MIB,
        seen.num_fds(),
        seen.num_threads(),
        sum(1 for path in (folder / "tmp").rglob("*") if path.is_file()),
        wal.stat().st_size / MIB if wal.exists() else 0.0,
        process.log.stat().st_size / MIB,
    )


async def _visits(address: str, number: int, until: float, done: Done) -> None:
    """Come, open every page of an audience with all its folds, take its files along, leave, and come again."""
    audiences = our_partnership().audiences
    turn = number
    while time.monotonic() < until:
        visitor = Taker(address)
        try:
            async with visitor:
                for path in PLAIN:
                    await visitor.fetch(path)
                audience = audiences[turn % len(audiences)]
                await visitor.look_as(audience.title)
                for entry in (each for each in PAGES if is_for(each, audience)):
                    if time.monotonic() > until:
                        break
                    answer = await visitor.unfold(entry.address)
                    done.pages += 1
                    done.wrong += answer.errors + await visitor.take_all()
        except TurnedAwayError as error:
            done.wrong.append(str(error)[:200])
        done.files += len(visitor.taken)
        done.visits += 1
        turn += 1


async def _crowd(address: str, visitors: int, seconds: float, done: Done) -> None:
    until = time.monotonic() + seconds
    await asyncio.gather(*(_visits(address, number, until, done) for number in range(visitors)))


def main(visitors: int = VISITORS, minutes: float = MINUTES) -> int:
    """Run the drill and tell what it held; 1 where something grew or went wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "tmp").mkdir()
        url = f"sqlite:///{folder / 'store.db'}"
        store = open_store(url)
        bootstrap(store, our_partnership())
        store.engine.dispose()
        settings = {"TMPDIR": str(folder / "tmp"), "TRYGHED_MOST_SESSIONS": "0"}
        process = Process("a", free_port(), url, folder / "server.log", settings)
        process.start()
        try:
            before, after, done = _ran(process, folder, visitors, minutes)
        finally:
            process.stop()
    return _tell(before, after, done)


def _ran(process: Process, folder: Path, visitors: int, minutes: float) -> tuple[Held, Held, Done]:
    warmed, done = Done(), Done()
    asyncio.run(_crowd(process.address, visitors, 60 * minutes * WARM, warmed))
    time.sleep(SECONDS_AFTER)
    before = held(process, folder)
    print(f"warm:  {before}  ({warmed.pages} pages, {warmed.files} files)", flush=True)
    asyncio.run(_crowd(process.address, visitors, 60 * minutes * (1 - WARM), done))
    time.sleep(SECONDS_AFTER)
    after = held(process, folder)
    print(f"after: {after}  ({done.pages} pages, {done.files} files, {done.visits} visits)", flush=True)
    done.wrong += warmed.wrong
    return before, after, done


def _tell(before: Held, after: Held, done: Done) -> int:
    grown = [
        word
        for word, grew in (
            ("memory", after.memory > before.memory * (1 + MORE_MEMORY)),
            ("open files", after.files > before.files + MORE_OTHERS),
            ("threads", after.threads > before.threads + MORE_OTHERS),
            ("temporary files", after.temporary > before.temporary),
            ("WAL", after.wal > max(before.wal, 4.0) * 2),
        )
        if grew
    ]
    for wrong in sorted(set(done.wrong)):
        print(f"wrong: {done.wrong.count(wrong)} x {wrong}")
    print(f"grown: {', '.join(grown) or 'nothing'}")
    return int(bool(grown or done.wrong))


if __name__ == "__main__":
    told = sys.argv[1:]
    sys.exit(main(int(told[0]) if told else VISITORS, float(told[1]) if len(told) > 1 else MINUTES))
