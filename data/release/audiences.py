"""Leaves in the loaded tables only what one audience may see, so that a release built from them holds nothing else.

Everything derived (rates, intervals, verdicts, criteria, sentences, sort orders) is then made from what is left.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from data.calendar import is_year
from data.partnership import OF_PLACES, Audience, Partnership
from data.release.earlier import CELL
from data.release.protect import Protected
from data.release.spans import UNFINISHED

Loaded = Mapping[str, pd.DataFrame]

SHARES_BEFORE = "shares_before"
"""The name of the table of what earlier releases showed of shares, among what is loaded."""

# Tables whose rows from municipality level up are published elsewhere.
FIGURES = ("areas", "population", "survey", "incidents", UNFINISHED, "boundaries")
# What is told of an area for those who know it.
OF_AREAS = ("cells", "dialogues", "insecure_places", OF_PLACES)
# Told of grid cells, for those alone who may see them.
OF_CELLS = ("cells", "hours", OF_PLACES)
# Counts of these levels are published elsewhere or protected here; of any other level we do not know, so they go.
KNOWN_LEVELS = ("country", "police_district", "municipality", "housing_area")


def for_audience(
    loaded: Loaded, audience: Audience, partnership: Partnership, protected: Protected | None
) -> dict[str, pd.DataFrame]:
    """The loaded tables as `audience` may see them; a table no rule is written for is emptied for all but the whole.

    An audience that sees every member municipality gets every row. To others a housing area outside its own
    municipalities does not exist, nor does what the partnership does there. `protected` (None at threshold 0) tells
    which counts are hidden: they are NaN and flagged in the column `hidden`. A table "incident_years" is added, for
    a year's count may be shown where a quarter's is hidden, and a table "waiting" of the figures whose correction
    cannot be shown yet.
    """
    left = dict(loaded)
    if not set(partnership.members) <= set(audience.sees):
        left = _of_own_area(loaded, set(audience.sees))
    if not audience.sees_cells or audience.threshold:
        # Counts of grid cells are small: whoever small counts are hidden from has none, nor what is done in them.
        left |= {kind: left[kind].iloc[:0] for kind in OF_CELLS if kind in left}
    if protected is not None:
        known = set(left["areas"].loc[left["areas"]["level"].isin(KNOWN_LEVELS), "area_id"])
        counts = left["incidents"][left["incidents"]["area_id"].isin(known)]
        left["incidents"], left["incident_years"] = _hidden_out(counts, protected)
        if UNFINISHED in left:
            left[UNFINISHED] = left[UNFINISHED][left[UNFINISHED]["area_id"].isin(known)].reset_index(drop=True)
        waiting = protected.cells[protected.cells["waits"] & protected.cells["area_id"].isin(counts["area_id"])]
        left["waiting"] = waiting[CELL].reset_index(drop=True)
        left["decisions"] = _without_quotes(left["decisions"])
    return left


def _hidden_out(incidents: pd.DataFrame, protected: Protected) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Quarterly rows without what is hidden, and the yearly counts of housing areas likewise."""
    cells = protected.cells
    cells = cells.assign(hidden=cells["state"] == "hidden", count=cells["count"].where(cells["state"] == "published"))
    of_year = is_year(cells["period"])
    hidden = cells[cells["hidden"]]
    flags = pd.MultiIndex.from_frame(incidents[CELL]).isin(pd.MultiIndex.from_frame(hidden[CELL]))
    quarters = incidents.assign(count=incidents["count"].astype(float).where(~flags), hidden=flags)
    years = cells[of_year & cells["area_id"].isin(incidents["area_id"])]
    return quarters, years[[*CELL, "count", "hidden"]].reset_index(drop=True)


def _without_quotes(decisions: pd.DataFrame) -> pd.DataFrame:
    # A decision quotes a figure as those at the table saw it, which may be more than this audience sees.
    return decisions.assign(figure="", view="")


def _of_own_area(loaded: Loaded, sees: set[str]) -> dict[str, pd.DataFrame]:
    """Only the rows of areas an audience knows: its own municipalities, and everything from municipality level up."""
    areas = loaded["areas"]
    home = municipalities(areas)
    own = {area for area, municipality in home.items() if municipality in sees}
    shared = own | {area for area, municipality in home.items() if not municipality}
    known = shared | set(areas.loc[areas["level"] == "municipality", "area_id"])

    def within(kind: str, column: str, ids: set[str]) -> pd.DataFrame:
        return loaded[kind][loaded[kind][column].isin(ids)]

    initiatives = _touching(loaded["initiatives"], own, shared)
    ours = set(initiatives["initiative_id"])
    activities, coverage = within("activities", "area_id", own), within("coverage", "area_id", own)
    criteria, meetings = within("criteria", "initiative_id", ours), within("meetings", "area_id", own)
    inside = [_ids(listed) <= shared for listed in criteria["area_ids"]]
    kept = {
        **{kind: within(kind, "area_id", known) for kind in (*FIGURES, SHARES_BEFORE) if kind in loaded},
        **{kind: within(kind, "area_id", own) for kind in OF_AREAS if kind in loaded},
        "sources": loaded["sources"],
        "initiatives": initiatives,
        "activities": activities[activities["initiative_id"].isin(ours)],
        "criteria": criteria[np.array(inside, dtype=bool)],
        "meetings": meetings,
        "decisions": within("decisions", "meeting_id", set(meetings["meeting_id"])),
        "proposals": within("proposals", "from_area", own),
        "coverage": coverage[coverage["initiative_id"].isin(ours)],
        "risk_profiles": within("risk_profiles", "profile_id", set(coverage["profile_id"])),
    }
    return {kind: kept.get(kind, loaded[kind].iloc[:0]).reset_index(drop=True) for kind in loaded}


def _touching(initiatives: pd.DataFrame, own: set[str], shared: set[str]) -> pd.DataFrame:
    """The initiatives that reach an area of the audience's own, saying only which of the areas it knows they reach."""
    reached = [_ids(listed) for listed in initiatives["area_ids"]]
    named = [";".join(each for each in listed.split(";") if each in shared) for listed in initiatives["area_ids"]]
    return initiatives.assign(area_ids=named)[np.array([bool(areas & own) for areas in reached], dtype=bool)]


def municipalities(areas: pd.DataFrame) -> dict[str, str]:
    """The municipality each area lies in (its own id for a municipality); "" for what lies above municipalities."""
    levels = dict(zip(areas["area_id"], areas["level"], strict=True))
    parents = dict(zip(areas["area_id"], areas["parent_id"], strict=True))

    def home(area: str) -> str:
        while area and levels.get(area) != "municipality":
            area = parents.get(area, "")
        return area

    return {area: home(area) for area in levels}


def _ids(listed: str) -> set[str]:
    return {each for each in listed.split(";") if each}
