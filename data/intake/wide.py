"""Turns a wide table long: periods, areas or offences as columns, with one question for what the table does not say."""

from collections.abc import Callable, Mapping

import pandas as pd

from data import danish
from data.contracts.definitions import CONTRACTS
from data.contracts.look_alikes import alike
from data.contracts.problems import Problem
from data.contracts.turned_cells import numbered
from data.contracts.values import NOT_AVAILABLE, UnreadableError, integer
from data.intake.heading_periods import MONTHS_SHORT, is_period, month
from data.intake.table_shape import ABOVE
from data.intake.wide_shares import answered_shares, shares_along
from data.intake.wide_words import (
    ALONG,
    YEAR,
    Answer,
    Wide,
    Words,
    are_others,
    are_residents,
    areas_in,
    figures,
    labels,
    mostly,
    words_of,
)
from data.intake.wide_years import FIRST_OF_JANUARY, longer_along, one_figure, squares_in, years_along

__all__ = ["ALONG", "FIGURES", "Answer", "Wide", "Words", "turned", "wide_problem", "wide_table", "words_of"]

PERIODS = ("year", "longer", "wave")
"""What may stand along the top of a table of offences or residents beside quarters, and is its period."""
ASKED = ("category", "source_id")
"""What a wide table of offences often does not say, and is asked about."""
SPELT = ("area_id", "category", "indicator", "weekday", "band")
"""What may be written in several ways, and is read as its id or code."""
FEWEST = {"category": 2}
"""Columns along the top that make a table wide: the number of an offence may be anything."""
FIGURES = {"incidents": "count", "population": "residents", "survey": "share", "cells": "count", "hours": "count"}
"""The kinds that a wide table can be, and the column its figures stand in."""
FLAGS = {
    "category": ("kategori", "--category"), "source_id": ("kilde", "--source"), "wave": ("måling", "--wave"),
    "indicator": ("indikator", "--indicator"), "unit": ("enhed", "--shares"),
}  # fmt: skip
"""What may be asked, and what it is called on the page and on the command line."""
COMMAND_LINE = "; på kommandolinjen: "
"""Before what is only said to those who use the command line."""
NO_PERIOD = "tabellen siger ikke, hvilken periode tallene er for"
MONTHS = "tabellen har måneder på tværs, men ikke et helt kvartal"
UNASKED = "tabellen har {along} på tværs"
UNSAID = "tabellen siger ikke alt om sine tal"


def wide_table(frame: pd.DataFrame, words: Words, source: Callable[[str, set[str]], str], total: str) -> Wide | None:
    """How a table that nobody knows is wide, or None. `source` proposes one for a kind and its areas."""
    headings = [str(name) for name in frame.columns]
    squares = squares_in(frame, source)
    if squares is not None:
        return squares
    for along in ("period", "month", "area_id", "category"):
        columns = [place for place, name in enumerate(headings) if words.says(along, name)]
        if len(columns) < FEWEST.get(along, 1) or len(columns) == len(headings) or not figures(frame, columns):
            continue
        if along == "month" and not _quarters({words.says(along, headings[place]) for place in columns}):
            continue
        over = "period" if along == "month" else along
        wanted = tuple(each for each in ("period", "area_id", "category") if each != over)
        places = labels(frame, columns, wanted, words)
        areas = areas_in(frame, along, columns, places, words)
        if {over, *places} >= {"period", "area_id"}:
            offences = "category" in {along, *places}
            kinds = ("incidents",) if offences or along == "month" else ("incidents", "population")
            residents = len(kinds) > 1 and are_residents(frame, along, columns, places, words)
            kind = "population" if residents else "incidents"
            asks = tuple(
                each for each in ASKED if each not in {along, *places} and (kind, each) != ("population", "category")
            )
            above = str(frame.attrs.get(ABOVE, ""))
            guess = Answer(kind, {"category": total, "source_id": "" if are_others(above) else source(kind, areas)})
            left = _left(headings, [*columns, *places.values()])
            return Wide(along, tuple(columns), places, asks, guess, len(frame), kinds, left=left, above=above)
    found = shares_along(frame, words, source) or years_along(frame, words, source)
    return found or longer_along(frame, words, source, total) or one_figure(frame, words, source, total)


def _quarters(months: set[str]) -> set[str]:
    """The quarters of which all three months are there."""
    by_quarter: dict[str, set[str]] = {}
    for code in months:
        by_quarter.setdefault(f"{code[:4]}K{(int(code[5:]) + 2) // 3}", set()).add(code)
    return {each for each, found in by_quarter.items() if len(found) == 3}


def _left(headings: list[str], used: list[int]) -> tuple[str, ...]:
    return tuple(name for place, name in enumerate(headings) if place not in used)


def turned(
    frame: pd.DataFrame, wide: Wide, answer: Answer, words: Words, provenance: Mapping[str, str]
) -> pd.DataFrame:
    """The table with one figure a row, in the columns of the answer's kind; rows of sums are left out.

    It remembers where each figure stood (`turned_cells`). `provenance` is that of each source.
    """
    named = {name: frame.iloc[:, place] for name, place in wide.places.items()}
    for name in [each for each in named if each in ALONG]:  # said once for the rows below, as in merged cells
        named[name] = named[name].replace("", None).ffill().fillna("")
    if answer.kind == "survey":
        long = answered_shares(frame, wide, answer, words, named)
    else:
        long = _one_a_row(frame, wide, answer, named)
    for dimension in [each for each in wide.places if each in ALONG and each in long]:
        long = long[~long[dimension].map(lambda word, d=dimension: words.is_sum(d, str(word))).astype(bool)]
    for dimension, said_as in (("period", "span"), *((each, each) for each in SPELT)):
        if dimension in long:
            long[dimension] = long[dimension].map(lambda word, d=said_as: words.says(d, str(word)) or str(word))
    if answer.kind in ("incidents", "cells", "hours") and "category" not in long:
        long["category"] = answer.values.get("category", "")
    if answer.kind in ("cells", "hours"):
        lacking = [each.name for each in CONTRACTS[answer.kind].columns if each.empty_means and each.name not in long]
        long = long.assign(**dict.fromkeys(lacking, ""))
    if answer.kind in ("population", "survey"):
        long = long.drop(columns="category", errors="ignore")
    origin = answer.values.get("source_id", "")
    danish_words = {column.name: column.heading for column in CONTRACTS[answer.kind].columns}
    return long.assign(provenance=provenance.get(origin, ""), source_id=origin).rename(columns=danish_words)


def _one_a_row(frame: pd.DataFrame, wide: Wide, answer: Answer, named: Mapping[str, "pd.Series[str]"]) -> pd.DataFrame:
    """One figure a row; months are added up to the quarters they fill, whole years of residents are 1 January."""
    figure = FIGURES[answer.kind]
    if wide.along == "month":
        return _added_up(frame, wide, named, figure)
    over = wide.along if answer.kind in ("cells", "hours") or wide.along not in PERIODS else "period"
    parts = []
    for place in wide.columns:
        said = wide.says.get(place, str(frame.columns[place]))
        part = pd.DataFrame({**named, figure: frame.iloc[:, place]})
        part = part if over == "figure" else part.assign(**{over: said})
        parts.append((str(frame.columns[place]), part))
    long = numbered(parts, figure)
    if answer.kind == "population":
        if "year" in wide.places:
            long["period"] = long.pop("year")
        years = long["period"].map(lambda text: YEAR.fullmatch(str(text).strip()) is not None)
        long["period"] = long["period"].where(~years, long["period"].str.strip() + FIRST_OF_JANUARY)
    return long


def _added_up(frame: pd.DataFrame, wide: Wide, named: Mapping[str, "pd.Series[str]"], figure: str) -> pd.DataFrame:
    by_quarter: dict[str, list[int]] = {}
    for place in wide.columns:
        code = month(str(frame.columns[place]))
        by_quarter.setdefault(f"{code[:4]}K{(int(code[5:]) + 2) // 3}", []).append(place)
    parts = []
    for code, places in by_quarter.items():
        if len(places) == 3:
            added = frame.iloc[:, places].apply(lambda row: _sum(list(row)), axis=1)
            part = pd.DataFrame({**named, figure: added}).assign(period=code)
            parts.append((str(frame.columns[places[0]]), part))
    return numbered(parts, figure)


def _sum(cells: list[str]) -> str:
    """Three months' figures as one; what is no whole number stays to be refused, and a gap leaves the quarter open."""
    column, added = CONTRACTS["incidents"].column("count"), 0
    known = [cell.strip() for cell in cells]
    for cell in known:
        try:
            added += integer(cell, column) if cell not in ("", NOT_AVAILABLE) else 0
        except UnreadableError:
            return cell
    return "" if {"", NOT_AVAILABLE} & set(known) else str(added)


def wide_problem(frame: pd.DataFrame, wide: Wide | None, words: Words, file: str, sheet: str) -> Problem | None:
    """What is to be said of a table that is wide: the question, or why it cannot be turned; None where it is not."""
    if wide is not None:
        asked = danish.join(FLAGS[each][0] for each in wide.asks)
        flags = "".join(f" {FLAGS[each][1]} {wide.guess.values.get(each) or 'ID'}" for each in wide.asks)
        kind = wide.guess.kind or "|".join(wide.kinds)
        confirm = f"Bekræft {asked + ', og at' if asked else 'at'} tabellen skal {wide.done}, i trin 2 på siden Data"
        return Problem(
            file, sheet, 1, "", "", UNSAID if wide.along == "figure" else UNASKED.format(along=ALONG[wide.along]),
            f"{confirm}{COMMAND_LINE}--wide {kind}{flags}",
        )  # fmt: skip
    headings = [str(name) for name in frame.columns]
    if sum(alike(name).rstrip(".")[:3] in MONTHS_SHORT for name in headings) >= 3 and not any(map(is_period, headings)):
        return Problem(
            file, sheet, 1, "", "", "månederne øverst har ikke noget årstal",
            "Skriv året med i hver overskrift, fx jan 2025 eller 2025M01",
        )  # fmt: skip
    if _has_no_period(frame, words):
        return Problem(
            file, sheet, 1, "", "", NO_PERIOD,
            "Tilføj en kolonne med overskriften »Periode« og skriv perioden i hver række, fx 2026K1",
        )  # fmt: skip
    months = [place for place, name in enumerate(headings) if words.says("month", name)]
    known = any(mostly(frame.iloc[:, place], "area_id", words) for place in range(len(headings)) if place not in months)
    if len(months) < 2 or not known or not figures(frame, months):
        return None
    return Problem(
        file, sheet, 1, "", "", MONTHS,
        "Tag alle tre måneder i kvartalet med, eller bed om tallet for kvartalet, fx 2025K4",
    )  # fmt: skip


def _has_no_period(frame: pd.DataFrame, words: Words) -> bool:
    """Whether a table has offences along the top of its areas, or areas along the top of offences, and no period."""
    headings = [str(name) for name in frame.columns]
    for along, other in (("category", "area_id"), ("area_id", "category")):
        columns = [place for place, name in enumerate(headings) if words.says(along, name)]
        if len(columns) > 1 and len(columns) < len(headings) and figures(frame, columns):
            return other in labels(frame, columns, (other,), words)
    return False
