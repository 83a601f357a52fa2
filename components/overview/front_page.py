"""The parts of Overblik: since last, the goals, where it is, and how fresh the figures are."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from components import pictures
from components.initiatives.promised import late_promises
from components.map import picture
from components.map.readings import perceived
from components.meetings.figures import FIELD_OF, PAGE_OF
from components.meetings.records import area_names, our_minutes, today
from components.navigation import link_to
from components.overview import decisions
from components.page import example_badge, say_unfinished, source_line
from components.session import Screen, audience
from components.status import crossing_badge, status_badge, tone_badge
from components.tables import plain_table, share_csv, table_twin
from components.text import plain, say
from data import danish
from data.calendar import is_year
from data.records import Row, records
from data.release import records_of
from data.sentences import STATUS_WORDS
from data.sentences.cooperation import overdue_action
from data.sentences.insecure_places import LATE, overdue_place
from data.sentences.meetings import CHANCE, CROSSED, next_meeting
from data.sentences.sources import day_or, next_figures
from data.views import news
from data.views.decisions import DecisionCase
from data.views.memo import memoized_by_view
from data.views.minutes import OVERDUE, day
from data.views.provenance import source_titles
from data.views.row_words import survey_words
from data.views.rows import sheet_area, survey_rows
from data.views.shifts import LEVEL, TITLES
from data.views.view import ViewContext

FIRST_LINES = 5
FIRST_OVERDUE = 2
OVERDUE_WORDS = {
    "criterion": "Forældede tal",
    "initiative": "Log mangler",
    "action": "Over fristen",
    "place": "Over fristen",
}


def what_moved(screen: Screen) -> None:
    """The changes, those that surely moved first; each line is a sentence with the way to its evidence."""
    st.subheader("Hvad har flyttet sig?", anchor=False)
    changes = news.in_order(screen)
    if not changes:
        st.markdown(f":material/check_circle: {news.nothing_moved(screen)}")
    _first("changes", changes, FIRST_LINES, partial(_line, screen),
           lambda more: danish.plural(more, "ændring til", "ændringer til"))  # fmt: skip
    _new_hotspots(screen)


def _first(key: str, rows: Sequence[Row], most: int, draw: Callable[[Row], None], more: Callable[[int], str]) -> None:
    """Draw the first rows, and fold the rest away under how many they are."""
    for row in rows[:most]:
        draw(row)
    if len(rows) > most:
        with st.expander(f"Vis {more(len(rows) - most)}", key=f"more_{key}", on_change="rerun") as fold:
            for row in rows[most:] if fold.open else ():
                draw(row)


def _line(screen: Screen, change: Row) -> None:
    chance = change["crossing"] == CHANCE
    badge = crossing_badge() if chance else tone_badge(change["tone"])
    note = f" :gray[{CROSSED}]" if chance else ""
    fields: dict[str, Any] = {"areas": (change["area_id"],)}
    if change["kind"] in FIELD_OF:
        fields[FIELD_OF[change["kind"]]] = change["indicator"]
    key = f"{change['kind']}_{change['subject']}_{change['area_id']}"
    sentence = f"{badge} {plain(change['sentence'])}{note}"
    _evidence_line(key, sentence, PAGE_OF[change["kind"]], "Se grundlaget", screen, sheet=True, **fields)


def _evidence_line(
    key: str, sentence: str, file: str, label: str, screen: Screen, *, sheet: bool = False, **fields: Any
) -> None:
    """A sentence, and at its end the arrow to what it rests on; with `sheet` also the pin to the area's own sheet."""
    with st.container(key=f"change_{key}", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap=None):
            st.markdown(sentence)
        if sheet:
            _sheet_link(screen, **fields)
        link_to(file, label, screen.view, **fields)


def _sheet_link(screen: Screen, **fields: Any) -> None:
    name = screen.release.name_of(fields["areas"][0])
    link_to("area.py", f"Se området {name}", screen.view, icon="location_on", **fields)


def _new_hotspots(screen: Screen) -> None:
    """Hotspots of a year that is new since the last meeting, where there were none the years before."""
    fresh = news.new_hotspots(screen)
    if fresh is None:
        return
    hotspot_line, new = plain(fresh[0]), fresh[1]
    row = records(new)[0]
    sentence = f":blue-badge[:material/grid_on: Nye hotspots] {hotspot_line} {example_badge(new)}"
    own = {"category": row["category"], "cell_size": str(row["size"]), "cell_year": row["year"], "cell": row["cell_id"]}
    _evidence_line("hotspots", sentence, "hotspots.py", "Se hotspots", screen, **own)


def decide(screen: Screen, cases: Sequence[DecisionCase]) -> None:
    """What calls for a decision, as cards; and how many criteria have which status."""
    badge, counts = _standing(screen)
    count = danish.number(len(cases))
    st.header(f"Kræver en beslutning ({count}) {badge}".strip(), anchor=False)
    with st.container(horizontal=True, key="status_counts"):
        for status in STATUS_WORDS:
            if status in counts:
                st.markdown(f"{status_badge(status)} {counts[status]}", width="content")
    note = decisions.meeting_note(screen) if cases else ""
    if note:
        st.caption(plain(note))
    if cases:
        decisions.decisions(screen, cases)
    else:
        none = "Der er ingen mål at vise." if screen.release.criteria.empty else "Ingen mål kræver en beslutning nu."
        st.markdown(none)


@memoized_by_view()
def _standing(context: ViewContext) -> tuple[str, dict[str, int]]:
    """The badge of the criteria, and how many have which status."""
    criteria = context.release.criteria
    return example_badge(criteria), Counter(criteria["status"])


def public_headline(screen: Screen) -> str:
    """Who we are and what the public is shown first: ten years of reported offences."""
    members = danish.join(screen.release.name_of(member) for member in screen.partnership.members)
    return f"Ti års anmeldelser og tryghed i {members}"


def who_we_are(screen: Screen) -> None:
    """The partnership in a sentence, for those who do not know it."""
    since = screen.partnership.agreement_from.year
    say(
        f"{screen.partnership.name} følger siden {since}, hvor trygge beboerne er, og hvor meget der anmeldes. "
        "Tallene er offentlige, og hvert tal står med sin usikkerhed."
    )


# What waits -------------------------------------------------------------------------------------------------------


def coming_meeting(screen: Screen) -> None:
    """When the next meeting is, and who chairs it."""
    if not audience().sees_local:
        return
    st.subheader("Næste møde", anchor=False)
    ahead = our_minutes().ahead(today())
    line = plain(next_meeting(ahead[0] if ahead else None, area_names(screen)))
    sentence = f"{line} {example_badge(pd.DataFrame(ahead[:1])) if ahead else ''}"
    part = {"part": "moedet", "meeting": ahead[0]["meeting_id"]} if ahead else {"part": "kalender"}
    _evidence_line("next_meeting", sentence, "meeting.py", "Se mødet", screen, **part)


def overdue(screen: Screen) -> None:
    """What should have been done by now, the oldest first."""
    if not audience().sees_local:
        return
    st.subheader("Hvad er forsinket?", anchor=False)
    lines = _overdue(screen)
    if not lines:
        st.markdown(":material/check_circle: Intet er forsinket.")
    _first(
        "overdue", lines, FIRST_OVERDUE, partial(_overdue_line, screen), lambda more: f"{more} til, der er forsinket"
    )


def _overdue(screen: Screen) -> list[Row]:
    """What is overdue in the figures of the release, and actions and promises past their date as they stand now.

    An earlier release tells its own: it is shown as it was.
    """
    rows = records_of(screen.release, "overdue")
    if screen.view.release is not None:
        return rows
    now = [
        {"kind": "action", "subject_id": row["decision_id"], "due": row["due"], "sentence": overdue_action(row)}
        for row in our_minutes().actions(today())
        if row["state"] == OVERDUE
    ]
    places = [
        {"kind": "place", "subject_id": row["place_id"], "due": row["due"],
         "sentence": overdue_place(row, area_names(screen).get(row["area_id"]) or "")}
        for row in late_promises(screen)
    ]  # fmt: skip
    told = [row for row in rows if row["kind"] not in ("action", "place")]
    return sorted([*told, *now, *places], key=lambda line: day(line["due"]))


def _overdue_line(screen: Screen, line: Row) -> None:
    sentence = f":orange-badge[:material/schedule: {OVERDUE_WORDS[line['kind']]}] {plain(line['sentence'])}"
    if line["kind"] == "action":
        _evidence_line(f"late_{line['subject_id']}", sentence, "meeting.py", "Se listen", screen, part="handlinger")
    elif line["kind"] == "place":
        _evidence_line(f"late_{line['subject_id']}", sentence, "initiatives.py", "Se stederne", screen, areas=(),
                       tab="vandringer", place_state=LATE, owner="")  # fmt: skip
    else:
        _evidence_line(f"late_{line['subject_id']}", sentence, "initiatives.py", "Se indsatsen", screen, areas=())


def _areas_in_view(screen: Screen) -> pd.DataFrame:
    return survey_rows(screen, level=screen.view.level, wave=screen.view.period)


def map_of_areas(screen: Screen) -> None:
    """The map of the view, small."""
    indicator = screen.partnership.indicator(screen.view.indicator)
    title = f"{indicator.title}, {danish.period(screen.view.period)}"
    st.subheader(title if screen.view.reading == LEVEL else perceived(screen).title, anchor=False)
    picture.safety_map(screen, key="overview_map", height=380)
    with st.container(horizontal=True):
        link_to("safety_map.py", "Åbn kortet", screen.view, icon="map")
        _sheet_link(screen, areas=(sheet_area(screen),))


def dots_of_areas(screen: Screen) -> None:
    """The same areas with their uncertainty, and their table."""
    rows = _areas_in_view(screen)
    st.subheader(TITLES[screen.view.reading], anchor=False)
    say(pictures.dots_said(screen))
    pictures.dots(screen, key="overview_dots")
    name = f"overblik_{screen.view.indicator}_{screen.view.period}"
    table_twin(lambda: survey_words(rows, screen), name, share_csv(rows, screen))
    source_line(screen, rows)


def freshness(screen: Screen) -> None:
    """Which meeting the figures are for, how new each kind is, whether it is invented, and when the next ones come."""
    awaited = next_figures(records(screen.release.sources), today())
    st.caption(" · ".join(part for part in (freshness_words(screen), plain(awaited)) if part))
    say_unfinished(screen)


@memoized_by_view("level")
def freshness_words(screen: ViewContext) -> str:
    """The same as Markdown."""
    head = screen.release.head
    purpose = f"Tal til mødet {danish.date(head.meeting_date)}" if head.meeting_date else f"Udgave {head.id}"
    survey, incidents = screen.release.survey, screen.release.incidents
    quarters = incidents[~is_year(incidents["period"])]
    quarters = quarters if len(quarters) else incidents  # where offences are counted by year
    # The areas of the page: the country is asked in years in which no municipality is.
    of_level = survey[survey["level"] == screen.view.level]
    newest_wave = of_level[of_level["wave"] == of_level["wave"].max()]
    newest_quarter = quarters[quarters["period"] == quarters["period"].max()]
    official = survey[survey["provenance"] == "official"]
    survey_badge, quarter_badge = example_badge(newest_wave), example_badge(newest_quarter)
    if len(newest_wave) and len(newest_quarter) and survey_badge == quarter_badge:
        survey_badge = ""  # One badge for both, where both are invented.
    waves = [f"tryghedsmåling {danish.period(wave)} {survey_badge}".strip() for wave in newest_wave["wave"].head(1)]
    provisional = " (foreløbige)" if (newest_quarter["state"] == "provisional").any() else ""
    counts = [
        f"anmeldelser {danish.period(period)}{provisional} {quarter_badge}".strip()
        for period in newest_quarter["period"].head(1)
    ]
    known = danish.join([*waves, *counts])
    newest = f"nyeste offentliggjorte måling {danish.period(official['wave'].max())}" if len(official) else ""
    return f":material/update: {' · '.join(part for part in (purpose, known, newest) if part)}"


def sources(screen: Screen) -> None:
    """When each source was last fetched and what it covers."""
    with st.expander("Hvor nye er tallene?", icon=":material/update:", key="sources", on_change="rerun") as fold:
        if fold.open:
            rows = screen.release.sources.sort_values("retrieved", ascending=False, kind="stable")
            titles = source_titles(screen)
            plain_table(
                pd.DataFrame(
                    {
                        "Kilde": [titles[row["source_id"]] for row in records(rows)],
                        "Hentet": [danish.date(row["retrieved"]) for row in records(rows)],
                        "Dækker": rows["coverage"].to_numpy(),
                        "Næste tal": [day_or(row.get("next_figures")) for row in records(rows)],
                    }
                )
            )
