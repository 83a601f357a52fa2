"""What is done in a chosen place: the form that notes it on an initiative, and what was reported before and after.

A place is told by its grid cells, so all of it is written and read by those alone who may see the cells.
"""

import datetime as dt
from functools import partial

import pandas as pd
import streamlit as st

from components.forms.changes import history_button, last_change
from components.forms.entry import entry_form
from components.forms.fields import Field
from components.initiatives.cards import chosen_initiatives
from components.meetings.records import fresh_id, today
from components.page import EXAMPLE_BADGE
from components.session import Screen, audience, our_store
from components.text import plain, say
from data import entries
from data.partnership import OF_PLACES
from data.records import Row, records
from data.release.tables import PLACE_EFFECTS
from data.sentences import place_actions as action_sentences
from data.views.memo import memoized_by_view
from data.views.provenance import EXAMPLE
from data.views.view import ViewContext
from geo.grid import SIZES, parent, size_of

FORM, FOLD = "place_action", "open_place_action"
LABEL = "Det gør vi her"
FIELDS = (Field("start", "Første dag"), Field("end", "Sidste dag"), Field("text", lines=2))
NEXT_RELEASE = "Før og efter kommer med næste udgave."


def actions_said(context: ViewContext, cells: tuple[str, ...]) -> list[tuple[str, str]]:
    """What the release tells of a place, newest first: who does what since when, and before and after."""
    titles = _titles(context)
    return [
        (action_sentences.action_head(titles.get(row["initiative_id"], row["initiative_id"]), row), row["sentence"])
        for row in _released(context, cells)
    ]


@memoized_by_view("category")
def _released(context: ViewContext, cells: tuple[str, ...]) -> list[Row]:
    table = context.release.tables.get(PLACE_EFFECTS)
    return [] if table is None else _at(records(table[table["category"] == context.view.category]), cells)


def cells_of(cell: Row, place: Row | None) -> tuple[str, ...]:
    """The cells of the place that a cell is part of; the cell alone where it is part of none."""
    return tuple(str((place or {}).get("cells") or cell["cell_id"]).split(";"))


def _at(rows: list[Row], cells: tuple[str, ...]) -> list[Row]:
    """The rows whose place has ground in common with some cells, of whatever sizes both are told by."""
    return [row for row in rows if _meet(tuple(str(row["cells"]).split(";")), cells)]


def _meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    sizes = {size_of(cell) for cell in (*one, *other)}
    coarse = max(sizes) if all(max(sizes) % size == 0 for size in sizes) else max(SIZES)
    mine, theirs = ({str(parent(cell, coarse)) for cell in cells} for cells in (one, other))
    return not mine.isdisjoint(theirs)


@memoized_by_view()
def _titles(context: ViewContext) -> dict[str, str]:
    rows = context.release.initiatives
    return dict(zip(rows["initiative_id"], rows["title"], strict=True))


def done_here(screen: Screen, cell: Row, place: Row | None) -> None:
    """Each action on the chosen place with its before and after, and for those who act there the form for one more."""
    cells = cells_of(cell, place)
    released = {row["action_id"]: row for row in _released(screen, cells)}
    titles = _titles(screen)
    writes = audience().may_write(OF_PLACES) and screen.view.release is None
    standing = _at(_standing(screen.view.category), cells) if writes else list(released.values())
    with st.container(key="done_here"):
        for row in standing:
            _line(
                row,
                titles.get(str(row["initiative_id"]), str(row["initiative_id"])),
                released.get(row["action_id"]),
                writes,
            )
        if not writes:
            return
        last_change()
        fold = st.popover(LABEL, icon=":material/add_task:", key=FOLD, on_change="rerun")
        if fold.open:
            with fold:
                _form(screen, cell, cells)


def _standing(category: str) -> list[Row]:
    rows = entries.standing(our_store(), OF_PLACES)
    return records(rows[rows["category"] == category].sort_values("start", ascending=False))


def _line(row: Row, title: str, released: Row | None, writes: bool) -> None:
    badge = EXAMPLE_BADGE if row["provenance"] == EXAMPLE else ""
    st.markdown(f"**{plain(action_sentences.action_head(title, row))}** {badge}")
    told = released is not None and pd.Timestamp(released["start"]) == pd.Timestamp(row["start"])
    say(str(released["sentence"]) if released is not None and told else NEXT_RELEASE)
    if writes:
        history_button(OF_PLACES, row, name=str(row["action_id"]))


def _form(screen: Screen, cell: Row, cells: tuple[str, ...]) -> None:
    """The form for one more action: the place, the kind of offence and the municipality are those of the card."""
    offered = _offered(screen, str(cell["area_id"]), today())
    if not offered:
        st.markdown(":gray[Ingen indsats arbejder i kommunen nu.]")
        return
    say("Stedet og det, du skriver, ses kun af dem, der må se felter. Næste udgave viser før og efter.")
    fields = (Field("initiative_id", "Indsats", options=offered), *FIELDS)
    start = {"initiative_id": next(iter(offered)), "start": today()}
    entry_form(f"{FORM}_{cell['cell_id']}", OF_PLACES, fields, start,
               complete=partial(_whole, str(cell["area_id"]), screen.view.category, cells), label="Gem",
               done="Noteret på stedet", closes=FOLD)  # fmt: skip


def _whole(area: str, category: str, cells: tuple[str, ...], typed: Row) -> Row:
    name = f"{typed.get('initiative_id')} {typed.get('start')}"
    own = {"action_id": fresh_id(OF_PLACES, name), "area_id": area, "category": category, "cells": ";".join(cells)}
    return typed | own


@memoized_by_view()
def _offered(context: ViewContext, area: str, day: dt.date) -> dict[str, str]:
    """The initiatives that work in the municipality or one of its housing areas that day, those of the police first."""
    areas = context.release.areas
    rows = chosen_initiatives(context, None, (area, *areas.loc[areas["parent_id"] == area, "area_id"]))
    now = pd.Timestamp(day)
    rows = rows[(pd.to_datetime(rows["start"]) <= now) & ~(pd.to_datetime(rows["end"]) < now)]
    rows = rows.assign(others=~rows["lead"].str.contains("politi", case=False)).sort_values(["others", "title"])
    return {str(row["initiative_id"]): str(row["title"]) for row in records(rows)}
