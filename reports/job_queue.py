"""Makes files off the request path: with progress, to be cancelled, and kept for the next who asks for the same."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from enum import Enum

from data.progress import ProgressCallback

logger = logging.getLogger(__name__)

WORKERS = 2
KEPT_BYTES = 64 << 20


class State(Enum):
    """Where a work is."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class CancelledError(Exception):
    """Nobody wants the file any more."""


class Work:
    """One file being made. `part` (0–1) and `doing` say how far it is; `content` is the file when it is done."""

    def __init__(self) -> None:
        """Begin as waiting."""
        self.state = State.WAITING
        self.part = 0.0
        self.doing = "Venter på tur"
        self.content = b""
        self.wanted = 1
        self.over = threading.Event()

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (State.DONE, State.FAILED, State.CANCELLED)

    def told(self, part: float, doing: str) -> None:
        """Hear how far the work is; stops it where nobody wants it any more."""
        if self.wanted <= 0:
            raise CancelledError
        self.part, self.doing = part, doing


class Works:
    """The files of this process: made in the background, shared by all who ask for the same, the newest kept."""

    def __init__(self, kept_bytes: int = KEPT_BYTES, workers: int = WORKERS) -> None:
        """Keep finished files up to `kept_bytes`, and make `workers` of them at a time."""
        self._kept_bytes = kept_bytes
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="file")
        self._works: OrderedDict[Hashable, Work] = OrderedDict()
        self._lock = threading.Lock()

    def start(self, key: Hashable, make: Callable[[ProgressCallback], bytes]) -> Work:
        """The work with a key: the one that is under way or done, else a new one that `make` does."""
        with self._lock:
            running = self._works.get(key)
            if running is not None and running.state not in (State.FAILED, State.CANCELLED) and running.wanted > 0:
                running.wanted += not running.is_over
                self._works.move_to_end(key)
                return running
            work = self._works[key] = Work()
            self._works.move_to_end(key)
        self._pool.submit(self._do, work, make)
        return work

    def cancel(self, work: Work) -> None:
        """Say that one of those who asked no longer wants it; the work stops when nobody does."""
        with self._lock:
            if not work.is_over:
                work.wanted -= 1

    def _do(self, work: Work, make: Callable[[ProgressCallback], bytes]) -> None:
        try:
            work.told(0.0, "Begynder")
            work.state = State.WORKING
            work.content = make(work.told)
            work.state = State.DONE
        except CancelledError:
            work.state = State.CANCELLED
        except Exception:
            logger.exception("A file could not be made")
            work.state = State.FAILED
        self.tidy()
        work.over.set()

    def close(self) -> None:
        """Make nothing more; what is under way is finished."""
        self._pool.shutdown(cancel_futures=True)

    def tidy(self) -> None:
        """Forget what came to nothing, and the oldest files beyond what is kept."""
        with self._lock:
            kept = sum(len(work.content) for work in self._works.values())
            for key, work in list(self._works.items())[:-1]:
                if work.state in (State.FAILED, State.CANCELLED):
                    del self._works[key]
                elif kept > self._kept_bytes and work.state is State.DONE:
                    kept -= len(work.content)
                    del self._works[key]
