"""A table of a delivery that keeps its contract, with where each of its cells stood."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from data.contracts.turned_cells import row_in_sheet


@dataclass(frozen=True, eq=False)
class FoundTable:
    """A checked table: `frame` by its contract, `cells` as it was read, `headings` column → its heading there."""

    kind: str
    file: str
    sheet: str
    frame: pd.DataFrame
    cells: pd.DataFrame
    headings: Mapping[str, str]

    @property
    def place(self) -> str:
        """The file, and the sheet where there are several, as a message names them."""
        return f"»{self.file}«, ark »{self.sheet}«" if self.sheet else f"»{self.file}«"

    def row(self, row: int) -> int | None:
        """The spreadsheet's number of a row."""
        return row_in_sheet(self.cells, int(row))

    def text(self, column: str, row: int) -> str:
        """What stood in a cell; "" where the table has no such column."""
        heading = self.headings.get(column)
        return "" if heading is None else str(self.cells[heading].loc[row])
