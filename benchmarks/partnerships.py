"""Several partnerships in one PostgreSQL, opened as an installation opens them: what a page and a process take.

Processor time counts nobody else's work on the machine, so it is held against the target there too where others work.

Run: python -m benchmarks.partnerships 5
"""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import numpy as np
import psutil

from benchmarks.instances import status, until
from benchmarks.results import Figure, Results
from benchmarks.serving import MIB, ROOT, free_port
from benchmarks.visitor import Visitor
from data.backup import backup, restore
from data.intake.examination import check_files
from data.partnership import read_partnership
from data.publishing.publish import publish
from data.settings import several
from data.store import migrate, open_store
from server.front import Served
from server.partnerships import ports
from tests.journeys.fjordby import SETTINGS, files
from tests.postgres import running_server

KINDS = ("population", "survey", "incidents", "initiatives", "activities", "criteria", "outlines", "meetings")
PAGES = ("", "udvikling", "omraade", "indsatser", "tryghedskort")
RERUNS = 8
MANY = 5
P95_SECONDS = 0.05
DATABASE = "DATABASE_URL"


def found(folder: Path, many: int) -> None:
    """Write so many partnerships, each in its own schema: one is published, and its backup restored in the others."""
    content, copy = files(KINDS), folder / "copy.db"
    for number in range(1, many + 1):
        name = f"by-{number}"
        own = folder / name
        (own / "files").mkdir(parents=True)
        (own / several.SETTINGS_FILE).write_text(SETTINGS.replace("Trygt Fjordby", f"Partnerskab {number}"), "utf-8")
        for file, data in content.items():
            (own / "files" / file).write_bytes(data)
        os.environ[several.NAME] = name
        partnership, store = read_partnership(own / several.SETTINGS_FILE), open_store()
        migrate(store)
        if copy.exists():
            restore(store, copy)
        else:
            store.load(check_files(sorted((own / "files").iterdir()), store, partnership), by="bench")
            publish(store, partnership, by="bench")
            backup(store, copy)
        store.engine.dispose()
    del os.environ[several.NAME]


def memory(parent: psutil.Process) -> tuple[list[float], float]:
    """MiB that each serving process holds alone, and that all of them and what began them hold together."""
    own, together = [], 0.0
    for process in (parent, *parent.children(recursive=True)):
        full = process.memory_full_info()
        together += full.pss / MIB
        if any("forkserver" in word for word in process.cmdline()) and process.ppid() != parent.pid:
            own.append(full.uss / MIB)
    return own, together


def is_ready(each: Served) -> bool:
    """Whether a partnership's process answers and has its release."""
    return status(f"http://127.0.0.1:{each.port}/{each.name}/klar") == 200


def processor_seconds(parent: psutil.Process) -> float:
    """Seconds of processor time of all processes so far; another's work on the machine does not count."""
    times = [each.cpu_times() for each in parent.children(recursive=True)]
    return float(sum(each.user + each.system for each in times))


def serving(parent: psutil.Process, port: int) -> int:
    """The number of the process that listens on a port."""
    return next(
        process.pid
        for process in parent.children(recursive=True)
        for each in process.net_connections("tcp")
        if each.status == psutil.CONN_LISTEN and each.laddr.port == port
    )


def own_seconds(process: int) -> float:
    """Seconds of processor time of a process so far, to the microsecond: Linux has a clock for each."""
    return time.clock_gettime((~process << 3) | 2)


async def visited(address: str, process: int) -> list[tuple[str, float, float]]:
    """Each rerun of each page of a partnership: page, seconds, and seconds of the processor; one reader at a time."""
    took = []
    for page in PAGES:
        async with Visitor(address) as visitor:
            await visitor.open(page)
            await visitor.rerun()
            for _ in range(RERUNS):
                before = own_seconds(process)
                answer = await visitor.rerun()
                if answer.errors:
                    raise RuntimeError(f"{page}: {answer.errors[0]}")
                took.append((page or "overblik", answer.seconds, own_seconds(process) - before))
    return took


def main(many: int = MANY) -> int:
    """Found, open, visit, tell and keep; return a process exit code."""
    results = Results("partnerships")
    with running_server() as server, tempfile.TemporaryDirectory() as temporary:
        if server is None:
            sys.exit("PostgreSQL's server programs are missing.")
        folder = Path(temporary)
        os.environ |= {several.FOLDER: temporary, DATABASE: server.new_database()}
        found(folder, many)
        port = free_port()
        served = ports(port)
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "server.partnerships", "--port", str(port), "--only-processes"],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            for each in served:
                until(partial(is_ready, each), partial(str, each))
            open_after = time.perf_counter() - began
            running = psutil.Process(process.pid)
            at_rest, _ = memory(running)
            used = processor_seconds(running)
            looked_at = served[:: max(1, many // 5)][:5]
            took = [
                rerun
                for each in looked_at
                for rerun in asyncio.run(
                    visited(f"http://127.0.0.1:{each.port}/{each.name}", serving(running, each.port))
                )
            ]
            used = processor_seconds(running) - used
            own, together = memory(running)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)
    rerun = f"{many} partnerships/rerun"
    seconds, processor = [each[1] for each in took], [each[2] for each in took]
    for figure in (
        Figure(f"{many} partnerships/all open", open_after, "s"),
        Figure(f"{many} partnerships/one process alone, unvisited", max(at_rest), "MiB"),
        Figure(f"{many} partnerships/one process alone, visited", max(own), "MiB"),
        Figure(f"{many} partnerships/all processes together", together, "MiB"),
        Figure(f"{rerun} median", float(np.percentile(seconds, 50)), "s"),
        Figure(f"{rerun} 95th percentile", float(np.percentile(seconds, 95)), "s", P95_SECONDS),
        Figure(f"{rerun} median, processor", float(np.percentile(processor, 50)), "s"),
        Figure(f"{rerun} 95th percentile, processor", float(np.percentile(processor, 95)), "s", P95_SECONDS),
        *(
            Figure(
                f"{rerun} {page} 95th percentile, processor",
                float(np.percentile([each[2] for each in took if each[0] == page], 95)),
                "s",
            )
            for page in dict.fromkeys(each[0] for each in took)
        ),
        Figure(f"{rerun} processor, with the first visits", used / len(took), "s"),
    ):
        results.add(figure)
    return results.tell()


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else MANY))
