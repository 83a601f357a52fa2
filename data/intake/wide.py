"""Turns a wide table long: periods, areas or offences as columns, with one question for what the table does not say."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from data import danish
from data.contracts.look_alikes import alike
from data.contracts.problems import Problem
from data.intake.table_shape import is_period, quarter
from data.partnership import Partnership

ASKED = ("category", "source_id")
"""What a wide table often does not say, and is asked about."""
FIGURES = {"incidents": "count", "population": "residents"}
"""The kinds that a wide table can be, and the column its figures stand in."""
ALONG = {"period": "kvartaler", "area_id": "områder", "category": "kategorier"}
COMMAND_LINE = "; på kommandolinjen: "
"""Before what is only said to those who use the command line."""
SUMS = ("i alt", "ialt", "sum", "total", "alle", "hovedtotal")
YEARS = "tallene er for hele år, men anmeldelser og befolkning tælles for hvert kvartal"
SHARES = "tabellen har andele på tværs, men ikke hvor mange der har svaret"
UNASKED = "tabellen har {along} på tværs"
LIKE_RESIDENTS = (0.5, 2.0)
"""Where figures are so near an area's residents, they are numbers of residents."""
_FIGURE = re.compile(r"-?[\d.,\s]+%?|-|\.{1,3}|")


@dataclass(frozen=True)
class Answer:
    """What somebody has said a wide table is: its kind, and a value for each column that the table does not have."""

    kind: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wide:
    """A wide table as understood: what stands along the top and in the columns before, and what must be asked.

    `places` maps a dimension to the column it stands in. `guess` is what is proposed.
    """

    along: str
    columns: tuple[int, ...]
    places: Mapping[str, int]
    asks: tuple[str, ...]
    guess: Answer
    rows: int

    @property
    def sentence(self) -> str:
        """What the table looks like, in Danish."""
        return (
            f"{danish.plural(self.rows, 'række', 'rækker')} og {danish.number(len(self.columns))} "
            f"{ALONG[self.along]} på tværs."
        )


@dataclass(frozen=True)
class Words:
    """The words that stand for our areas and categories, reduced by `alike`, and each area's number of residents."""

    areas: Mapping[str, str]
    categories: Mapping[str, str]
    residents: Mapping[str, float]

    def says(self, dimension: str, word: str) -> str:
        """What a word stands for in a dimension; "" where it is no such word."""
        if dimension == "period":
            return quarter(word)
        return (self.areas if dimension == "area_id" else self.categories).get(alike(word), "")


def words_of(areas: Mapping[str, str], partnership: Partnership, residents: Mapping[str, float]) -> Words:
    """The words of a partnership; `areas` maps accepted spellings to ids."""
    categories = {alike(word): each.id for each in partnership.categories for word in (each.id, each.title)}
    return Words({alike(word): area for word, area in areas.items()}, categories, residents)


def wide_table(frame: pd.DataFrame, words: Words, source: Callable[[str, set[str]], str], total: str) -> Wide | None:
    """How a table that nobody knows is wide, or None. `source` proposes one for a kind and its areas."""
    headings = [str(name) for name in frame.columns]
    for along in ALONG:
        columns = [index for index, name in enumerate(headings) if words.says(along, name)]
        if len(columns) < 2 or len(columns) == len(headings) or not _figures(frame, columns):
            continue
        labels = [index for index in range(len(headings)) if index not in columns]
        places = {
            dimension: index
            for index in labels
            for dimension in ALONG
            if dimension != along and _mostly(frame.iloc[:, index], dimension, words)
        }
        areas = _areas(frame, along, columns, places, words)
        if {along, *places} >= {"period", "area_id"}:
            kind = "incidents" if "category" in {along, *places} else _kind(frame, along, columns, places, words)
            asks = tuple(
                each for each in ASKED if each not in {along, *places} and (kind, each) != ("population", "category")
            )
            guess = Answer(kind, {"category": total, "source_id": source(kind, areas)})
            return Wide(along, tuple(columns), places, asks, guess, len(frame))
    return None


def turned(
    frame: pd.DataFrame, wide: Wide, answer: Answer, words: Words, provenance: Mapping[str, str]
) -> pd.DataFrame:
    """The table with one figure a row, in the columns of the answer's kind; rows of sums are left out.

    The index keeps the spreadsheet's row numbers. `provenance` is that of each source.
    """
    labels = {
        dimension: frame.iloc[:, index].replace("", None).ffill().fillna("") for dimension, index in wide.places.items()
    }
    parts = []
    for index in wide.columns:
        part = pd.DataFrame({**labels, FIGURES[answer.kind]: frame.iloc[:, index]})
        parts.append(part.assign(**{wide.along: str(frame.columns[index])}))
    long = pd.concat(parts)
    for dimension in wide.places:
        long = long[
            ~long[dimension].map(alike).isin(SUMS)
            | (long[dimension].map(lambda w, d=dimension: words.says(d, w)) != "")
        ]
    for dimension in ("period", "area_id", "category"):
        if dimension in long:
            long[dimension] = long[dimension].map(lambda word, d=dimension: words.says(d, str(word)) or str(word))
    if answer.kind == "incidents" and "category" not in long:
        long["category"] = answer.values.get("category", "")
    if answer.kind != "incidents":
        long = long.drop(columns="category", errors="ignore")
    origin = answer.values.get("source_id", "")
    return long.assign(provenance=provenance.get(origin, ""), source_id=origin)


def wide_problem(frame: pd.DataFrame, wide: Wide | None, words: Words, file: str, sheet: str) -> Problem | None:
    """What is to be said of a table that is wide: the question, or why it cannot be turned; None where it is not."""
    if wide is not None:
        asked = " og ".join({"category": "kategori", "source_id": "kilde"}[each] for each in wide.asks)
        flags = "".join(
            f" {flag} {wide.guess.values.get(name) or 'ID'}"
            for name, flag in (("category", "--category"), ("source_id", "--source"))
            if name in wide.asks
        )
        return Problem(
            file, sheet, 1, "", "", UNASKED.format(along=ALONG[wide.along]),
            f"Bekræft {asked + ', og at' if asked else 'at'} tabellen skal vendes, i trin 2 på siden Data{COMMAND_LINE}"
            f"--wide {wide.guess.kind}{flags}",
        )  # fmt: skip
    headings = [str(name) for name in frame.columns]
    years = [index for index, name in enumerate(headings) if is_period(name)]
    known = any(_mostly(frame.iloc[:, index], "area_id", words) for index in range(len(headings)) if index not in years)
    if len(years) < 2 or not known or not _figures(frame, years):
        return None
    cells = pd.concat([frame.iloc[:, index] for index in years])
    shares = cells.str.contains("%").any() or (cells.str.contains(r"[.,]\d").mean() > 0.5)
    if shares:
        return Problem(
            file, sheet, 1, "", "", SHARES,
            "Brug skabelonen Tryghedsmåling: én række for hvert område og år, med andel og antal svar",
        )  # fmt: skip
    return Problem(file, sheet, 1, "", "", YEARS, "Bed om tabellen med et kvartal i hver kolonne, fx 2025K4")


def _figures(frame: pd.DataFrame, columns: list[int]) -> bool:
    return all(
        frame.iloc[:, index].str.strip().map(lambda text: bool(_FIGURE.fullmatch(text))).all() for index in columns
    )


def _mostly(cells: "pd.Series[str]", dimension: str, words: Words) -> bool:
    """Whether the filled cells of a column, sums aside, are words of a dimension; a code alone may be a figure."""
    unique = [text for text in cells.str.strip().unique() if text and alike(text) not in SUMS]
    return bool(unique) and sum(words.says(dimension, text) != "" for text in unique) * 2 > len(unique)


def _areas(frame: pd.DataFrame, along: str, columns: list[int], places: Mapping[str, int], words: Words) -> set[str]:
    if along == "area_id":
        return {words.says("area_id", str(frame.columns[index])) for index in columns}
    return (
        set(frame.iloc[:, places["area_id"]].map(lambda word: words.says("area_id", word)))
        if "area_id" in places
        else set()
    )


def _kind(frame: pd.DataFrame, along: str, columns: list[int], places: Mapping[str, int], words: Words) -> str:
    """Offences or residents, told by whether the figures are as large as the areas' numbers of residents."""
    near = []
    for index in columns:
        figures = pd.to_numeric(frame.iloc[:, index].str.replace(r"[.\s]", "", regex=True), errors="coerce")
        if along == "area_id":
            area = pd.Series(words.says("area_id", str(frame.columns[index])), index=frame.index)
        else:
            area = frame.iloc[:, places["area_id"]].map(lambda word: words.says("area_id", word))
        part = figures / area.map(words.residents).astype("float64")
        near += list(part.dropna().between(*LIKE_RESIDENTS))
    return "population" if near and sum(near) * 2 > len(near) else "incidents"
