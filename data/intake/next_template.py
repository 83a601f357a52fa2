"""A template for the next quarter or wave in which only the figures are missing: last year's stand beside."""

import datetime as dt
import io
from typing import TYPE_CHECKING

import pandas as pd

from data import danish
from data.calendar import Period, period_of
from data.contracts.definitions import CONTRACTS
from data.intake.templates import codes_of, template
from data.partnership import Partnership
from data.release import records
from data.store import Store

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TIMES = {"incidents": "period", "population": "period", "survey": "wave"}
"""The kinds that come again and again, and the column that says when."""
FIGURES = {"incidents": ("count",), "population": ("residents",),
           "survey": ("share", "n", "n_eff", "deff", "half_width")}  # fmt: skip
FETCHED = ("dst-straf11", "dst-folk1a")
"""Sources that are fetched and never filled in."""
UNREAD = "(læses ikke)"
"""Behind the heading of the column with former figures, which nothing reads."""
LISTS = {
    "area_id": "Område",
    "category": "Kategori",
    "indicator": "Emne",
    "series": "Måleserie",
    "source_id": "Kilde-id",
}
"""Columns with a drop-down, and the list of the sheet of codes that it takes."""


def next_time(kind: str, store: Store) -> str:
    """The quarter or wave after the newest that somebody has filled in; "" where nothing has been."""
    rows = _standing(kind, store)
    if rows.empty:
        return ""
    newest = Period.parse(str(rows[TIMES[kind]].max()))
    # A wave on a day is followed by one about a year later; whoever fills it in writes the day.
    return period_of(newest.first + dt.timedelta(days=365), "day").code if newest.span == "day" else newest.next.code


def next_template(kind: str, store: Store, partnership: Partnership) -> bytes:
    """An Excel file with every area and category of last time, the figures empty and the former ones beside.

    Raises KeyError for a kind that does not come again, and ValueError where there is no last time.
    """
    from openpyxl import load_workbook  # which takes long to import, and few ask for a template
    from openpyxl.styles import Protection
    from openpyxl.utils import get_column_letter

    from data.printed_sheet import fit_to_paper

    rows, when = _standing(kind, store), next_time(kind, store)
    if not when:
        raise ValueError(f"no rows of {kind} to begin from")
    time, figures = TIMES[kind], FIGURES[kind]
    year_before = Period.parse(when).year_earlier
    newest = rows[rows[time] == rows[time].max()]
    keys = [name for name in CONTRACTS[kind].key if name != time]
    then = rows[rows[time] == (year_before.code if year_before else "")]
    then = newest if then.empty else then
    former = {tuple(row[name] for name in keys): row[figures[0]] for row in records(then)}
    filled = [
        {name: "" if pd.isna(value) else str(value) for name, value in row.items()}
        | dict.fromkeys((*figures, "note"), "")
        | {time: when}
        for row in records(newest)
    ]
    book = load_workbook(io.BytesIO(template(kind, "xlsx", codes_of(store, partnership), filled)))
    sheet, codes = book[CONTRACTS[kind].title], book["Koder"]
    column = sheet.max_column + 1
    heading = f"{CONTRACTS[kind].column(figures[0]).heading} i {danish.period(str(then[time].iloc[0]))} {UNREAD}"
    sheet.cell(1, column, heading)
    sheet.column_dimensions[get_column_letter(column)].width = len(heading) + 2
    for number, row in enumerate(records(newest), 2):
        value = former.get(tuple(row[name] for name in keys))
        sheet.cell(number, column, None if value is None or pd.isna(value) else float(value))
    _drop_downs(kind, sheet, codes)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.protection = Protection(locked=cell.column == column)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    fit_to_paper(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def next_title(kind: str, store: Store) -> str:
    """What the template is called: "Skabelon til 1. kvartal 2026"; "" where there is none."""
    when = next_time(kind, store) if kind in TIMES else ""
    return f"Skabelon til {danish.period(when)}" if when else ""


def _standing(kind: str, store: Store) -> pd.DataFrame:
    rows = store.loaded(kind)
    own = rows[~rows["source_id"].isin(FETCHED)]
    return rows if own.empty else own


def _drop_downs(kind: str, sheet: "Worksheet", codes: "Worksheet") -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = [cell.value for cell in codes["A"]]
    for index, column in enumerate(CONTRACTS[kind].columns, 1):
        title = LISTS.get(column.name, "")
        if title not in listed:
            continue
        first = listed.index(title) + 1
        chosen = DataValidation(
            "list", formula1=f"Koder!$B${first}:$B${first + listed.count(title) - 1}", allow_blank=True
        )
        letter = get_column_letter(index)
        chosen.add(f"{letter}2:{letter}{sheet.max_row}")
        sheet.add_data_validation(chosen)
