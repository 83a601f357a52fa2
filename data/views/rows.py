"""Release rows made ready for screen and paper: with the area's name, the value as text and the sentence of each."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data import danish, sentences
from data.records import records
from data.states import SHOWN_STATES
from data.views.memo import memoized_by_view
from data.views.view import ViewContext

MOST_PANELS = 24


@memoized_by_view("indicator")
def survey_rows(
    context: ViewContext, *, level: str | None = None, wave: str | None = None, areas: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Survey rows of the view's indicator, of a level, a wave or some areas, in Danish alphabetical order of area."""
    chosen = _survey(context)
    places = chosen.of_areas(areas) if areas else np.arange(len(chosen.rows))
    if level:
        places = places[chosen.rows["level"].to_numpy()[places] == level]
    if wave:
        places = places[chosen.times[places] == wave]
    rows = chosen.take(places)
    indicator = context.partnership.indicator(context.view.indicator)
    drawn = records(rows)
    return rows.assign(
        hover=[sentences.survey_figure(row, indicator) for row in drawn],
        level_sentence=[sentences.survey_level(row, indicator) for row in drawn],
        label=[sentences.share(row) if row["state"] == "published" else "" for row in drawn],
    )


@memoized_by_view("category")
def incident_rows(
    context: ViewContext, *, areas: tuple[str, ...], years: bool = False, period: str = ""
) -> pd.DataFrame:
    """Quarterly (or yearly) incident rows of the view's category for some areas, of one period or all.

    An area whose counts came as years has no quarters: its years stand in their place.
    """
    chosen = _incidents(context)
    places = chosen.of_areas(areas)
    of_years = np.char.str_len(chosen.times[places]) == len("2025")
    wanted = of_years == years
    if not years and of_years.any():
        owners = chosen.rows["area_id"].to_numpy()[places]
        wanted |= ~np.isin(owners, owners[~of_years])
    if period:
        wanted &= chosen.times[places] == period
    rows = chosen.take(places[wanted])
    category = context.partnership.category(context.view.category)
    return rows.assign(hover=[sentences.incident_figure(row, category) for row in records(rows)])


@dataclass(frozen=True)
class _Sorted:
    """The rows of one subject, by area in Danish alphabetical order and by time; sorted once for all who ask."""

    rows: pd.DataFrame
    times: np.ndarray
    by_area: Mapping[str, np.ndarray]

    def of_areas(self, areas: tuple[str, ...]) -> np.ndarray:
        """The places of the rows of some areas."""
        positions = [self.by_area[area] for area in dict.fromkeys(areas) if area in self.by_area]
        return np.sort(np.concatenate(positions)) if positions else np.empty(0, dtype=np.intp)

    def take(self, places: np.ndarray) -> pd.DataFrame:
        """The rows at some places, in their order."""
        return self.rows.take(places).reset_index(drop=True)


@memoized_by_view("indicator")
def _survey(context: ViewContext) -> _Sorted:
    rows = context.release.survey
    return _sorted(rows[rows["indicator"] == context.view.indicator], context, "wave")


@memoized_by_view("category")
def _incidents(context: ViewContext) -> _Sorted:
    rows = context.release.incidents
    return _sorted(rows[rows["category"] == context.view.category], context, "period")


def _sorted(rows: pd.DataFrame, context: ViewContext, time: str) -> _Sorted:
    names = context.release.names
    # The keys are made of the areas, of which there are far fewer than rows.
    order = {area: danish.sort_key(name) for area, name in names.items()}
    keys = np.array([order[area] for area in rows["area_id"]], dtype=str)
    times = rows[time].to_numpy(dtype=str)
    places = np.lexsort((times, keys))
    rows = rows.assign(name=rows["area_id"].map(names)).take(places).reset_index(drop=True)
    groups = rows.groupby("area_id").indices.items()
    return _Sorted(rows, times[places], {str(area): np.asarray(positions) for area, positions in groups})


@memoized_by_view("indicator", "level")
def telling_area(context: ViewContext) -> str:
    """The area to show before anyone has chosen: one of ours, with most official waves, then most waves."""
    rows = context.release.survey
    rows = rows[(rows["indicator"] == context.view.indicator) & (rows["level"] == context.view.level)]
    members = set(context.partnership.members)
    parents = context.release.areas.set_index("area_id")["parent_id"]
    ours = rows["area_id"].isin(members) | rows["area_id"].map(parents).isin(members)
    rows = rows[ours] if ours.any() else rows
    counts = rows.assign(official=rows["provenance"] == "official").groupby("area_id")["official"].agg(["sum", "size"])
    if counts.empty:
        return _first_area(context)
    return str(counts.sort_values(["sum", "size"], ascending=False, kind="stable").index[0])


def _first_area(context: ViewContext) -> str:
    """The area to show where nothing is measured: one of ours that offences are counted for, else one of ours."""
    areas = context.release.areas
    members = set(context.partnership.members)
    ours = areas[areas["area_id"].isin(members) | areas["parent_id"].isin(members)]
    ours = ours if len(ours) else areas
    counted = ours[ours["area_id"].isin(set(context.release.incidents["area_id"]))]
    return str((counted if len(counted) else ours).sort_values("level", kind="stable")["area_id"].iloc[0])


def sheet_area(context: ViewContext) -> str:
    """The one area of an area sheet: the first chosen, or the telling one before anyone has chosen."""
    return context.view.areas[0] if context.view.areas else telling_area(context)


def comparable_areas(context: ViewContext, area: str) -> tuple[tuple[str, ...], bool]:
    """The areas most like a housing area, the nearest first, and whether they are fewer than a comparison needs."""
    rows = context.release.similar
    rows = rows[(rows["indicator"] == context.view.indicator) & (rows["area_id"] == area)]
    return similar_to(context, (area,)), bool(rows["too_few"].any())


def compared_with(context: ViewContext, areas: tuple[str, ...]) -> tuple[str, ...]:
    """The areas that the given ones are held against in this view, without the given ones themselves."""
    compared = similar_to(context, areas) if context.view.comparison == "lignende" else surroundings(context, areas)
    return tuple(area for area in compared if area not in areas)


@memoized_by_view("indicator")
def similar_to(context: ViewContext, areas: tuple[str, ...]) -> tuple[str, ...]:
    """The areas most like the given ones; none for areas that are no housing areas."""
    rows = context.release.similar
    rows = rows[(rows["indicator"] == context.view.indicator) & rows["area_id"].isin(areas)]
    return tuple(dict.fromkeys(area for listed in rows["similar"] for area in listed.split(";") if area))


@memoized_by_view()
def neighbours_of(context: ViewContext, area: str) -> tuple[str, ...]:
    """The areas of the same level that touch an area or lie close by."""
    rows = context.release.tables["neighbours"]
    return tuple(rows.loc[rows["area_id"] == area, "neighbour_id"])


def within(context: ViewContext, area: str) -> tuple[str, ...]:
    """An area and the areas that lie directly in it."""
    rows = context.release.areas
    return (area, *rows.loc[rows["parent_id"] == area, "area_id"])


def initiatives_in(context: ViewContext, areas: tuple[str, ...]) -> pd.DataFrame:
    """The initiatives that name one of the areas, the oldest first."""
    return of_areas(context.release.initiatives, areas).sort_values("start", kind="stable")


def of_areas(rows: pd.DataFrame, areas: tuple[str, ...]) -> pd.DataFrame:
    """The rows whose list of areas (";"-joined `area_ids`) has one of the areas in it."""
    wanted = set(areas)
    return rows[rows["area_ids"].map(lambda listed: not wanted.isdisjoint(listed.split(";"))).astype(bool)]


@memoized_by_view("indicator", "level", "areas")
def panel_areas(context: ViewContext) -> tuple[str, ...]:
    """The areas of the view's level to set beside each other: all, or as many as one can take in, chosen ones first."""
    rows = context.release.survey
    rows = rows[(rows["indicator"] == context.view.indicator) & (rows["level"] == context.view.level)]
    of_level = tuple(rows["area_id"].unique())
    chosen = tuple(area for area in context.view.areas if area in of_level)
    return (*chosen, *(area for area in of_level if area not in chosen))[:MOST_PANELS]


@memoized_by_view()
def surroundings(context: ViewContext, areas: tuple[str, ...]) -> tuple[str, ...]:
    """The areas that the given ones lie in, from the municipality up to the country, nearest first."""
    parents = context.release.areas.set_index("area_id")["parent_id"].to_dict()
    around: dict[str, None] = {}
    for area in areas:
        parent = parents.get(area)
        while parent:
            around[parent] = None
            parent = parents.get(parent)
    return tuple(around)


@memoized_by_view("indicator", "comparison")
def comparison_note(context: ViewContext, areas: tuple[str, ...]) -> str:
    """What the areas are held against, by name, and whether there are too few that are like them."""
    names = danish.join(context.release.name_of(area) for area in compared_with(context, areas))
    if context.view.comparison != "lignende":
        return f"Grå linjer: {names}." if names else ""
    rows = context.release.similar
    rows = rows[(rows["indicator"] == context.view.indicator) & rows["area_id"].isin(areas)]
    if rows["too_few"].any() or not names:
        few = "Der er for få områder, der ligner, til en god sammenligning."
        return f"{few} Grå linjer: {names}." if names else few
    return f"Grå linjer: de områder, der ligner mest i niveau, størrelse og kommunetype ({names})."


def lack_residents(rows: pd.DataFrame) -> bool:
    """Whether counts are shown and none per 1,000: nobody has told how many residents there are."""
    shown = rows[rows["state"].isin(SHOWN_STATES)]
    return len(shown) > 0 and bool(shown["rate"].isna().all())


# Where they come from ---------------------------------------------------------------------------------------------
