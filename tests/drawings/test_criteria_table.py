"""»Alle kriterier«: every goal of a release with value, target, deadline, signs and years, and keys to sort them by."""

from html.parser import HTMLParser
from types import SimpleNamespace
from typing import cast

import pytest

from data.partnership import Partnership
from data.release import Release
from data.sentences import NEEDS_DECISION
from data.views.criteria_table import CriterionLine, all_criteria, criteria_of
from data.views.view import View, ViewContext
from drawings.criteria_html import HEADINGS, criteria_html


@pytest.fixture
def lines(shipped: Release, partnership: Partnership) -> tuple[CriterionLine, ...]:
    return all_criteria(cast(ViewContext, SimpleNamespace(view=View(), release=shipped, partnership=partnership)))


class Cells(HTMLParser):
    """The rows of a table as (criterion, texts of the buttons in its head, sort keys)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[tuple[str, list[str]]] = []
        self.buttons = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "tr" and "data-area" in found:
            self.rows.append((found["data-area"] or "", []))
        if tag == "td":
            self.rows[-1][1].append(found.get("data-sort") or "")
        self.buttons += tag == "button"


def test_every_criterion_has_a_row_those_that_call_for_a_decision_first(
    lines: tuple[CriterionLine, ...], shipped: Release
) -> None:
    assert {line.criterion_id for line in lines} == set(shipped.criteria["criterion_id"])
    pressing = [line.status in NEEDS_DECISION for line in lines if line.status != "insufficient"]
    assert pressing == sorted(pressing, reverse=True)


def test_a_row_says_what_the_release_says(lines: tuple[CriterionLine, ...], shipped: Release) -> None:
    row = shipped.criteria.set_index("criterion_id").loc["gladsaxe-tre-omraader-tryg"]
    line = next(line for line in lines if line.criterion_id == "gladsaxe-tre-omraader-tryg")
    assert (line.subject, line.status) == (row["subject"], row["status"])
    assert (line.value_sort, line.target_sort) == (row["value"], row["target"])
    assert line.deadline == row["deadline"]


def test_all_but_the_picture_sort(lines: tuple[CriterionLine, ...]) -> None:
    drawn = Cells(criteria_html(lines, href=lambda line: f"?kriterium={line.criterion_id}"))
    assert drawn.buttons == len(HEADINGS)
    assert [key for key, _ in drawn.rows] == [line.criterion_id for line in lines]
    assert all(sorts[-1] == "" and sorts[0] for _, sorts in drawn.rows)


def test_what_is_written_is_not_run(lines: tuple[CriterionLine, ...]) -> None:
    html = criteria_html([lines[0].__class__(**vars(lines[0]) | {"subject": "<img src=x>"})], href=lambda _: "?")
    assert "<img" not in html
    assert "&lt;img src=x&gt;" in html


def test_only_the_criteria_that_a_filter_leaves_are_shown(shipped: Release, partnership: Partnership) -> None:
    screen = cast(ViewContext, SimpleNamespace(view=View(), release=shipped, partnership=partnership))
    assert [line.criterion_id for line in criteria_of(screen, {"gladsaxe-tre-omraader-tryg"})] == [
        "gladsaxe-tre-omraader-tryg"
    ]
