"""What has become of places since the year before, in plain Danish: kept, moved, gone, new, or not certain.

Rows are mappings with the columns of the release tables "hotspot_moves" and "hotspot_windows".
"""

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from analysis.moves import REACH, VERDICTS
from data import danish
from data.partnership import Category
from data.records import Row
from data.sentences.hotspots import cell_size

WORDS = {
    "new": "nyt",
    "moved": "flyttet",
    "kept": "samme sted",
    "gone": "væk",
    "unsure_new": "måske nyt",
    "unsure_gone": "måske væk",
}
"""What each verdict is called; the sign beside it says the same."""
SIGNS = {"new": "▲", "moved": "◆", "kept": "■", "gone": "▼", "unsure_new": "△", "unsure_gone": "▽"}
SPANS = {"week": "52 uger", "month": "12 måneder", "quarter": "fire kvartaler"}
NO_TWO_YEARS = "Tallene dækker ikke to hele år i træk her, så stederne kan ikke holdes op mod året før."
NOT_JUDGED = "et antal, der ikke er bedømt,"


def headline(rows: Sequence[Row]) -> str:
    """How many places there are of each verdict: "8 steder skiller sig ud …: 5 samme sted, 1 måske nyt …"."""
    if not rows:
        return "Ingen steder skiller sig ud i nogen af de to år."
    many = {verdict: sum(row["verdict"] == verdict for row in rows) for verdict in VERDICTS}
    told = danish.join(f"{danish.number(count)} {WORDS[verdict]}" for verdict, count in many.items() if count)
    places = danish.plural(len(rows), "sted", "steder")
    return f"{places} skiller sig ud i et af de to år eller i begge: {told}."


def windows_sentence(windows: Sequence[Row], names: dict[str, str]) -> str:
    """Which days are compared, for each group of municipalities that have the same; `names` is theirs by id."""
    if not windows:
        return NO_TWO_YEARS
    groups: dict[tuple[str, ...], list[str]] = {}
    for row in windows:
        key = tuple(str(row[name]) for name in ("span", "first_day", "last_day", "then_first_day", "then_last_day"))
        groups.setdefault(key, []).append(names.get(row["area_id"], str(row["area_id"])))
    if len(groups) == 1:
        return _compared(next(iter(groups)))
    return " ".join(f"{danish.join(danish.in_order(areas))}: {_compared(key)}" for key, areas in groups.items())


def _compared(window: tuple[str, ...]) -> str:
    span, first, last, then_first, then_last = window
    if span == "year":
        return (
            f"Der er kun tal for hele år: {last[:4]} er sat mod {then_last[:4]}, begge fra 1. januar til 31. december."
        )
    now, then = _days(first, last), _days(then_first, then_last)
    return f"De seneste {SPANS[span]} ({now}) er sat mod de {SPANS[span]} før ({then})."


def _days(first: str, last: str) -> str:
    """Days from one to another: "30. december 2024–28. december 2025", "1. januar–29. december 2024"."""
    begin, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    told = danish.date(begin)
    return f"{told.removesuffix(f' {begin.year}') if begin.year == end.year else told}–{danish.date(end)}"


def move_sentence(row: Row, category: Category) -> str:
    """A place beside the year before, in counts: "14 anmeldte indbrud mod 2 året før; så stor en stigning er …"."""
    counts = f"{_count(row['count'])} {category.noun} mod {_count(row['then_count'])} året før"
    if row["verdict"] == "moved":
        return (
            f"{counts}. {_far(row['distance'])} derfra, {_place(row['former_where'])}, er der nu "
            f"{_count(row['former_count'])} mod {_count(row['former_then_count'])} året før."
        )
    return (
        counts
        + {
            "new": "; så stor en stigning er ikke tilfældig.",
            "kept": ".",
            "gone": "; så stort et fald er ikke tilfældigt.",
            "unsure_new": "; forskellen kan være tilfældig.",
            "unsure_gone": "; forskellen kan være tilfældig.",
        }[row["verdict"]]
    )


def brief(row: Row) -> str:
    """A place on paper: "Ballerup: ved Torvet (14 mod 2 året før)"; one that moved says where from."""
    came_from = f", før {_place(row['former_where'])}" if row["verdict"] == "moved" else ""
    return f"{row['where']}{came_from} ({_count(row['count'])} mod {_count(row['then_count'])} året før)"


def _count(count: float) -> str:
    return NOT_JUDGED if pd.isna(count) else danish.number(count)


def _far(metres: float) -> str:
    return f"{danish.number(round(metres / 100) * 100)} m" if metres < 950 else f"{danish.decimal(metres / 1000)} km"


def _place(where: str) -> str:
    """Where a place is without its municipality, in the middle of a sentence."""
    return where.partition(": ")[2] or where


def rule(size: str) -> str:
    """By what rule places are kept, moved, new or gone, for cells of a size in metres."""
    reach = cell_size(max(REACH, 2 * int(size)))
    return (
        f"Samme sted: de to har felter fælles, eller det nyes midte ligger højst {cell_size(size)} fra det gamle; så "
        "usikker er kanten af et sted. Nyt og væk: ændringen er større, end tilfældet og kommunens egen udvikling kan "
        "forklare, bedømt for alle felter på én gang. Flyttet: et sted er kommet til, og et andet højst "
        f"{reach} derfra er væk, begge dele med statistisk sikkerhed. Måske nyt og måske væk: at et sted skiller sig "
        "ud det ene år og ikke det andet, kan være tilfældigt."
    )
