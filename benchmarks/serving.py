"""A real server to measure: the app on the shipped data, or another script, as one process on a port of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from data.partnership import our_partnership
from data.publishing.bootstrap import bootstrap
from data.store import open_store

ROOT = Path(__file__).parents[1]
SECONDS_TO_START = 120
MIB = 2**20
DATABASE = ROOT / "var" / "bench" / "shipped.db"


@dataclass(frozen=True)
class Served:
    """A server under measurement: its address, its process, and how long it took to answer."""

    address: str
    process: psutil.Process
    seconds_to_answer: float

    def cpu(self) -> float:
        """Seconds of processor time the process has used so far; another's work on the machine does not count."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def memory(self) -> float:
        """Resident memory, MiB."""
        return float(self.process.memory_info().rss) / MIB


def shipped_database() -> str:
    """The address of a database with the shipped data, made once."""
    DATABASE.parent.mkdir(parents=True, exist_ok=True)
    store = open_store(f"sqlite:///{DATABASE}")
    try:
        bootstrap(store, our_partnership())
    finally:
        store.engine.dispose()
    return f"sqlite:///{DATABASE}"


@contextmanager
def serving(
    database: str, script: str = "app.py", settings: Mapping[str, str] | None = None, log: Path | None = None
) -> Iterator[Served]:
    """Run a script with Streamlit for as long as the block lasts; raises RuntimeError where it does not start."""
    port = free_port()
    environment = os.environ | {"DATABASE_URL": database, "TRYGHED_MOST_SESSIONS": "0"} | dict(settings or {})
    started = time.perf_counter()
    with (log or Path(os.devnull)).open("wb") as log_file:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)],
            cwd=ROOT,
            env=environment | {"PYTHONPATH": str(ROOT)},
            stdout=log_file,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(process, address)
        yield Served(address, psutil.Process(process.pid), time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait(timeout=30)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", address: str) -> None:
    latest = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < latest:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"The server at {address} did not start.")
