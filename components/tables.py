"""Tables for the screen: the twin of each picture, every figure as the word a reader would say."""

import io
from collections.abc import Callable, Collection

import pandas as pd
import streamlit as st

from components.sharing.copy_button import copy_button
from components.text import plain
from components.visitor import audience
from data.tabular import FORMULA_STARTS
from data.views.rows import ViewContext
from reports import data_files

# A plain HTML table reads best aloud; past this many rows a scrolling grid serves better.
PLAIN_ROWS = 30


def plain_table(table: pd.DataFrame, *, markdown: Collection[str] = ()) -> None:
    """A small table as plain HTML, the first column naming the row, every cell shown as it was written.

    The columns named in `markdown` are ready Markdown of our own, links for instance.
    """
    first, *others = (
        [cell if column in markdown else plain(cell) for cell in table[column].tolist()] for column in table
    )
    headings = list(table.columns)
    words = dict(zip(headings[1:], others, strict=True))
    st.table(pd.DataFrame(words, index=pd.Index(first, name=headings[0])), border="horizontal")


def any_table(table: pd.DataFrame) -> None:
    """A table as plain HTML where it is small, as a grid that scrolls where it is not."""
    if len(table) <= PLAIN_ROWS:
        plain_table(table)
    else:
        st.dataframe(table, hide_index=True, width="stretch")


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
    """A button that fetches a file, which is made when it is asked for; the page stays as it is."""
    st.download_button(
        label,
        data=make,
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
