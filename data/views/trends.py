"""The development of a share over its waves, as a view shows it beside the newest change."""

from collections.abc import Iterable
from typing import Any

from data.records import Row
from data.release import records_of
from data.sentences.one_sentence import in_one_sentence
from data.sentences.trends import (
    CHANCE_UNKNOWN,
    MAY_BE_CHANCE,
    since_the_series_began,
    worst_in_short,
    worst_sentence,
)
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


def order_said(
    context: ViewContext, areas: Iterable[str], wave: str, *, indicator: str = "", brief: bool = False
) -> str:
    """How likely an order of `areas` by their shares is right: the chance that the poorest figure is truly the poorest.

    That it may be chance where the model tells no such chance of them, or has the poorest of all elsewhere; "" for
    fewer than two areas, which have no order. `indicator` is the view's unless another is given.
    """
    ordered = set(areas)
    if len(ordered) < 2:
        return ""
    everywhere = context.release.get_or_make("modelled by wave", lambda: _poorest(context))
    of_wave = everywhere.get((indicator or context.view.indicator, wave), {})
    last = next((row for row in of_wave.values() if row["area_id"] in ordered), None)
    if last is None:
        return MAY_BE_CHANCE if brief else CHANCE_UNKNOWN
    name = context.release.name_of(last["area_id"])
    if brief:
        return worst_in_short(name, last["worst_chance"])
    return worst_sentence(name, last["worst_chance"], last["areas"])


def _poorest(context: ViewContext) -> dict[tuple[str, str], dict[str, Row]]:
    """By indicator and wave the row, at each level, of the area whose own figure is the poorest."""
    poorest: dict[tuple[str, str], dict[str, Row]] = {}
    for row in records_of(context.release, "modelled"):
        key, level = (str(row["indicator"]), str(row["wave"])), str(row["level"])
        direction = context.partnership.indicator(key[0]).direction
        of_wave = poorest.setdefault(key, {})
        if level not in of_wave or direction * row["share"] < direction * of_wave[level]["share"]:
            of_wave[level] = row
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
