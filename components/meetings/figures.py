"""The figures one can put on an agenda, each as its sentence, and the way back to it in the release it is frozen to."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlencode

import streamlit as st

from components.navigation import PAGES, link_to
from components.session import Screen, audience, our_store
from components.status import NEEDS_DECISION
from data.records import Row, records
from data.release import records_of
from data.views.rows import incident_rows, survey_rows
from data.views.view import PAGE_FIELDS, View

PAGE_OF = {"survey": "trends.py", "incidents": "trends.py", "criterion": "initiatives.py"}
FIELD_OF = {"survey": "indicator", "incidents": "category"}
SINCE, PRESSING, OTHER_GOALS = "Siden sidst", "Mål, der kræver en beslutning", "Andre mål"
SUGGESTED = (SINCE, PRESSING)
"""What a meeting to come looks at unless somebody decides otherwise."""
_FALLBACK = "trends.py"


@dataclass(frozen=True)
class Figure:
    """A figure as it stands in one release: what it says, and where one sees it."""

    sentence: str
    reference: str
    release_id: int


@dataclass(frozen=True)
class Offer:
    """A figure that one can put on the agenda: what it says; `figure` finds the way to it."""

    sentence: str
    figure: Callable[[], Figure]


def frozen_to(screen: Screen, meeting: Row) -> Screen:
    """The screen with the release a meeting's figures are frozen to; the one that is shown where there is none."""
    number = meeting["release_id"]
    if number is None or number != number or int(number) == screen.release.head.id:
        return screen
    return replace(screen, release=our_store().release(int(number), audience=audience().id))


def choices(screen: Screen) -> dict[str, list[Offer]]:
    """The figures one would discuss, by heading: what is new, what calls for a decision, the view, other goals."""
    criteria = records_of(screen.release, "criteria")
    pressing = [row for row in criteria if row["status"] in NEEDS_DECISION]
    news = [row for row in _changes(screen) if not any(_is_of(row, each) for each in pressing)]
    offered = {
        SINCE: [Offer(row["sentence"], partial(_change_figure, screen, row)) for row in news],
        PRESSING: [_criterion_offer(screen, row) for row in pressing],
        "Det, du sidst har set på": _of_view(screen),
        OTHER_GOALS: [_criterion_offer(screen, row) for row in criteria if row["status"] not in NEEDS_DECISION],
    }
    return {heading: figures for heading, figures in offered.items() if figures}


def _changes(screen: Screen) -> list[Row]:
    return records_of(screen.release, "changes")


def _is_of(change: Row, criterion: Row) -> bool:
    """Whether a change is the new status of this very criterion, which would then be offered twice."""
    said: str = change["sentence"]
    return said.startswith(f"{criterion['subject']}: ") and said.endswith(criterion["sentence"])


def _change_figure(screen: Screen, row: Row) -> Figure:
    return _figure(screen, row["sentence"], PAGE_OF[row["kind"]], **_fields(row))


def _criterion_offer(screen: Screen, row: Row) -> Offer:
    return Offer(_said(row), partial(criterion_figure, screen, row))


def _said(row: Row) -> str:
    return f"{row['subject']}. {row['sentence']}"


def _fields(change: Row) -> dict[str, Any]:
    field = FIELD_OF.get(change["kind"])
    return {"areas": (change["area_id"],)} | ({field: change["indicator"]} if field else {})


def criterion_figure(screen: Screen, row: Row) -> Figure:
    """A criterion as a figure of an agenda, with the way to that very criterion."""
    areas = tuple(row["area_ids"].split(";"))
    return _figure(
        screen,
        _said(row),
        "initiatives.py",
        areas=areas,
        tab="status",
        criterion=row["criterion_id"],
    )


def _of_view(screen: Screen) -> list[Offer]:
    """Perceived and recorded in the areas that are chosen, newest figures."""
    areas = screen.view.areas
    if not areas:
        return []
    perceived = survey_rows(screen, wave=screen.view.period, areas=areas)
    recorded = incident_rows(screen, areas=areas)
    newest = recorded[recorded["period"] == recorded["period"].max()]
    lines = [(row["hover"], row["area_id"]) for row in [*records(perceived), *records(newest)]]
    return [Offer(sentence, partial(_figure, screen, sentence, "trends.py", areas=(area,))) for sentence, area in lines]


def _figure(screen: Screen, sentence: str, file: str, **fields: Any) -> Figure:
    number = screen.release.head.id
    own: dict[str, Any] = dict.fromkeys(PAGE_FIELDS, "") | {"release": number}
    view = replace(screen.view, **own | fields)
    address = next(entry.address for entry in PAGES if entry.file == file)
    return Figure(sentence, f"{address}?{urlencode(view.to_query(), doseq=True)}", number)


def link_to_figure(row: Row) -> None:
    """The link from a row that quotes a figure to the view it stood in, in its own release."""
    if not row["view"] and row["release_id"] != row["release_id"]:
        return
    address, _, query = str(row["view"]).rpartition("?")
    file = next((entry.file for entry in PAGES if address and entry.address == address), _FALLBACK)
    number = row["release_id"]
    view = View.from_query(parse_qs(query))
    release = view.release if number is None or number != number else int(number)
    with st.container(key=f"figure_link_{row['decision_id']}"):
        link_to(file, "Se tallet, som det så ud", view, release=release)
