"""Slows down who tries and fails again and again; shuts nobody out, and counts in this process with bounded memory.

Many people may share one address (an office, a mobile network), so nobody is refused for what another behind the same
address does: they wait a moment at most. What is guessed at is far too long to be guessed; this only keeps guessing
from being cheap. Each process counts for itself, and forgets when it stops.
"""

import asyncio
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

WINDOW = 600.0
"""Seconds in which failures are counted."""
MOST_CLIENTS = 10_000
THIS_COMPUTER = "127.0.0.1"
STEP, LONGEST = 0.1, 2.0
"""Seconds each failure beyond those that are free adds to the wait, and the longest wait."""
MOST_WAITING = 200
"""Requests that are made to wait at one time: waiting must not fill the process either."""


class Slowdown:
    """Counts failures in a moving window, and says how long the next try is to wait."""

    def __init__(
        self,
        free: int,
        window: float = WINDOW,
        clock: Callable[[], float] = time.monotonic,
        most_clients: int = MOST_CLIENTS,
    ) -> None:
        """Let each client fail so many times in a window of seconds before it waits."""
        self._free, self._window, self._clock, self._most = free, window, clock, most_clients
        self._clients: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()
        self._waiting = 0

    def failed(self, client: str) -> None:
        """Count a failure; the client that failed longest ago is forgotten when there are too many to remember."""
        with self._lock:
            remembered = self._free + int(LONGEST / STEP)
            self._clients.setdefault(client, deque(maxlen=remembered)).append(self._clock())
            self._clients.move_to_end(client)
            while len(self._clients) > self._most:
                self._clients.popitem(last=False)

    def seconds(self, client: str) -> float:
        """How long a client is to wait now; 0 for whoever has failed seldom."""
        with self._lock:
            now = self._clock()
            recent = sum(1 for moment in self._clients.get(client, ()) if now - moment < self._window)
        return min(LONGEST, STEP * max(0, recent - self._free))

    async def wait(self, client: str) -> None:
        """Let a request wait as long as it is to, unless so many wait that it would take up the room of others."""
        seconds = self.seconds(client)
        if seconds <= 0 or self._waiting >= MOST_WAITING:
            return
        self._waiting += 1
        try:
            await asyncio.sleep(seconds)
        finally:
            self._waiting -= 1


class Allowance:
    """How often a client may do something in a moving window; counted in this process alone, kept nowhere else."""

    def __init__(
        self,
        most: int,
        window: float,
        clock: Callable[[], float] = time.monotonic,
        most_clients: int = MOST_CLIENTS,
    ) -> None:
        """Allow each client so many times in a window of seconds."""
        self._most, self._window, self._clock, self._clients_kept = most, window, clock, most_clients
        self._clients: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, client: str) -> bool:
        """Whether a client may once more, which is counted; who may not is not counted, and may when time has gone."""
        with self._lock:
            now = self._clock()
            times = self._clients.setdefault(client, deque(maxlen=self._most))
            self._clients.move_to_end(client)
            while len(self._clients) > self._clients_kept:
                self._clients.popitem(last=False)
            if len(times) == self._most and now - times[0] < self._window:
                return False
            times.append(now)
            return True


SENT_IN = Allowance(most=10, window=3600.0)
"""What one address sends in from the residents' pages in an hour, also what is refused."""
LINKS = Slowdown(free=30)
"""Links of our form that do not open. A link that opens counts nothing."""
SIGN_INS = Slowdown(free=20)
"""Sign-ins that began here and come to nothing."""
