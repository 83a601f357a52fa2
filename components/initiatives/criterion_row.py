"""A criterion on Indsatser: what it promises and what the figures say today, beside its indicator's picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from components import pictures
from components.forms.changes import history_button, history_lines
from components.markup import markup
from components.navigation import go_to, link_to
from components.page import example_badge
from components.pictures.element import Picture
from components.session import Screen, audience, our_store
from components.status import moving_badge, status_badge
from components.tables import table_and_file
from components.text import plain
from data import danish, entries, sentences
from data.records import Row, records
from data.release import rows_of
from data.sentences.chances import deadline_sentence
from data.views.provenance import example_note
from drawings.chances_html import deadline_html
from drawings.criterion import criterion
from reports import page_tables

OPENED = "criterion_opened"
"""Where a page leaves word of the criterion to open: criterion_id ("" for a new one) and initiative_id."""
_FIELDS = {"survey": "indicator", "incidents": "category"}
"""Where the view keeps what a criterion of figures is about."""


@dataclass(frozen=True)
class CriterionText:
    """A criterion ready to draw: its row, its words in Markdown, and the view that shows its figures ({}: none)."""

    row: Row
    words: str
    shown_by: Mapping[str, Any]


def criterion_text(row: Row) -> CriterionText:
    """A criterion of a release in words: what was promised, where it stands, the two answers and what they mean."""
    goal, today = sentences.criterion_goal(row), sentences.criterion_today(row)
    # A question stays on the line of its answer.
    moving, met = (f"{words} ".replace(" ", "\u00a0") for words in (sentences.IS_MOVING, sentences.IS_MET))
    answers = f"{moving}{moving_badge(row['moving'], row['direction'])} &ensp;{met}{status_badge(row['status'])}"
    verdict = row["sentence"].removeprefix(goal).strip()
    ahead = deadline_sentence(row)
    words = "\n\n".join(
        [
            f"**{plain(row['subject'])}**",
            f"{plain(goal)} {plain(today)}",
            answers,
            plain(verdict),
            *([f":gray[{plain(ahead)}]"] if ahead else []),
        ]
    )
    field = _FIELDS.get(row["measure"])
    shown_by = {field: row["indicator"], "areas": tuple(row["area_ids"].split(";"))} if field else {}
    return CriterionText(row, words, shown_by)


def criterion_row(screen: Screen, what: CriterionText) -> None:
    """A criterion in words, with its picture beside and the rest behind one button."""
    with st.container(key=f"criterion_row_{what.row['criterion_id']}"):
        st.markdown(what.words)
        if what.shown_by:
            link_to("trends.py", "Se udviklingen", screen.view, **what.shown_by)
        _behind(screen, what.row)
        _chart(screen, what.row)


def _chart(screen: Screen, row: Row) -> None:
    if not _can_be_drawn(row):
        st.markdown(":gray[Der er ikke tal nok til en tegning.]")
        return
    pictures.draw(_picture(screen, row), row["sentence"], f"criterion_{row['criterion_id']}")


def _can_be_drawn(row: Row) -> bool:
    return bool(pd.notna(row["value"]) and pd.notna(row["baseline"]))


def _picture(screen: Screen, row: Row) -> Picture:
    points = rows_of(screen.release, "criterion_points", "criterion_id", row["criterion_id"])
    return pictures.picture(criterion, points, screen, "criterion", row["criterion_id"], **_marks(row))


def _marks(row: Row) -> dict[str, Any]:
    return {
        "baseline": (row["baseline_period"], row["baseline"], row["baseline_low"], row["baseline_high"]),
        "target": row["target"],
        "deadline": row["deadline"],
        "required_today": row["required"] if pd.notna(row["required"]) else None,
        "today": (row["value_period"], row["value"], row["value_low"], row["value_high"]),
        "direction": row["direction"],
        "unit": "pct." if row["measure"] == "survey" else "antal",
    }


# Behind the button ------------------------------------------------------------------------------------------------


def _behind(screen: Screen, row: Row) -> None:
    """Behind a button: the way to change it, its chances, its status by release, its versions, its figures to take."""
    key = row["criterion_id"]
    fold = st.popover("Tal og historik", icon=":material/history:", key=f"behind_{key}", on_change="rerun",
                      type="tertiary")  # fmt: skip
    if not fold.open:
        return
    with fold:
        open_button("Ret kriteriet", "edit", key, row["initiative_id"])
        if chances := deadline_html(row):
            st.markdown("**Svaret ved fristen**")
            markup(chances, key=f"deadline_chances_{key}")
        st.markdown(f"**Status over tid**\n\n{_statuses(screen, key)}")
        if audience().may_write("criteria"):
            st.markdown("**Versioner**")
            history_lines("criteria", row, name=f"criterion_{key}")
        if _can_be_drawn(row):
            points = rows_of(screen.release, "criterion_points", "criterion_id", key)
            st.markdown("**Tallene i billedet**")
            figures = partial(page_tables.points_csv, screen, points, row)
            table_and_file(_points_table(points, row), f"kriterium_{key}", figures)
            pictures.take(_picture(screen, row), row["sentence"], f"criterion_{key}")


def _statuses(screen: Screen, criterion_id: str) -> str:
    """What the status was in each release, the newest first."""
    history = screen.release.status_history
    rows = history[history["criterion_id"] == criterion_id].sort_values("release_id", ascending=False)
    return "  \n".join(
        f"{status_badge(row['status'])} udgave {row['release_id']:.0f}"
        + (f", mødet {danish.date(row['meeting_date'])}" if pd.notna(row["meeting_date"]) else "")
        for row in records(rows)
    )


def _points_table(points: pd.DataFrame, row: Row) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Periode": [danish.period(period) for period in points["period"]],
            "Værdi": [sentences.criterion_value(value, row) for value in points["value"]],
            "Interval": [
                f"{sentences.criterion_value(low, row)} – {sentences.criterion_value(high, row)}"
                if pd.notna(low)
                else "kendes ikke"
                for low, high in zip(points["low"], points["high"], strict=True)
            ],
            "Kilde": [f"Se Om tallene{example_note(provenance)}" for provenance in points["provenance"]],
        }
    )


# What has been adopted --------------------------------------------------------------------------------------------


def latest_criteria() -> pd.DataFrame:
    """The newest version of every criterion that stands, published or not."""
    return our_store().once_loaded("latest criteria", _latest_criteria)


def _latest_criteria() -> pd.DataFrame:
    rows = entries.standing(our_store(), "criteria")
    return rows.sort_values("version").drop_duplicates("criterion_id", keep="last")


def waiting_criteria(screen: Screen) -> tuple[Row, ...]:
    """What has been adopted since the newest release, for those who adopt; an older release is shown as it was."""
    if screen.view.release is not None or not audience().may_write("criteria"):
        return ()
    head = screen.release.head.id
    return our_store().once_loaded(("waiting criteria", head, audience().id), lambda: _waiting(screen))


def _waiting(screen: Screen) -> tuple[Row, ...]:
    rows, released = latest_criteria(), screen.release.criteria
    shown = set(zip(released["criterion_id"], released["version"], strict=True))
    new = [key not in shown for key in zip(rows["criterion_id"], rows["version"], strict=True)]
    return tuple(records(rows[new]))


def waiting_criterion(screen: Screen, row: Row) -> None:
    """A criterion that the next release will judge."""
    noun = sentences.criterion_noun(row, screen.partnership)
    about = sentences.criterion_subject(row, screen.partnership, screen.release.names)
    with st.container(key=f"pending_{row['criterion_id']}", gap=None):
        st.markdown(
            f"**{plain(about)}** :blue-badge[:material/schedule: vedtaget, venter på næste udgave] "
            f"{example_badge(pd.DataFrame([row]))}\n\n{plain(sentences.criterion_goal(row | {'noun': noun}))}"
        )
        with st.container(horizontal=True):
            open_button("Ret kriteriet", "edit", row["criterion_id"], row["initiative_id"], name="pending")
            history_button("criteria", row, name=f"pending_{row['criterion_id']}")


def open_button(label: str, icon: str, criterion_id: str, initiative_id: str, name: str = "shown") -> None:
    """Open a criterion, or a new one for an initiative, in the form; for those who write criteria."""
    if not audience().may_write("criteria"):
        return
    key = f"open_criterion_{name}_{criterion_id or initiative_id}"
    if st.button(label, key=key, icon=f":material/{icon}:", type="tertiary"):
        st.session_state[OPENED] = {"criterion_id": criterion_id, "initiative_id": initiative_id}
        go_to("criterion.py")
