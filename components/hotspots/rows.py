"""The cells and places of the view, with their words, ready to draw and to read."""

import pandas as pd

from components.session import Screen
from data import danish, hotspot_sentences
from data.cell_view import municipality_of
from data.release import records
from data.rows import example_note

PLACE_HEADINGS = [
    "Nr.", "Sted", "Varighed", "Hændelser, felt og naboer", "Forventet", "Sandsynlighed for tilfælde", "Felter",
    "Stærkeste felt", "Oprindelse",
]  # fmt: skip


def view_cells(screen: Screen, year: str = "") -> pd.DataFrame:
    """The cells of the view's size and category in its year (or another), all municipalities."""
    return _of_view(screen, "cells", year)


def view_places(screen: Screen) -> pd.DataFrame:
    """The places of the view, most certain first, in the chosen municipality or all; numbered as in the list."""
    rows = in_view(screen, _of_view(screen, "hotspots")).sort_values("rank", ignore_index=True)
    return rows.assign(
        rank=range(1, len(rows) + 1), sentence=[hotspot_sentences.place_sentence(row) for row in records(rows)]
    )


def _of_view(screen: Screen, table: str, year: str = "") -> pd.DataFrame:
    rows, view = screen.release.tables[table], screen.view
    wanted = (rows["size"] == int(view.cell_size)) & (rows["category"] == view.category)
    return rows[wanted & (rows["year"] == (year or view.cell_year))]


def in_view(screen: Screen, cells: pd.DataFrame) -> pd.DataFrame:
    """The cells of the chosen municipality, or all."""
    chosen = municipality_of(screen.view, screen.release)
    return cells[cells["area_id"] == chosen] if chosen else cells


def changes(screen: Screen, cells: pd.DataFrame) -> pd.Series:
    """For each cell whether it is a hotspot in the view's year, in the year it is held against, both or neither."""
    then = view_cells(screen, screen.view.cell_against).set_index("cell_id")["hotspot"]
    now, before = cells["hotspot"], cells["cell_id"].map(then).fillna(False).astype(bool)
    words = pd.Series("none", index=cells.index)
    words[now & ~before], words[now & before], words[~now & before] = "new", "lasting", "gone"
    return words


def mass_municipalities(screen: Screen, cells: pd.DataFrame) -> list[str]:
    """The names of the municipalities where a mass registration is part of the year's figures."""
    return danish.in_order(screen.release.name_of(area) for area in cells.loc[cells["mass"], "area_id"].unique())


def chosen_municipality_name(screen: Screen) -> str:
    """Where the view looks: the chosen municipality, or all of them by name."""
    chosen = municipality_of(screen.view, screen.release)
    found = [chosen] if chosen else screen.partnership.members
    return danish.join(screen.release.name_of(area) for area in found)


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
