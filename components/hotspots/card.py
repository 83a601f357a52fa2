"""The card of a chosen place: year by year, when in the week, who works near, and how safe people feel there."""

import pandas as pd
import streamlit as st

from components.hotspots.actions import LABEL as DONE_HERE
from components.hotspots.actions import actions_said, cells_of, done_here
from components.hotspots.beside import DONE, HOUSING
from components.hotspots.week import week_near, week_words
from components.initiatives.cards import chosen_initiatives
from components.navigation import link_to
from components.session import Screen, audience
from components.sharing.copy_button import copy_button
from components.text import plain, say
from data import danish
from data.records import Row, records
from data.sentences import places as place_sentences
from data.views.memo import memoized_by_view
from data.views.rows import survey_rows
from data.views.view import ViewContext

NEAR = 500
"""Metres from a place within which a housing area counts as near (data.release.hotspot_places.CLOSE_BY)."""
YEARS, WEEK, WORKING = "År for år i feltet", "Ugens timer", f"Indsatser inden for {NEAR} m"
FELT, INSECURE = "Tryghed nærmest", "Utrygge steder fra vandringer"


def place_facts(screen: Screen, cell: Row, place: Row | None) -> None:
    """What else is known of the chosen cell, a line each, and the way to have it written down what is done there."""
    facts = [fact for fact in facts_of(screen, cell, place) if fact[0] != DONE_HERE]
    st.markdown("\n".join(f"- **{title}:** {plain(text)}" for title, text in facts))
    done_here(screen, cell, place)
    told_of_here(screen, (_close_by(place) or (cell["area_id"],))[0])


def told_of_here(screen: Screen, area: str) -> None:
    """The way to the log of what is done in an area: for its writers the form, for others a message to who writes.

    The log is read by many who may see no cell, so it is told of the area alone.
    """
    if audience().may_write("activities"):
        link_to("initiatives.py", "Skriv, hvad vi gør her", screen.view, areas=(area,), tab="logbog")
        return
    title = screen.partnership.category(screen.view.category).title
    message = place_sentences.message_to_secretariat(screen.release.name_of(area), title)
    with st.popover("Besked til loggen", icon=":material/outgoing_mail:", type="tertiary"):
        say(
            "Loggen læses af flere, end der må se felter, og føres af sekretariatet. Send dem denne besked uden stedet:"
        )
        say(message)
        copy_button("Kopiér beskeden", message, key=f"copy_message_{area}")


def facts_of(screen: Screen, cell: Row, place: Row | None) -> list[tuple[str, str]]:
    """What is known of a cell beside its count, as (title, text); what cannot be said of the place itself says so."""
    near = _close_by(place)
    lines = [
        (YEARS, _years(screen, cell["cell_id"])),
        (WEEK, _week(screen, near, str(cell["area_id"]))),
        (WORKING, _working(screen, near)),
        (FELT, _felt(screen, near)),
        (INSECURE, _insecure(screen, near)),
        (DONE_HERE, _done_here(screen, cell, place)),
    ]
    return [(title, text) for title, text in lines if text]


def _done_here(screen: Screen, cell: Row, place: Row | None) -> str:
    """What is done in the place, and what was reported there before and after; "" where nothing was noted."""
    return " ".join(f"{head} {told}" for head, told in actions_said(screen, cells_of(cell, place)))


def _week(screen: Screen, near: tuple[str, ...], municipality: str) -> str:
    """When in the week, of the nearest housing area where it has told of enough, else of the municipality; said so."""
    if own := week_near(screen, near):
        return f"{own} Det er boligområdets tal, ikke feltets."
    return f"{week_words(screen, municipality)} Det er kommunens tal, ikke feltets."


def _close_by(place: Row | None) -> tuple[str, ...]:
    """The housing areas within `NEAR` metres of a place."""
    return tuple(area for area in str((place or {}).get("close_by") or "").split(";") if area)


@memoized_by_view("category")
def _years(context: ViewContext, cell_id: str) -> str:
    cells = context.release.tables["cells"]
    rows = records(
        cells[(cells["cell_id"] == cell_id) & (cells["category"] == context.view.category)].sort_values("year")
    )
    return " · ".join(
        f"{row['year']}: {danish.NOT_REPORTED if pd.isna(row['count']) else danish.number(row['count'])}"
        f"{' (hotspot)' if row['hotspot'] else ''}"
        for row in rows
    )


@memoized_by_view("cell_year")
def _working(context: ViewContext, near: tuple[str, ...]) -> str:
    """The initiatives that work in the housing areas near, in the year of the view."""
    if not near:
        return "ingen, der er knyttet til et boligområde her"
    rows = chosen_initiatives(context, None, near)
    year = context.view.cell_year
    rows = rows[rows["start"].astype(str).str[:4] <= year]
    rows = rows[~(rows["end"].notna() & (rows["end"].astype(str).str[:4] < year))]
    return danish.join(map(str, rows["title"])) or "ingen"


@memoized_by_view("indicator")
def _felt(context: ViewContext, near: tuple[str, ...]) -> str:
    """How safe people feel in the nearest housing area, from the newest wave."""
    if not near:
        return ""
    rows = survey_rows(context, level=HOUSING, areas=near[:1])
    return "" if rows.empty else str(rows.sort_values("wave").iloc[-1]["hover"])


@memoized_by_view()
def _insecure(context: ViewContext, near: tuple[str, ...]) -> str:
    """How many insecure places wait in the housing areas near; told by area, never finer than they were noted."""
    places = context.release.tables.get("insecure_places", pd.DataFrame())
    if not near or places.empty:
        return ""
    waiting = places[places["area_id"].isin(near) & (places["status"] != DONE)]
    many = waiting.groupby("area_id").size()
    told = (f"{danish.number(count)} i {context.release.name_of(str(area))}" for area, count in many.items())
    return danish.join(told) or "ingen, der venter"
