"""Periods of the calendar as figures come in: what each is called, what follows it, and what is a year earlier."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Self

import pandas as pd

from data import danish

Span = Literal["year", "half_year", "four_months", "quarter", "month", "week", "day"]

SPANS: tuple[Span, ...] = ("year", "half_year", "four_months", "quarter", "month", "week", "day")
"""Every length of a period, the longest first; a "day" is the date of a wave that has a name of its own."""
MANY = {
    "year": "år", "half_year": "halvår", "four_months": "tertialer", "quarter": "kvartaler", "month": "måneder",
    "week": "uger", "day": "målinger",
}  # fmt: skip
"""What several periods of a length are called."""
FORMS = {
    "year": "et årstal, fx 2025",
    "half_year": "et halvår, fx 2025H1",
    "four_months": "et tertial (fire måneder), fx 2025T1",
    "quarter": "et kvartal, fx 2025K4",
    "month": "en måned, fx 2025M03",
    "week": "en uge, fx 2025U07",
    "day": "en dato, eventuelt med målingens navn, fx 2025-04-15 forår 2025",
}
"""How each is written, for those who are to write one."""

_MONTHS_IN = {"H": 6, "T": 4, "K": 3, "M": 1}
_PART: dict[str, Span] = {"H": "half_year", "T": "four_months", "K": "quarter", "M": "month"}
# Words and numbers, a letter first: nothing that Markdown or a spreadsheet reads as more than text.
_NAME = r"[^\W\d_][^\W_]*(?:[ .,/-]{1,2}[^\W_]+)*"
_CODE = re.compile(rf"(\d{{4}})(?:(H|T|K|M|U)(\d{{1,2}})|-(\d{{2}})-(\d{{2}})(?: {_NAME})?)?")


@dataclass(frozen=True)
class Period:
    """One period: a year, a part of one, a week or a day; `code` is how it is stored, in one form only.

    Codes of one length sort in time as text. Periods compare by their first day, and the shorter before the longer
    that begins with it.
    """

    code: str
    span: Span
    first: dt.date
    last: dt.date

    @classmethod
    def parse(cls, code: str) -> Self:
        """The period of a code: "2025", "2025H1", "2025T1", "2025K1", "2025M01", "2025U01" or "2025-04-15".

        A day may carry the name of the wave of that day, "2025-04-15 forår 2025": words and numbers, a letter first.
        Raises ValueError for anything else, such as the fifth quarter of a year.
        """
        parts = _parsed(code)
        return cls(*parts)

    def __lt__(self, other: "Period") -> bool:
        """Earlier, or as early and shorter."""
        return (self.first, self.last) < (other.first, other.last)

    @property
    def year(self) -> int:
        """The year it belongs to; a week belongs to the year of its Thursday, as ISO 8601 has it."""
        return int(self.code[:4])

    @property
    def number(self) -> int:
        """Its number within its year, from 1; 1 for a year, the day of the year for a day."""
        if self.span == "year":
            return 1
        return (self.first - dt.date(self.year, 1, 1)).days + 1 if self.span == "day" else int(self.code[5:])

    @property
    def end(self) -> float:
        """When it is over, in decimal years: 2026 for 2025, 2025.5 for its first half."""
        after = self.last + dt.timedelta(days=1)
        if self.span in ("week", "day"):
            return after.year + (after.timetuple().tm_yday - 1) / 366
        return after.year + (after.month - 1) / 12

    @property
    def in_a_year(self) -> int:
        """How many of its length its year has: 4 for a quarter, 52 or 53 for a week."""
        if self.span in ("year", "day"):
            return 1
        if self.span == "week":
            return dt.date(self.year, 12, 28).isocalendar().week
        return 12 // _MONTHS_IN[self.code[4]]

    @property
    def years(self) -> float:
        """Its length in years, by the calendar: 0.25 for a quarter."""
        return 7 / 365.25 if self.span == "week" else 0.0 if self.span == "day" else 1 / self.in_a_year

    def moved(self, steps: int) -> "Period":
        """The period of the same length so many later (earlier where negative)."""
        if self.span == "year":
            return Period.parse(f"{self.year + steps:04d}")
        if self.span == "day":
            return Period.parse((self.first + dt.timedelta(days=steps)).isoformat())
        if self.span == "week":
            year, week, _ = (self.first + dt.timedelta(weeks=steps)).isocalendar()
            return Period.parse(f"{year:04d}U{week:02d}")
        parts = self.year * self.in_a_year + self.number - 1 + steps
        return _part(parts // self.in_a_year, self.code[4], parts % self.in_a_year + 1)

    @property
    def next(self) -> "Period":
        """The one that follows."""
        return self.moved(1)

    @property
    def previous(self) -> "Period":
        """The one before."""
        return self.moved(-1)

    @property
    def year_earlier(self) -> "Period | None":
        """The same time of the year before; None for a week 53 whose year before has 52, and for a day."""
        if self.span == "day":
            return None
        if self.span == "week":
            before = dt.date(self.year - 1, 12, 28).isocalendar().week
            return Period.parse(f"{self.year - 1:04d}U{self.number:02d}") if self.number <= before else None
        return self.moved(-self.in_a_year)

    def holds(self, other: "Period") -> bool:
        """Whether all of another period lies within it."""
        return self.first <= other.first and other.last <= self.last

    @property
    def words(self) -> str:
        """How it is said: "4. kvartal 2025", "marts 2025", "uge 7, 2025", "1. halvår 2025", "15. april 2025"."""
        return danish.period(self.code)


def periods_between(first: Period, last: Period) -> Iterator[Period]:
    """Every period of one length from `first` to `last`, both included; ValueError for two lengths."""
    if first.span != last.span:
        raise ValueError(f"{first.code} and {last.code} are not of one length")
    while not last < first:
        yield first
        first = first.next


def span_of(codes: Iterable[str]) -> Span | None:
    """The length that all codes have; None where there are none or several lengths."""
    spans = {Period.parse(code).span for code in set(codes)}
    return spans.pop() if len(spans) == 1 else None


def alike_in_span(codes: Iterable[str], code: str) -> list[str]:
    """The codes of the same length as another: half-years are held against half-years, never against years."""
    span = Period.parse(code).span
    return [each for each in codes if Period.parse(each).span == span]


def spans_of(codes: pd.Series) -> pd.Series:
    """The length of each period."""
    return codes.map({code: Period.parse(str(code)).span for code in codes.unique()})


def is_year(codes: pd.Series) -> pd.Series:
    """Which codes are of whole years; the others are of parts of one, which a table holds beside it."""
    return codes.str.len() == len("2025")


def year_of(code: str) -> str:
    """The code of the year that a period belongs to; "" for none."""
    return code[: len("2025")]


def year_earlier(code: str) -> str:
    """The code of the same time a year before; "" where the calendar has none."""
    earlier = Period.parse(code).year_earlier
    return earlier.code if earlier else ""


def period_of(day: dt.date, span: Span) -> Period:
    """The period of a length that a day lies in."""
    if span == "year":
        return Period.parse(f"{day.year:04d}")
    if span == "day":
        return Period.parse(day.isoformat())
    if span == "week":
        year, week, _ = day.isocalendar()
        return Period.parse(f"{year:04d}U{week:02d}")
    letter = next(each for each, name in _PART.items() if name == span)
    return _part(day.year, letter, (day.month - 1) // _MONTHS_IN[letter] + 1)


def _part(year: int, letter: str, number: int) -> Period:
    return Period.parse(f"{year:04d}{letter}{number:02d}" if letter == "M" else f"{year:04d}{letter}{number}")


@lru_cache(maxsize=4096)
def _parsed(code: str) -> tuple[str, Span, dt.date, dt.date]:
    match = _CODE.fullmatch(code)
    if not match:
        raise ValueError(f"{code!r} is no period")
    year, letter, number = int(match[1]), match[2], int(match[3] or 0)
    if match[4]:
        day = dt.date.fromisoformat(code[: len("2025-04-15")])
        return code, "day", day, day
    if not letter:
        return code, "year", dt.date(year, 1, 1), dt.date(year, 12, 31)
    if letter == "U":
        monday = dt.date.fromisocalendar(year, number, 1)
        return f"{year:04d}U{number:02d}", "week", monday, monday + dt.timedelta(days=6)
    months = _MONTHS_IN[letter]
    if not 1 <= number <= 12 // months:
        raise ValueError(f"{code!r} is no period")
    first = dt.date(year, months * (number - 1) + 1, 1)
    after = dt.date(year + 1, 1, 1) if months * number == 12 else dt.date(year, months * number + 1, 1)
    width = 2 if letter == "M" else 1
    return f"{year:04d}{letter}{number:0{width}d}", _PART[letter], first, after - dt.timedelta(days=1)
