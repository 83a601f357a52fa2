"""Everything an area sheet says, taken from the release in one go: the area's own figures and those to hold them to."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import pandas as pd

from data.calendar import year_of
from data.lru_cache import LruCache
from data.records import Row, records
from data.views.memo import memoized_by_view
from data.views.nearest import waves
from data.views.rows import (
    comparable_areas,
    incident_rows,
    initiatives_in,
    neighbours_of,
    of_areas,
    survey_rows,
    within,
)
from data.views.view import ViewContext

T = TypeVar("T")
# The nearest reference first; an area has the ones that its level allows (data.release.reference).
REFERENCE_ORDER = ("lignende", "kommune", "politikreds", "land")


@dataclass(frozen=True)
class AreaFigures:
    """One area's rows, ready to draw.

    `perceived` are all its waves, `alike_perceived` those of the areas it is held against, `peers` both in the newest
    wave of the level. `quarters` and `years` are its reported offences; `around` is the newest final quarter of the
    area and its neighbours, the area first. `against` is its newest shown share against the nearest reference.
    Shared between sessions, so never write to what it gives.
    """

    area: Row
    perceived: pd.DataFrame
    alike: tuple[str, ...]
    too_few: bool
    alike_perceived: pd.DataFrame
    peers: pd.DataFrame
    against: Row | None
    quarters: pd.DataFrame
    years: pd.DataFrame
    alike_rates: pd.DataFrame
    around: pd.DataFrame
    level_shares: pd.DataFrame
    level_rates: pd.DataFrame
    initiatives: pd.DataFrame
    criteria: pd.DataFrame
    activities: pd.DataFrame
    dialogues: pd.DataFrame

    @cached_property
    def _answers(self) -> LruCache:
        return LruCache()

    def get_or_make(self, what: str, make: Callable[[], T]) -> T:
        """What `make` gives, made once for all readers of this sheet: nothing but the figures may decide it."""
        return self._answers.get_or_make(what, make)

    @property
    def name(self) -> str:
        """The area's Danish name."""
        return str(self.area["name"])

    @cached_property
    def is_housing(self) -> bool:
        """Whether the area is a housing area, which lists and likenesses exist for."""
        return _has_alike(self.area)

    @cached_property
    def newest(self) -> Row | None:
        """The newest wave, shown or hidden; None where the area was never asked."""
        return records(self.perceived.tail(1))[0] if len(self.perceived) else None

    @cached_property
    def newest_shown(self) -> Row | None:
        """The newest wave whose share can be shown."""
        shown = self.perceived[self.perceived["state"] == "published"]
        return records(shown.tail(1))[0] if len(shown) else None

    @cached_property
    def newest_year(self) -> Row | None:
        """The newest whole year of reported offences."""
        return records(self.years.tail(1))[0] if len(self.years) else None

    @cached_property
    def newest_final_quarter(self) -> Row | None:
        """The newest quarter that is no longer provisional."""
        return records(self.around.head(1))[0] if len(self.around) else None

    @cached_property
    def span(self) -> tuple[int, int]:
        """The first and last year of everything on the time axis."""
        years = [int(period[:4]) for period in (*self.perceived["wave"], *self.quarters["period"])]
        return (min(years), max(years)) if years else (2016, 2016)

    @cached_property
    def cited(self) -> pd.DataFrame:
        """What the sheet rests on, as rows of provenance and source."""
        columns = ["provenance", "source_id"]
        about = pd.DataFrame([self.area])[columns]
        residents = pd.DataFrame(
            [[self.area["residents_provenance"], self.area["residents_source_id"]]], columns=columns
        )
        tables = (
            self.perceived,
            self.peers,
            self.quarters,
            self.initiatives,
            self.criteria,
            self.activities,
            self.dialogues,
        )
        everything = pd.concat([about, residents, *(table[columns] for table in tables)])
        return everything[everything["source_id"] != ""]


@memoized_by_view("indicator", "category")
def area_figures(context: ViewContext, area_id: str) -> AreaFigures:
    """The figures of an area in the view's indicator and category, gathered once: a release never changes."""
    release, view = context.release, context.view
    area = records(release.areas[release.areas["area_id"] == area_id])[0]
    alike, too_few = comparable_areas(context, area_id)
    mine, inside = (area_id,), within(context, area_id)
    wave = next(reversed(waves(release, view.indicator, area["level"])), "")
    level_shares = survey_rows(context, level=area["level"], wave=wave)
    perceived = survey_rows(context, areas=mine)
    quarters = incident_rows(context, areas=mine)
    years = incident_rows(context, areas=mine, years=True)
    newest_year = years["period"].max() if len(years) else year_of(wave)
    return AreaFigures(
        area=area,
        perceived=perceived,
        alike=alike,
        too_few=too_few,
        alike_perceived=survey_rows(context, areas=alike) if alike else perceived.head(0),
        # Only housing areas have likenesses; a municipality stands among all the others.
        peers=level_shares[level_shares["area_id"].isin(mine + alike)] if _has_alike(area) else level_shares,
        against=_against(context, perceived),
        quarters=quarters,
        years=years,
        alike_rates=incident_rows(context, areas=alike, years=True, period=newest_year),
        around=_around(context, area_id, quarters),
        level_shares=level_shares,
        level_rates=incident_rows(context, areas=tuple(level_shares["area_id"]), years=True, period=year_of(wave)),
        initiatives=initiatives_in(context, inside),
        criteria=of_areas(release.criteria, inside),
        activities=release.activities[release.activities["area_id"].isin(inside)],
        dialogues=release.tables["dialogues"][release.tables["dialogues"]["area_id"].isin(inside)],
    )


def _against(context: ViewContext, perceived: pd.DataFrame) -> Row | None:
    """The newest shown share against the nearest reference there is."""
    shown = perceived[perceived["state"] == "published"]
    if shown.empty:
        return None
    newest = shown.iloc[-1]
    rows = context.release.references
    rows = rows[(rows["area_id"] == newest["area_id"]) & (rows["wave"] == newest["wave"])]
    of_reference = {row["reference"]: row for row in records(rows[rows["indicator"] == context.view.indicator])}
    return next((of_reference[each] for each in REFERENCE_ORDER if each in of_reference), None)


def _around(context: ViewContext, area_id: str, quarters: pd.DataFrame) -> pd.DataFrame:
    """The newest final quarter of the area and of its neighbours in the same category."""
    final = quarters[quarters["state"] == "published"]
    if final.empty:
        return final
    near = neighbours_of(context, area_id)
    period = final["period"].max()
    beside = incident_rows(context, areas=near, period=period)
    return pd.concat([final[final["period"] == period], beside], ignore_index=True)


def _has_alike(area: Row) -> bool:
    return bool(area["level"] == "housing_area")
