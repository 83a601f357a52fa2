"""The cells and places of the view, with their words, ready to draw and to read."""

import pandas as pd

from components.page import source_words
from data import danish
from data.records import Row, records
from data.sentences import hotspots as hotspot_sentences
from data.sentences import places as place_sentences
from data.views.cell_view import municipality_of
from data.views.memo import memoized_by_view
from data.views.provenance import example_note
from data.views.view import ViewContext

PLACE_HEADINGS = [
    "Nr.", "Sted", "Varighed", "Hændelser, felt og naboer", "Forventet", "Sandsynlighed for tilfælde", "Felter",
    "Stærkeste felt", "Oprindelse",
]  # fmt: skip


WATCHED = 5
"""Places to keep an eye on that are listed."""
CELLS = ("category", "cell_size", "cell_year")
"""The fields of the view that decide which cells and places it shows."""


@memoized_by_view(*CELLS)
def view_cells(context: ViewContext, year: str = "") -> pd.DataFrame:
    """The cells of the view's size and category in its year (or another), all municipalities."""
    return of_view(context, "cells", year)


def view_places(context: ViewContext) -> pd.DataFrame:
    """The places of the view, most certain first, in the chosen municipality or all; numbered as in the list."""
    return _places(context, municipality_of(context.view, context.release))


@memoized_by_view(*CELLS)
def cell_sources(context: ViewContext) -> str:
    """Where the cells of the view come from."""
    return source_words(context, view_cells(context))


def place_rows(context: ViewContext) -> list[Row]:
    """The same, row by row."""
    return _place_rows(context, municipality_of(context.view, context.release))


@memoized_by_view(*CELLS)
def _places(context: ViewContext, municipality: str) -> pd.DataFrame:
    rows = _within(of_view(context, "hotspots"), municipality).sort_values("rank", ignore_index=True)
    return rows.assign(
        rank=range(1, len(rows) + 1), sentence=[hotspot_sentences.place_sentence(row) for row in records(rows)]
    )


@memoized_by_view(*CELLS)
def _place_rows(context: ViewContext, municipality: str) -> list[Row]:
    return records(_places(context, municipality))


@memoized_by_view(*CELLS)
def ranking_words(context: ViewContext) -> str:
    """How the list of places is ordered and what that was worth; "" in a release from before there was a ranking."""
    rows = of_view(context, "hotspot_ranking")
    cells = len(view_cells(context))
    return place_sentences.ranking_sentence(records(rows)[0], cells) if len(rows) else ""


def watch_rows(context: ViewContext) -> list[Row]:
    """The places to keep an eye on in the chosen municipality, or in all, highest ranked first."""
    return _watch_rows(context, municipality_of(context.view, context.release))


@memoized_by_view(*CELLS)
def _watch_rows(context: ViewContext, municipality: str) -> list[Row]:
    rows = of_view(context, "hotspot_watch")
    return records(_within(rows, municipality).sort_values("rank").head(WATCHED)) if len(rows) else []


def cell_where(context: ViewContext, cell_id: str) -> str:
    """Where a cell is, in words; "" in a release from before cells had names."""
    names: dict[str, str] = context.release.get_or_make("names of cells", lambda: _cell_names(context))
    return names.get(cell_id, "")


def _cell_names(context: ViewContext) -> dict[str, str]:
    table = context.release.tables.get("cell_names")
    return {} if table is None else dict(zip(table["cell_id"], table["where"], strict=True))


def of_view(context: ViewContext, table: str, year: str = "") -> pd.DataFrame:
    """The rows of a table of cells of the view's size, category and year; none where the release lacks the table."""
    rows, view = context.release.tables.get(table), context.view
    if rows is None:
        return pd.DataFrame()
    wanted = (rows["size"] == int(view.cell_size)) & (rows["category"] == view.category)
    return rows[wanted & (rows["year"] == (year or view.cell_year))]


def in_view(context: ViewContext) -> pd.DataFrame:
    """The cells of the view in the chosen municipality, or in all."""
    return _in_view(context, municipality_of(context.view, context.release))


@memoized_by_view(*CELLS)
def _in_view(context: ViewContext, municipality: str) -> pd.DataFrame:
    return _within(view_cells(context), municipality)


def _within(rows: pd.DataFrame, municipality: str) -> pd.DataFrame:
    return rows[rows["area_id"] == municipality] if municipality else rows


def change_words(context: ViewContext) -> str:
    """How many cells are hotspots in the view's year, in the one it is held against, or both."""
    return _change_words(context, municipality_of(context.view, context.release))


@memoized_by_view(*CELLS, "cell_against")
def _change_words(context: ViewContext, municipality: str) -> str:
    view, moved = context.view, list(changes(context, _in_view(context, municipality)))
    return hotspot_sentences.change_sentence(moved, view.cell_year, view.cell_against)


def changes(context: ViewContext, cells: pd.DataFrame) -> pd.Series:
    """For each cell whether it is a hotspot in the view's year, in the year it is held against, both or neither."""
    then = view_cells(context, context.view.cell_against).set_index("cell_id")["hotspot"]
    now, before = cells["hotspot"], cells["cell_id"].map(then).fillna(False).astype(bool)
    words = pd.Series("none", index=cells.index)
    words[now & ~before], words[now & before], words[~now & before] = "new", "lasting", "gone"
    return words


def mass_municipalities(context: ViewContext, cells: pd.DataFrame) -> list[str]:
    """The names of the municipalities where a mass registration is part of the year's figures."""
    return danish.in_order(context.release.name_of(area) for area in cells.loc[cells["mass"], "area_id"].unique())


def chosen_municipality_name(context: ViewContext) -> str:
    """Where the view looks: the chosen municipality, or all of them by name."""
    chosen = municipality_of(context.view, context.release)
    members = [chosen] if chosen else context.partnership.members
    return danish.join(context.release.name_of(area) for area in members)


def page_title(context: ViewContext) -> str:
    """What the page of hotspots is called: of what, where and in which year."""
    title = context.partnership.category(context.view.category).title
    where = chosen_municipality_name(context)
    return f"Hotspots for {danish.inside(title)} i {where}, {context.view.cell_year}"


def page_sentence(context: ViewContext) -> str:
    """How many places stand out, and how many of them are lasting."""
    rows = place_rows(context)
    lasting = sum(row["persistence"] == "persistent" for row in rows)
    return hotspot_sentences.headline(len(rows), lasting, context.view.cell_year)


def place_words(places: pd.DataFrame) -> pd.DataFrame:
    """Places as a reader's table."""
    table = [
        [
            str(row["rank"]),
            row["where"],
            hotspot_sentences.lasting(row) or "kun ét år at se på",
            danish.number(row["window_count"]),
            danish.decimal(row["window_expected"]),
            hotspot_sentences.probability(row["p_value"]),
            danish.number(len(row["cells"].split(";"))),
            row["cell_id"],
            "eksempeldata" if example_note(row["provenance"]) else "officielle tal",
        ]
        for row in records(places)
    ]
    return pd.DataFrame(table, columns=PLACE_HEADINGS)
