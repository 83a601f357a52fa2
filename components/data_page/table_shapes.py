"""The questions of step 2 on how a table lies: the row of its headings, and what a wide table does not say itself."""

import pandas as pd
import streamlit as st

from components.data_page.delivery import Delivery
from components.session import our_store
from components.text import plain
from data.contracts.validation import CONTRACTS
from data.intake.privacy import masked
from data.intake.recognition import Sheet
from data.intake.tables import preview_rows
from data.intake.wide import FIGURES, Answer, Wide
from data.partnership import our_partnership
from data.release import records

SHOWN_COLUMNS = 8
"""Columns of the first rows that are shown; the headings are told by them."""
SHOWN_ROWS = 12
SHOWN_CELL = 24


def asked(made: Delivery, sheet: Sheet) -> None:
    """The one question of a table with periods, areas or categories along the top, with a proposal to confirm."""
    wide = sheet.wide
    if wide is None:
        return
    key = f"{sheet.file}_{sheet.sheet}"
    with st.container(border=True, key=f"wide_{key}"):
        st.markdown(f"**Tabellen er bred:** {plain(wide.sentence)} Den kan vendes, så hvert tal får sin række.")
        kind = wide.guess.kind
        if "category" not in {wide.along, *wide.places}:
            kind = st.selectbox(
                "Tallene er", list(FIGURES), index=list(FIGURES).index(kind), key=f"wide_kind_{key}",
                format_func=lambda each: CONTRACTS[each].title,
            )  # fmt: skip
        values = {}
        if kind == "incidents" and "category" in wide.asks:
            values["category"] = _category(wide, key)
        values["source_id"] = _source(wide, key)
        st.button(
            "Vend tabellen", key=f"wide_turn_{key}", type="primary", disabled=not all(values.values()),
            on_click=_answer, args=(made, sheet, Answer(kind, {name: str(value) for name, value in values.items()})),
        )  # fmt: skip


def _category(wide: Wide, key: str) -> str | None:
    titles = {each.id: each.title for each in our_partnership().categories}
    guess = wide.guess.values.get("category", "")
    return st.selectbox(
        "Kategori", list(titles), index=list(titles).index(guess) if guess in titles else None,
        format_func=titles.__getitem__, placeholder="Vælg kategorien", key=f"wide_category_{key}",
    )  # fmt: skip


def _source(wide: Wide, key: str) -> str | None:
    sources = our_store().loaded("sources").drop_duplicates("source_id", keep="last")
    titles = {str(row["source_id"]): str(row["title"]) for row in records(sources)}
    guess = wide.guess.values.get("source_id", "")
    return st.selectbox(
        "Kilde", list(titles), index=list(titles).index(guess) if guess in titles else None,
        format_func=titles.__getitem__, placeholder="Vælg, hvor tallene kommer fra", key=f"wide_source_{key}",
        help="Står kilden her ikke, så indlæs den først med skabelonen Kilder.",
    )  # fmt: skip


def _answer(made: Delivery, sheet: Sheet, answer: Answer) -> None:
    made.wide[sheet.file, sheet.sheet] = answer


def headings_pointed_at(made: Delivery, name: str, sheets: list[Sheet]) -> None:
    """The first rows of a file that nobody knows, to point at the row of its headings in; nothing where it is known."""
    if name in made.refused or (sheets and not any(sheet.kind is None and sheet.wide is None for sheet in sheets)):
        return
    unknown = {sheet.sheet for sheet in sheets if sheet.kind is None}
    file, _ = made.files[name]
    for sheet, rows in preview_rows(file.content, name, SHOWN_ROWS).items():
        if not rows or (sheets and sheet not in unknown):
            continue
        place = f"{name}_{sheet}"
        with st.container(border=True, key=f"heading_{place}"):
            title = f"De første rækker i ark »{sheet}«" if sheet else "De første rækker"
            st.markdown(f"**{plain(title)}.** I hvilken række står overskrifterne?")
            st.table(_shown(rows), border="horizontal")
            key = f"heading_row_{place}"
            st.selectbox(
                "Overskrifterne står i række", range(1, len(rows) + 1),
                index=made.heading_rows.get((name, sheet), 1) - 1, key=key, on_change=_point,
                args=(made, name, sheet, key),
            )  # fmt: skip


def _shown(rows: list[list[str]]) -> pd.DataFrame:
    width = min(max(len(row) for row in rows), SHOWN_COLUMNS)
    cells = [[plain(masked(cell)[:SHOWN_CELL]) for cell in (row + [""] * width)[:width]] for row in rows]
    return pd.DataFrame(cells, index=pd.RangeIndex(1, len(cells) + 1, name="Række"), columns=list("ABCDEFGH")[:width])


def _point(made: Delivery, name: str, sheet: str, key: str) -> None:
    made.heading_rows[name, sheet] = int(st.session_state[key])
