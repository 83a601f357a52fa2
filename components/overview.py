"""The parts of Overblik: since last, the goals, where it is, and how fresh the figures are."""

from typing import Any

import pandas as pd
import streamlit as st

from components import map_picture, pictures
from components.navigation import link_to
from components.page import example_badge, source_line
from components.rows import survey_rows, survey_words
from components.session import Screen
from components.status import NEEDS_DECISION, status_badge, tone_badge
from components.tables import table_twin
from components.text import plain, say
from data import danish
from data.release import records
from data.sentences import STATUS_WORDS

FIRST_LINES = 5
_PAGE_OF = {"survey": "trends.py", "incidents": "trends.py", "criterion": "initiatives.py"}
_NUMBERS = ("ingen", "én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti")


def headline(screen: Screen) -> str:
    """The news in one sentence: how much has surely moved, and how many criteria have a new status."""
    kinds = screen.release.changes["kind"]
    moved, criteria = int((kinds != "criterion").sum()), int((kinds == "criterion").sum())
    if moved + criteria == 0:
        return f"Intet sikkert nyt {_since(screen)}"
    parts = []
    if moved:
        parts.append(f"{_count(moved)} {'sikker ændring' if moved == 1 else 'sikre ændringer'}")
    if criteria:
        parts.append(f"{_count(criteria)} {'kriterium' if criteria == 1 else 'kriterier'} med ny status")
    said = danish.join(parts)
    return f"{said[0].upper()}{said[1:]} {_since(screen)}"


def _since(screen: Screen) -> str:
    meetings = screen.release.tables["since"]["meeting_date"].dropna()
    return f"siden mødet {danish.date(meetings.iloc[0])}" if len(meetings) else "siden sidst"


def _count(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else danish.number(number)


def lead(screen: Screen) -> str:
    """What "since last" means here: this release and its meeting, and how new the figures are."""
    survey, quarters = screen.release.survey, _quarters(screen)
    head = screen.release.head
    meeting = f"Tal til mødet {danish.date(head.meeting_date)}" if head.meeting_date else f"Udgave {head.id}"
    return (
        f"{meeting}. Nyeste tryghedsmåling er fra {survey['wave'].max()}, "
        f"nyeste anmeldelser fra {danish.period(quarters['period'].max())}."
    )


def _quarters(screen: Screen) -> pd.DataFrame:
    incidents = screen.release.incidents
    return incidents[incidents["period"].str.len() > 4]


def what_moved(screen: Screen) -> None:
    """The changes, most important first; each line is a sentence with the way to its evidence."""
    st.subheader("Hvad har flyttet sig?", anchor=False)
    changes = records(screen.release.changes)
    if not changes:
        st.markdown("Ingen tal har ændret sig mere end tilfældige udsving, og alle kriterier har samme status.")
    for change in changes[:FIRST_LINES]:
        _line(screen, change)
    if len(changes) > FIRST_LINES:
        with st.expander(f"Vis {danish.plural(len(changes) - FIRST_LINES, 'ændring', 'ændringer')} til"):
            for change in changes[FIRST_LINES:]:
                _line(screen, change)


def _line(screen: Screen, change: dict[str, str]) -> None:
    with st.container(key=f"change_{change['kind']}_{change['subject']}_{change['area_id']}", gap=None):
        st.markdown(f"{tone_badge(change['tone'])} {plain(change['sentence'])}")
        fields: dict[str, Any] = {"areas": (change["area_id"],)}
        if change["kind"] == "survey":
            fields["indicator"] = change["indicator"]
        elif change["kind"] == "incidents":
            fields["category"] = change["indicator"]
        link_to(_PAGE_OF[change["kind"]], "Se grundlaget", screen.view, **fields)


def goals(screen: Screen) -> None:
    """How many criteria have which status, and the ones that call for a decision."""
    st.subheader("Når vi målene?", anchor=False)
    criteria = screen.release.criteria
    counts = criteria["status"].value_counts()
    badges = [f"{status_badge(status)} {counts[status]}" for status in STATUS_WORDS if status in counts]
    st.markdown("   ".join(badges))
    pressing = criteria[criteria["status"].isin(NEEDS_DECISION)]
    if pressing.empty:
        st.markdown("Ingen kriterier kræver en beslutning nu.")
        return
    st.markdown("**Kræver en beslutning**")
    for row in records(pressing):
        st.markdown(f"{status_badge(row['status'])} **{plain(row['subject'])}.** {plain(row['sentence'])}")
    link_to("initiatives.py", "Se alle indsatser og kriterier", screen.view)
    badge = example_badge(criteria)
    if badge:
        st.caption(f"Indsatser og kriterier: {badge}")


def _areas_in_view(screen: Screen) -> pd.DataFrame:
    return survey_rows(screen, level=screen.view.level, wave=screen.view.period)


def map_of_areas(screen: Screen) -> None:
    """The map of the view, small."""
    rows = _areas_in_view(screen)
    indicator = screen.partnership.indicator(screen.view.indicator)
    st.subheader(f"{indicator.title}, {screen.view.period}", anchor=False)
    map_picture.safety_map(screen, rows, key="overview_map", height=380)
    link_to("safety_map.py", "Åbn kortet", screen.view, icon="map")


def dots_of_areas(screen: Screen) -> None:
    """The same areas with their uncertainty, and their table."""
    rows = _areas_in_view(screen)
    st.subheader("Hvor sikre er tallene?", anchor=False)
    say(pictures.dots_sentence(screen, rows.sort_values("share", ascending=False)))
    pictures.dots(screen, rows, key="overview_dots")
    table_twin(survey_words(rows, screen), f"overblik_{screen.view.indicator}_{screen.view.period}")
    source_line(screen, rows)


def freshness(screen: Screen) -> None:
    """How new each kind of figure is, and whether it is invented."""
    survey, quarters = screen.release.survey, _quarters(screen)
    newest_wave = survey[survey["wave"] == survey["wave"].max()]
    newest_quarter = quarters[quarters["period"] == quarters["period"].max()]
    official = survey[survey["provenance"] == "official"]
    st.caption(
        f"Tryghedsmåling {newest_wave['wave'].iloc[0]} {example_badge(newest_wave)} · "
        f"nyeste offentliggjorte måling {official['wave'].max()} · "
        f"anmeldelser {danish.period(newest_quarter['period'].iloc[0])} (foreløbige) {example_badge(newest_quarter)}"
    )
