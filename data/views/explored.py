"""The time of a reader's own question on Udvikling: what the address may say, and what there are figures of."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from data.calendar import Period, is_year, year_of
from data.partnership import Partnership
from data.release import Release
from data.views.view import View, ViewContext

EVERY_YEAR = "alle"
"""The question is open, and about all years; two times in the address ("2018-2025", "2024K2-2025K1") narrow it, ""
leaves it closed."""
_TIMES = re.compile(r"(\d{4}(?:K[1-4])?)-(\d{4}(?:K[1-4])?)")
_QUARTERS = range(1, 5)


def nearest_years(view: View, release: Release, _partnership: Partnership) -> tuple[View, tuple[str, ...]]:
    """The nearest years there are figures of, and a plain Danish notice where the address named others."""
    if view.explore in ("", EVERY_YEAR):
        return view, ()
    named = _TIMES.fullmatch(view.explore)
    if named and named[1] in beginnings(release) and named[2] in ends(release):
        first, last = named[1], named[2]
        if Period.parse(first).first <= Period.parse(last).last:
            return replace(view, explore=as_written(release, first, last)), ()
    return replace(view, explore=EVERY_YEAR), (f"Årene »{view.explore}« kan ikke vises. Viser alle år i stedet.",)


def as_written(release: Release, first: str, last: str) -> str:
    """Two times as they stand in the address."""
    first, last = first.removesuffix("K1"), last.removesuffix("K4")
    return EVERY_YEAR if (first, last) == tuple(map(str, years_of(release))) else f"{first}-{last}"


def begun_at(context: ViewContext, first: str) -> str:
    """The address where the question begins at another time; where it ended before that, it ends with that year."""
    _, last = chosen_times(context)
    until = last.code if Period.parse(first).first <= last.last else year_of(first)
    return as_written(context.release, first, until)


def ended_at(context: ViewContext, last: str) -> str:
    """The address where the question ends at another time; one that has not begun by then begins with the year."""
    first, _ = chosen_times(context)
    since = first.code if first.first <= Period.parse(last).last else year_of(last)
    return as_written(context.release, since, last)


def chosen_times(context: ViewContext) -> tuple[Period, Period]:
    """The first and the last year or quarter that the question is about."""
    named = _TIMES.fullmatch(context.view.explore)
    first, last = named.groups() if named else map(str, years_of(context.release))
    return Period.parse(first), Period.parse(last)


def beginnings(release: Release) -> Sequence[str]:
    """What a question may begin with: each year, and where offences are counted by quarter each later quarter of it."""
    return _times(release, lambda year, quarter: year if quarter == min(_QUARTERS) else f"{year}K{quarter}")


def ends(release: Release) -> Sequence[str]:
    """What it may end with: each year, and each of its earlier quarters."""
    return _times(release, lambda year, quarter: year if quarter == max(_QUARTERS) else f"{year}K{quarter}")


def within(rows: pd.DataFrame, column: str, first: Period, last: Period) -> pd.DataFrame:
    """The rows of periods whose middle, where a picture sets them, lies in the time from `first` to `last`."""
    told = {str(code): Period.parse(str(code)) for code in rows[column].unique()}
    inside = {code: first.end - first.years <= each.end - each.years / 2 <= last.end for code, each in told.items()}
    return rows[rows[column].astype(str).map(inside).astype(bool)]


def years_of(release: Release) -> tuple[int, int]:
    """The first and the last year with figures of any kind; the year of publication where there are none."""

    def make() -> tuple[int, int]:
        times = [*release.survey["wave"].unique(), *release.incidents["period"].unique()]
        years = [int(str(time)[:4]) for time in times if str(time)[:4].isdigit()]
        published = release.head.published_at.year
        return (min(years), max(years)) if years else (published, published)

    return release.get_or_make("years with figures", make)


def _times(release: Release, name: Callable[[str, int], str]) -> tuple[str, ...]:
    first, last = years_of(release)
    quarters = release.get_or_make("has quarters", lambda: bool((~is_year(release.incidents["period"])).any()))
    every = map(str, range(first, last + 1))
    return tuple(name(year, quarter) for year in every for quarter in _QUARTERS) if quarters else tuple(every)
