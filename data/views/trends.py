"""The development of a share over its waves, as a view shows it beside the newest change."""

from typing import Any

from data.release import records_of
from data.sentences.trends import since_the_series_began
from data.views.view import ViewContext


def trend_row(context: ViewContext, area: str, indicator: str = "") -> dict[str, Any] | None:
    """The trend of an area in the view's indicator (or another); None in a release made before there were trends."""
    wanted = indicator or context.view.indicator
    rows = context.release.get_or_make(
        "trends by area",
        lambda: {(row["area_id"], row["indicator"]): row for row in records_of(context.release, "trends")},
    )
    found: dict[str, Any] | None = rows.get((area, wanted))
    return found


def trend_said(context: ViewContext, area: str, indicator: str = "") -> str:
    """The whole answer since the series began: "Siden 2021: falder: −3,1 pct.point om året …"; "" without a trend."""
    row = trend_row(context, area, indicator)
    if row is None or row["reason"]:
        return ""
    return f"Udvikling over år: {row['sentence']}, {since_the_series_began(row)}."
