"""The main picture of areas: one row an area, a dot for the share and a line for its interval."""

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd

from data import danish, sentences
from data.records import Row, records
from drawings.axis import share_limits
from drawings.estimate import estimate_marks
from drawings.model import (
    LINE_HEIGHT,
    NOTHING,
    SIZE,
    Anchor,
    Axis,
    Chart,
    Drawing,
    Line,
    Margin,
    Mark,
    Series,
    Stop,
    Text,
    Twin,
    widest,
)
from drawings.ticks import percent_ticks
from drawings.words import HOLLOW, OF_THE_SOURCE, UNKNOWN, better, hovers, labels_of, name_lines

ROW = 32.0
NAME_CHARACTERS = 15
TICK_ROOM = 24.0
VALUE = 64.0


def dots(
    rows: pd.DataFrame,
    reference: tuple[float, str] | None = None,
    direction: int = 1,
    *,
    selected: Collection[str] = (),
    limits: tuple[float, float] | None = None,
    row: float = ROW,
) -> Drawing:
    """Draw survey shares of areas with their intervals, in the order of the rows.

    `rows` are survey rows of one wave and indicator (shares 0–1). `reference` is a share and its label, drawn as a
    line. `direction` is 1 where more is better and −1 where less is. `selected` area ids stand in bold. `limits`
    fixes the axis (shares), so that pictures of several waves share it; otherwise it is set from the rows and said
    under the picture. `row` is the least height of a row in px.
    Quality C is hollow and grey, a share of unknown uncertainty an open diamond; quality D, a hidden and a missing
    figure are words in their row, never an empty one.
    """
    if rows.empty:
        return NOTHING
    by_row = records(rows)
    states = [sentences.untold_share(row) for row in by_row]
    drawn = rows[[not state for state in states]]
    low, high = limits or _limits(drawn, reference)
    names = [name_lines(str(name), NAME_CHARACTERS) for name in rows["name"]]
    values = labels_of(rows, "share")
    height = max(row, 6 + LINE_HEIGHT * max(len(name) for name in names))
    plot = height * len(rows)
    across = Axis(low, high, percent_ticks(low, high, 4, unit=""))
    marks: list[Mark] = []
    stops: list[Stop] = []
    if reference:
        marks += _reference(reference, across, plot)
    hover = hovers(rows)
    for index, record in enumerate(by_row):
        y = height * (index + 0.5)
        bold = record["area_id"] in selected
        marks.append(Line("gitter", ((0, y), (1, y)), "line"))
        marks.append(Text("navn", names[index], 0, y, dx=-10, anchor="end", size=SIZE, bold=bold))
        if states[index]:
            marks.append(Text("uden tal", (states[index],), 0, y, dx=6, colour="muted", italic=True))
        else:
            marks += _figure(record, across, y)
            marks.append(Text("værdi", (values[index],), 1, y, dx=VALUE, anchor="end", size=SIZE))
        if hover[index]:
            x = 0.0 if states[index] else across.part(record["share"])
            stops.append(Stop(x, y, hover[index], str(record["area_id"])))
    margin = Margin(max(map(widest, names)) + 18, VALUE, 26 if reference else 8, TICK_ROOM)
    return Drawing(
        "dots",
        plot,
        margin,
        tuple(marks),
        across=across,
        stops=tuple(stops),
        caption=tuple(_captions(drawn, low, high, direction)),
        twin=Twin(
            ("Område", "Andel", "95 pct.-interval"),
            tuple(
                (str(record["name"]), *((state, danish.MISSING) if state else (value, _interval(record))))
                for record, state, value in zip(by_row, states, values, strict=True)
            ),
        ),
        chart=_chart(by_row, states),
    )


def _interval(row: dict[str, Any]) -> str:
    if pd.isna(row["low"]):
        return "ukendt"
    return f"{danish.number(100 * row['low'])}–{danish.number(100 * row['high'])} pct."


def _figure(row: dict[str, Any], across: Axis, y: float) -> list[Mark]:
    uncertain, unknown = row["quality"] == "C", pd.isna(row["low"])
    return estimate_marks(
        "andel",
        (row["share"], row["low"], row["high"]),
        across,
        y,
        shape="diamond" if unknown else "circle",
        size=10,
        colour="neutral" if uncertain else "perceived",
        uncertain=uncertain,
        hollow=uncertain or unknown or row["state"] == "provisional",
    )


def _limits(rows: pd.DataFrame, reference: tuple[float, str] | None) -> tuple[float, float]:
    """Give whole tens of per cent around everything drawn, within 0–100."""
    values = [*rows["share"].dropna(), *rows["low"].dropna(), *rows["high"].dropna()]
    return share_limits([*values, reference[0]] if reference else values)


def _captions(rows: pd.DataFrame, low: float, high: float, direction: int) -> list[str]:
    parts = [f"Pct.; aksen går fra {100 * low:.0f} til {100 * high:.0f}", better(direction)]
    if (rows["low"].notna() & (rows["quality"] != "C")).any():
        parts.append("Streg: 95 pct.-interval")
    # Only a share without a number of answers is of no quality, and an interval of it is as it was published.
    if (rows["low"].notna() & (rows["quality"] == "")).any():
        parts.append(OF_THE_SOURCE)
    if (rows["quality"] == "C").any():
        parts.append(HOLLOW)
    if rows["low"].isna().any():
        parts.append(UNKNOWN)
    return parts


def _reference(reference: tuple[float, str], across: Axis, plot: float) -> list[Mark]:
    share, label = reference
    part = across.part(share)
    anchor: Anchor = "start" if part < 1 / 3 else "end" if part > 2 / 3 else "middle"
    words = f"{label} {danish.percent(share, 0)}"
    return [
        Line("reference", ((part, 0), (part, plot)), "muted", 1.5, dash="2 3"),
        Text("reference", (words,), part, -4, anchor=anchor, level="bottom", colour="muted"),
    ]


def _chart(rows: Sequence[Row], states: Sequence[str]) -> Chart:
    def shown(column: str) -> tuple[float | None, ...]:
        return tuple(
            None if state or pd.isna(row[column]) else round(100 * float(row[column]), 1)
            for row, state in zip(rows, states, strict=True)
        )

    hollow = tuple(
        not state and (row["quality"] == "C" or pd.isna(row["low"]) or row["state"] == "provisional")
        for row, state in zip(rows, states, strict=True)
    )
    series = Series("Andel", shown("share"), "perceived", hollow, shown("low"), shown("high"))
    remarks = tuple(
        state or ("meget usikker" if row["quality"] == "C" else "uden kendt usikkerhed" if pd.isna(row["low"]) else "")
        for row, state in zip(rows, states, strict=True)
    )
    notes = ("Grå søjle: meget usikker eller uden kendt usikkerhed.",) if any(hollow) else ()
    return Chart("bars", "Område", tuple(str(row["name"]) for row in rows), (series,), 0, 100, "pct.", remarks, notes)
