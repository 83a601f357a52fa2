"""The key figures of an area sheet: perceived, recorded and the comparison, each with how sure it is."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import streamlit as st

from components.area.figures import AreaFigures
from components.markup import markup
from components.page import EXAMPLE_BADGE
from components.session import Screen
from components.sharing.copy_button import copy_button
from components.text import plain
from data import danish, sentences
from data.records import Row
from data.sentences import areas as area_sentences
from data.sentences.one_sentence import LENGTHS
from data.views.board import board
from data.views.provenance import EXAMPLE
from data.views.trends import area_in_one_sentence, modelled_row, trend_said
from drawings.board_html import spark_html

_STATE_WORDS = {"hidden": "Ikke vist", "missing": "Ikke målt"}
_COUNT_WORDS = {"hidden": "Ikke vist", "missing": "Ikke indberettet"}


def key_figures(screen: Screen, figures: AreaFigures) -> None:
    """Perceived, recorded and the comparison, each as a figure and the sentence that says how sure it is."""
    cards = figures.get_or_make("cards", lambda: [make(screen, figures) for make in (_perceived, _recorded, _compared)])
    for column, card in zip(st.columns([4, 5, 4]), cards, strict=True):
        with column, st.container(border=True, height="stretch", key=f"sheet_figure_{card.name}"):
            st.caption(card.label)
            with st.container(key=f"sheet_value_{card.name}"):
                st.markdown(card.value)
            if card.picture:
                markup(card.picture, key=f"sheet_years_{card.name}")
            st.markdown(card.said)
            if card.more:
                with st.expander("Mere", key=f"sheet_more_{card.name}"):
                    st.markdown(card.more)


def one_sentence(screen: Screen, figures: AreaFigures) -> None:
    """The area in one sentence at three lengths, each of which one can copy."""
    newest, year = figures.newest, figures.newest_year
    sentence = figures.get_or_make(
        "one sentence", lambda: {each.id: area_in_one_sentence(screen, each.id, newest, year) for each in LENGTHS}
    )
    if not any(sentence.values()):
        return
    st.header("Sagt i én sætning", anchor=False)
    with st.container(key="one_sentence", gap="small"):
        for length in LENGTHS:
            with st.container(horizontal=True, vertical_alignment="center", key=f"line_sentence_{length.id}"):
                st.markdown(f":gray[{length.title}]  \n{plain(sentence[length.id])}", width="stretch")
                copy_button("Kopiér", sentence[length.id], key=f"copy_sentence_{length.id}")


class _Card(NamedTuple):
    """A key figure as it stands on the sheet, in Markdown."""

    name: str
    label: str
    value: str
    said: str
    more: str = ""
    picture: str = ""


def _card(
    name: str, label: str, value: str, facts: list[str], badge: str, picture: str = "", beside: Sequence[str] = ()
) -> _Card:
    """A figure first: one sentence in the open and what stands `beside` it, the others behind "Mere"."""
    first, *others = [plain(sentence) for sentence in facts]
    open_to_all = "\n\n".join([f"{first} {badge}".strip(), *map(plain, beside)])
    return _Card(name, plain(label), plain(value), open_to_all, "\n\n".join(others), picture)


def _spark(screen: Screen, figures: AreaFigures, column_id: str) -> str:
    """The figure's years as on the board; nothing where the area does not stand on it."""
    shown = board(screen, "")
    row = next((row for row in shown.rows if row.area_id == figures.area["area_id"]), None)
    index = next((at for at, column in enumerate(shown.columns) if column.id == column_id), None)
    if row is None or index is None:
        return ""
    return spark_html(row.cells[index], shown.columns[index])


def _perceived(screen: Screen, figures: AreaFigures) -> _Card:
    indicator = screen.partnership.indicator(screen.view.indicator)
    row, shown = figures.newest, figures.newest_shown
    if row is None:
        nothing = area_sentences.not_surveyed(figures.name, figures.area["level"], indicator)
        return _card("perceived", indicator.title, "Ikke målt", [nothing], "")
    lines = [row["level_sentence"]]
    # Both answers stand in the open: since the last wave, and since the series began.
    beside = [sentences.survey_change(row), trend_said(screen, str(figures.area["area_id"]))]
    model = modelled_row(screen, str(figures.area["area_id"]), row["wave"])
    lines += [model["sentence"]] if model is not None else []
    if shown is not None and shown["wave"] != row["wave"]:
        lines.append(area_sentences.newest_shown(shown, indicator))
    value: str = row["label"] or _STATE_WORDS[row["state"]]
    return _card(
        "perceived",
        f"{indicator.title}, {danish.period(row['wave'])}",
        value,
        lines,
        _badge(row),
        _spark(screen, figures, indicator.id),
        [part for part in beside if part],
    )


def _recorded(screen: Screen, figures: AreaFigures) -> _Card:
    category = screen.partnership.category(screen.view.category)
    year, quarter = figures.newest_year, figures.newest_final_quarter
    if year is None:
        nothing = area_sentences.not_recorded(figures.name, figures.area["level"], category)
        return _card("recorded", category.title, "Ikke indberettet", [nothing], "")
    provisional = " (foreløbigt)" if year["state"] == "provisional" else ""
    value = _COUNT_WORDS.get(year["state"]) or danish.number(year["count"])
    lines = [year["hover"], *([quarter["hover"]] if quarter is not None else [])]
    move = sentences.incident_change(year, category)
    lines = [part for part in (year["hover"].removesuffix(move).strip(), move, *lines[1:]) if part]
    label = f"{category.title}, {year['period']}{provisional}"
    return _card("recorded", label, value, lines, _badge(year), _spark(screen, figures, category.id))


def _compared(screen: Screen, figures: AreaFigures) -> _Card:
    category = screen.partnership.category(screen.view.category)
    against, rates = figures.against, figures.alike_rates["rate"].dropna()
    lines = []
    if against is not None:
        lines.append(sentences.reference_figure(against))
    if figures.newest_year is not None and pd.notna(figures.newest_year["rate"]) and len(rates):
        lines.append(area_sentences.rates_alike(figures.newest_year, rates.min(), rates.max(), category))
    label = "Sammenlignet med lignende områder" if figures.is_housing else "Sammenlignet med omgivelserne"
    if not lines:
        return _card("compared", label, "Kan ikke sammenlignes", [area_sentences.NOTHING_TO_COMPARE], "")
    value = area_sentences.REFERENCE_WORDS[against["verdict"] if against is not None else ""]
    label = f"{label}, {danish.period(against['wave'])}" if against is not None else label
    return _card("compared", label, value, lines, _badge(against) if against is not None else "")


def _badge(row: Row) -> str:
    return EXAMPLE_BADGE if row["provenance"] == EXAMPLE else ""
