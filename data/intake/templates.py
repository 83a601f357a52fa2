"""Makes the Excel and CSV templates, with column guide and code lists, from the contracts."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Literal

from data.contracts.columns import Codes, Column
from data.contracts.definitions import CONTRACTS
from data.partnership import LEVEL_WORDS, Partnership
from data.store import Store

Format = Literal["xlsx", "csv"]
_LISTS = {
    "areas": "Område", "indicators": "Emne", "categories": "Kategori", "series": "Måleserie", "sources": "Kilde-id",
    "purposes": "Formål", "focus_areas": "Indsatsområde", "principles": "Princip",
}  # fmt: skip
"""The list of codes for each vocabulary that a column may refer to."""
LESS_IS_BETTER = {"survey": {"share": "0,21"}, "criteria": {"target": "0,15", "direction": "-1"}}
"""What stands in the example row of a question of which less is better."""


def template(
    kind: str, format: Format = "xlsx", codes: Codes | None = None, rows: Sequence[Mapping[str, str]] | None = None
) -> bytes:
    """A file to fill in: Danish headings and one example row that keeps the contract, or the `rows` it begins with.

    As xlsx it also has the column guide ("Vejledning") and the code lists ("Koder"): the contract's own
    accepted words and `codes`, which maps the title of a list to its (code, meaning) pairs. `rows` map column ids to
    what stands in the cell, as one types it. As csv it is
    UTF-8 with a byte order mark, semicolons and decimal commas, which Danish Excel opens as a table. Raises
    KeyError for an unknown kind and ValueError for an unknown format.
    """
    contract = CONTRACTS[kind]
    if format == "csv":
        return _csv(contract.columns, rows or [example_row(contract.columns, codes)])
    if format != "xlsx":
        raise ValueError(f"format is {format!r}; allowed are 'xlsx' and 'csv'")
    from data.intake.template_workbook import template_workbook  # with openpyxl, which takes long to import

    return template_workbook(kind, codes or {}, rows or [example_row(contract.columns, codes)])


def codes_of(store: Store, partnership: Partnership) -> dict[str, list[tuple[str, str]]]:
    """The codes a file may use, for the third sheet of a template."""
    areas, sources = store.loaded("areas"), store.loaded("sources")
    return {
        "Område": list(zip(areas["area_id"], areas["name"], strict=True)),
        "Emne": [(indicator.id, indicator.title) for indicator in partnership.indicators],
        "Kategori": [(category.id, category.title) for category in partnership.categories],
        "Måleserie": [(series.id, series.title) for series in partnership.series],
        "Kilde-id": list(zip(sources["source_id"], sources["title"], strict=True)),
        "Formål": [(purpose.id, purpose.title) for purpose in partnership.purposes],
        "Indsatsområde": [(str(area.id), area.title) for area in partnership.focus_areas],
        "Princip": [(principle.id, principle.title) for principle in partnership.principles],
        "Niveau": [
            (words.one, f"jeres ord for {LEVEL_WORDS[level].one}") for level, words in partnership.levels.items()
        ],
    }


def own_example(kind: str, codes: Codes, partnership: Partnership) -> list[dict[str, str]]:
    """The example row of a kind, which keeps the contract also where less of what is asked about is better."""
    row = example_row(CONTRACTS[kind].columns, codes)
    less = {each.id for each in partnership.indicators if each.direction < 0}
    return [row | (LESS_IS_BETTER.get(kind, {}) if row.get("indicator") in less else {})]


def example_row(columns: tuple[Column, ...], codes: Codes | None = None) -> dict[str, str]:
    """The example of each column, as one types it: of a column that names what is in `codes`, one that is there."""
    return {column.name: _own_example(column, codes or {}) for column in columns}


def _own_example(column: Column, codes: Codes) -> str:
    # What a criterion is about may be of three vocabularies; its example is a question.
    vocabulary = column.refers or ("indicators" if column.name == "indicator" else "")
    given = codes.get(_LISTS.get(vocabulary, ""))
    if given is None or not column.example:
        return column.example
    known = [str(code) for code, _ in given]
    if set(column.example.split(";")) <= set(known):
        return column.example
    if known:
        return known[0]
    return column.example if column.empty_means is None else ""


def _csv(columns: tuple[Column, ...], rows: Sequence[Mapping[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.heading for column in columns])
    for row in rows:
        writer.writerow([row.get(column.name, "") for column in columns])
    return text.getvalue().encode("utf-8-sig")
