"""Turns everything loaded into the tables of a release; the only place that calls the statistics."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from data.partnership import Partnership
from data.release import Release
from data.release.changes import change_table, since_table
from data.release.criteria import criteria_tables
from data.release.incidents import incident_table
from data.release.similar import similar_table
from data.release.survey import survey_table

QUARTER_ENDS = {"1": (3, 31), "2": (6, 30), "3": (9, 30), "4": (12, 31)}


def build_release(
    loaded: Mapping[str, pd.DataFrame], partnership: Partnership, previous: Release | None = None
) -> dict[str, pd.DataFrame]:
    """The release tables for a reader who may see every figure.

    `loaded` maps each contract kind (and "boundaries") to the rows that now stand. `previous` is the release of the
    previous meeting, which the table of changes looks back to.
    """
    areas = _areas(loaded["areas"], loaded["population"], loaded["boundaries"])
    levels = areas.set_index("area_id")["level"]
    tables = {
        "areas": areas,
        "survey": survey_table(
            loaded["survey"], levels, {indicator.id: indicator.direction for indicator in partnership.indicators}
        ),
        "incidents": incident_table(loaded["incidents"], loaded["population"], levels),
        "initiatives": _without_load(loaded["initiatives"]).sort_values("initiative_id", ignore_index=True),
        "activities": _without_load(loaded["activities"]).sort_values("date", ascending=False, ignore_index=True),
        "sources": _without_load(loaded["sources"]).sort_values("source_id", ignore_index=True),
    }
    tables["criteria"], tables["criterion_points"] = criteria_tables(
        loaded["criteria"],
        tables["survey"],
        tables["incidents"],
        tables["activities"],
        areas.set_index("area_id")["name"],
        partnership,
        figures_speak_of(loaded["incidents"]["period"].max()),
    )
    tables["similar"] = similar_table(areas, tables["survey"], partnership)
    tables["since"] = since_table(previous)
    tables["changes"] = change_table(tables, previous, partnership)
    return tables


def figures_speak_of(quarter: str) -> dt.date:
    """The last day of a quarter such as "2025K4"."""
    year, number = quarter.split("K")
    return dt.date(int(year), *QUARTER_ENDS[number])


def _without_load(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.drop(columns="load_id", errors="ignore")


def _areas(areas: pd.DataFrame, population: pd.DataFrame, boundaries: pd.DataFrame) -> pd.DataFrame:
    """Areas with their newest number of residents and their outline (WKB in WGS84; None where there is none)."""
    newest = population.sort_values("period").drop_duplicates("area_id", keep="last").set_index("area_id")
    rows = _without_load(areas).copy()
    rows["residents"] = rows["area_id"].map(newest["residents"])
    rows["residents_provenance"] = rows["area_id"].map(newest["provenance"]).fillna("")
    shapes = boundaries.set_index("area_id")
    rows["geometry"] = rows["area_id"].map(shapes["geometry"])
    rows["outline"] = rows["area_id"].map(shapes["outline"]).fillna("none")
    rows["outline_basis"] = rows["area_id"].map(shapes["basis"]).fillna("")
    return rows.reset_index(drop=True)
