"""The development of a share over its waves, as a view shows it beside the newest change."""

from collections.abc import Iterable
from typing import Any

from data.records import Row
from data.release import records_of
from data.sentences.one_sentence import in_one_sentence
from data.sentences.trends import since_the_series_began, worst_sentence
from data.views.view import ViewContext


def trend_row(context: ViewContext, area: str, indicator: str = "") -> dict[str, Any] | None:
    """The trend of an area in the view's indicator (or another); None in a release made before there were trends."""
    wanted = indicator or context.view.indicator
    rows = context.release.get_or_make(
        "trends by area",
        lambda: {(row["area_id"], row["indicator"]): row for row in records_of(context.release, "trends")},
    )
    trend: dict[str, Any] | None = rows.get((area, wanted))
    return trend


def modelled_row(context: ViewContext, area: str, wave: str) -> dict[str, Any] | None:
    """What the model of small areas makes of an area in the view's indicator; None where there is none."""
    rows = context.release.get_or_make(
        "modelled by area",
        lambda: {
            (row["area_id"], row["indicator"], row["wave"]): row for row in records_of(context.release, "modelled")
        },
    )
    estimate: dict[str, Any] | None = rows.get((area, context.view.indicator, wave))
    return estimate


def poorest_said(context: ViewContext, areas: Iterable[str], wave: str) -> str:
    """Which area has the poorest figure of all in a wave, with the chance that it truly is so; "" where no model tells
    or it is none of `areas`."""
    everywhere = context.release.get_or_make("modelled by wave", lambda: _poorest(context))
    last = everywhere.get((context.view.indicator, wave))
    if last is None or last["area_id"] not in set(areas):
        return ""
    return worst_sentence(context.release.name_of(last["area_id"]), last["worst_chance"], last["areas"])


def _poorest(context: ViewContext) -> dict[tuple[str, str], dict[str, Any]]:
    """By indicator and wave the row of the area whose own figure is the poorest."""
    poorest: dict[tuple[str, str], dict[str, Any]] = {}
    for row in records_of(context.release, "modelled"):
        key = str(row["indicator"]), str(row["wave"])
        direction = context.partnership.indicator(key[0]).direction
        if key not in poorest or direction * row["share"] < direction * poorest[key]["share"]:
            poorest[key] = row
    return poorest


def trend_until(context: ViewContext, area: str, wave: str = "") -> dict[str, Any] | None:
    """The trend of an area in the view's indicator where it ends with a wave, the view's unless another is given."""
    row = trend_row(context, area)
    return row if row is not None and row["last_wave"] == (wave or context.view.period) else None


def area_in_one_sentence(context: ViewContext, length: str, newest: Row | None, year: Row | None) -> str:
    """An area in one sentence of a length, from its newest share and its newest year of offences (None without one)."""
    ours, view = context.partnership, context.view
    trend = trend_until(context, str(newest["area_id"]), newest["wave"]) if newest is not None else None
    return in_one_sentence(length, newest, year, ours.indicator(view.indicator), ours.category(view.category), trend)


def trend_said(context: ViewContext, area: str, indicator: str = "") -> str:
    """The whole answer since the series began: "Udvikling over år: falder 3,1 pct.point …"; "" without a trend."""
    row = trend_row(context, area, indicator)
    if row is None or row["reason"]:
        return ""
    return f"Udvikling over år: {row['sentence']}, {since_the_series_began(row)}."
