"""Who asked first is drawn first, alone, and somebody slow or failing does not hold the others up."""

from collections.abc import Callable
from threading import Event, Thread

import pytest

from server.render_queue import RenderQueue

PATIENCE = 20.0


def begun(work: Callable[[], None]) -> Thread:
    thread = Thread(target=work, daemon=True)
    thread.start()
    return thread


def wait_until(true: Callable[[], bool]) -> None:
    """Wait for what other threads do; fails where it does not come about."""
    tick, rounds = Event(), 0
    while not true():
        tick.wait(0.005)
        rounds += 1
        assert rounds < PATIENCE / 0.005


def held(turns: RenderQueue) -> tuple[Thread, Event]:
    """Somebody who has the turn until the event is set."""
    has_it, over = Event(), Event()

    def hold() -> None:
        with turns.slot():
            has_it.set()
            over.wait(PATIENCE)

    thread = begun(hold)
    assert has_it.wait(PATIENCE)
    return thread, over


def stand_in(turns: RenderQueue) -> None:
    with turns.slot():
        pass


def test_the_line_is_served_in_the_order_it_came_and_one_at_a_time() -> None:
    turns, served, inside = RenderQueue(PATIENCE), list[int](), list[int]()
    first, over = held(turns)

    def work(number: int) -> None:
        with turns.slot():
            inside.append(number)
            assert inside == [number]
            served.append(number)
            inside.remove(number)

    threads = []
    for number in range(5):
        threads.append(begun(lambda number=number: work(number)))
        wait_until(lambda number=number: turns.waiting == number + 1)
    over.set()
    for thread in (first, *threads):
        thread.join(PATIENCE)
    assert served == [0, 1, 2, 3, 4]


def test_somebody_slow_is_passed_over_and_may_finish_beside_the_next() -> None:
    turns = RenderQueue(0.01)
    slow, over = held(turns)
    with turns.slot():
        assert slow.is_alive()
    over.set()
    slow.join(PATIENCE)
    assert turns.waiting == 0


def test_who_was_passed_over_does_not_end_the_turn_of_another() -> None:
    turns = RenderQueue(0.5)
    slow, over = held(turns)
    with turns.slot():
        over.set()
        slow.join(PATIENCE)
        begun(lambda: stand_in(turns))
        wait_until(lambda: turns.waiting == 1)


def test_a_failure_gives_the_turn_on() -> None:
    turns = RenderQueue(PATIENCE)
    with pytest.raises(RuntimeError), turns.slot():
        raise RuntimeError
    with turns.slot():
        assert turns.waiting == 0
