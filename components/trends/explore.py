"""»Udforsk«: the reader's own question to the figures, in a picture to zoom in on, fetched only once it is opened."""

from functools import partial

import pandas as pd
import streamlit as st

from components.filters import choose_areas, choose_category, choose_indicator
from components.page import source_line
from components.session import Screen, choose
from components.tables import count_csv, share_csv, table_twin
from components.text import plain, say
from components.theme import is_dark
from components.trends.pictures import of_one_span, span_word
from components.view_choices import select
from data import danish
from data.views.explored import EVERY_YEAR, beginnings, begun_at, chosen_times, ended_at, ends, within
from data.views.row_words import incident_words, survey_words
from data.views.rows import incident_rows, survey_rows
from drawings.explored import MOST_EXPLORED, explored
from drawings.palette import palette

LABEL = "Udforsk: stil dit eget spørgsmål til tallene"
HOW = (
    "Peg på et punkt for at læse det. Træk hen over billedet for at zoome, og dobbeltklik for at se det hele igen. "
    "Klik på et navn for at skjule det område."
)
_TOGGLE = "explore"
# Plotly's own buttons say in English what pointing, dragging and a double click do.
SETTINGS = {"displayModeBar": False, "displaylogo": False, "doubleClick": "reset"}


def explore(screen: Screen, areas: tuple[str, ...]) -> None:
    """The way in, and once it is opened the choices, the picture and its tables; `areas` are those the page shows."""
    st.session_state[_TOGGLE] = bool(screen.view.explore)
    with st.container(key="explore_frame"):
        st.toggle(LABEL, key=_TOGGLE, on_change=_open_or_close)
        if screen.view.explore:
            _choices(screen)
            _answer(screen, areas[:MOST_EXPLORED])
            if len(areas) > MOST_EXPLORED:
                st.caption(f"Billedet viser de første {danish.few(MOST_EXPLORED)} af de valgte områder.")


def _open_or_close() -> None:
    choose(explore=EVERY_YEAR if st.session_state[_TOGGLE] else "")


def _choices(screen: Screen) -> None:
    since, until = chosen_times(screen)
    with st.container(horizontal=True, key="explore_choices", vertical_alignment="bottom"):
        choose_areas(screen, key="explore_areas")
        choose_indicator(screen, key="explore_indicator")
        choose_category(screen, key="explore_category")
        select("explore", "Fra", since.code, beginnings(screen.release), danish.period,
               lambda time: {"explore": begun_at(screen, time)}, key="explore_from")  # fmt: skip
        select("explore", "Til", until.code, ends(screen.release), danish.period,
               lambda time: {"explore": ended_at(screen, time)}, key="explore_to")  # fmt: skip


def _answer(screen: Screen, areas: tuple[str, ...]) -> None:
    view, (first, last) = screen.view, chosen_times(screen)
    indicator, category = screen.partnership.indicator(view.indicator), screen.partnership.category(view.category)
    survey = within(survey_rows(screen, areas=areas), "wave", first, last)
    incidents, left_out = of_one_span(within(incident_rows(screen, areas=areas), "period", first, last))
    names = danish.join(screen.release.name_of(area) for area in areas)
    when = danish.periods(first.code, last.code)
    say(f"{indicator.title} og {category.title.lower()} i {names}, {when}.")
    if survey.empty and incidents.empty:
        st.info("Der er ingen tal for de valgte områder og år.", icon=":material/info:")
        return
    made = explored(
        survey,
        incidents,
        titles=("Andel i pct.", f"Pr. 1.000 indbyggere pr. {span_word(incidents)}"),
        time=(first.end - first.years, last.end),
        colours=palette(is_dark()),
    )
    st.plotly_chart(made.figure, key="explore_picture", config=SETTINGS)
    st.caption(f"{' · '.join(made.caption)}. {HOW}")
    if left_out:
        st.caption(f"Tallene for {plain(danish.join(left_out))} er kun opgjort pr. år og er ikke med.")
    for rows, words, file, name in (
        (survey, survey_words, share_csv(survey, screen), f"{indicator.id}_udforsk"),
        (incidents, incident_words, count_csv(incidents, screen), f"anmeldelser_{category.id}_udforsk"),
    ):
        if len(rows):
            table_twin(partial(words, rows, screen), name, file)
    source_line(screen, pd.concat([each[["source_id", "provenance"]] for each in (survey, incidents)]))
