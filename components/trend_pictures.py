"""Perceived and recorded over time, each in its picture and its sentence."""

import pandas as pd
import streamlit as st

from components.charts.recorded import recorded
from components.charts.trend import MOST_HIGHLIGHTED, trend
from components.pictures import picture, show
from components.rows import comparison_note
from components.session import Screen
from components.text import plain, say
from data import sentences
from data.release import records


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
