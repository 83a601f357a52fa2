"""How often somebody may try and fail: by client and by all together, in this process, with bounded memory."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

WINDOW = 600.0
"""Seconds in which failures are counted."""
MOST_CLIENTS = 10_000
THIS_COMPUTER = "127.0.0.1"


class FailureLimit:
    """Counts failures in a moving window; who has had too many waits until the oldest has passed out of it."""

    def __init__(
        self,
        per_client: int,
        of_all: int,
        window: float = WINDOW,
        clock: Callable[[], float] = time.monotonic,
        most_clients: int = MOST_CLIENTS,
    ) -> None:
        """Allow so many failures in a window of seconds to each client, and to all of them together."""
        self._per_client, self._window, self._clock, self._most = per_client, window, clock, most_clients
        self._of_all: deque[float] = deque(maxlen=of_all)
        self._clients: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def failed(self, client: str) -> None:
        """Count a failure; the client that failed longest ago is forgotten when there are too many to remember."""
        with self._lock:
            now = self._clock()
            self._of_all.append(now)
            self._clients.setdefault(client, deque(maxlen=self._per_client)).append(now)
            self._clients.move_to_end(client)
            while len(self._clients) > self._most:
                self._clients.popitem(last=False)

    def is_exceeded(self, client: str) -> bool:
        """Whether a client, or all together, have failed too often to be listened to now."""
        with self._lock:
            return any(self._is_full(failures) for failures in (self._of_all, self._clients.get(client)))

    def _is_full(self, failures: "deque[float] | None") -> bool:
        # Only as many are kept as are allowed, so the oldest of a full line tells whether it is too much.
        if failures is None or len(failures) < (failures.maxlen or 0):
            return False
        return self._clock() - failures[0] < self._window


LINKS = FailureLimit(per_client=30, of_all=3_000)
"""Links that do not open. Many readers may share the address of one office; a link that opens counts nothing."""
SIGN_INS = FailureLimit(per_client=20, of_all=2_000)
"""Sign-ins that come to nothing."""
