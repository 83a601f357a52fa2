"""All areas beside each other, a panel each, as one picture with its exports."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from components.page import source_words
from components.pictures import picture, show
from components.pictures.element import Picture
from components.session import Screen
from components.tables import count_csv, share_csv, table_twin
from components.text import say
from components.trends.pictures import of_one_span, span_word
from data import danish
from data.sentences import areas as area_sentences
from data.views.memo import memoized_by_view
from data.views.row_words import incident_words, survey_words
from data.views.rows import (
    incident_rows,
    lack_residents,
    panel_areas,
    survey_rows,
)
from data.views.view import ViewContext
from drawings.multiples import small_multiples


class _Panels(NamedTuple):
    """Every area's rows of one kind, the sentence on them and where they come from."""

    rows: pd.DataFrame
    sentence: str
    sources: str


def all_areas(screen: Screen) -> None:
    """Every area of the level in a panel of its own, perceived beside recorded, each kind on one stated axis."""
    view = screen.view
    # The panels stand in the order of the alphabet, so which area is chosen makes no other picture.
    areas = tuple(sorted(panel_areas(screen)))
    indicator, category = screen.partnership.indicator(view.indicator), screen.partnership.category(view.category)
    perceived, reported = st.columns(2, gap="large")
    with perceived:
        shares = _share_panels(screen, areas)
        if shares.rows.empty:
            st.markdown(f":gray[{area_sentences.NOTHING_MEASURED}]")
        else:
            figure = picture(
                small_multiples, shares.rows, screen, "multiples", indicator.id, areas, direction=indicator.direction
            )
            _panels(figure, shares, "perceived_multiples")
            name = f"{indicator.id}_{view.level}_alle"
            table_twin(lambda: survey_words(shares.rows, screen), name, share_csv(shares.rows, screen))
            st.caption(shares.sources)
    with reported:
        counts = _count_panels(screen, areas)
        if counts.rows.empty:
            st.markdown(f":gray[{area_sentences.NOTHING_RECORDED}]")
            return
        if lack_residents(counts.rows):
            st.markdown(f":gray[{area_sentences.NO_RESIDENTS}]")
        else:
            unit = f"{category.noun} pr. 1.000 indbyggere i et {span_word(counts.rows)}"
            figure = picture(small_multiples, counts.rows, screen, "multiples", category.id, areas, unit=unit)
            _panels(figure, counts, "recorded_multiples")
        name = f"anmeldelser_{category.id}_{view.level}_alle"
        table_twin(lambda: incident_words(counts.rows, screen), name, count_csv(counts.rows, screen))
        st.caption(counts.sources)


def _panels(figure: Picture, panels: _Panels, key: str) -> None:
    say(panels.sentence)
    show(figure, panels.sentence, key)


@memoized_by_view("indicator", "level")
def _share_panels(context: ViewContext, areas: tuple[str, ...]) -> _Panels:
    rows = survey_rows(context, areas=areas)
    title = context.partnership.indicator(context.view.indicator).title
    sentence = area_sentences.panels(title, context.partnership.level(context.view.level).many, rows["wave"])
    return _Panels(rows, sentence, source_words(context, rows))


@memoized_by_view("category", "level")
def _count_panels(context: ViewContext, areas: tuple[str, ...]) -> _Panels:
    rows, left_out = of_one_span(incident_rows(context, areas=areas))
    title = context.partnership.category(context.view.category).title
    per_head = f"{title} pr. 1.000 indbyggere pr. {span_word(rows)}"
    sentence = (
        area_sentences.panels(per_head, context.partnership.level(context.view.level).many, rows["period"])
        if len(rows)
        else ""
    )
    if left_out:
        sentence += f" Tallene for {danish.join(left_out)} er kun opgjort pr. år og sammenlignes ikke med kvartaler."
    return _Panels(rows, sentence, source_words(context, rows))
