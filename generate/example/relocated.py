"""Moves some example shop thefts of the newest year to other cells: a place is new, one has moved and one is gone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generate.example.tables import Row
from geo.grid import Cell, parse


@dataclass(frozen=True)
class Relocation:
    """A cell and its neighbours whose incidents of a year fall around another cell of the municipality instead."""

    municipality: str
    category: str
    year: str
    from_cell: str
    to_cell: str

    @property
    def cells(self) -> dict[str, str]:
        """Each of the nine cells and the one that it is moved to."""
        there, here = parse(self.to_cell), parse(self.from_cell)
        north, east = there.northing - here.northing, there.easting - here.easting
        steps = (-here.size, 0, here.size)
        around = [Cell(here.size, here.northing + up, here.easting + right) for up in steps for right in steps]
        return {cell.id: Cell(cell.size, cell.northing + north, cell.easting + east).id for cell in around}


RELOCATED = (
    # A row of shops has closed and another opened, farther apart than one patrol goes round: one gone and one new.
    Relocation("ballerup", "1332", "2025", "250m_618275_70825", "250m_618225_71225"),
    # Around the corner: the place has moved.
    Relocation("gladsaxe", "1332", "2025", "250m_618475_71650", "250m_618400_71650"),
)


def relocated(rows: Sequence[Row], relocations: Sequence[Relocation] = RELOCATED) -> list[Row]:
    """The rows of cells, yearly or weekly, with what is relocated in its new cell; each municipality's sum stays.

    Yearly rows keep their zeros; weekly rows, which have none, keep having none.
    """
    told: dict[tuple[str, ...], Row] = {}
    moved: list[Row] = []
    for row in rows:
        to_cell = _target(row, relocations)
        if to_cell is None:
            _add(told, row)
            continue
        moved.append({**row, "cell_id": to_cell})
        if _is_yearly(row):
            _add(told, {**row, "count": 0})
    for row in moved:  # last, so that a cell keeps the households of its own row
        _add(told, row)
    return sorted(told.values(), key=lambda row: (str(row["year"]), str(row["area_id"]), str(row["category"])))


def _add(told: dict[tuple[str, ...], Row], row: Row) -> None:
    """Add a row's count to what is told of its cell, whose own row says how many households it has."""
    key = str(row["year"]), str(row["cell_id"]), str(row["category"])
    known = told.get(key, {**row, "count": 0})
    told[key] = {**known, "count": int(str(known["count"])) + int(str(row["count"]))}


def _target(row: Mapping[str, object], relocations: Sequence[Relocation]) -> str | None:
    for each in relocations:
        named = (str(row["year"])[:4], row["area_id"], row["category"]) == (each.year, each.municipality, each.category)
        if named and str(row["cell_id"]) in each.cells:
            return each.cells[str(row["cell_id"])]
    return None


def _is_yearly(row: Mapping[str, object]) -> bool:
    return len(str(row["year"])) == len("2025")
