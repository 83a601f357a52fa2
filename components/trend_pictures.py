"""Perceived and recorded over time, each in its picture and its sentence."""

from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components.area_figures import AreaFigures
from components.charts.lanes import Dialogue, Initiative
from components.charts.multiples import small_multiples
from components.charts.recorded import recorded
from components.charts.trend import MOST_HIGHLIGHTED, trend
from components.page import source_line
from components.pictures import picture, show
from components.session import Screen
from components.tables import table_twin
from components.text import plain, say
from data import area_sentences, danish, sentences
from data.cooperation import DIALOGUE_KINDS
from data.release import records
from data.rows import (
    comparison_note,
    credit,
    incident_rows,
    incident_words,
    initiatives_in,
    panel_areas,
    survey_rows,
    survey_words,
)
from data.view import LEVELS

# More bands than this push the time axis out of sight.
MOST_BANDS = 8
# An area sheet has room for lower plots, in px.
SHEET_PLOT = 190
KEPT_PANELS = 50


def perceived_trend(screen: Screen, rows: pd.DataFrame, areas: tuple[str, ...]) -> None:
    """Perceived safety over the waves: the areas in colour, the other rows grey as context, initiatives beneath."""
    indicator = screen.partnership.indicator(screen.view.indicator)
    st.header(indicator.title, anchor=False)
    if rows.empty:
        st.info("Der er ingen målinger for de valgte områder.", icon=":material/info:")
        return
    newest = rows[rows["area_id"].isin(areas)].sort_values("wave").drop_duplicates("area_id", keep="last")
    sentence = " ".join(newest["hover"])
    for said in newest["hover"]:
        say(said)
    initiatives = initiatives_in(screen, areas)
    figure = picture(
        trend,
        rows,
        screen,
        "trend",
        indicator.id,
        tuple(rows["area_id"].unique()),
        highlight=areas[:MOST_HIGHLIGHTED],
        direction=indicator.direction,
        initiatives=_bands(initiatives),
    )
    show(figure, sentence, "perceived_trend")
    for note in (comparison_note(screen, areas), _left_out(initiatives)):
        if note:
            st.caption(plain(note))


def recorded_trend(screen: Screen, rows: pd.DataFrame) -> None:
    """Recorded incidents of one area by quarter, with limits and signals."""
    category = screen.partnership.category(screen.view.category)
    if rows.empty:
        return
    row = records(rows.tail(1))[0]
    st.header(plain(f"{category.title}, {row['name']}"), anchor=False)
    sentence = sentences.incident_figure(row, category)
    say(sentence)
    figure = picture(recorded, rows, screen, "recorded", category.id, row["area_id"], noun=category.noun)
    show(figure, sentence, f"recorded_{row['area_id']}")


def one_time_axis(screen: Screen, figures: AreaFigures) -> None:
    """Perceived above recorded on the same years, with the area's initiatives as bands beneath."""
    indicator = screen.partnership.indicator(screen.view.indicator)
    category = screen.partnership.category(screen.view.category)
    area, years, bands = figures.area["area_id"], figures.span, _bands(figures.initiatives)
    st.header("Oplevet, anmeldt og indsatser over tid", anchor=False)
    say(area_sentences.same_time(figures.name, figures.area["level"], indicator, category, years))
    if figures.newest is not None:
        st.markdown(f"**{plain(indicator.title)}**")
        figure = picture(
            trend,
            pd.concat([figures.perceived, figures.alike_perceived], ignore_index=True),
            screen,
            "sheet_trend",
            indicator.id,
            area,
            highlight=(area,),
            direction=indicator.direction,
            years=years,
            plot=SHEET_PLOT,
            initiatives=() if len(figures.quarters) else bands,
        )
        show(figure, figures.newest["hover"], "sheet_perceived")
        if note := _grey(screen, figures):
            st.caption(plain(note))
        table_twin(survey_words(figures.perceived, screen), f"{indicator.id}_{area}", credit(screen, figures.perceived))
    if len(figures.quarters):
        newest = records(figures.quarters.tail(1))[0]
        st.markdown(f"**{plain(category.title)}**")
        figure = picture(
            recorded,
            figures.quarters,
            screen,
            "sheet_recorded",
            category.id,
            area,
            noun=category.noun,
            years=years,
            plot=SHEET_PLOT,
            initiatives=bands,
            dialogues=_talks(figures.dialogues),
        )
        show(figure, newest["hover"], "sheet_recorded")
        words = incident_words(figures.quarters, screen)
        table_twin(words, f"anmeldelser_{category.id}_{area}", credit(screen, figures.quarters))
    if note := _left_out(figures.initiatives):
        st.caption(plain(note))


class _Panels(NamedTuple):
    """Every area's rows, and the same in words."""

    perceived: pd.DataFrame
    recorded: pd.DataFrame
    perceived_words: pd.DataFrame
    recorded_words: pd.DataFrame


@st.cache_resource(max_entries=KEPT_PANELS, show_spinner=False)
def _panel_rows(what: tuple[int, str, str, str], areas: tuple[str, ...], _screen: Screen) -> _Panels:
    """The rows of some areas, made once per release, audience, indicator and category."""
    rows, counts = survey_rows(_screen, areas=areas), incident_rows(_screen, areas=areas)
    return _Panels(rows, counts, survey_words(rows, _screen), incident_words(counts, _screen))


def all_areas(screen: Screen) -> None:
    """Every area of the level in a panel of its own, perceived beside recorded, each kind on one stated axis."""
    view, areas = screen.view, panel_areas(screen)
    of_level = LEVELS[view.level].lower()
    indicator, category = screen.partnership.indicator(view.indicator), screen.partnership.category(view.category)
    panels = _panel_rows((screen.release.head.id, screen.release.audience, indicator.id, category.id), areas, screen)
    perceived, reported = st.columns(2, gap="large")
    with perceived:
        sentence = area_sentences.panels(indicator.title, of_level, panels.perceived["wave"])
        figure = picture(
            small_multiples, panels.perceived, screen, "multiples", indicator.id, areas, direction=indicator.direction
        )
        _drawn(figure, sentence, "perceived_multiples")
        table_twin(panels.perceived_words, f"{indicator.id}_{view.level}_alle", credit(screen, panels.perceived))
        source_line(screen, panels.perceived)
    with reported:
        if panels.recorded.empty:
            return
        per_head = f"{category.title} pr. 1.000 indbyggere pr. kvartal"
        sentence = area_sentences.panels(per_head, of_level, panels.recorded["period"])
        unit = f"{category.noun} pr. 1.000 indbyggere i et kvartal"
        figure = picture(small_multiples, panels.recorded, screen, "multiples", category.id, areas, unit=unit)
        _drawn(figure, sentence, "recorded_multiples")
        name = f"anmeldelser_{category.id}_{view.level}_alle"
        table_twin(panels.recorded_words, name, credit(screen, panels.recorded))
        source_line(screen, panels.recorded)


def _drawn(figure: go.Figure, sentence: str, key: str) -> None:
    say(sentence)
    show(figure, sentence, key)


def _bands(initiatives: pd.DataFrame) -> tuple[Initiative, ...]:
    """The initiatives as bands, the newest where there are more than fit."""
    shown = initiatives.sort_values("start", kind="stable").tail(MOST_BANDS)
    return tuple((row["title"], row["start"], None if pd.isna(row["end"]) else row["end"]) for row in records(shown))


def _talks(dialogues: pd.DataFrame) -> tuple[Dialogue, ...]:
    return tuple((row["date"], f"{DIALOGUE_KINDS[row['kind']]}, {row['counterpart']}") for row in records(dialogues))


def _left_out(initiatives: pd.DataFrame) -> str:
    return area_sentences.bands_left_out(MOST_BANDS, len(initiatives) - MOST_BANDS)


def _grey(screen: Screen, figures: AreaFigures) -> str:
    names = danish.join(screen.release.name_of(area) for area in figures.alike)
    return f"Grå linjer: {names}." if names and figures.newest is not None else ""
