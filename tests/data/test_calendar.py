"""The calendar decides what a period is called, what follows it, and what is a year earlier."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calendar import SPANS, Period, alike_in_span, is_year, period_of, periods_between, span_of, year_earlier

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
PERIODS = st.builds(period_of, DAYS, st.sampled_from(SPANS))


@pytest.mark.parametrize(
    ("code", "words", "first", "last"),
    [
        ("2025", "2025", "2025-01-01", "2025-12-31"),
        ("2025H2", "2. halvår 2025", "2025-07-01", "2025-12-31"),
        ("2025T3", "3. tertial 2025", "2025-09-01", "2025-12-31"),
        ("2025K4", "4. kvartal 2025", "2025-10-01", "2025-12-31"),
        ("2024M02", "februar 2024", "2024-02-01", "2024-02-29"),
        ("2025U01", "uge 1, 2025", "2024-12-30", "2025-01-05"),
        ("2025-04-15", "15. april 2025", "2025-04-15", "2025-04-15"),
    ],
)
def test_a_period_has_words_a_first_and_a_last_day(code: str, words: str, first: str, last: str) -> None:
    period = Period.parse(code)
    assert (period.words, period.first.isoformat(), period.last.isoformat()) == (words, first, last)


@pytest.mark.parametrize("code", ["", "25", "2025K5", "2025K0", "2025H3", "2025T4", "2025M13", "2025U54", "2025-02-30"])
def test_what_the_calendar_does_not_have_is_no_period(code: str) -> None:
    with pytest.raises(ValueError, match=r"no period|out of range|month|Invalid"):
        Period.parse(code)


@pytest.mark.parametrize(
    ("code", "following"),
    [
        ("2025", "2026"), ("2025H2", "2026H1"), ("2025T3", "2026T1"), ("2025K4", "2026K1"), ("2025M12", "2026M01"),
        ("2026U53", "2027U01"), ("2025U52", "2026U01"),
    ],
)  # fmt: skip
def test_what_follows_crosses_the_new_year(code: str, following: str) -> None:
    assert Period.parse(code).next.code == following
    assert Period.parse(following).previous.code == code


@pytest.mark.parametrize(
    ("code", "earlier"),
    [
        ("2025", "2024"), ("2025H1", "2024H1"), ("2025T2", "2024T2"), ("2026K2", "2025K2"), ("2025M03", "2024M03"),
        ("2025U07", "2024U07"), ("2026U53", ""), ("2025-04-15", ""),
    ],
)  # fmt: skip
def test_a_year_earlier_is_the_same_time_of_year_or_nothing(code: str, earlier: str) -> None:
    assert year_earlier(code) == earlier


def test_codes_written_with_one_digit_are_the_same_period() -> None:
    assert Period.parse("2025M3").code == "2025M03"


def test_mixed_lengths_have_no_one_span() -> None:
    assert span_of(["2025K1", "2025K2"]) == "quarter"
    assert span_of(["2025K1", "2025"]) is None
    assert span_of([]) is None


def test_periods_between_two_leave_none_out() -> None:
    between = periods_between(Period.parse("2024T2"), Period.parse("2025T1"))
    assert [period.code for period in between] == ["2024T2", "2024T3", "2025T1"]
    with pytest.raises(ValueError, match="not of one length"):
        list(periods_between(Period.parse("2024"), Period.parse("2025K1")))


@given(PERIODS)
def test_periods_follow_each_other_without_gap_or_overlap(period: Period) -> None:
    assert period.next.first == period.last + dt.timedelta(days=1)
    assert period.next.previous == period
    assert period < period.next


@given(PERIODS, st.integers(-30, 30))
def test_moving_there_and_back_leads_home(period: Period, steps: int) -> None:
    assert period.moved(steps).moved(-steps) == period


@given(st.sampled_from(SPANS), DAYS, DAYS)
def test_codes_of_one_length_sort_in_time(span: str, one: dt.date, other: dt.date) -> None:
    first, second = period_of(one, span), period_of(other, span)  # type: ignore[arg-type]
    assert (first < second) == (first.code < second.code)


@given(DAYS, st.sampled_from(SPANS))
def test_a_day_lies_in_the_period_it_belongs_to(day: dt.date, span: str) -> None:
    period = period_of(day, span)  # type: ignore[arg-type]
    assert period.first <= day <= period.last
    assert period.holds(period_of(day, "day"))


def test_whole_years_are_told_from_their_parts() -> None:
    codes = pd.Series(["2025", "2025K1", "2025M02", "2025U07", "2025H1"])
    assert is_year(codes).tolist() == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("code", "end"),
    [("2025", 2026), ("2025H1", 2025.5), ("2025T2", 2025 + 8 / 12), ("2025K1", 2025.25), ("2024M12", 2025)],
)
def test_a_period_is_over_at_a_time_in_decimal_years(code: str, end: float) -> None:
    assert Period.parse(code).end == pytest.approx(end)


@pytest.mark.parametrize("code", ["2025-12-31", "2025-12-31 efterår 2025"])
def test_a_day_is_over_when_the_next_one_begins_whatever_its_wave_is_called(code: str) -> None:
    assert Period.parse(code).end == 2026


@pytest.mark.parametrize("name", ["*fed*", "=1+1", "[x](y)", "2. måling", "<b>", "a  _b_", "forår\n2025"])
def test_a_wave_is_called_by_words_and_numbers_alone(name: str) -> None:
    with pytest.raises(ValueError, match="no period"):
        Period.parse(f"2025-04-15 {name}")


def test_periods_are_held_against_those_of_their_own_length() -> None:
    assert alike_in_span(["2024", "2024H1", "2024H2", "2025"], "2025H1") == ["2024H1", "2024H2"]
