"""Builds the release's table of similar areas: what each housing area is held against, unless a reader picks others."""

import pandas as pd

from analysis.similarity import similar_areas
from data.partnership import Partnership
from data.release.tables import SIMILAR

LEVEL = "housing_area"


def similar_table(areas: pd.DataFrame, survey: pd.DataFrame, partnership: Partnership) -> pd.DataFrame:
    """One row per housing area and indicator: the ids of its most similar areas (";"-joined), nearest first.

    `areas` and `survey` are release tables. Alike is by the newest level of the indicator, the number of residents and
    the type of the municipality (analysis.similarity). `too_few` is true where fewer than wanted are near enough.
    """
    of_level = areas[areas["level"] == LEVEL]
    rows = []
    for indicator in partnership.indicators:
        shown = survey[(survey["indicator"] == indicator.id) & (survey["state"] == "published")]
        newest = shown.sort_values("wave").drop_duplicates("area_id", keep="last").set_index("area_id")["share"]
        known = pd.DataFrame(
            {
                "area_id": of_level["area_id"],
                "level": of_level["level"],
                "share": of_level["area_id"].map(newest),
                "size": of_level["residents"],
                "municipality_type": of_level["parent_id"].map(partnership.municipality_types),
            }
        )
        for area in known["area_id"]:
            similar = similar_areas(area, known)
            rows.append((area, indicator.id, ";".join(similar.area_ids), similar.too_few))
    return pd.DataFrame(rows, columns=list(SIMILAR))
