"""Tables for the screen: the twin of each picture, every figure as the word a reader would say."""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from components.sharing.copy_button import copy_button
from components.text import WORD_JOINER
from components.visitor import asked_by, audience
from data.tabular import FORMULA_STARTS
from data.views.rows import ViewContext
from reports import data_files

# A plain HTML table reads best aloud; past this many rows a scrolling grid serves better.
PLAIN_ROWS = 30
SHORT = 18
"""So many characters, a date for instance, stay on one line."""
_CLASS = ' class="short"'
# What a spreadsheet runs, and not the signs that figures have: "-", "+3 pct.", "-5,2".
_RUN = re.compile(r"[=@\t\r\n]|[+-](?:[^\d\s.,]|[\d\s.,]*[-+*/^(|!])")


@dataclass(frozen=True)
class Link:
    """A cell that leads to an address of the web."""

    url: str
    words: str


def plain_table(table: pd.DataFrame) -> None:
    """A small table as plain HTML, the first column naming the row, every cell shown as it was written.

    Streamlit's own tables are drawn by scripts of 0.7 MB, which a phone would fetch for a few lines of text.
    """
    st.html(table_html(table))


def table_html(table: pd.DataFrame) -> str:
    """A table as HTML; what stands in a cell is text whatever it looks like, and a `Link` is one."""
    headings = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in table.columns)
    body = "".join(map(_row, table.itertuples(index=False, name=None)))
    return f'<div class="plain-table"><table><thead><tr>{headings}</tr></thead><tbody>{body}</tbody></table></div>'


def _row(row: Sequence[object]) -> str:
    first, *others = row
    cells = "".join(f"<td{_CLASS if len(str(cell)) <= SHORT else ''}>{_cell(cell)}</td>" for cell in others)
    # Of what names a row, a date stays on one line; a name may take two on a phone.
    dated = _CLASS if len(str(first)) <= SHORT and str(first)[:1].isdigit() else ""
    return f'<tr><th scope="row"{dated}>{_cell(first)}</th>{cells}</tr>'


def _cell(cell: object) -> str:
    if isinstance(cell, Link):
        return f'<a href="{escape(cell.url)}" target="_blank" rel="noopener noreferrer">{escape(cell.words)}</a>'
    return escape(" ".join(str(cell).split()))


def any_table(table: pd.DataFrame) -> None:
    """A table as plain HTML where it is small, as a grid that scrolls where it is not."""
    if len(table) <= PLAIN_ROWS:
        plain_table(table)
    else:
        st.dataframe(table.map(_disarmed), hide_index=True, width="stretch")


def _disarmed(cell: object) -> object:
    """A cell that a spreadsheet would run, copied out of a grid, with a sign before it that nobody sees."""
    return f"{WORD_JOINER}{cell}" if isinstance(cell, str) and _RUN.match(cell) else cell


def table_twin(
    make: Callable[[], pd.DataFrame],
    file_name: str,
    figures: Callable[[], bytes],
) -> None:
    """The picture's figures as a table, folded away, with a CSV for Danish Excel (`;`, UTF-8 with BOM).

    Made only once somebody unfolds it. `figures` makes the file, which has numbers (0,61) and not the words for them
    (»61 pct.«), each row with its source, release and reader: by `reports.page_tables` or one of those below.
    """
    with st.expander(
        "Vis tallene som tabel", icon=":material/table:", key=f"table_{file_name}", on_change="rerun"
    ) as fold:
        if fold.open:
            table_and_file(make(), file_name, figures)


def table_and_file(table: pd.DataFrame, file_name: str, figures: Callable[[], bytes]) -> None:
    """A table in the open, with its CSV below, which is named by who may read it, and a button that copies it."""
    any_table(table)
    with st.container(horizontal=True, key=f"take_{file_name}"):
        download_file("Hent som CSV", figures, f"{file_name}_{audience().id}.csv", "text/csv", key=f"csv_{file_name}")
        copy_button("Kopiér tabel", as_copied(table), key=f"copy_table_{file_name}")


def as_copied(table: pd.DataFrame) -> str:
    """A table as a spreadsheet or a document takes it from the clipboard: headings first, tabs between the cells."""
    rows = [list(map(str, table.columns)), *(list(map(str, row)) for row in table.itertuples(index=False))]
    return "\n".join("\t".join(_copied(cell) for cell in row) for row in rows)


def _copied(cell: str) -> str:
    """A cell on one line, which a spreadsheet does not run."""
    words = " ".join(cell.split())
    return f"'{words}" if words.startswith(FORMULA_STARTS) else words


def share_csv(rows: pd.DataFrame, context: ViewContext) -> Callable[[], bytes]:
    """What makes the CSV of survey rows: share, limits, answers and state, with subject and reader in each row."""

    return lambda: data_files.shown_csv(data_files.share_figures(rows), context)


def count_csv(rows: pd.DataFrame, context: ViewContext) -> Callable[[], bytes]:
    """What makes the CSV of incident rows, as `share_csv` does."""

    return lambda: data_files.shown_csv(data_files.count_figures(rows), context)


def download_file(label: str, make: Callable[[], bytes], file_name: str, mime: str, *, key: str) -> None:
    """A button that fetches a file, which is made when it is asked for; the page stays as it is.

    It is made outside the session: for whom is settled as the button is drawn, and the account and the address of the
    page, which `make` does not know, have to be asked for before.
    """
    who = audience()

    def made() -> bytes:
        with asked_by(who):
            return make()

    st.download_button(
        label,
        data=made,
        file_name=file_name,
        mime=mime,
        icon=":material/download:",
        key=key,
        type="tertiary",
        on_click="ignore",
    )


def to_csv(table: pd.DataFrame) -> bytes:
    """A table as Danish Excel opens it: semicolons, UTF-8 with byte order mark."""
    # A cell that a spreadsheet would run as a formula is kept as the text it is.
    safe = table.map(lambda cell: f"'{cell}" if str(cell).startswith(FORMULA_STARTS) else cell)
    buffer = io.StringIO()
    safe.to_csv(buffer, sep=";", index=False, lineterminator="\r\n")
    return buffer.getvalue().encode("utf-8-sig")
