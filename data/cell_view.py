"""The nearest view that the hotspots can show: their own years, sizes and categories, and a cell that is there."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from data import danish
from data.partnership import Partnership
from data.release import Release
from data.view import View


def sizes(release: Release) -> list[str]:
    """The sizes of cell there are, in metres, finest first."""
    return [str(size) for size in sorted(release.tables["cells"]["size"].unique())]


def years(release: Release, size: str) -> list[str]:
    """The years with cells of a size, oldest first."""
    return sorted(_of_size(release, size)["year"].unique())


def categories(release: Release, partnership: Partnership) -> list[str]:
    """The categories counted in cells, in the partnership's order."""
    counted = set(release.tables["cells"]["category"].unique())
    return [category.id for category in partnership.categories if category.id in counted]


def municipalities(release: Release) -> list[str]:
    """The municipalities with cells, in Danish alphabetical order."""
    names = release.areas.set_index("area_id")["name"]
    found = release.tables["cells"]["area_id"].unique()
    return sorted(found, key=lambda area: danish.sort_key(names[area]))


def municipality_of(view: View, release: Release) -> str:
    """The municipality with cells that the view's first area is or lies in; "" for all of them."""
    parents = release.areas.set_index("area_id")["parent_id"]
    inside = municipalities(release)
    for area in view.areas:
        if area in inside:
            return area
        if parents.get(area) in inside:
            return str(parents[area])
    return ""


def nearest_cells(view: View, release: Release, partnership: Partnership) -> tuple[View, tuple[str, ...]]:
    """The nearest view of cells, and a plain Danish notice for each value that had to give way."""
    if "cells" not in release.tables:
        return view, ()
    notices: list[str] = []

    def settle(wanted: str, allowed: Sequence[str], default: str, complaint: str) -> str:
        if wanted and wanted not in allowed:
            notices.append(complaint)
        return wanted if wanted in allowed else default

    counted = categories(release, partnership)
    # All offences together is what stands before anyone has chosen; it gives way without a word.
    wanted = "" if view.category == partnership.categories[0].id else view.category
    title = partnership.category(view.category).title
    category = settle(
        wanted,
        counted,
        counted[0],
        f"{title} er ikke opgjort på felter. Viser »{partnership.category(counted[0]).title}« i stedet.",
    )
    found = sizes(release)
    size = settle(
        view.cell_size,
        found,
        found[0],
        f"Felter på »{view.cell_size}« m findes ikke. Viser felter på {found[0]} m i stedet.",
    )
    known = years(release, size)
    year = settle(
        view.cell_year,
        known,
        known[-1],
        f"Der er ingen tal på felter i »{view.cell_year}«. Viser {known[-1]} i stedet.",
    )
    against = settle(
        "" if view.cell_against == year else view.cell_against,
        known,
        "",
        f"Der er ingen tal på felter i »{view.cell_against}«. Viser {year} alene.",
    )
    cell = view.cell
    if cell and not (_of_size(release, size)["cell_id"] == cell).any():
        # A cell of another size is no mistake: the reader has changed the size.
        if not (release.tables["cells"]["cell_id"] == cell).any():
            notices.append(f"Feltet »{cell}« findes ikke. Det er valgt fra.")
        cell = ""
    settled = replace(view, category=category, cell_size=size, cell_year=year, cell_against=against, cell=cell)
    return settled, tuple(notices)


def _of_size(release: Release, size: str) -> pd.DataFrame:
    cells = release.tables["cells"]
    return cells[cells["size"] == int(size)]
