"""Tables of years and half-years along the top, and long ones that lack a category: squares, residents, offences."""

import re
from collections.abc import Callable

import pandas as pd

from data.contracts.definitions import CONTRACTS
from data.contracts.validation import headings_of
from data.contracts.values import UnreadableError, period
from data.intake.table_shape import ABOVE
from data.intake.week_hours import band, weekday
from data.intake.wide_words import YEAR, Answer, Wide, Words, are_others, are_residents, areas_in, figures, labels

FIRST_OF_JANUARY = "K1"
"""A number of residents is that of a quarter's first day: a year's is that of its first quarter."""
_SHARES = re.compile(r"andel|\bpct|procent|%|pr\. ?1|indeks", re.IGNORECASE)
_ORIGIN = ("provenance", "source_id")


def squares_in(frame: pd.DataFrame, source: Callable[[str, set[str]], str]) -> Wide | None:
    """A table of squares or hours with periods, weekdays or times of day along the top, or None."""
    for kind, over in (("cells", "year"), ("hours", "year"), ("hours", "weekday"), ("hours", "band")):
        found = _squares(frame, kind, over, source)
        if found is not None:
            return found
    return None


def _squares(frame: pd.DataFrame, kind: str, over: str, source: Callable[[str, set[str]], str]) -> Wide | None:
    headings, contract = [str(name) for name in frame.columns], CONTRACTS[kind]
    said = {place: _said(name, kind, over) for place, name in enumerate(headings)}
    columns = [place for place in said if said[place]]
    found = {name: headings.index(str(words[0])) for name, words in headings_of(frame, kind).items()}
    needed = {column.name for column in contract.columns if column.empty_means is None}
    lacking = needed - {over, "count", *_ORIGIN} - set(found)
    if len(columns) < 2 or lacking - {"category"} or {over, "count"} & set(found) or not figures(frame, columns):
        return None
    asks = tuple(name for name in ("category", "source_id") if name in lacking or name == "source_id")
    areas = set(frame.iloc[:, found["area_id"]])
    left = tuple(name for place, name in enumerate(headings) if place not in (*columns, *found.values()))
    return Wide(
        over, tuple(columns), {name: place for name, place in found.items() if name not in _ORIGIN}, asks,
        Answer(kind, {"source_id": source(kind, areas)}), len(frame), (kind,),
        {place: said[place] for place in columns}, left=left, above=str(frame.attrs.get(ABOVE, "")),
    )  # fmt: skip


def _said(heading: str, kind: str, over: str) -> str:
    """What a heading says of what may stand along the top; a bare number is no weekday and no time of day."""
    if over == "year":
        return _period(heading, kind)
    return "" if heading.strip().isdigit() else (weekday if over == "weekday" else band)(heading)


def _period(text: str, kind: str) -> str:
    try:
        return period(text.strip(), CONTRACTS[kind].column("year"))
    except UnreadableError:
        return ""


def years_along(frame: pd.DataFrame, words: Words, source: Callable[[str, set[str]], str]) -> Wide | None:
    """Residents by area and year, told by figures about as large as those we know, or None."""
    headings = [str(name) for name in frame.columns]
    for along in ("year", "area_id"):
        columns = [place for place, name in enumerate(headings) if words.says(along, name)]
        if not columns or len(columns) == len(headings) or not figures(frame, columns):
            continue
        places = labels(frame, columns, ("area_id",) if along == "year" else ("year",), words)
        if {along, *places} != {"year", "area_id"}:
            continue
        if are_residents(frame, along, columns, places, words):
            says = {place: headings[place].strip() + FIRST_OF_JANUARY for place in columns} if along == "year" else {}
            left = tuple(name for place, name in enumerate(headings) if place not in (*columns, *places.values()))
            areas = areas_in(frame, along, columns, places, words)
            guess = Answer("population", {"source_id": source("population", areas)})
            return Wide(
                along, tuple(columns), places, ("source_id",), guess, len(frame), ("population",), says, left=left,
                above=str(frame.attrs.get(ABOVE, "")),
            )  # fmt: skip
    return None


def longer_along(frame: pd.DataFrame, words: Words, source: Callable[[str, set[str]], str], total: str) -> Wide | None:
    """Offences by year, half-year or four months along the top, or in a column beside areas along the top; or None.

    Where shorter periods stand among years, the years are their sums.
    """
    headings = [str(name) for name in frame.columns]
    for along in ("longer", "area_id", "category"):
        said = {place: words.says(along, name) for place, name in enumerate(headings)}
        columns = [place for place in said if said[place]]
        if along == "longer" and len({len(said[place]) for place in columns}) > 1:
            columns = [place for place in columns if not YEAR.fullmatch(said[place])]
        if not columns or len(columns) == len(headings) or not figures(frame, columns):
            continue
        places = labels(
            frame, columns, tuple(each for each in ("longer", "area_id", "category") if each != along), words
        )
        if not {along, *places} >= {"longer", "area_id"} or (along == "category" and len(columns) < 2):
            continue
        areas = areas_in(frame, along, columns, places, words)
        offences, above = "category" in {along, *places}, str(frame.attrs.get(ABOVE, ""))
        asks = ("source_id",) if offences else ("category", "source_id")
        origin = "" if are_others(above) else source("incidents", areas)
        left = tuple(name for place, name in enumerate(headings) if place not in (*columns, *places.values()))
        return Wide(
            along, tuple(columns), {"period" if name == "longer" else name: place for name, place in places.items()},
            asks, Answer("incidents", {"category": total, "source_id": origin}), len(frame),
            ("incidents",) if offences else ("incidents", "population"),
            {place: said[place] for place in columns} if along == "longer" else {}, left=left, above=above,
        )  # fmt: skip
    return None


def one_figure(frame: pd.DataFrame, words: Words, source: Callable[[str, set[str]], str], total: str) -> Wide | None:
    """A long table of areas and periods with one column of figures that has a name of its own, or None."""
    headings = [str(name) for name in frame.columns]
    places = labels(frame, [], ("span", "area_id", "category"), words)
    rest = [place for place in range(len(headings)) if place not in places.values() and figures(frame, [place])]
    if not {"span", "area_id"} <= set(places) or len(rest) != 1 or _SHARES.search(headings[rest[0]]):
        return None
    offences = "category" in places
    areas = areas_in(frame, "figure", rest, places, words)
    residents = not offences and are_residents(frame, "figure", rest, places, words)
    kind, above = "population" if residents else "incidents", str(frame.attrs.get(ABOVE, ""))
    others = are_others(f"{above} {headings[rest[0]]}")
    left = tuple(name for place, name in enumerate(headings) if place not in (*rest, *places.values()))
    return Wide(
        "figure", tuple(rest), {"period" if name == "span" else name: place for name, place in places.items()},
        ("source_id",) if offences or residents else ("category", "source_id"),
        Answer(kind, {"category": total, "source_id": "" if others else source(kind, areas)}), len(frame),
        ("incidents",) if offences else ("incidents", "population"), left=left, above=above,
    )  # fmt: skip
