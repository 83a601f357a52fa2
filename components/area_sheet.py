"""One area on one sheet: who lives there, key figures in words, how it lies among others, goals and what was done."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components.area_figures import AreaFigures
from components.charts.dots import dot_and_interval
from components.charts.quadrant import quadrant
from components.navigation import link_to
from components.page import EXAMPLE_BADGE, example_badge
from components.pictures import picture, show
from components.print_button import print_button
from components.session import Screen
from components.status import NEEDS_DECISION, status_badge
from components.tables import table_twin
from components.text import plain, say
from data import area_sentences, danish, sentences
from data.map_classes import ALIKE_NOTE
from data.release import records
from data.rows import both_words, credit, survey_words
from data.view import LEVELS

LATEST = 5
QUADRANT_PLOT = 280
_STATE_WORDS = {"hidden": "Ikke vist", "missing": "Ikke målt"}
_COUNT_WORDS = {"hidden": "Ikke vist", "missing": "Ikke indberettet"}
_CLOSED = ("met", "not_met")


# Who and where --------------------------------------------------------------------------------------------------


def facts(figures: AreaFigures) -> None:
    """Residents, dwellings and list memberships, each with its word for what is not known."""
    area = figures.area
    invented = EXAMPLE_BADGE if area["residents_provenance"] == "example" else ""
    shown = {
        f"Beboere, {danish.period(area['residents_period'])}" if area["residents_period"] else "Beboere": (
            f"{_known(area['residents'])} {invented}".strip()
        )
    }
    if figures.is_housing:
        ministry, police = area_sentences.list_memberships(area["lists"])
        shown |= {
            "Boliger": _known(area["dwellings"]),
            "Ministeriets lister": plain(ministry),
            "Politiets liste (SUB)": plain(police),
        }
    with st.container(horizontal=True, key="sheet_facts"):
        for label, text in shown.items():
            st.markdown(f":gray[{label}]  \n{text}", width="content")
        print_button()


def _known(count: float) -> str:
    return danish.number(count) if pd.notna(count) else "ikke oplyst"


# Key figures ----------------------------------------------------------------------------------------------------


def key_figures(screen: Screen, figures: AreaFigures) -> None:
    """Perceived, recorded and the comparison, each as a figure and the sentence that says how sure it is."""
    for column, draw in zip(st.columns([4, 5, 4]), (_perceived, _recorded, _compared), strict=True):
        with column:
            draw(screen, figures)


def _card(name: str, label: str, value: str, said: list[str], badge: str) -> None:
    with st.container(border=True, height="stretch", key=f"sheet_figure_{name}"):
        st.caption(plain(label))
        with st.container(key=f"sheet_value_{name}"):
            st.markdown(plain(value))
        for sentence in said[:-1]:
            say(sentence)
        say(said[-1], badge)


def _perceived(screen: Screen, figures: AreaFigures) -> None:
    indicator = screen.partnership.indicator(screen.view.indicator)
    row, shown = figures.newest, figures.newest_shown
    if row is None:
        nothing = area_sentences.not_surveyed(figures.name, figures.area["level"], indicator)
        _card("perceived", indicator.title, "Ikke målt", [nothing], "")
        return
    said = [row["hover"]]
    if shown is not None and shown["wave"] != row["wave"]:
        said.append(area_sentences.newest_shown(shown, indicator))
    value: str = row["label"] or _STATE_WORDS[row["state"]]
    _card("perceived", f"{indicator.title}, {row['wave']}", value, said, example_badge(pd.DataFrame([row])))


def _recorded(screen: Screen, figures: AreaFigures) -> None:
    category = screen.partnership.category(screen.view.category)
    year, quarter = figures.newest_year, figures.newest_final_quarter
    if year is None:
        _card(
            "recorded",
            category.title,
            "Ikke indberettet",
            [area_sentences.not_recorded(figures.name, figures.area["level"], category)],
            "",
        )
        return
    provisional = " (foreløbigt)" if year["state"] == "provisional" else ""
    value = _COUNT_WORDS.get(year["state"]) or danish.number(year["count"])
    said = [year["hover"], *([quarter["hover"]] if quarter is not None else [])]
    label = f"{category.title}, {year['period']}{provisional}"
    _card("recorded", label, value, said, example_badge(pd.DataFrame([year])))


def _compared(screen: Screen, figures: AreaFigures) -> None:
    category = screen.partnership.category(screen.view.category)
    against, rates = figures.against, figures.alike_rates["rate"].dropna()
    said = []
    if against is not None:
        said.append(sentences.reference_figure(against))
    if figures.newest_year is not None and pd.notna(figures.newest_year["rate"]) and len(rates):
        said.append(area_sentences.rates_alike(figures.newest_year, rates.min(), rates.max(), category))
    label = "Mod lignende områder" if figures.is_housing else "Mod omgivelserne"
    if not said:
        _card("compared", label, "Kan ikke sammenlignes", [area_sentences.NOTHING_TO_COMPARE], "")
        return
    value = area_sentences.REFERENCE_WORDS[against["verdict"] if against is not None else ""]
    label = f"{label}, {against['wave']}" if against is not None else label
    badge = example_badge(pd.DataFrame([against])) if against is not None else ""
    _card("compared", label, value, said, badge)


# Among others ---------------------------------------------------------------------------------------------------


def peers(screen: Screen, figures: AreaFigures) -> None:
    """The area among those most like it, in the newest wave."""
    indicator = screen.partnership.indicator(screen.view.indicator)
    rows = figures.peers.sort_values("share", ascending=False, na_position="last")
    if len(rows) < 2:
        return
    wave = rows["wave"].iloc[0]
    st.header(plain(f"{indicator.title} i {'lignende områder' if figures.is_housing else 'kommunerne'}, {wave}"),
                 anchor=False)  # fmt: skip
    if figures.is_housing:
        note = area_sentences.alike_note([screen.release.name_of(area) for area in figures.alike], figures.too_few)
        say(f"{note} {ALIKE_NOTE}" if figures.alike else note)
    figure = picture(
        dot_and_interval,
        rows,
        screen,
        "peers",
        indicator.id,
        figures.area["area_id"],
        direction=indicator.direction,
        selected=(figures.area["area_id"],),
    )
    show(figure, " ".join(rows["hover"]), "peers")
    words = survey_words(rows, screen)
    table_twin(words, f"{indicator.id}_lignende_{figures.area['area_id']}", credit(screen, rows))


def perceived_against_recorded(screen: Screen, figures: AreaFigures) -> None:
    """Every area of the level by what residents say and by what is reported, this one marked."""
    indicator = screen.partnership.indicator(screen.view.indicator)
    category = screen.partnership.category(screen.view.category)
    counts = {row["area_id"]: row for row in records(figures.level_rates)}
    shares = {row["area_id"]: row for row in records(figures.level_shares)}
    area = figures.area["area_id"]
    if len(shares) < 2 or area not in counts or figures.level_rates["rate"].notna().sum() < 2:
        return
    perceived, recorded = shares.get(area), counts[area]
    st.header("Oplevet mod anmeldt", anchor=False)
    sentence = area_sentences.side_by_side(
        LEVELS[figures.area["level"]].lower(), indicator, category, recorded["period"]
    )
    if perceived is not None and perceived["state"] == "published" and pd.notna(recorded["rate"]):
        sentence = area_sentences.both_figures(perceived, recorded, indicator, category)
    say(sentence)
    provisional = ", foreløbigt" if recorded["state"] == "provisional" else ""
    # One table, so that the feet of picture and table name the sources of both.
    everything = pd.concat([figures.level_shares, figures.level_rates], ignore_index=True)
    figure = picture(
        _both,
        everything,
        screen,
        "quadrant",
        indicator.id,
        category.id,
        figures.area["level"],
        direction=indicator.direction,
        unit=f"{category.noun} pr. 1.000 indbyggere ({recorded['period']}{provisional})",
        selected=area,
        plot=QUADRANT_PLOT,
    )
    show(figure, sentence, "quadrant")
    words = both_words(figures.level_shares, figures.level_rates)
    table_twin(words, f"oplevet_og_anmeldt_{indicator.id}_{category.id}", credit(screen, everything))


def _both(rows: pd.DataFrame, **options: Any) -> go.Figure:
    """The quadrants of survey and incident rows that stand in one table."""
    return quadrant(rows[rows["wave"].notna()].drop(columns="rate"), rows[rows["period"].notna()], **options)


def neighbourhood(screen: Screen, figures: AreaFigures) -> None:
    """The same count in the neighbouring areas, side by side and without a claim that anything has moved."""
    if figures.newest_final_quarter is None:
        return
    category = screen.partnership.category(screen.view.category)
    here, *others = records(figures.around)
    st.header("Naboområder", anchor=False)
    say(area_sentences.neighbour_note([row["name"] for row in others], figures.area["outline"] == "approximate"))
    if not others:
        return
    st.caption(plain(f"{category.title} i {danish.period(here['period'])}, det nyeste endelige kvartal"))
    for row in (here, *others):
        st.markdown(f"**{plain(row['name'])}.** {plain(area_sentences.incident_move(row, category))}")


# Goals and what was done ----------------------------------------------------------------------------------------


def goals(screen: Screen, figures: AreaFigures) -> None:
    """The criteria that are still open, and how the others went."""
    st.header("Mål", anchor=False)
    closed = figures.criteria["overdue"] & figures.criteria["status"].isin(_CLOSED)
    still_open, done = figures.criteria[~closed], figures.criteria[closed]
    for row in sorted(records(still_open), key=lambda row: row["status"] not in NEEDS_DECISION):
        st.markdown(f"{status_badge(row['status'])} **{plain(row['subject'])}.** {plain(row['sentence'])}")
    if still_open.empty:
        st.markdown(area_sentences.NO_OPEN_CRITERIA)
    went = done["status"].value_counts()
    summary = area_sentences.closed_criteria(int(went.get("met", 0)), int(went.get("not_met", 0)))
    if summary or len(still_open):
        st.caption(f"{summary} {example_badge(figures.criteria)}".strip())
    if len(figures.criteria):
        link_to("initiatives.py", "Se indsatser og mål her", screen.view, areas=(figures.area["area_id"],))


def log(screen: Screen, figures: AreaFigures) -> None:
    """The latest that was done in the area."""
    st.header("Det gjorde vi senest", anchor=False)
    titles = screen.release.initiatives.set_index("initiative_id")["title"]
    latest = figures.activities.sort_values("date", ascending=False, kind="stable").head(LATEST)
    if latest.empty:
        st.markdown(area_sentences.NO_LOG)
        return
    for row in records(latest):
        st.markdown(_entry(row, titles[row["initiative_id"]]))
    more = len(figures.activities) - len(latest)
    st.caption(f"{area_sentences.earlier_entries(more)} {example_badge(latest)}".strip())


def _entry(row: dict[str, Any], title: str) -> str:
    return f"**{danish.date(row['date'])}. {plain(title)}.** {plain(row['text'])}"
