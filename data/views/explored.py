"""The years of a reader's own question on Udvikling: what the address may say, and which years there are figures of."""

import re
from dataclasses import replace

from data.partnership import Partnership
from data.release import Release
from data.views.view import View, ViewContext

EVERY_YEAR = "alle"
"""The question is open, and about all years; two years in the address ("2018-2025") narrow it, "" leaves it closed."""
_YEARS = re.compile(r"(\d{4})-(\d{4})")


def nearest_years(view: View, release: Release, _partnership: Partnership) -> tuple[View, tuple[str, ...]]:
    """The nearest years there are figures of, and a plain Danish notice where the address named others."""
    if view.explore in ("", EVERY_YEAR):
        return view, ()
    first, last = years_of(release)
    named = _YEARS.fullmatch(view.explore)
    if named and first <= int(named[1]) <= int(named[2]) <= last:
        return replace(view, explore=as_written(release, int(named[1]), int(named[2]))), ()
    return replace(view, explore=EVERY_YEAR), (f"Årene »{view.explore}« kan ikke vises. Viser alle år i stedet.",)


def as_written(release: Release, first: int, last: int) -> str:
    """Two years as they stand in the address."""
    return EVERY_YEAR if (first, last) == years_of(release) else f"{first}-{last}"


def chosen_years(context: ViewContext) -> tuple[int, int]:
    """The first and the last year that the question is about."""
    named = _YEARS.fullmatch(context.view.explore)
    return (int(named[1]), int(named[2])) if named else years_of(context.release)


def years_of(release: Release) -> tuple[int, int]:
    """The first and the last year with figures of any kind; the year of publication where there are none."""

    def make() -> tuple[int, int]:
        times = [*release.survey["wave"].unique(), *release.incidents["period"].unique()]
        years = [int(str(time)[:4]) for time in times if str(time)[:4].isdigit()]
        published = release.head.published_at.year
        return (min(years), max(years)) if years else (published, published)

    return release.get_or_make("years with figures", make)
