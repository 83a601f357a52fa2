"""The questions of step 2 on how a table lies: the row of its headings, and what a wide table does not say itself."""

import pandas as pd
import streamlit as st

from components.data_page.delivery import Delivery
from components.session import our_store
from components.tables import plain_table
from components.text import plain
from data import clock, danish
from data.contracts.validation import CONTRACTS
from data.intake.percents import UNITS
from data.intake.privacy import masked
from data.intake.recognition import Sheet
from data.intake.tables import preview_rows
from data.intake.wide import Answer, Wide
from data.partnership import our_partnership
from data.release import records

SHOWN_COLUMNS = 8
"""Columns of the first rows that are shown; the headings are told by them."""
SHOWN_ROWS = 12
SHOWN_CELL = 24
SHOWN_TITLE = 200
EARLIEST = 2000
"""The first year that a wave may be said to be of."""
BY_YEAR = ""
"""The answer that each wave belongs to the series its year does."""
NOT_COUNTS = "Tallene kan være andele i procent eller antal anmeldelser. Sig, hvad de er."


def asked(made: Delivery, sheet: Sheet) -> None:
    """The one question of a table with periods, areas or categories along the top, with a proposal to confirm."""
    wide = sheet.wide
    if wide is None:
        return
    key = f"{sheet.file}_{sheet.sheet}"
    with st.container(border=True, key=f"wide_{key}"):
        long = wide.along == "figure"
        what = "**Tabellen siger ikke alt:**" if long else "**Tabellen er bred:**"
        way = "Sig resten, så kan den læses." if long else "Den kan vendes, så hvert tal får sin række."
        st.markdown(f"{what} {plain(wide.sentence)} {way}")
        if wide.above:
            st.caption(plain(f"Over tabellen står: {masked(wide.above)[:SHOWN_TITLE]}"))
        kind = wide.guess.kind or wide.kinds[0]
        if len(wide.kinds) > 1:
            kind = st.selectbox(
                "Tallene er", list(wide.kinds), index=wide.kinds.index(kind), key=f"wide_kind_{key}",
                format_func=lambda each: CONTRACTS[each].title,
            )  # fmt: skip
        if not wide.guess.kind:
            st.caption(NOT_COUNTS)
        values = {name: value for name, value in wide.guess.values.items() if name not in wide.asks}
        values |= _answers_on_shares(wide, key) if kind == "survey" else {}
        if kind in ("incidents", "cells", "hours") and "category" in wide.asks:
            values["category"] = _category(wide, key) or ""
        values["source_id"] = _source(wide, key) or ""
        if wide.left:
            st.caption(plain(f"Læses ikke: {danish.join(masked(each) for each in wide.left)}."))
        lacking = [name for name in (*wide.asks, "source_id") if name in values and not values[name]]
        st.button(
            "Læs tabellen" if long else "Vend tabellen", key=f"wide_turn_{key}", type="primary", disabled=bool(lacking),
            on_click=_answer, args=(made, sheet, Answer(kind, values)),
        )  # fmt: skip


def _answers_on_shares(wide: Wide, key: str) -> dict[str, str]:
    """What a table of shares does not say: indicator, year and unit where it lacks them, and the series."""
    guess, partnership, values = wide.guess.values, our_partnership(), {}
    if "indicator" in wide.asks:
        titles = {each.id: each.title for each in partnership.indicators}
        values["indicator"] = st.selectbox(
            "Indikator", list(titles), index=list(titles).index(guess["indicator"]) if guess["indicator"] else None,
            format_func=titles.__getitem__, placeholder="Vælg, hvad der er målt", key=f"wide_indicator_{key}",
        ) or ""  # fmt: skip
    if "wave" in wide.asks:
        years = [str(year) for year in range(clock.today().year, EARLIEST - 1, -1)]
        values["wave"] = st.selectbox(
            "Måling", years, index=years.index(guess["wave"]) if guess["wave"] in years else None,
            placeholder="Vælg året, eller skriv fx 1. halvår 2025", key=f"wide_wave_{key}",
            accept_new_options=True,
        ) or ""  # fmt: skip
    if "unit" in wide.asks:
        values["unit"] = st.selectbox(
            "Tallene er skrevet som", list(UNITS), index=None, format_func=UNITS.__getitem__,
            placeholder="Vælg procent eller andele", key=f"wide_unit_{key}",
        ) or ""  # fmt: skip
    else:
        st.caption(f"Tallene læses som {UNITS[guess['unit']]}.")
    series = {BY_YEAR: "Den, hvert år hører til"} | {each.id: each.title for each in partnership.series}
    values["series"] = st.selectbox("Serie", list(series), format_func=series.__getitem__, key=f"wide_series_{key}")
    return values


def shares_asked(made: Delivery, sheet: Sheet) -> None:
    """Whether shares that may be in per cent are so: one question for the table, which can be answered anew."""
    if not sheet.doubts:
        return
    place = (sheet.file, sheet.sheet)
    key = f"unit_{sheet.file}_{sheet.sheet}"
    units = list(UNITS)
    said = made.units.get(place) or (sheet.doubts[0].guess or None)
    with st.container(border=True, key=f"shares_{sheet.file}_{sheet.sheet}"):
        st.markdown(" ".join(plain(each.sentence) for each in sheet.doubts))
        chosen = st.selectbox(
            "Tallene er skrevet som", units, index=units.index(said) if said else None, key=key,
            format_func=UNITS.__getitem__, placeholder="Vælg procent eller andele",
        )  # fmt: skip
        st.button(
            "Læs dem sådan", key=f"use_{key}", type="primary", on_click=_unit, args=(made, sheet, chosen),
            disabled=chosen is None or made.units.get(place) == chosen,
        )  # fmt: skip


def _unit(made: Delivery, sheet: Sheet, chosen: str) -> None:
    made.units[sheet.file, sheet.sheet] = chosen


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
            plain_table(_shown(rows))
            key = f"heading_row_{place}"
            st.selectbox(
                "Overskrifterne står i række", range(1, len(rows) + 1),
                index=made.heading_rows.get((name, sheet), 1) - 1, key=key, on_change=_point,
                args=(made, name, sheet, key),
            )  # fmt: skip


def _shown(rows: list[list[str]]) -> pd.DataFrame:
    width = min(max(len(row) for row in rows), SHOWN_COLUMNS)
    cells = [[masked(cell)[:SHOWN_CELL] for cell in (row + [""] * width)[:width]] for row in rows]
    numbered = pd.DataFrame(cells, columns=list("ABCDEFGH")[:width])
    numbered.insert(0, "Række", range(1, len(cells) + 1))
    return numbered


def _point(made: Delivery, name: str, sheet: str, key: str) -> None:
    made.heading_rows[name, sheet] = int(st.session_state[key])
