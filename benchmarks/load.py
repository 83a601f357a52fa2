"""Fifty, a hundred and two hundred at once, what they cost in memory, and too many: python -m benchmarks.load."""

import asyncio
import os
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks import serving
from benchmarks.results import Figure, Results
from benchmarks.serving import Served
from benchmarks.visitor import TurnedAwayError, Visitor
from benchmarks.visitors_at_once import PAGES, Plan, crowd

SECONDS = float(os.environ.get("BENCH_LOAD_SECONDS", "60"))
# Visitors at once -> the longest that 95 of 100 acts may take, seconds.
TARGETS = {50: 0.1, 100: 0.3}
MOST_MEMORY = 1024.0
RERUNS, IDLE = 1_000, 50
LEAK = 0.1
"""How much larger a process may be after a thousand reruns, as a part of what it was before."""
PLACES, COMING = 40, 80
RIVAL = "benchmarks/rivals/pandas_page.py"


def many_at_once(results: Results) -> None:
    """50 and 100 visitors on one process, beside a page of seven charts that works its figures out while one waits."""
    for many, limit in TARGETS.items():
        with serving.serving(serving.shipped_database()) as served:
            before = served.cpu()
            waits = asyncio.run(crowd([served.address], many, Plan(SECONDS)))
            busy = (served.cpu() - before) / (SECONDS + 10)
            results.add(Figure(f"load/{many} visitors/p50", waits.at(0.5), "s"))
            results.add(Figure(f"load/{many} visitors/p95", waits.at(0.95), "s", limit))
            results.add(Figure(f"load/{many} visitors/processor", busy, "cores"))
            results.add(Figure(f"load/{many} visitors/memory", served.memory(), "MiB", MOST_MEMORY))
            results.add(Figure(f"load/{many} visitors/errors", len(waits.errors), "", 0))
    with serving.serving(serving.shipped_database(), RIVAL) as served:
        waits = asyncio.run(crowd([served.address], 50, Plan(min(SECONDS, 30), pages=("",))))
        results.rival("load/50 visitors/p95", "plain pandas page", waits.at(0.95))


def memory(results: Results) -> None:
    """What an idle visitor costs, and whether a process grows with the pages it has drawn."""
    with serving.serving(serving.shipped_database()) as served:
        results.add(Figure("load/start", served.seconds_to_answer, "s", 3.0))
        asyncio.run(_idle(served, results))
        asyncio.run(_reruns(served, results))


async def _idle(served: Served, results: Results) -> None:
    async with Visitor(served.address) as first:
        for page in PAGES:  # what all share is in memory before anything is weighed
            await first.open(page)
        before = served.memory()
        visitors = [Visitor(served.address) for _ in range(IDLE)]
        for number, visitor in enumerate(visitors):
            await visitor.fetch("/")
            await visitor.connect()
            await visitor.open(PAGES[number % len(PAGES)])
        results.add(Figure("load/memory of an idle visitor", (served.memory() - before) / IDLE, "MiB"))
        for visitor in visitors:
            await visitor.leave()


async def _reruns(served: Served, results: Results) -> None:
    async with Visitor(served.address) as visitor:
        sizes = []
        for number in range(RERUNS + 200):
            await visitor.open(PAGES[number % len(PAGES)])
            if number % 100 == 99:
                sizes.append(served.memory())
        grown = statistics.mean(sizes[-2:]) / statistics.mean(sizes[1:3]) - 1
        results.add(Figure(f"load/growth over {RERUNS} reruns", 100 * grown, "%", 100 * LEAK))
        results.add(Figure("load/memory after them", sizes[-1], "MiB", MOST_MEMORY))


def too_many(results: Results) -> None:
    """More visitors than places: those inside must not notice, the others get the page that waits."""
    settings = {"TRYGHED_MOST_SESSIONS": str(PLACES)}
    with serving.serving(serving.shipped_database(), settings=settings) as served:
        inside, polite = asyncio.run(_overrun(served))
    results.add(Figure(f"load/{PLACES} inside while {COMING} more come/p95", inside, "s", TARGETS[50]))
    results.add(Figure("load/newcomers asked politely to wait", polite, "%"))


async def _overrun(served: Served) -> tuple[float, float]:
    working = asyncio.create_task(crowd([served.address], PLACES, Plan(SECONDS / 2)))
    await asyncio.sleep(11)  # by then all of them are inside
    refused, tries = 0, 0
    while not working.done():
        visitors = [Visitor(served.address) for _ in range(COMING // 10)]
        for answer in await asyncio.gather(*(visitor.fetch("/") for visitor in visitors), return_exceptions=True):
            tries += 1
            refused += isinstance(answer, TurnedAwayError) and "Vent et øjeblik" in str(answer)
        await asyncio.sleep(1)
    waits = await working
    return waits.at(0.95), 100 * refused / max(tries, 1)


def two_processes(results: Results) -> None:
    """200 visitors on two processes with one PostgreSQL behind nginx; left out where PostgreSQL or nginx is missing."""
    from benchmarks.instances import NGINX, Process, proxied
    from data.backup import backup, restore
    from data.store import open_store
    from tests.postgres import running_server

    with tempfile.TemporaryDirectory(prefix="tryghed-load-") as name, running_server() as server:
        if NGINX is None or server is None:
            print("200 visitors on two processes: left out; it takes PostgreSQL and nginx")
            return
        folder = Path(name)
        folder.chmod(0o755)
        source, url = open_store(serving.shipped_database()), server.new_database()
        target = open_store(url)
        backup(source, folder / "kopi.db")
        restore(target, folder / "kopi.db")
        source.engine.dispose()
        target.engine.dispose()
        places = {"TRYGHED_MOST_SESSIONS": "0"}
        instances = [Process(each, serving.free_port(), url, folder / f"{each}.log", places) for each in "ab"]
        try:
            for instance in instances:
                instance.start()
            with proxied(instances[0], instances[1], folder) as proxy:
                waits = asyncio.run(crowd([proxy.address], 200, Plan(SECONDS), trust=proxy.trust))
        finally:
            for instance in instances:
                instance.stop()
    results.add(Figure("load/200 visitors on two processes/p50", waits.at(0.5), "s"))
    results.add(Figure("load/200 visitors on two processes/p95", waits.at(0.95), "s", 1.0))
    results.add(Figure("load/200 visitors on two processes/errors", len(waits.errors), "", 0))


def main() -> int:
    """Run all, print the figures and keep them; returns how many targets were missed."""
    results = Results("load")
    for part in (many_at_once, memory, too_many, two_processes):
        part(results)
    return results.tell()


if __name__ == "__main__":
    sys.exit(main())
