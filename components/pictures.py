"""The pictures pages show: the release's rows, drawn by a chart or map and said in its own sentence."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components import layers
from components.charts import CONFIG
from components.charts.dots import dot_and_interval
from components.charts.recorded import recorded
from components.charts.trend import MOST_HIGHLIGHTED, trend
from components.map import Legend, LegendRow, Style, area_map
from components.navigation import link_to
from components.page import example_badge
from components.palette import palette
from components.rows import comparison_note
from components.session import Screen, choose
from components.text import plain, say
from components.theme import is_dark
from data import danish, sentences
from data.release import records
from data.view import LEVELS

Draw = Callable[..., go.Figure]

KEPT_FIGURES = 400


def show(figure: go.Figure, sentence: str, key: str) -> None:
    """A chart with its sentence for those who listen."""
    st.plotly_chart(figure, width="stretch", theme=None, config=CONFIG, key=key, alt=sentence)


@st.cache_resource(max_entries=KEPT_FIGURES, show_spinner=False)
def _cached(what: tuple[Any, ...], _draw: Draw, _rows: pd.DataFrame, _options: dict[str, Any]) -> go.Figure:
    """A figure by what it shows; a release never changes, so neither does its picture."""
    return _draw(_rows, **_options)


def picture(draw: Draw, rows: pd.DataFrame, screen: Screen, *what: Any, **options: Any) -> go.Figure:
    """Draw rows once per release, audience, subject and options."""
    dark = is_dark()
    subject = (screen.release.head.id, screen.release.audience, *what, dark, repr(sorted(options.items())))
    return _cached(subject, draw, rows, options | {"dark": dark})


def safety_map(screen: Screen, rows: pd.DataFrame, *, key: str, height: int) -> None:
    """The view's indicator on the map, in fixed classes; a click or Enter chooses the area everywhere."""
    layer = layers.level_layer(screen.release, screen.view.level)
    by_area = {row["area_id"]: row for row in records(rows)}
    indicator = screen.partnership.indicator(screen.view.indicator)
    drawn = [by_area.get(area) for area in layer.area_ids]
    selected = next((area for area in screen.view.areas if area in layer.area_ids), None)
    area_map(
        layer,
        [_class_of(row, indicator.breaks) for row in drawn],
        [row["hover"] if row else f"Ikke målt i {screen.view.period}." for row in drawn],
        styles=[_style_of(row) for row in drawn],
        legend=_legend(indicator.title, indicator.breaks, indicator.direction),
        alt=f"Kort over {indicator.title.lower()} i {LEVELS[screen.view.level].lower()}, {screen.view.period}.",
        key=key,
        selected=selected,
        base=layers.level_layer(screen.release, "municipality"),
        focus=screen.partnership.members,
        height=height,
        on_select=lambda area: choose(areas=(area,) if area else ()),
    )


def _class_of(row: dict[str, Any] | None, breaks: tuple[float, ...]) -> int | None:
    if row is None or row["state"] != "published":
        return None
    return sum(row["share"] >= limit for limit in breaks)


def _style_of(row: dict[str, Any] | None) -> Style:
    if row is None or row["state"] != "published":
        return Style.OUTLINED
    return Style.HATCHED if row["quality"] == "C" else Style.NORMAL


def _legend(title: str, breaks: tuple[float, ...], direction: int) -> Legend:
    limits = [danish.number(100 * limit) for limit in breaks]
    words = [
        f"under {limits[0]} pct.",
        *(f"{low}–{high} pct." for low, high in pairwise(limits)),
        f"{limits[-1]} pct. eller mere",
    ]
    colours = palette(is_dark()).sequential_perceived
    better = "Mørkere er bedre" if direction == 1 else "Mørkere er værre"
    return Legend(title, tuple(map(LegendRow, colours, words)), note=better)


def dots(screen: Screen, rows: pd.DataFrame, *, key: str) -> None:
    """Areas of one wave with their intervals, in the order of their share."""
    ordered = rows.sort_values("share", ascending=False, na_position="last")
    indicator = screen.partnership.indicator(screen.view.indicator)
    figure = picture(
        dot_and_interval,
        ordered,
        screen,
        "dots",
        screen.view.indicator,
        screen.view.level,
        screen.view.period,
        direction=indicator.direction,
        selected=screen.view.areas,
    )
    show(figure, dots_sentence(screen, ordered), key)


def dots_sentence(screen: Screen, rows: pd.DataFrame) -> str:
    """The spread of the areas in one sentence."""
    title = screen.partnership.indicator(screen.view.indicator).title
    shown = rows[rows["state"] == "published"]
    if shown.empty:
        return f"{title}: ingen områder kan vises i {screen.view.period}."
    first, last = shown.iloc[0], shown.iloc[-1]
    return (
        f"{title} i {screen.view.period}: fra {last['label']} i {last['name']} til {first['label']} i {first['name']}."
    )


def chosen_area(screen: Screen, rows: pd.DataFrame) -> None:
    """The chosen area in words, with the way to its trend; or how to choose one."""
    chosen = rows[rows["area_id"].isin(screen.view.areas)]
    if chosen.empty:
        st.markdown(":gray[Vælg et område på kortet for at læse tallet og se udviklingen.]")
        return
    for row in records(chosen):
        with st.container(border=True):
            st.subheader(plain(row["name"]), anchor=False)
            say(row["hover"], example_badge(chosen))
            link_to("trends.py", f"Se udviklingen i {row['name']}", screen.view, areas=(row["area_id"],))


def perceived_trend(screen: Screen, rows: pd.DataFrame, areas: tuple[str, ...]) -> None:
    """Perceived safety over the waves: the areas in colour, the other rows grey as context."""
    indicator = screen.partnership.indicator(screen.view.indicator)
    st.subheader(indicator.title, anchor=False)
    if rows.empty:
        st.info("Der er ingen målinger for de valgte områder.", icon=":material/info:")
        return
    newest = rows[rows["area_id"].isin(areas)].sort_values("wave").drop_duplicates("area_id", keep="last")
    sentence = " ".join(newest["hover"])
    for said in newest["hover"]:
        say(said)
    figure = picture(
        trend,
        rows,
        screen,
        "trend",
        indicator.id,
        tuple(rows["area_id"].unique()),
        highlight=areas[:MOST_HIGHLIGHTED],
        direction=indicator.direction,
    )
    show(figure, sentence, "perceived_trend")
    note = comparison_note(screen, areas)
    if note:
        st.caption(plain(note))


def recorded_trend(screen: Screen, rows: pd.DataFrame) -> None:
    """Recorded incidents of one area by quarter, with limits and signals."""
    category = screen.partnership.category(screen.view.category)
    if rows.empty:
        return
    row = records(rows.tail(1))[0]
    st.subheader(plain(f"{category.title}, {row['name']}"), anchor=False)
    sentence = sentences.incident_figure(row, category)
    say(sentence)
    figure = picture(recorded, rows, screen, "recorded", category.id, row["area_id"], noun=category.noun)
    show(figure, sentence, f"recorded_{row['area_id']}")
