"""The key figures of an area sheet: perceived, recorded and the comparison, each with how sure it is."""

from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from components.area.figures import AreaFigures
from components.page import EXAMPLE_BADGE
from components.session import Screen
from components.text import plain
from data import danish, sentences
from data.sentences import areas as area_sentences
from data.views.rows import EXAMPLE

Row = dict[str, Any]

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
            st.markdown(card.said)


class _Card(NamedTuple):
    """A key figure as it stands on the sheet, in Markdown."""

    name: str
    label: str
    value: str
    said: str


def _card(name: str, label: str, value: str, said: list[str], badge: str) -> _Card:
    paragraphs = "\n\n".join(plain(sentence) for sentence in said)
    return _Card(name, plain(label), plain(value), f"{paragraphs} {badge}".strip())


def _perceived(screen: Screen, figures: AreaFigures) -> _Card:
    indicator = screen.partnership.indicator(screen.view.indicator)
    row, shown = figures.newest, figures.newest_shown
    if row is None:
        nothing = area_sentences.not_surveyed(figures.name, figures.area["level"], indicator)
        return _card("perceived", indicator.title, "Ikke målt", [nothing], "")
    said = [row["hover"]]
    if shown is not None and shown["wave"] != row["wave"]:
        said.append(area_sentences.newest_shown(shown, indicator))
    value: str = row["label"] or _STATE_WORDS[row["state"]]
    return _card("perceived", f"{indicator.title}, {row['wave']}", value, said, _badge(row))


def _recorded(screen: Screen, figures: AreaFigures) -> _Card:
    category = screen.partnership.category(screen.view.category)
    year, quarter = figures.newest_year, figures.newest_final_quarter
    if year is None:
        nothing = area_sentences.not_recorded(figures.name, figures.area["level"], category)
        return _card("recorded", category.title, "Ikke indberettet", [nothing], "")
    provisional = " (foreløbigt)" if year["state"] == "provisional" else ""
    value = _COUNT_WORDS.get(year["state"]) or danish.number(year["count"])
    said = [year["hover"], *([quarter["hover"]] if quarter is not None else [])]
    return _card("recorded", f"{category.title}, {year['period']}{provisional}", value, said, _badge(year))


def _compared(screen: Screen, figures: AreaFigures) -> _Card:
    category = screen.partnership.category(screen.view.category)
    against, rates = figures.against, figures.alike_rates["rate"].dropna()
    said = []
    if against is not None:
        said.append(sentences.reference_figure(against))
    if figures.newest_year is not None and pd.notna(figures.newest_year["rate"]) and len(rates):
        said.append(area_sentences.rates_alike(figures.newest_year, rates.min(), rates.max(), category))
    label = "Mod lignende områder" if figures.is_housing else "Mod omgivelserne"
    if not said:
        return _card("compared", label, "Kan ikke sammenlignes", [area_sentences.NOTHING_TO_COMPARE], "")
    value = area_sentences.REFERENCE_WORDS[against["verdict"] if against is not None else ""]
    label = f"{label}, {against['wave']}" if against is not None else label
    return _card("compared", label, value, said, _badge(against) if against is not None else "")


def _badge(row: Row) -> str:
    return EXAMPLE_BADGE if row["provenance"] == EXAMPLE else ""
