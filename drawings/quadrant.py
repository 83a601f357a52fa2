"""Perceived safety against recorded offences, area by area, with both intervals and the four quadrants named."""

from collections.abc import Iterator, Sequence

import pandas as pd

from data import danish
from data.records import records
from drawings.model import (
    LINE_HEIGHT,
    NOTHING,
    SMALL,
    Anchor,
    Axis,
    Drawing,
    Line,
    Margin,
    Mark,
    Stop,
    Symbol,
    Text,
    Twin,
    widest,
)
from drawings.placing import BESIDE, Box, beside
from drawings.ticks import number_ticks, percent_ticks
from drawings.words import hovers, name_lines

PLOT = 340.0
LEFT, RIGHT, TOP, TICK_ROOM = 52.0, 16.0, 30.0, 44.0
# Labels are placed for a phone; on a wider screen points only move apart.
PHONE_PLOT = 350 - LEFT - RIGHT
NAME_CHARACTERS = 16
SAFE, UNSAFE = "Tryg", "Utryg"
FEW, MANY = "få anmeldelser", "mange anmeldelser"
SIDES: dict[int, Anchor] = {1: "start", 0: "middle", -1: "end"}


def quadrant(
    survey: pd.DataFrame,
    incidents: pd.DataFrame,
    reference: tuple[float, float, str] | None = None,
    *,
    direction: int = 1,
    unit: str = "anmeldelser pr. 1.000 indbyggere",
    selected: str = "",
    plot: float = PLOT,
) -> Drawing:
    """Draw each area's recorded rate (across) against its share (upwards), the two never made into one.

    `survey` rows of one wave (shares 0–1) and `incidents` rows of one period and category (rates) are matched by
    area_id; an area that lacks either figure, or whose figure is hidden or of quality D, is named under the picture.
    `reference` is (share, rate, name) of what divides the quadrants, for example the country; without one the areas
    drawn are halved at their medians. `direction` is 1 where a higher share means safer. `unit` says what the rate is.
    `selected` is the area_id that stands out and alone has a cross of intervals; without one all have theirs. `plot` is
    the plot's height in px. A point whose name has no room on a phone is named under the picture too.
    Raises ValueError where an area stands in more than one row: a quadrant shows one time.
    """
    for rows in (survey, incidents):
        if rows["area_id"].duplicated().any():
            raise ValueError("an area stands in more than one row; give one wave, one period and one category")
    pairs, left_out = _pairs(survey, incidents)
    if pairs.empty:
        return NOTHING
    share, rate, middle = reference or _middle(pairs)
    (low, high), (first, last) = _ends(pairs, share, rate)
    across = Axis(first, last, number_ticks(first, last), line=True)
    upwards = Axis(low, high, percent_ticks(low, high), grid=True)
    corners = list(_corners(direction, plot))
    labels, nameless = _names(pairs, across, upwards, corners, selected, plot)
    crossed = pairs[pairs["area_id"] == selected] if selected else pairs
    whose = f" for {danish.join(list(crossed['name']))}" if selected else ""
    caption = [
        *([f"Streger: 95 pct.-intervaller{whose}"] if len(crossed) else []),
        f"Stiplet: {middle}",
        *([f"Uden navn i billedet: {danish.join(nameless)}"] if nameless else []),
        *([f"Uden tal: {danish.join(left_out)}"] if left_out else []),
    ]
    x, y = across.part(rate), plot * (1 - upwards.part(share))
    marks: list[Mark] = [
        Line("midte", ((x, 0), (x, plot)), "muted", 1.25, dash="2 3"),
        Line("midte", ((0, y), (1, y)), "muted", 1.25, dash="2 3"),
        *corners,
        *_titles(unit, plot),
        *_whiskers(crossed, across, upwards, plot),
        *_points(pairs, across, upwards, selected, plot),
        *labels,
    ]
    stops = tuple(
        Stop(across.part(row["rate"]), plot * (1 - upwards.part(row["share"])),
             "\n".join(filter(None, (row["hover"], row["hover_rate"]))), str(row["area_id"]))
        for row in records(pairs)
    )  # fmt: skip
    return Drawing(
        "quadrant",
        plot,
        Margin(LEFT, RIGHT, TOP, TICK_ROOM),
        tuple(marks),
        across=across,
        upwards=upwards,
        stops=stops,
        caption=tuple(caption),
        twin=Twin(
            ("Område", "Andel", danish.opening(unit)),
            tuple(
                (str(row["name"]), danish.percent(row["share"], 0), danish.decimal(row["rate"]))
                for row in records(pairs)
            ),
        ),
    )


def _pairs(survey: pd.DataFrame, incidents: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Match the areas; gives those with both figures and the names of the others."""
    # Only what is drawn: the rows of a release are many columns wide.
    perceived = survey[["area_id", "name", "share", "low", "high", "state", "quality"]].assign(hover=hovers(survey))
    counted = incidents[["area_id", "rate", "low", "high", "state"]].assign(hover=hovers(incidents))
    both = perceived.merge(counted, on="area_id", how="left", suffixes=("", "_rate"))
    both["hover_rate"] = both["hover_rate"].fillna("")
    unseen = ["hidden", "missing"]
    usable = (
        both["share"].notna()
        & both["rate"].notna()
        & ~both["state"].isin(unseen)
        & ~both["state_rate"].isin(unseen)
        & (both["quality"] != "D")
    )
    return both[usable], list(both.loc[~usable, "name"])


def _middle(pairs: pd.DataFrame) -> tuple[float, float, str]:
    """Halve the areas drawn at their medians: a division of the picture, not a figure to judge by."""
    return float(pairs["share"].median()), float(pairs["rate"].median()), "midten af områderne (median)"


def _ends(pairs: pd.DataFrame, share: float, rate: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Give both axes' ends with air around, where the quadrants' names stand."""
    shares = [share, *pairs[["share", "low", "high"]].stack().dropna()]
    rates = [rate, *pairs[["rate", "low_rate", "high_rate"]].stack().dropna()]
    tall = max(max(shares) - min(shares), 0.1)
    wide = max(max(rates) - min(rates), 1e-9)
    return (
        (max(0, min(shares) - 0.16 * tall), min(1.0, max(shares) + 0.16 * tall)),
        (max(0, min(rates) - 0.08 * wide), max(rates) + 0.08 * wide),
    )


def _whiskers(pairs: pd.DataFrame, across: Axis, upwards: Axis, plot: float) -> Iterator[Mark]:
    """Draw the intervals, each kind in its colour: shares upwards, rates across."""
    for row in records(pairs):
        x, y = across.part(row["rate"]), plot * (1 - upwards.part(row["share"]))
        if pd.notna(row["low"]):
            ends = ((x, plot * (1 - upwards.part(row["low"]))), (x, plot * (1 - upwards.part(row["high"]))))
            yield Line("interval, share", ends, "perceived", 2.5, opacity=0.75)
        if pd.notna(row["low_rate"]):
            ends = ((across.part(row["low_rate"]), y), (across.part(row["high_rate"]), y))
            yield Line("interval, rate", ends, "recorded", 2.5, opacity=0.75)


def _points(pairs: pd.DataFrame, across: Axis, upwards: Axis, selected: str, plot: float) -> Iterator[Mark]:
    for row in records(pairs):
        unknown = pd.isna(row["low"])
        hollow = row["quality"] == "C" or unknown
        yield Symbol(
            "områder",
            across.part(row["rate"]),
            plot * (1 - upwards.part(row["share"])),
            "diamond" if unknown else "circle",
            14 if row["area_id"] == selected else 10,
            "paper" if hollow else "ink",
            "neutral" if hollow else "paper",
            1.75,
        )


def _titles(unit: str, plot: float) -> Iterator[Text]:
    """Say on each axis what it measures: above the shares, and under the rates at their end."""
    yield Text("aksetitel", ("Andel i pct.",), 0, -18, dx=-LEFT + 4, colour="muted")
    yield Text("aksetitel", (danish.opening(unit),), 1, plot + 36, anchor="end", colour="muted")


def _corners(direction: int, plot: float) -> Iterator[Text]:
    top, bottom = (SAFE, UNSAFE) if direction > 0 else (UNSAFE, SAFE)
    for y, feeling in ((2.0, top), (plot - 4, bottom)):
        for x, amount in ((0.0, FEW), (1.0, MANY)):
            yield Text("felt", (f"{feeling},", amount), x, y, dx=6 if x == 0 else -4, anchor="end" if x else "start",
                       level="top" if feeling == top else "bottom", colour="muted", bold=True)  # fmt: skip


def _names(
    pairs: pd.DataFrame, across: Axis, upwards: Axis, corners: Sequence[Text], selected: str, plot: float
) -> tuple[list[Mark], list[str]]:
    """Name each point where its name hides nothing; gives the labels and the names that have no room."""

    def right(rate: float) -> float:
        return across.part(rate) * PHONE_PLOT

    def up(share: float) -> float:
        return upwards.part(share) * plot

    whiskers: list[Box] = []
    for row in records(pairs):
        x, y = right(row["rate"]), up(row["share"])
        whiskers.append((x - 2, up(row["low"]), x + 2, up(row["high"])))
        whiskers.append((right(row["low_rate"]), y - 2, right(row["high_rate"]), y + 2))
    spots = [(right(rate), up(share)) for rate, share in zip(pairs["rate"], pairs["share"], strict=True)]
    names = [name_lines(name, NAME_CHARACTERS) for name in pairs["name"]]
    sizes = [(widest(name, SMALL), LINE_HEIGHT * len(name)) for name in names]
    placed = beside(spots, sizes, [_corner_box(corner, plot) for corner in corners], whiskers, (PHONE_PLOT, plot))
    labels: list[Mark] = [
        Text("navn", name, x / PHONE_PLOT, plot - y - spot[1], dx=BESIDE * spot[0], anchor=SIDES[spot[0]],
             bold=area == selected)
        for name, (x, y), spot, area in zip(names, spots, placed, pairs["area_id"], strict=True)
        if spot is not None
    ]  # fmt: skip
    return labels, [name for name, spot in zip(pairs["name"], placed, strict=True) if spot is None]


def _corner_box(corner: Text, plot: float) -> Box:
    """Give the place on a phone that the name of a quadrant takes."""
    width, height = widest(corner.lines, SMALL), 2 * LINE_HEIGHT
    left = 6 if corner.x == 0 else PHONE_PLOT - width - 4
    bottom = 4 if corner.level == "bottom" else plot - height - 2
    return left, bottom, left + width, bottom + height
