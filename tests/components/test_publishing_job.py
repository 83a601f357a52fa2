"""Publishing goes on when its page is left, and two cannot publish at once."""

import threading
from collections.abc import Iterator

import pytest

from components.data_page import publishing_job
from components.data_page.publishing_job import begin, under_way
from data.progress import ProgressCallback
from data.release import ReleaseHead
from data.store import PublishConflictError, StoreError
from tests.data.test_migrations import MOMENT

HEAD = ReleaseHead(3, MOMENT, "a", "", None, None, 0)


class Left(Exception):
    """Streamlit's way to stop a script whose page was left."""


@pytest.fixture
def go_on() -> Iterator[threading.Event]:
    """What the work waits for."""
    event = threading.Event()
    yield event
    event.set()
    job = publishing_job._job
    assert job is None or job.ended.wait(10)


def work_until(go_on: threading.Event, ends: Exception | None = None):  # type: ignore[no-untyped-def]
    def work(tell: ProgressCallback) -> ReleaseHead:
        tell(0.4, "Beskytter små tal")
        go_on.wait(10)
        if ends is not None:
            raise ends
        return HEAD

    return work


def test_who_leaves_the_page_does_not_stop_it_and_finds_it_again(go_on: threading.Event) -> None:
    def leave(at: float, doing: str) -> None:
        if doing == "Beskytter små tal":
            raise Left

    job = begin("sekretariat", work_until(go_on))
    with pytest.raises(Left):
        job.follow(leave)
    assert under_way() is job
    go_on.set()
    assert job.follow(lambda at, doing: None) == HEAD
    assert under_way() is None


def test_while_one_publishes_another_is_told_who_and_nothing_begins(go_on: threading.Event) -> None:
    begin("sekretariat@herlev", work_until(go_on))
    with pytest.raises(StoreError, match="sekretariat@herlev er ved at udgive"):
        begin("sekretariat@gladsaxe", work_until(go_on))


def test_what_it_failed_by_is_told_to_who_follows_and_the_next_may_begin(go_on: threading.Event) -> None:
    job = begin("sekretariat", work_until(go_on, PublishConflictError("En anden har udgivet")))
    go_on.set()
    with pytest.raises(PublishConflictError):
        job.follow(lambda at, doing: None)
    assert begin("sekretariat", work_until(go_on)).follow(lambda at, doing: None) == HEAD
