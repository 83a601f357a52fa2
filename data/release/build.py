"""Turns everything loaded into the tables of a release; the only place that calls the statistics."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.disclosure import Sum
from data import clock
from data.calendar import is_year
from data.contracts.definitions import CONTRACTS
from data.partnership import Partnership
from data.records import records
from data.release import Release
from data.release.area_lattice import families
from data.release.audiences import SHARES_BEFORE
from data.release.changes import change_table, since_table
from data.release.clusters import cluster_tables
from data.release.criteria import criteria_tables
from data.release.earlier import CELL
from data.release.effects import effect_table
from data.release.gaps import gap_table
from data.release.hotspot_places import whereabouts
from data.release.hotspots import hotspot_tables
from data.release.incidents import incident_table
from data.release.modelled import modelled_table
from data.release.neighbours import neighbour_table
from data.release.overdue import overdue_table, purpose_table
from data.release.place_actions import action_tables
from data.release.reference import reference_table
from data.release.residents import residents_table
from data.release.sham_windows import sham_table
from data.release.shelf import NO_SHELF, Shelf
from data.release.similar import similar_table
from data.release.spans import UNFINISHED, UNFINISHED_COLUMNS
from data.release.survey import survey_table
from data.release.tables import WRITTEN
from data.release.trends import trend_table
from geo import dagi


def build_figures(
    loaded: Mapping[str, pd.DataFrame],
    partnership: Partnership,
    today: dt.date | None = None,
    shelf: Shelf = NO_SHELF,
) -> dict[str, pd.DataFrame]:
    """The tables that rest on what is loaded alone, grid cells aside: the same for readers who see the same of it.

    `today` is the day that deadlines and what is overdue are seen from; None: the day it is. What `shelf` has from an
    earlier publication is not worked out again.
    """
    today = today or clock.today()
    areas = _areas(loaded["areas"], loaded["population"], loaded["boundaries"])
    levels = areas.set_index("area_id")["level"]
    directions = {indicator.id: indicator.direction for indicator in partnership.indicators}
    asked = loaded["survey"], levels, directions, _sums(loaded), loaded.get(SHARES_BEFORE)
    survey = shelf.table("survey", lambda: survey_table(*asked), loaded["survey"], levels.reset_index(), *asked[2:])
    tables = {
        "areas": areas,
        "residents": residents_table(loaded["population"]),
        "survey": survey,
        "incidents": _incidents(loaded, levels, shelf),
        "initiatives": _without_load(loaded["initiatives"]).sort_values("initiative_id", ignore_index=True),
        "activities": _without_load(loaded["activities"]).sort_values("date", ascending=False, ignore_index=True),
        "sources": _without_load(loaded["sources"]).sort_values("source_id", ignore_index=True),
    }
    tables[UNFINISHED] = loaded.get(UNFINISHED, pd.DataFrame(columns=list(UNFINISHED_COLUMNS), dtype=object))
    tables["incidents"]["waits"] = _waits(tables["incidents"], loaded.get("waiting"))
    tables |= {kind: _without_load(loaded[kind]).sort_values(_key(kind), ignore_index=True) for kind in WRITTEN}
    tables["criteria"], tables["criterion_points"] = criteria_tables(
        loaded["criteria"],
        tables["survey"],
        tables["incidents"],
        tables["activities"],
        areas.set_index("area_id")["name"],
        partnership,
        today,
        tables["residents"],
    )
    tables |= shelf.tables(
        "trends",
        lambda: {"trends": trend_table(survey, directions), "modelled": modelled_table(survey, directions)},
        survey, directions,
    )  # fmt: skip
    tables["similar"] = similar_table(areas, survey, partnership)
    tables["references"] = shelf.table(
        "references",
        lambda: reference_table(survey, areas, tables["similar"]),
        survey, areas, tables["similar"],
    )  # fmt: skip
    tables["neighbours"] = neighbour_table(areas)
    tables["sham_windows"] = sham_table(tables, shelf)
    beneath = ("areas", "residents", "survey", "incidents", "initiatives", "criteria", "similar", "neighbours")
    tables["effects"] = shelf.table(
        "effects",
        lambda: effect_table(tables, partnership),
        *(tables[name] for name in (*beneath, "sham_windows")), partnership,
    )  # fmt: skip
    tables["gaps"] = gap_table(
        tables["risk_profiles"], tables["coverage"], tables["initiatives"], tables["effects"], areas, today
    )
    tables["overdue"] = overdue_table(tables, today)
    tables["purposes"] = purpose_table(tables["criteria"], partnership)
    return tables


def build_places(
    loaded: Mapping[str, pd.DataFrame],
    tables: Mapping[str, pd.DataFrame],
    looks: Mapping[str, pd.DataFrame] | None = None,
    shelf: Shelf = NO_SHELF,
) -> dict[str, pd.DataFrame]:
    """The tables of grid cells, hotspots, growing clusters, actions on places, and hours; none without cells.

    "roads" and "landmarks" among what is loaded give places their names, where they are there. `looks` are the tables
    of earlier looks for clusters, as they were last published.
    """
    cells, roads, landmarks = loaded["cells"], loaded.get("roads"), loaded.get("landmarks")
    # Of the incidents no counts: a corrected quarter leaves the hotspots as they were worked out before.
    years = tables["incidents"].loc[is_year(tables["incidents"]["period"]), [*CELL, "state", "mass"]]
    asked = cells, loaded["hours"], years.reset_index(drop=True), tables["areas"], roads, landmarks
    places = shelf.tables("hotspots", lambda: hotspot_tables(*asked), *asked)
    if cells.empty:
        return places
    where = whereabouts(tables["areas"], roads, landmarks)
    return places | cluster_tables(cells, where, looks or {}) | action_tables(loaded, where)


def build_changes(
    tables: dict[str, pd.DataFrame], previous: Release | None, partnership: Partnership
) -> dict[str, pd.DataFrame]:
    """What has moved since the release of the previous meeting, and which release that is."""
    return {"since": since_table(previous), "changes": change_table(tables, previous, partnership)}


def _sums(loaded: Mapping[str, pd.DataFrame]) -> list[Sum]:
    """Which areas are made of which."""
    return [each for family in families(loaded["areas"], loaded["boundaries"]) for each in family.sums]


def _incidents(loaded: Mapping[str, pd.DataFrame], levels: pd.Series, shelf: Shelf) -> pd.DataFrame:
    years, provisional = loaded.get("incident_years"), _provisional(loaded)
    asked = loaded["incidents"], loaded["population"], levels, years, provisional
    rests_on = loaded["incidents"], loaded["population"], levels.reset_index(), years, provisional
    return shelf.table("incidents", lambda: incident_table(*asked), *rests_on)


def _provisional(loaded: Mapping[str, pd.DataFrame]) -> dict[str, int]:
    """How many of its newest periods each source may still change, where it says so."""
    sources = loaded["sources"]
    said = sources.dropna(subset=["provisional"]) if "provisional" in sources else sources.iloc[:0]
    return {str(row["source_id"]): int(row["provisional"]) for row in records(said)}


def _waits(incidents: pd.DataFrame, waiting: pd.DataFrame | None) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Which figures have been shown and corrected, and cannot be shown as corrected yet."""
    if waiting is None:
        return np.zeros(len(incidents), dtype=bool)
    return pd.MultiIndex.from_frame(incidents[CELL]).isin(pd.MultiIndex.from_frame(waiting[CELL]))


def _key(kind: str) -> list[str]:
    return list(CONTRACTS[kind].key)


def _without_load(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.drop(columns="load_id", errors="ignore")


def _areas(areas: pd.DataFrame, population: pd.DataFrame, boundaries: pd.DataFrame) -> pd.DataFrame:
    """Areas with their newest number of residents and their outline (WKB in WGS84; None where there is none)."""
    newest = population.sort_values("period").drop_duplicates("area_id", keep="last").set_index("area_id")
    rows = _without_load(areas).copy()
    rows["residents"] = rows["area_id"].map(newest["residents"])
    for column in ("provenance", "source_id", "period"):
        rows[f"residents_{column}"] = rows["area_id"].map(newest[column]).astype("str").fillna("")
    shapes = boundaries.set_index("area_id")
    rows["geometry"] = rows["area_id"].map(shapes["geometry"])
    rows["outline"] = rows["area_id"].map(shapes["outline"]).astype("str").fillna("none")
    rows["outline_basis"] = rows["area_id"].map(shapes["basis"]).astype("str").fillna("")
    # Outlines that were loaded before a file could say whom they come from were the authority's.
    credit = shapes["credit"].fillna(dagi.CREDIT).where(shapes["outline"] == "official", "")
    rows["outline_credit"] = rows["area_id"].map(credit).astype("str").fillna("")
    return rows.reset_index(drop=True)
