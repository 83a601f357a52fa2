"""How areas have shifted: one row an area, a mark for the difference and a line for its interval, around zero."""

import math
from collections.abc import Collection
from typing import Any

import pandas as pd

from data import danish
from data.records import Row, records
from drawings.dots import NAME_CHARACTERS, ROW, TICK_ROOM
from drawings.estimate import estimate_marks
from drawings.model import (
    LINE_HEIGHT,
    NOTHING,
    SIZE,
    Axis,
    Chart,
    Drawing,
    Line,
    Margin,
    Mark,
    Series,
    Stop,
    Symbol,
    Text,
    Twin,
    widest,
)
from drawings.words import HOLLOW, UNKNOWN, hovers, name_lines

VALUE = 50.0
ENDS = 24.0
# Steps of the axis in points, the smallest that leaves few enough names for a phone.
STEPS = (0.5, 1, 2, 5, 10, 20, 50)
MOST_TICKS = 5
# Each side of zero is at least this part of the other, so that its word has room.
LEAST_SIDE = 0.5
PROVEN = "Trekant: påvist bedre eller værre"
UNPROVEN = "Grå prik: ingen påvist forskel"
BY_CHANCE = "Når flere områder prøves på én gang, kan en enkelt streg gå fri af nul ved et tilfælde"
_LOOKS = {"better": ("triangle-right", "better"), "worse": ("triangle-left", "worse")}


def changes(
    rows: pd.DataFrame,
    direction: int = 1,
    *,
    meaning: str,
    selected: Collection[str] = (),
    row: float = ROW,
) -> Drawing:
    """Draw differences of shares with their intervals around a line at zero, in the order of the rows.

    `rows` have area_id, name, quality, `shift`, `shift_low`, `shift_high` (shares, −1 to 1), `verdict` (better, worse,
    unchanged or "") and `words`, which stand instead of a mark where there is no figure. Worse is always to the left:
    where less is better (`direction` −1) the axis is turned. `meaning` is what the figures are of. `selected` area
    ids stand in bold; `row` is the least height of a row in px. What is not sure enough to be judged is hollow and
    grey, and a difference of unknown uncertainty an open diamond.
    """
    if rows.empty:
        return NOTHING
    by_row = records(rows)
    drawn = rows[rows["words"] == ""]
    names = [name_lines(str(name), NAME_CHARACTERS) for name in rows["name"]]
    hover = hovers(rows)
    height = max(row, 6 + LINE_HEIGHT * max(len(name) for name in names))
    plot = height * len(rows)
    across = _axis(drawn, direction)
    zero = across.part(0)
    marks: list[Mark] = [
        Symbol("pil", 0, -12, "triangle-left", 6, "muted", dx=3),
        Text("ende", ("værre",), 0, -12, dx=10, colour="muted"),
        Text("ende", ("bedre",), 1, -12, dx=-10, anchor="end", colour="muted"),
        Symbol("pil", 1, -12, "triangle-right", 6, "muted", dx=-3),
    ]
    marks += [Line("gitter", ((0, height * (at + 0.5)), (1, height * (at + 0.5))), "line") for at in range(len(rows))]
    # The line makes way for words.
    told = [(height * at, height * (at + 1)) for at, each in enumerate(by_row) if not each["words"]]
    marks += [Line("nul", ((zero, top), (zero, bottom)), "ink", 1.5) for top, bottom in told]
    stops: list[Stop] = []
    for index, record in enumerate(by_row):
        y, words = height * (index + 0.5), str(record["words"])
        bold = record["area_id"] in selected
        marks.append(Text("navn", names[index], 0, y, dx=-10, anchor="end", size=SIZE, bold=bold))
        if words:
            marks.append(Text("uden tal", (words,), 0, y, dx=6, colour="muted", italic=True, halo=True))
        else:
            marks += _figure(record, across, y)
            value = danish.points(record["shift"]).removesuffix(_UNIT)
            sure = record["verdict"] in _LOOKS
            marks.append(Text("værdi", (value,), 1, y, dx=VALUE, anchor="end", size=SIZE, bold=sure))
        if hover[index]:
            x = 0.0 if words else across.part(record["shift"])
            stops.append(Stop(x, y, hover[index], str(record["area_id"])))
    return Drawing(
        "changes",
        plot,
        Margin(max(map(widest, names)) + 18, VALUE, ENDS, TICK_ROOM),
        tuple(marks),
        across=across,
        stops=tuple(stops),
        caption=tuple(_captions(drawn, meaning)),
        twin=Twin(("Område", "Forskel", "95 pct.-interval", "Bedømt"), tuple(map(_words_of, by_row))),
        chart=_chart(by_row, across, direction),
    )


_UNIT = " pct.point"
_VERDICTS = {"better": "klart bedre", "worse": "klart værre", "unchanged": "ingen klar forskel"}


def _axis(rows: pd.DataFrame, direction: int) -> Axis:
    """Whole steps around all that is drawn, with room on both sides of zero; worse to the left."""
    values = [100 * value for column in ("shift", "shift_low", "shift_high") for value in rows[column].dropna()]
    low, high = min([0.0, *values]), max([0.0, *values])
    if low == high:
        low, high = -10.0, 10.0
    low, high = min(low, -LEAST_SIDE * high), max(high, -LEAST_SIDE * low)
    step = next((each for each in STEPS if (high - low) / each <= MOST_TICKS - 1), STEPS[-1])
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(
        (index * step / 100, danish.decimal(index * step, 0 if step >= 1 else 1, signed=True) if index else "0")
        for index in range(first, last + 1)
    )
    ends = (first * step / 100, last * step / 100)
    return Axis(*(ends if direction > 0 else ends[::-1]), ticks)


def _figure(row: Row, across: Axis, y: float) -> list[Mark]:
    uncertain, unknown = row["verdict"] == "", pd.isna(row["shift_low"])
    shape, colour = _LOOKS.get(row["verdict"], ("diamond" if unknown else "circle", "neutral"))
    figure = (row["shift"], row["shift_low"], row["shift_high"])
    size = 13 if row["verdict"] in _LOOKS else 10
    return estimate_marks(
        "forskel", figure, across, y, shape=shape, size=size, colour=colour, uncertain=uncertain, hollow=uncertain
    )


def _captions(rows: pd.DataFrame, meaning: str) -> list[str]:
    parts = [meaning]
    if rows["shift_low"].notna().any():
        parts.append("Streg: 95 pct.-interval")
    if rows["verdict"].isin(_LOOKS).any():
        parts.append(PROVEN)
    unproven = rows[rows["verdict"] == "unchanged"]
    if len(unproven):
        parts.append(UNPROVEN)
    if ((unproven["shift_low"] > 0) | (unproven["shift_high"] < 0)).any():
        parts.append(BY_CHANCE)
    if ((rows["verdict"] == "") & rows["shift_low"].notna()).any():
        parts.append(HOLLOW)
    if rows["shift_low"].isna().any():
        parts.append(UNKNOWN)
    return parts


def _words_of(row: Row) -> tuple[str, str, str, str]:
    if row["words"]:
        return str(row["name"]), str(row["words"]), danish.MISSING, danish.MISSING
    interval = danish.points_interval(row["shift_low"], row["shift_high"])
    untested: str = "for usikkert" if pd.notna(row["shift_low"]) else "kan ikke testes"
    verdict = _VERDICTS.get(row["verdict"]) or untested
    return str(row["name"]), danish.points(row["shift"]), "ukendt" if interval == danish.MISSING else interval, verdict


def _chart(rows: list[Row], across: Axis, direction: int) -> Chart:
    def shown(column: str) -> tuple[float | None, ...]:
        return tuple(
            None if row["words"] or pd.isna(row[column]) else round(100 * float(row[column]), 1) for row in rows
        )

    looks: list[Any] = [_LOOKS.get(row["verdict"], ("", "neutral"))[1] for row in rows]
    series = Series(
        "Forskel", shown("shift"), "neutral", low=shown("shift_low"), high=shown("shift_high"), fills=tuple(looks)
    )
    low, high = sorted((round(100 * across.low, 1), round(100 * across.high, 1)))
    remarks = tuple(str(row["words"]) or _words_of(row)[3] for row in rows)
    notes = (f"Til højre er bedre. {PROVEN.replace('Trekant', 'Farvet søjle')}. Grå: ingen påvist forskel.",)
    names = tuple(str(row["name"]) for row in rows)
    return Chart("bars", "Område", names, (series,), low, high, "pct.point", remarks, notes, turned=direction < 0)
