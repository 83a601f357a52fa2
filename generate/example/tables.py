"""Reading and writing the shipped CSV files in one byte-stable form."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from data.contracts.definitions import CONTRACTS

FOLDER = Path(__file__).parents[2] / "data" / "example"

OFFICIAL = "official"
EXAMPLE = "example"
EXAMPLE_SOURCE = "eksempeldata"

Row = Mapping[str, object]


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a UTF-8 CSV file as text; an empty cell is an empty string."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, table: str, rows: Iterable[Row]) -> None:
    """Write rows as UTF-8 CSV with the columns of the table's contract, a missing value as an empty cell.

    Line ends are always "\\n", so that the same rows give the same bytes on every machine.
    Raises ValueError when a row has a column the contract does not know.
    """
    columns = [column.name for column in CONTRACTS[table].columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def marked_as_example(rows: Iterable[Row]) -> list[Row]:
    """The same rows with provenance and source of constructed figures on each of them."""
    return [{**row, "provenance": EXAMPLE, "source_id": EXAMPLE_SOURCE} for row in rows]
