"""Python reads this at start where its folder is on PYTHONPATH: it notes which pages run and what leaves the machine.

Each line of the file named by NOTES is `ran` and a page's file, or `left` and the host that was looked up or called.
"""

import os
import sys
from pathlib import Path
from typing import Any

STAYS = ("127.", "::1", "localhost")


def note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "compile":
        file = arguments[1]
        if isinstance(file, str) and Path(file).parent.name == "pages":
            write(f"ran {Path(file).name}")
        return
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]  # a tuple on the internet, a path for a socket of this machine
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    named = host.decode() if isinstance(host, bytes) else host
    if named and not str(named).startswith(STAYS):
        write(f"left {named}")


def write(line: str) -> None:
    with open(os.environ["NOTES"], "a", encoding="utf-8") as file:
        file.write(f"{line}\n")


sys.addaudithook(note)
