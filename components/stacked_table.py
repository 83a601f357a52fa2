"""A list whose rows are to be read whole: a table where there is room, a block for each row on a phone."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from components.tables import PLAIN_ROWS

PLACE = ' class="place"'


def stacked_table(table: pd.DataFrame, place: Sequence[str]) -> None:
    """A table without its empty columns; on a phone the columns `place` stand on one line and each other on its own."""
    st.html(stacked_html(table, place))


def stacked_html(table: pd.DataFrame, place: Sequence[str]) -> str:
    """The table as HTML; its roles are written out, since rows laid out as blocks are no table to a screen reader."""
    words = table.map(lambda cell: " ".join(str(cell).split()))
    said = words.loc[:, [name == table.columns[0] or bool((words[name] != "").any()) for name in table.columns]]
    headings = "".join(f'<th role="columnheader" scope="col">{escape(name)}</th>' for name in said.columns)
    body = "".join(_row(row, list(said.columns), place) for row in said.itertuples(index=False, name=None))
    kind = "plain-table stacked tall" if len(said) > PLAIN_ROWS else "plain-table stacked"
    return (
        f'<div class="{kind}"><table role="table"><thead role="rowgroup"><tr role="row">{headings}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _row(row: Sequence[str], names: Sequence[str], place: Sequence[str]) -> str:
    first, *others = (
        f' data-name="{escape(name)}"{PLACE if name in place else ""}>{escape(cell)}'
        for name, cell in zip(names, row, strict=True)
    )
    cells = "".join(f'<td role="cell"{cell}</td>' for cell in others)
    return f'<tr role="row"><th role="rowheader" scope="row"{first}</th>{cells}</tr>'
