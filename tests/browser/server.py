"""The real server as a reader's browser meets it: started on a port of its own, watched, and stopped."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
WATCH = Path(__file__).parent / "watch"
SECONDS_TO_START = 60


@dataclass(frozen=True)
class Server:
    """A running server: its address without a final slash, what it has said, and what was noted about it."""

    address: str
    log: Path
    notes: Path

    def said(self) -> str:
        """Everything the server has written in its log."""
        return self.log.read_text(encoding="utf-8")

    def pages_run(self) -> set[str]:
        """The files of the pages it has run."""
        return self._noted("ran")

    def hosts_called(self) -> set[str]:
        """Every other machine it has looked up or called, or tried to."""
        return self._noted("left")

    def _noted(self, kind: str) -> set[str]:
        lines = self.notes.read_text(encoding="utf-8").splitlines() if self.notes.exists() else []
        return {rest for first, _, rest in (line.partition(" ") for line in lines) if first == kind}


@contextmanager
def serving(
    database: str,
    folder: Path,
    script: str = "app.py",
    port: int | None = None,
    options: Sequence[str] = (),
    below: str = "",
) -> Iterator[Server]:
    """Run the app, or another script, on a database for as long as the block lasts; log and notes go in a folder.

    `options` are further ones of Streamlit's, `below` the path that all addresses begin with ("/nordby").
    """
    port = port or free_port()
    options = [*options, "--server.baseUrlPath", below] if below else options
    server = Server(f"http://127.0.0.1:{port}{below}", folder / f"server-{port}.log", folder / f"notes-{port}.txt")
    with server.log.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port), *options],
            cwd=ROOT,
            env=watched(server.notes) | {"DATABASE_URL": database},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_healthy(process, server)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=60)


def watched(notes: Path) -> dict[str, str]:
    """An environment in which a Python process notes what it runs and where it goes."""
    return os.environ | {"PYTHONPATH": str(WATCH), "NOTES": str(notes)}


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_until_healthy(process: "subprocess.Popen[bytes]", server: Server) -> None:
    """Wait for the health address; it runs no page, so the first visit stays a first visit."""
    latest = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < latest:
        try:
            with urllib.request.urlopen(f"{server.address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The server did not start:\n{server.said()}")
