"""Builds the release's table of changes: what has really moved since the release of the previous meeting."""

import pandas as pd

from data import danish
from data.calendar import is_year
from data.partnership import Partnership
from data.records import records
from data.release import Release
from data.release.crossings import crossing
from data.release.tables import CHANGES, SINCE
from data.sentences import STATUS_WORDS, incident_change, place, survey_figure

# The worse first, then the better, then what merely changed its word.
_TONE_ORDER = {"worse": 0, "better": 1, "neutral": 2}
_WORSE = {"behind", "worsening", "not_met"}
_BETTER = {"met", "on_track"}


def change_table(tables: dict[str, pd.DataFrame], previous: Release | None, partnership: Partnership) -> pd.DataFrame:
    """Sentences on what changed: verdicts of new waves and quarters, and criteria with a new status.

    Without a previous release, the newest wave and the newest final quarter are what is new. `crossing` says of a
    criterion whether its figure has moved or only crossed a line (data.release.crossings); "" of everything else.
    """
    names = tables["areas"].set_index("area_id")["name"]
    rows = [
        *_criteria(tables, previous),
        *_survey(_new(tables["survey"], previous, "survey", "wave"), names, partnership),
        *_incidents(new_quarters(tables["incidents"], previous), names, partnership),
    ]
    frame = pd.DataFrame(rows, columns=list(CHANGES[:-1]))
    frame["crossing"] = frame["crossing"].astype(object).fillna("")
    frame["rank"] = frame["tone"].map(_TONE_ORDER)
    return frame.sort_values(["rank", "kind"], kind="stable", ignore_index=True)


def since_table(previous: Release | None) -> pd.DataFrame:
    """Which release and meeting the changes look back to: one row, or none for the first release.

    `cell_year` is the newest year of grid cells it had; "" where it had none.
    """
    rows = [] if previous is None else [(previous.head.id, previous.head.meeting_date, _cell_year(previous))]
    return pd.DataFrame(rows, columns=list(SINCE))


def _cell_year(release: Release) -> str:
    cells = release.tables.get("cells")
    return "" if cells is None or cells.empty else str(cells["year"].max())


def _new(rows: pd.DataFrame, previous: Release | None, table: str, time: str) -> pd.DataFrame:
    seen = set() if previous is None else set(previous.tables[table][time])
    fresh = sorted(set(rows[time]) - seen) if seen else [rows[time].max()]
    return rows[rows[time].isin(fresh)]


def new_quarters(incidents: pd.DataFrame, previous: Release | None) -> pd.DataFrame:
    """The quarters (years, where there are no quarters) that were not final in the previous release and are now."""
    of_quarters = ~is_year(incidents["period"])
    # Where offences are counted by year, the years are what is new.
    quarters = incidents[of_quarters] if of_quarters.any() else incidents
    quarters = quarters[quarters["state"] == "published"]
    if previous is None:
        return quarters[quarters["period"] == quarters["period"].max()]
    then = previous.incidents
    decided = set(then.loc[then["state"] == "published", "period"])
    return quarters[~quarters["period"].isin(decided)]


def _criteria(tables: dict[str, pd.DataFrame], previous: Release | None) -> list[dict[str, object]]:
    criteria, points, incidents = tables["criteria"], tables["criterion_points"], tables["incidents"]
    if previous is None or criteria.empty or previous.criteria.empty:
        return []
    then = {row["criterion_id"]: row for row in records(previous.criteria)}
    rows: list[dict[str, object]] = []
    for row in records(criteria):
        earlier = then.get(row["criterion_id"])
        if earlier is None or earlier["status"] == row["status"]:
            continue
        before = earlier["status"]
        of_areas = incidents["area_id"].isin(row["area_ids"].split(";")) & (incidents["category"] == row["indicator"])
        tone = "worse" if row["status"] in _WORSE else "better" if row["status"] in _BETTER else "neutral"
        rows.append(
            {
                "kind": "criterion",
                "subject": row["criterion_id"],
                "area_id": row["area_ids"].split(";")[0],
                "indicator": row["indicator"],
                "tone": tone,
                "crossing": crossing(
                    row,
                    earlier,
                    points[points["criterion_id"] == row["criterion_id"]],
                    float(incidents.loc[of_areas, "dispersion"].max()),
                ),
                "sentence": f"{row['subject']}: fra »{STATUS_WORDS[before].lower()}« til "
                f"»{STATUS_WORDS[row['status']].lower()}«. {row['sentence']}",
            }
        )
    return rows


def _survey(rows: pd.DataFrame, names: pd.Series, partnership: Partnership) -> list[dict[str, object]]:
    moved = rows[rows["changed"].isin(["better", "worse"])]
    return [
        {
            "kind": "survey",
            "subject": row["indicator"],
            "area_id": row["area_id"],
            "indicator": row["indicator"],
            "tone": row["changed"],
            "sentence": survey_figure(row | {"name": names[row["area_id"]]}, partnership.indicator(row["indicator"])),
        }
        for row in records(moved)
    ]


def _incidents(rows: pd.DataFrame, names: pd.Series, partnership: Partnership) -> list[dict[str, object]]:
    local = rows["level"].isin(["housing_area"]) | rows["area_id"].isin(partnership.members)
    moved = rows[local & rows["changed"].isin(["better", "worse"])]
    return [
        {
            "kind": "incidents",
            "subject": row["category"],
            "area_id": row["area_id"],
            "indicator": row["category"],
            "tone": row["changed"],
            "sentence": f"{danish.opening(place(names[row['area_id']], row['level']))}: "
            + incident_change(row | {"name": names[row["area_id"]]}, partnership.category(row["category"])),
        }
        for row in records(moved)
    ]
