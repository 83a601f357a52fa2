"""Publishes beside the pages: leaving the page does not stop it, and two in one process cannot publish at once."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from data.progress import ProgressCallback
from data.release import ReleaseHead
from data.store import StoreError

SECONDS_BETWEEN_LOOKS = 0.2


@dataclass
class Job:
    """One publication under way or ended: by whom, how far, and what came of it."""

    by: str
    at: float = 0.0
    doing: str = "Begynder"
    head: ReleaseHead | None = None
    error: Exception | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    def follow(self, tell: ProgressCallback) -> ReleaseHead:
        """Wait for the end, telling how far it is; returns the release or raises what it failed by.

        Whoever stops waiting does not stop the job, and may follow it again.
        """
        while not self.ended.wait(SECONDS_BETWEEN_LOOKS):
            tell(self.at, self.doing)
        if self.error is not None:
            raise self.error
        assert self.head is not None
        return self.head


_lock = threading.Lock()
_job: Job | None = None


def under_way() -> Job | None:
    """The publication that is under way in this process, whoever began it."""
    return _job if _job is not None and not _job.ended.is_set() else None


def begin(by: str, work: Callable[[ProgressCallback], ReleaseHead]) -> Job:
    """Begin to publish; raises StoreError while another publication is under way."""
    global _job
    with _lock:
        other = under_way()
        if other is not None:
            raise StoreError(f"{other.by} er ved at udgive. Vent, til det er færdigt.")
        _job = job = Job(by)
    threading.Thread(target=_run, args=(job, work), name="publish", daemon=False).start()
    return job


def _run(job: Job, work: Callable[[ProgressCallback], ReleaseHead]) -> None:
    def tell(at: float, doing: str) -> None:
        job.at, job.doing = at, doing

    try:
        job.head = work(tell)
    except Exception as error:  # told to whoever follows, whatever it is
        job.error = error
    finally:
        job.ended.set()
