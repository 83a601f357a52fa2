"""The nearest view that the hotspots can show: their own years, sizes and categories, and a cell that is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from data import danish
from data.partnership import Partnership
from data.release import Release
from data.views.view import View


@dataclass(frozen=True)
class _Cells:
    """What there are cells of, found once in each release."""

    years: Mapping[str, tuple[str, ...]]
    ids: Mapping[str, frozenset[str]]
    counted: frozenset[str]
    home: Mapping[str, str]
    municipalities: tuple[str, ...]


def _cells(release: Release) -> _Cells:
    return release.get_or_make("what there are cells of", lambda: _found(release))


def _found(release: Release) -> _Cells:
    rows, names = release.tables["cells"], release.names
    by_size = {str(size): of_size for size, of_size in rows.groupby("size")}
    inside = sorted(rows["area_id"].unique(), key=lambda area: danish.sort_key(names[area]))
    parents = dict(zip(release.areas["area_id"], release.areas["parent_id"], strict=True))
    return _Cells(
        years={size: tuple(sorted(of_size["year"].unique())) for size, of_size in by_size.items()},
        ids={size: frozenset(of_size["cell_id"]) for size, of_size in by_size.items()},
        counted=frozenset(rows["category"].unique()),
        home={area: parent for area, parent in parents.items() if parent in inside} | {area: area for area in inside},
        municipalities=tuple(inside),
    )


def sizes(release: Release) -> list[str]:
    """The sizes of cell there are, in metres, finest first."""
    return list(_cells(release).years)


def years(release: Release, size: str) -> list[str]:
    """The years with cells of a size, oldest first."""
    return list(_cells(release).years.get(size, ()))


def categories(release: Release, partnership: Partnership) -> list[str]:
    """The categories counted in cells, in the partnership's order."""
    counted = _cells(release).counted
    return [category.id for category in partnership.categories if category.id in counted]


def municipalities(release: Release) -> list[str]:
    """The municipalities with cells, in Danish alphabetical order."""
    return list(_cells(release).municipalities)


def municipality_of(view: View, release: Release) -> str:
    """The municipality with cells that the view's first area is or lies in; "" for all of them."""
    home = _cells(release).home
    return next((home[area] for area in view.areas if area in home), "")


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
    wanted = "" if view.category == partnership.first_category.id else view.category
    title = partnership.category(view.category).title
    category = settle(
        wanted,
        counted,
        counted[0],
        f"{title} er ikke opgjort på felter. Viser »{partnership.category(counted[0]).title}« i stedet.",
    )
    offered = sizes(release)
    size = settle(
        view.cell_size,
        offered,
        offered[0],
        f"Felter på »{view.cell_size}« m findes ikke. Viser felter på {offered[0]} m i stedet.",
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
    ids = _cells(release).ids
    if cell and cell not in ids[size]:
        # A cell of another size is no mistake: the reader has changed the size.
        if not any(cell in of_size for of_size in ids.values()):
            notices.append(f"Feltet »{cell}« findes ikke. Det er valgt fra.")
        cell = ""
    settled = replace(view, category=category, cell_size=size, cell_year=year, cell_against=against, cell=cell)
    return settled, tuple(notices)
