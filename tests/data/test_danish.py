"""How figures, dates and lists read in Danish."""

import math
from datetime import date as Date

import pandas as pd
import pytest

from data import danish


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (2.5, 1, "2,5"),
        (1234.56, 1, "1.234,6"),
        (2.675, 2, "2,68"),
        (0.5, 0, "1"),
        (-0.04, 1, "0,0"),
        (-1234.5, 1, "−1.234,5"),
        (1e15, 0, "1.000.000.000.000.000"),
        (None, 1, "–"),
        (math.nan, 1, "–"),
        (math.inf, 1, "–"),
    ],
)
def test_decimals_use_a_comma_points_between_thousands_and_a_true_minus(
    value: float | None, decimals: int, text: str
) -> None:
    assert danish.decimal(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (541, "541"), (1234567, "1.234.567"), (-1234, "−1.234"), (None, "–"), (pd.NA, "–")],
)
def test_whole_numbers_have_points_between_thousands_and_zero_is_not_missing(value: int | None, text: str) -> None:
    assert danish.number(value) == text


@pytest.mark.parametrize(
    ("share", "decimals", "text"),
    [
        (0.793, 1, "79,3 pct."),
        (0.793, 0, "79 pct."),
        (0.285, 1, "28,5 pct."),
        (1, 0, "100 pct."),
        (None, 1, "–"),
    ],
)
def test_shares_are_written_in_per_cent(share: float | None, decimals: int, text: str) -> None:
    assert danish.percent(share, decimals) == text


@pytest.mark.parametrize(
    ("difference", "text"),
    [
        (-0.041, "−4,1 pct.point"),
        (0.02, "+2,0 pct.point"),
        (0.0, "0,0 pct.point"),
        (-0.0001, "0,0 pct.point"),
    ],
)
def test_differences_carry_their_sign_and_are_points_not_per_cent(difference: float, text: str) -> None:
    assert danish.points(difference) == text


def test_the_limits_of_a_difference_share_one_unit() -> None:
    assert danish.points_interval(-0.097, 0.0812) == "−9,7 til +8,1 pct.point"


def test_limits_of_which_one_is_missing_are_missing() -> None:
    assert danish.points_interval(None, 0.5) == "–"


def test_a_relative_change_can_carry_its_sign() -> None:
    assert danish.percent(0.125, decimals=1, signed=True) == "+12,5 pct."


def test_names_stand_between_danish_quotation_marks() -> None:
    assert danish.quoted("Herlev") == "»Herlev«"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Date(2025, 9, 3), "3. september 2025"),
        ("2025-09-03", "3. september 2025"),
        (pd.Timestamp("2016-01-31"), "31. januar 2016"),
        (pd.NaT, "–"),
        ("", "–"),
        (None, "–"),
    ],
)
def test_dates_are_written_in_words(value: Date | str | None, text: str) -> None:
    assert danish.date(value) == text


@pytest.mark.parametrize(("value", "text"), [("2025K4", "4. kvartal 2025"), ("2019", "2019"), ("", "–"), (None, "–")])
def test_periods_are_written_in_words(value: str | None, text: str) -> None:
    assert danish.period(value) == text


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a og b"), (["a", "b", "c"], "a, b og c")]
)
def test_lists_end_in_og(words: list[str], text: str) -> None:
    assert danish.join(words) == text


@pytest.mark.parametrize(("count", "text"), [(1, "1 område"), (0, "0 områder"), (1200, "1.200 områder")])
def test_nouns_follow_their_count(count: int, text: str) -> None:
    assert danish.plural(count, "område", "områder") == text


def test_the_danish_letters_come_last_and_double_a_counts_as_the_last() -> None:
    words = ["Aarhus", "Øster", "Herlev", "Ærø", "Ålborg", "albertslund", "Zealand", "Brøndby", "Ballerup"]
    assert danish.in_order(words) == [
        "albertslund", "Ballerup", "Brøndby", "Herlev", "Zealand", "Ærø", "Øster", "Ålborg", "Aarhus",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "when", "since"),
    [
        ("2025", "i 2025", "siden 2025"),
        ("2025H1", "i 1. halvår 2025", "siden 1. halvår 2025"),
        ("2025-04-15", "den 15. april 2025", "siden den 15. april 2025"),
        ("2025-04-15 forår 2025", "i foråret 2025", "siden foråret 2025"),
        ("2025-04-15 Vinter 2025", "i vinteren 2025", "siden vinteren 2025"),
        ("2025-04-15 pilot", "i målingen pilot", "siden målingen pilot"),
    ],
)
def test_when_something_was_is_said_as_in_a_sentence(code: str, when: str, since: str) -> None:
    assert (danish.in_period(code), danish.since_period(code)) == (when, since)


def test_from_one_period_to_another_has_room_about_its_dash_where_words_have() -> None:
    assert danish.periods("2021", "2025") == "2021–2025"
    assert danish.periods("2021H1", "2025H2") == "1. halvår 2021 – 2. halvår 2025"
    assert danish.periods("2021", "2021") == "2021"


@pytest.mark.parametrize(
    ("title", "opening", "inside"),
    [
        ("Tryghed i nabolaget", "Tryghed i nabolaget", "tryghed i nabolaget"),
        ("åbne stoffer", "Åbne stoffer", "åbne stoffer"),
        ("MC-kørsel om aftenen", "MC-kørsel om aftenen", "MC-kørsel om aftenen"),
        ("møder med SSP", "Møder med SSP", "møder med SSP"),
        ("", "", ""),
    ],
)
def test_a_text_begins_a_sentence_or_stands_inside_it(title: str, opening: str, inside: str) -> None:
    assert (danish.opening(title), danish.inside(title)) == (opening, inside)
