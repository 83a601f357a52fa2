"""The figures of an agenda as cards with figure and picture, found again in the release by what they say."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import pandas as pd

from components.session import Screen
from data import danish
from data.records import Row, records
from data.sentences import NEEDS_DECISION, STATUS_WORDS
from data.views.decisions import DecisionCase, decision_cases, figure_of, picture_of, target_under
from data.views.provenance import EXAMPLE
from data.views.rows import incident_rows, survey_rows
from data.views.view import View
from drawings.figure_html import figure_html, goal_figure_html
from drawings.goal_html import decision_html, goal_picture, goal_words
from drawings.recorded import recorded
from drawings.trend import trend

PLOT = 150.0


def case_of(screen: Screen, sentence: str) -> DecisionCase | None:
    """The case of the criterion that a figure is about, as the figure was: a later one is another figure."""
    row = _criterion(screen, sentence)
    if row is None or row["status"] not in NEEDS_DECISION:
        return None
    return next(case for case in decision_cases(screen) if case.criterion_id == row["criterion_id"])


def card_html(screen: Screen, figure: Mapping[str, Any], *, folded: bool = False) -> str:
    """A figure of an agenda (`figure` what it says, `view` the address it stands at) as a card; "" where it is gone.

    `folded`: what speaks for each option of a decision is a tap away.
    """
    sentence, reference = str(figure["figure"]), str(figure["view"])
    what = ("figure card", sentence, reference, folded)
    return screen.release.get_or_make(what, lambda: _card(screen, sentence, reference, folded))


def _card(screen: Screen, sentence: str, reference: str, folded: bool) -> str:
    case = case_of(screen, sentence)
    if case is not None:
        return decision_html(case, href=lambda _case: reference, folded=folded)
    criterion = _criterion(screen, sentence)
    if criterion is not None:
        return _goal(screen, criterion)
    asked = View.from_query(parse_qs(reference.rpartition("?")[2]))
    indicator, category = asked.indicator or screen.view.indicator, asked.category or screen.view.category
    looked = replace(screen, view=replace(screen.view, indicator=indicator, category=category))
    return _perceived(looked, asked.areas, sentence) or _recorded(looked, asked.areas, sentence)


def _criterion(screen: Screen, sentence: str) -> Row | None:
    """The criterion whose subject a sentence begins with, and whose words of today it ends with."""
    rows = records(screen.release.criteria)
    told = (row for row in rows if sentence.startswith(row["subject"]) and sentence.endswith(row["sentence"]))
    return max(told, key=lambda row: len(row["subject"]), default=None)


def _goal(screen: Screen, row: Row) -> str:
    return goal_figure_html(
        row["subject"],
        row["status"],
        STATUS_WORDS[row["status"]],
        danish.MISSING if pd.isna(row["value"]) else figure_of(row["value"], row),
        danish.period(row["value_period"]) if row["value_period"] else "",
        figure_of(row["target"], row),
        goal_words(target_under(row)),
        goal_picture(picture_of(screen, row)),
        example=row["provenance"] == EXAMPLE,
    )


def _perceived(screen: Screen, areas: tuple[str, ...], sentence: str) -> str:
    rows = survey_rows(screen, areas=areas) if areas else pd.DataFrame()
    row = _saying(rows, sentence)
    if row is None:
        return ""
    indicator = screen.partnership.indicator(screen.view.indicator)
    drawing = trend(rows[rows["area_id"] == row["area_id"]], direction=indicator.direction, plot=PLOT)
    return figure_html(f"{indicator.title} i {row['name']}", row["label"] or danish.HIDDEN, danish.period(row["wave"]),
                       drawing, example=row["provenance"] == EXAMPLE)  # fmt: skip


def _recorded(screen: Screen, areas: tuple[str, ...], sentence: str) -> str:
    rows = incident_rows(screen, areas=areas) if areas else pd.DataFrame()
    row = _saying(rows, sentence)
    if row is None:
        return ""
    category = screen.partnership.category(screen.view.category)
    drawing = recorded(rows[rows["area_id"] == row["area_id"]], noun=category.noun, plot=PLOT)
    value: str = danish.HIDDEN if pd.isna(row["count"]) else danish.number(row["count"])
    return figure_html(f"{category.title} i {row['name']}", value, danish.period(row["period"]), drawing,
                       example=row["provenance"] == EXAMPLE)  # fmt: skip


def _saying(rows: pd.DataFrame, sentence: str) -> Row | None:
    """The newest of some rows that is said in just these words, however they are broken into lines."""
    words = sentence.split()
    return next((row for row in reversed(records(rows)) if row["hover"] and row["hover"].split() == words), None)
