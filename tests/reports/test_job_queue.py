"""Files made in the background: told of, shared, kept, cancelled, and never a traceback."""

import threading
from collections.abc import Iterator

import pytest

from data.progress import ProgressCallback
from reports.job_queue import State, Work, Works

PATIENCE = 20


@pytest.fixture
def works() -> Iterator[Works]:
    made = Works(kept_bytes=10)
    yield made
    made.close()


def over(work: Work) -> State:
    assert work.over.wait(PATIENCE)
    return work.state


def test_a_file_is_made_and_told_of(works: Works) -> None:
    def make(told: ProgressCallback) -> bytes:
        told(0.5, "Halvvejs")
        return b"fil"

    work = works.start("a", make)
    assert over(work) is State.DONE
    assert (work.content, work.part, work.doing) == (b"fil", 0.5, "Halvvejs")


def test_who_asks_for_the_same_gets_the_same(works: Works) -> None:
    first = works.start("a", lambda told: b"1")
    over(first)
    assert works.start("a", lambda told: b"2") is first


def test_a_work_that_is_called_off_stops_at_its_next_step(works: Works) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def make(told: ProgressCallback) -> bytes:
        begun.set()
        go_on.wait(PATIENCE)
        told(0.5, "Halvvejs")
        return b"aldrig"

    work = works.start("a", make)
    assert begun.wait(PATIENCE)
    works.cancel(work)
    go_on.set()
    assert over(work) is State.CANCELLED
    assert works.start("a", lambda told: b"ny") is not work


def test_one_who_calls_off_does_not_take_the_file_from_another(works: Works) -> None:
    go_on = threading.Event()

    def make(told: ProgressCallback) -> bytes:
        go_on.wait(PATIENCE)
        told(0.5, "Halvvejs")
        return b"fil"

    work = works.start("a", make)
    assert works.start("a", make) is work
    works.cancel(work)
    go_on.set()
    assert over(work) is State.DONE


def test_what_fails_is_made_anew_for_the_next(works: Works) -> None:
    def fail(told: ProgressCallback) -> bytes:
        raise ValueError("i stykker")

    failed = works.start("a", fail)
    assert over(failed) is State.FAILED
    again = works.start("a", lambda told: b"fil")
    assert over(again) is State.DONE


def test_the_oldest_files_are_forgotten_first(works: Works) -> None:
    first = works.start("a", lambda told: b"123456")
    over(first)
    over(works.start("b", lambda told: b"123456"))
    works.tidy()
    assert works.start("a", lambda told: b"igen") is not first
