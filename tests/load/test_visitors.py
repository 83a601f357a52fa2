"""Many visitors of one process, as browsers speak to it: served, let in up to the limit, and back after a lost line."""

import asyncio
from collections.abc import Iterator

import pytest

from benchmarks.serving import Served, serving
from benchmarks.visitor import TurnedAwayError, Visitor
from benchmarks.visitors_at_once import Plan, crowd

PLACES = 3


@pytest.fixture(scope="module")
def served(shipped_database: str) -> Iterator[Served]:
    """The app with room for everybody."""
    with serving(shipped_database) as running:
        yield running


@pytest.fixture
def small(shipped_database: str) -> Iterator[Served]:
    """The app with three places."""
    with serving(shipped_database, settings={"TRYGHED_MOST_SESSIONS": str(PLACES)}) as running:
        yield running


def test_every_page_of_the_menu_is_drawn_without_an_error(served: Served) -> None:
    async def walk() -> None:
        async with Visitor(served.address) as visitor:
            await visitor.open("")
            for page in list(visitor.pages):
                answer = await visitor.open(page)
                assert answer.errors == [], page
                assert answer.texts, page

    asyncio.run(walk())


def test_messages_come_compressed_to_whoever_can_unpack_them(served: Served) -> None:
    async def received(*, compressed: bool) -> int:
        async with Visitor(served.address, compressed=compressed) as visitor:
            await visitor.open("")
            return visitor.received

    plain, smaller = asyncio.run(received(compressed=False)), asyncio.run(received(compressed=True))
    assert smaller < 0.6 * plain


def test_a_choice_on_the_page_changes_the_address(served: Served) -> None:
    async def choose() -> None:
        async with Visitor(served.address) as visitor:
            page = await visitor.open("tryghedskort")
            before = visitor.query
            choice = next(each for each in page.choices if len(each.options) > 1)
            await visitor.choose(choice, choice.options[-1])
            await visitor.choose(choice, choice.options[0])
            first = visitor.query
            await visitor.choose(choice, choice.options[-1])
            last = visitor.query
            assert first != last
            assert before in (first, last)

    asyncio.run(choose())


def test_somebody_who_loses_the_line_comes_back_to_the_same_session(served: Served) -> None:
    async def lose() -> None:
        async with Visitor(served.address) as visitor:
            await visitor.open("udvikling", omraade="gladsaxe")
            session, view = visitor.session, visitor.query
            await visitor.leave()
            await visitor.connect()
            answer = await visitor.rerun()
            assert (visitor.session, visitor.query, answer.errors) == (session, view, [])

    asyncio.run(lose())


def test_a_crowd_acts_and_is_answered(served: Served) -> None:
    waits = asyncio.run(crowd([served.address], PLACES, Plan(seconds=2, between=0.5, pages=("", "tryghedskort"))))
    assert waits.errors == []
    assert len(waits.seconds) >= PLACES


def test_when_it_is_full_those_inside_are_served_and_newcomers_are_asked_to_wait(small: Served) -> None:
    async def rush() -> None:
        inside = [Visitor(small.address) for _ in range(PLACES)]
        for visitor in inside:
            await visitor.fetch("/")
            await visitor.connect()
        with pytest.raises(TurnedAwayError, match="Vent et øjeblik"):
            await Visitor(small.address).fetch("/")
        with pytest.raises(TurnedAwayError):
            await Visitor(small.address).connect()
        assert all([(await visitor.open("")).errors == [] for visitor in inside])
        await inside[0].fetch("/tryghedskort")  # somebody inside may reload
        for visitor in inside:
            await visitor.leave()

    asyncio.run(rush())
