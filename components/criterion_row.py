"""A criterion on Indsatser: what it promises and what the figures say today, beside its indicator's picture."""

from typing import Any

import pandas as pd
import streamlit as st

from components import pictures
from components.changes import history_button
from components.charts.criterion import criterion
from components.navigation import go_to, link_to
from components.page import example_badge
from components.session import Screen, audience, our_store
from components.status import moving_badge, status_badge
from components.tables import table_on_request
from components.text import plain, say
from data import danish, entries, sentences
from data.release import records, rows_of
from data.rows import credit, example_note

Row = dict[str, Any]

OPENED = "criterion_opened"
"""Where a page leaves word of the criterion to open: criterion_id ("" for a new one) and initiative_id."""


def criterion_row(screen: Screen, row: Row) -> None:
    """A criterion in words, with its picture beside."""
    words, chart = st.columns([2, 3], gap="large", vertical_alignment="center")
    with words:
        goal, today = sentences.criterion_goal(row), sentences.criterion_today(row)
        st.markdown(f"**{plain(row['subject'])}**  \n{plain(goal)} {plain(today)}")
        st.markdown(f"Bevæger det sig? {moving_badge(row['moving'])}  \nNår vi målet? {status_badge(row['status'])}")
        say(row["sentence"].removeprefix(sentences.criterion_goal(row)).strip())
        with st.container(horizontal=True, vertical_alignment="center", key=f"actions_{row['criterion_id']}"):
            if row["measure"] != "activity":
                field = {"survey": "indicator", "incidents": "category"}[row["measure"]]
                areas = tuple(row["area_ids"].split(";"))
                link_to("trends.py", "Se udviklingen", screen.view, areas=areas, **{field: row["indicator"]})
            open_button("Ret kriteriet", "edit", row["criterion_id"], row["initiative_id"])
            _statuses(screen, row["criterion_id"])
            if audience().may_write("criteria"):
                history_button("criteria", row, name=f"criterion_{row['criterion_id']}")
    with chart:
        _chart(screen, row)


def _statuses(screen: Screen, criterion_id: str) -> None:
    """What the status was in each release, the newest first, behind a button."""
    history = screen.release.status_history
    rows = history[history["criterion_id"] == criterion_id].sort_values("release_id", ascending=False)
    fold = st.popover("Status over tid", icon=":material/timeline:", key=f"statuses_{criterion_id}",
                      on_change="rerun", type="tertiary")  # fmt: skip
    if not fold.open:
        return
    with fold:
        for row in records(rows):
            meeting = f", mødet {danish.date(row['meeting_date'])}" if pd.notna(row["meeting_date"]) else ""
            st.markdown(f"{status_badge(row['status'])} udgave {row['release_id']:.0f}{meeting}")


def _chart(screen: Screen, row: Row) -> None:
    if pd.isna(row["value"]) or pd.isna(row["baseline"]):
        st.markdown(":gray[Der er ikke tal nok til en tegning.]")
        return
    points = rows_of(screen.release, "criterion_points", "criterion_id", row["criterion_id"])
    figure = pictures.picture(criterion, points, screen, "criterion", row["criterion_id"], **_marks(row))
    pictures.show(figure, row["sentence"], f"criterion_{row['criterion_id']}")
    table_on_request(lambda: _points_table(points, row), f"kriterium_{row['criterion_id']}", credit(screen, points))


def _marks(row: Row) -> dict[str, Any]:
    return {
        "baseline": (row["baseline_period"], row["baseline"], row["baseline_low"], row["baseline_high"]),
        "target": row["target"],
        "deadline": row["deadline"],
        "required_today": row["required"],
        "today": (row["value_period"], row["value"], row["value_low"], row["value_high"]),
        "direction": row["direction"],
        "unit": "pct." if row["measure"] == "survey" else "antal",
    }


def _points_table(points: pd.DataFrame, row: Row) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Periode": points["period"].to_numpy(),
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
            f"{example_badge(pd.DataFrame([row]))}"
        )
        say(sentences.criterion_goal(row | {"noun": noun}))
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
