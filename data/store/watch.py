"""Notices within two seconds that a PostgreSQL server no longer answers, and lets nobody wait for it any longer.

A server that is frozen, or whose machine is gone, keeps its connections open: what has been asked of it never ends, and
no time-out of its own strikes. So while something is asked, a thread asks the server for a sign of life on a connection
of its own. Without one, every connection is cut, and until it answers again nothing is asked of it: pages are drawn
from memory at once. The same goes for a while after somebody has waited in vain for a lock.
"""

import contextlib
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

LOOK_AFTER = 0.6
"""Seconds something may take before the server is asked for a sign of life."""
SIGN_OF_LIFE = 1.4
"""Seconds it has for it."""
REST = 5.0
"""Seconds nothing is read after somebody has waited in vain, though the server answers: for a lock, a connection."""


class Watch:
    """Watches one server; `ping` asks it for a sign of life and raises where there is none."""

    def __init__(self, ping: Callable[[], None]) -> None:
        """Begin to watch when something is first asked."""
        self._ping = ping
        self._lock = threading.Lock()
        self._asked: dict[int, float] = {}
        self._open: dict[int, Any] = {}
        self._numbers = iter(range(1, 2**62))
        self._away = False
        self._rests_until = 0.0
        self._watching = False

    @property
    def is_away(self) -> bool:
        """Whether the server has not answered, and should not be asked."""
        return self._away

    @property
    def rests(self) -> bool:
        """Whether somebody has just waited in vain, so that reading is not worth another wait."""
        return self._away or time.monotonic() < self._rests_until

    def waited_in_vain(self) -> None:
        """Let nobody read for a while."""
        self._rests_until = time.monotonic() + REST

    def opened(self, connection: Any) -> None:
        """Remember a new connection, so that it can be cut."""
        with self._lock:
            self._open[id(connection)] = connection

    def closed(self, connection: Any) -> None:
        """Forget a connection that is being closed."""
        with self._lock:
            self._open.pop(id(connection), None)

    @contextlib.contextmanager
    def asking(self) -> Iterator[None]:
        """Around everything that is asked of the server."""
        with self._lock:
            number = next(self._numbers)
            self._asked[number] = time.monotonic()
            starts, self._watching = not self._watching, True
        if starts:
            threading.Thread(target=self._look, daemon=True, name="watch-database").start()
        try:
            yield
        finally:
            with self._lock:
                self._asked.pop(number, None)

    def _look(self) -> None:
        """Look as long as something is asked or the server is away."""
        while True:
            time.sleep(LOOK_AFTER / 2)
            with self._lock:
                oldest = min(self._asked.values(), default=None)
                if oldest is None and not self._away:
                    self._watching = False
                    return
            if self._away or (oldest is not None and time.monotonic() - oldest > LOOK_AFTER):
                self._look_once()

    def _look_once(self) -> None:
        alive = threading.Event()

        def ask() -> None:
            with contextlib.suppress(Exception):
                self._ping()
                alive.set()

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(SIGN_OF_LIFE)
        self._away = not alive.is_set()
        if self._away:
            self._cut()

    def _cut(self) -> None:
        with self._lock:
            connections, self._open = list(self._open.values()), {}
        for connection in connections:
            # Closed ones have no file any more, and their number may be another's by now.
            with contextlib.suppress(Exception):
                if connection.closed:
                    continue
                cut = socket.socket(fileno=os.dup(connection.fileno()))
                cut.shutdown(socket.SHUT_RDWR)
                cut.close()
