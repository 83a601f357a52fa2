"""Opens all partnerships of an installation behind one address, one process each: python -m server.partnerships.

A process knows one partnership: its settings, its database or schema, its keys. They share nothing but the libraries
that were imported before they were split off. Where nginx is installed it stands in front of them; without it each has
a port, and a page lists them.
"""

import argparse
import contextlib
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType
from typing import Literal

from data.settings.chosen import var_folder
from data.settings.several import NAME, left_out, names, partnerships_folder
from server.front import NGINX, Served, filled, own_nginx, serve_list, written_list
from server.port import taken

ROOT = Path(__file__).parents[1]
PRELOADED = "components.preloaded"
Front = Literal["nginx", "list", "nothing"]
"""What stands in front of the processes: an nginx of ours, a page that lists their ports, or nothing of ours."""
HERE = "127.0.0.1"
PORT = 8501
SECONDS_TO_ANSWER, SECONDS_TO_END = 60.0, 20.0
LONGEST_WAIT = 60.0
"""Seconds until a process that keeps ending is tried again."""


def ports(first: int) -> list[Served]:
    """Each partnership and its port: a new one gets the next, and the file `port` in its folder keeps it for good."""
    kept = {name: _kept(name) for name in names()}
    highest = max([first, *kept.values()])
    for name in [name for name, port in kept.items() if not port]:
        highest += 1
        kept[name] = highest
        (partnerships_folder() / name / "port").write_text(f"{highest}\n", encoding="ascii")
    return [Served(name, port) for name, port in kept.items()]


def _kept(name: str) -> int:
    try:
        return int((partnerships_folder() / name / "port").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def serve(name: str, port: int) -> None:
    """Serve one partnership until told to end; what a process of its own runs."""
    os.environ[NAME] = name
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from data.store import StoreError, migrate, open_store

    try:
        store = open_store()
        migrate(store)
        store.engine.dispose()
    except (StoreError, ValueError) as error:
        sys.exit(f"{name}: {error}")
    from streamlit.web.cli import main

    os.chdir(ROOT)
    main(["run", "app.py", "--server.address", HERE, "--server.port", str(port), "--server.baseUrlPath", name])


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


class Supervisor:
    """The processes of all partnerships; one that ends is begun again, ever more slowly while it keeps ending."""

    def __init__(self, served: Sequence[Served]) -> None:
        """Be ready to serve these."""
        self.served = served
        self._split = multiprocessing.get_context("forkserver")
        self._split.set_forkserver_preload([PRELOADED])
        self._running: dict[str, BaseProcess] = {}
        self._ended: dict[str, int] = {}
        self._again: dict[str, float] = {}
        self._begun: dict[str, float] = {}

    def begin(self, each: Served) -> None:
        """Begin one, and wait until it answers or has ended."""
        process = self._split.Process(target=serve, args=(each.name, each.port), name=each.name)
        process.start()
        self._running[each.name] = process
        self._begun[each.name] = time.monotonic()
        until = time.monotonic() + SECONDS_TO_ANSWER
        while process.is_alive() and time.monotonic() < until and not answers(each.port):
            time.sleep(0.1)

    def look_after(self) -> None:
        """Begin again what has ended and has waited long enough."""
        now = time.monotonic()
        for each in self.served:
            if self._running[each.name].is_alive():
                continue
            if each.name not in self._again:
                lasted = now - self._begun[each.name] > LONGEST_WAIT
                ended = self._ended[each.name] = 1 if lasted else self._ended.get(each.name, 0) + 1
                wait = min(LONGEST_WAIT, 2.0**ended)
                self._again[each.name] = now + wait
                print(f"{each.title}: gik ned og begyndes igen om {wait:.0f} sekunder", flush=True)
            elif now >= self._again[each.name]:
                del self._again[each.name]
                self.begin(each)

    def end(self) -> None:
        """End all of them."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            process.join(SECONDS_TO_END)
            if process.is_alive():
                process.kill()


def answers(port: int) -> bool:
    """Whether somebody listens on a port of this machine."""
    with socket.socket() as asking:
        asking.settimeout(1.0)
        return asking.connect_ex((HERE, port)) == 0


def open_all(port: int, folder: Path, in_front: Front) -> None:
    """Open all partnerships behind a port of this machine, and look after them until told to end."""
    served = ports(port)
    processes = Supervisor(served)
    front: subprocess.Popen[bytes] | None = None
    try:
        for each in served:
            processes.begin(each)
            print(f"{each.title}: http://{HERE}:{port if in_front == 'nginx' else each.port}/{each.name}/", flush=True)
        if in_front == "nginx":
            front = own_nginx(served, f"{HERE}:{port}", folder)
        elif in_front == "list":
            serve_list(served, port)
        if in_front != "nothing":
            print(f"Alle partnerskaber: http://{HERE}:{port}/", flush=True)
        while True:
            time.sleep(1)
            processes.look_after()
    finally:
        if front is not None:
            front.terminate()
        processes.end()


def _told_to_end(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main(arguments: Sequence[str] | None = None) -> int:
    """Open all partnerships, or write what nginx needs in front of them; returns 1 where that cannot be."""
    parser = argparse.ArgumentParser(prog="python -m server.partnerships", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT, help="porten, som alle partnerskaber ligger bag")
    parser.add_argument("--no-nginx", action="store_true", help="en port til hvert partnerskab og en liste over dem")
    parser.add_argument("--only-processes", action="store_true", help="uden noget foran, hvor nginx står i forvejen")
    parser.add_argument("--nginx", type=Path, metavar="FIL", help="skriv nginx' opsætning i filen, og åbn intet")
    parser.add_argument("--listen", default="443 ssl", help="hvad nginx lytter på")
    parser.add_argument("--server-name", default="_", help="navnet, som browsere kalder")
    parser.add_argument("--certificate", default="", help="certifikatets fil")
    parser.add_argument("--key", default="", help="filen med certifikatets nøgle")
    options = parser.parse_args(arguments)
    for sentence in left_out():
        print(sentence, file=sys.stderr)
    if not names():
        print(f"Der er ingen partnerskaber i {partnerships_folder()}. Begynd et: make new NAME=nordby", file=sys.stderr)
        return 1
    if options.nginx:
        served = ports(options.port)
        page = written_list(served, partnerships_folder())
        content = filled(served, options.listen, options.server_name, page, options.certificate, options.key)
        options.nginx.write_text(content, encoding="utf-8")
        return 0
    in_front: Front = "nothing" if options.only_processes else "list" if options.no_nginx or not NGINX else "nginx"
    if in_front != "nothing" and (sentence := taken(options.port)):
        print(sentence, file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, _told_to_end)
    with contextlib.suppress(KeyboardInterrupt):
        open_all(options.port, var_folder() / "front", in_front)
    return 0


if __name__ == "__main__":
    sys.exit(main())
