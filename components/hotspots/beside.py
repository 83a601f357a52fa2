"""What else is known of the same places: how safe people feel, where they feel unsafe, and who works there."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from components.initiatives.cards import chosen_initiatives
from components.navigation import link_to
from components.page import source_words
from components.pictures import picture, show
from components.session import Screen
from components.tables import plain_table, share_csv, table_twin
from components.text import say
from data import danish
from data.contracts.cooperation import PLACE_STATUSES, PLACE_TYPES
from data.records import records
from data.views.cell_view import municipality_of
from data.views.map_classes import dots_sentence
from data.views.memo import memoized_by_view
from data.views.row_words import survey_words
from data.views.rows import survey_rows
from data.views.view import ViewContext
from drawings.dots import dots

HOUSING = "housing_area"
DONE = "udført"


@memoized_by_view()
def _inside(context: ViewContext, municipality: str) -> tuple[str, ...]:
    """The municipality, or all that are members, and the housing areas in them."""
    outer = [municipality] if municipality else list(context.partnership.members)
    areas = context.release.areas
    inner = areas[(areas["level"] == HOUSING) & areas["parent_id"].isin(outer)]
    return (*outer, *inner["area_id"])


class _Felt(NamedTuple):
    """How safe people feel there: the rows of the newest wave, best first, and the sentence on them."""

    rows: pd.DataFrame
    wave: str
    sentence: str
    sources: str


def perceived(screen: Screen) -> None:
    """The newest survey of the view's indicator in the housing areas there."""
    municipality = municipality_of(screen.view, screen.release)
    felt, indicator = _felt(screen, municipality), screen.partnership.indicator(screen.view.indicator)
    if felt is None:
        st.markdown(f":gray[{indicator.title} er ikke målt i boligområder her.]")
        return
    say(f"{felt.sentence} Andelene gælder hele boligområdet, ikke feltet.")
    figure = picture(
        dots,
        felt.rows,
        screen,
        "hotspot_dots",
        indicator.id,
        municipality,
        direction=indicator.direction,
    )
    show(figure, felt.sentence, "hotspot_dots")
    name = f"{indicator.id}_{felt.wave}_ved_hotspots"
    table_twin(lambda: survey_words(felt.rows, screen), name, share_csv(felt.rows, screen))
    st.caption(felt.sources)


@memoized_by_view("indicator")
def _felt(context: ViewContext, municipality: str) -> _Felt | None:
    rows = survey_rows(context, level=HOUSING, areas=_inside(context, municipality))
    if rows.empty:
        return None
    title, wave = context.partnership.indicator(context.view.indicator).title, rows["wave"].max()
    rows = rows[rows["wave"] == wave].sort_values("share", ascending=False, na_position="last", ignore_index=True)
    shown = rows[rows["state"] == "published"]
    sentence = f"{title} {danish.in_period(wave)}: ingen boligområder her kan vises."
    if not shown.empty:
        sentence = dots_sentence(context, rows, wave=wave)
    return _Felt(rows, wave, sentence, source_words(context, rows))


def insecure_places(screen: Screen) -> None:
    """The kinds of place named on walks and at meetings that are not dealt with yet, where the release has them."""
    told = _insecure_places(screen, municipality_of(screen.view, screen.release))
    if told is None:
        st.markdown(":gray[Der er ikke noteret utrygge steder fra tryghedsvandringer her.]")
        return
    sentence, table, sources = told
    say(sentence)
    plain_table(table)
    st.caption(sources)


@memoized_by_view()
def _insecure_places(context: ViewContext, municipality: str) -> tuple[str, pd.DataFrame, str] | None:
    """How many are done and how many wait, those that wait by area, and where they come from."""
    places = context.release.tables.get("insecure_places", pd.DataFrame())
    places = places[places["area_id"].isin(_inside(context, municipality))] if len(places) else places
    if places.empty:
        return None
    waiting = places[places["status"] != DONE]
    sentence = (
        f"{danish.plural(len(places) - len(waiting), 'notat', 'notater')} fra tryghedsvandringer og møder er udført, "
        f"{danish.number(len(waiting))} venter:"
    )
    states = [state for state in PLACE_STATUSES if state != DONE]
    table = [
        [context.release.name_of(str(area)), *(_kinds(rows[rows["status"] == state]) for state in states)]
        for area, rows in waiting.groupby("area_id")
    ]
    headings = ["Område", *(danish.opening(PLACE_STATUSES[state]) for state in states)]
    return sentence, pd.DataFrame(table, columns=headings), source_words(context, places)


def _kinds(places: pd.DataFrame) -> str:
    """The kinds of place by how many, most first: "sti (3), torv"."""
    many = places.groupby("place_type")["count"].sum().sort_values(ascending=False, kind="stable")
    lines = [
        f"{PLACE_TYPES[str(kind)]} ({count})" if count > 1 else PLACE_TYPES[str(kind)] for kind, count in many.items()
    ]
    return danish.join(lines) or "ingen"


def initiatives(screen: Screen) -> None:
    """The initiatives that work there in the year of the view."""
    chosen = municipality_of(screen.view, screen.release)
    told = _initiatives(screen, chosen)
    if told is None:
        st.markdown(f":gray[Ingen indsatser her i {screen.view.cell_year}.]")
        return
    table, sources = told
    plain_table(table)
    link_to("initiatives.py", "Se indsatserne og deres mål", screen.view, areas=(chosen,) if chosen else ())
    st.caption(sources)


@memoized_by_view("cell_year")
def _initiatives(context: ViewContext, municipality: str) -> tuple[pd.DataFrame, str] | None:
    inside, year = _inside(context, municipality), context.view.cell_year
    rows = chosen_initiatives(context, None, inside)
    began = rows["start"].astype(str).str[:4] <= year
    ended = rows["end"].notna() & (rows["end"].astype(str).str[:4] < year)
    rows = rows[began & ~ended]
    if rows.empty:
        return None
    table = [
        [
            row["title"],
            danish.join(context.release.name_of(area) for area in row["area_ids"].split(";") if area in inside),
            danish.date(row["start"]),
            "fortsætter" if pd.isna(row["end"]) else danish.date(row["end"]),
        ]
        for row in records(rows)
    ]
    return pd.DataFrame(table, columns=["Indsats", "Her", "Begyndt", "Slut"]), source_words(context, rows)
