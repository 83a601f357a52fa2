"""Days begin and end where the partnership is, and a clock set back undoes nothing and shuts nobody out."""

import datetime as dt
from collections.abc import Callable

import pytest

from data import clock, danish
from data.partnership import Partnership
from data.sharing import opened, share
from data.store import Store
from data.views.view import View

KEYS = ("k" * 48,)
SetTo = Callable[[str], None]


@pytest.fixture
def set_to(monkeypatch: pytest.MonkeyPatch) -> SetTo:
    """Set the machine's clock, in UTC; the first time it is set nobody has asked it before."""
    monkeypatch.setattr(clock, "_latest", dt.datetime.min.replace(tzinfo=dt.UTC))
    wall = [dt.datetime(2026, 1, 1, tzinfo=dt.UTC)]
    monkeypatch.setattr(clock, "_wall", lambda: wall[0])

    def turn(moment: str) -> None:
        wall[0] = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)

    return turn


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2026-03-03T22:59:59", "2026-03-03"),
        ("2026-03-03T23:00:00", "2026-03-04"),  # midnight in winter
        ("2026-07-03T21:59:59", "2026-07-03"),
        ("2026-07-03T22:00:00", "2026-07-04"),  # midnight in summer
        ("2026-12-31T23:00:00", "2027-01-01"),  # new year
        ("2028-02-28T23:00:00", "2028-02-29"),  # leap day
        ("2028-02-29T23:00:00", "2028-03-01"),
        ("2026-03-28T23:00:00", "2026-03-29"),  # the night summer time begins: a day of 23 hours …
        ("2026-03-29T21:59:59", "2026-03-29"),
        ("2026-03-29T22:00:00", "2026-03-30"),
        ("2026-10-24T22:00:00", "2026-10-25"),  # … and the night it ends: a day of 25
        ("2026-10-25T22:59:59", "2026-10-25"),
        ("2026-10-25T23:00:00", "2026-10-26"),
    ],
)
def test_the_day_turns_at_midnight_here(set_to: SetTo, utc: str, day: str) -> None:
    set_to(utc)
    assert clock.today() == dt.date.fromisoformat(day)
    assert danish.date(clock.now()) == danish.date(dt.date.fromisoformat(day))


def test_both_hours_of_the_night_summer_time_ends_are_told_as_the_clock_shows_them() -> None:
    first, second = dt.datetime(2026, 10, 25, 0, 30), dt.datetime(2026, 10, 25, 1, 30)
    assert danish.moment(first) == danish.moment(second) == "25. oktober 2026 kl. 2.30"


def test_a_clock_set_back_goes_on_from_where_it_was(set_to: SetTo) -> None:
    set_to("2026-03-04T12:00:00")
    before = clock.now()
    set_to("2026-03-04T11:00:00")
    assert clock.now() == before
    set_to("2026-03-04T12:00:01")
    assert clock.now() > before


def test_a_clock_that_was_years_ahead_is_believed_at_once_when_it_is_put_right(set_to: SetTo) -> None:
    set_to("2036-03-04T12:00:00")
    clock.now()
    set_to("2026-03-04T12:00:00")
    assert clock.today() == dt.date(2026, 3, 4)


def test_a_clock_set_back_neither_reopens_a_link_nor_locks_its_reader_out(
    own_store: Store, partnership: Partnership, set_to: SetTo
) -> None:
    def made() -> str:
        return share(
            own_store, partnership, sender=partnership.audience("ledelse"), by="a", page="overblik", view=View(),
            release=2, receiver="ledelse", days=7, note="", keys=KEYS,
        ).token  # fmt: skip

    set_to("2026-03-04T12:00:00")
    token = made()
    set_to("2026-03-04T11:00:00")  # just made, and the clock says that it is not yet
    assert opened(own_store, token, KEYS) is not None
    set_to("2026-03-11T12:00:01")
    assert opened(own_store, token, KEYS) is None
    set_to("2026-03-11T11:00:00")
    assert opened(own_store, token, KEYS) is None
