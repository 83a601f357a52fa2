"""Tables for the screen: the twin of each picture, every figure as the word a reader would say."""

import csv
import io

import pandas as pd
import streamlit as st

from components.text import plain

# A plain HTML table reads best aloud; past this many rows a scrolling grid serves better.
PLAIN_ROWS = 30
# What makes a spreadsheet run a cell as a formula, also after it has stripped what stands before.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain_table(table: pd.DataFrame) -> None:
    """A small table as plain HTML, the first column naming the row, every cell shown as it was written."""
    words = table.map(plain)
    st.table(words.set_index(words.columns[0]), border="horizontal")


def table_twin(table: pd.DataFrame, file_name: str, foot: str = "") -> None:
    """The picture's figures as a table, folded away, with a CSV for Danish Excel (`;`, UTF-8 with BOM).

    `foot` (source, date and release) stands on a line of its own below the figures in the file.
    """
    with st.expander("Vis tallene som tabel", icon=":material/table:"):
        if len(table) <= PLAIN_ROWS:
            plain_table(table)
        else:
            st.dataframe(table, hide_index=True, width="stretch")
        st.download_button(
            "Hent som CSV",
            data=lambda: to_csv(table, foot),
            file_name=f"{file_name}.csv",
            mime="text/csv",
            icon=":material/download:",
            key=f"csv_{file_name}",
        )


def to_csv(table: pd.DataFrame, foot: str = "") -> bytes:
    """A table as Danish Excel opens it: semicolons, UTF-8 with byte order mark, `foot` below an empty line."""
    # A cell that a spreadsheet would run as a formula is kept as the text it is.
    safe = table.map(lambda cell: f"'{cell}" if str(cell).startswith(FORMULA_STARTS) else cell)
    buffer = io.StringIO()
    safe.to_csv(buffer, sep=";", index=False, lineterminator="\r\n")
    if foot:
        csv.writer(buffer, delimiter=";").writerows([[], [foot]])
    return buffer.getvalue().encode("utf-8-sig")
