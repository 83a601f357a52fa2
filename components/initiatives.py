"""An initiative on the screen: what it is, what was done, and each criterion beside its indicator's picture."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from components import pictures
from components.changes import history_button
from components.charts.criterion import criterion
from components.navigation import go_to, link_to
from components.page import example_badge
from components.rows import example_note
from components.session import Screen, audience, our_store
from components.status import moving_badge, status_badge
from components.tables import plain_table, table_twin
from components.text import plain, say
from data import danish, entries, sentences
from data.cooperation_sentences import EVIDENCE_WORDS
from data.release import records

Row = dict[str, Any]

OPENED = "criterion_opened"
"""Where a page leaves word of the criterion to open: criterion_id ("" for a new one) and initiative_id."""


def initiative_card(screen: Screen, initiative: Row) -> None:
    """One initiative, whole."""
    criteria = screen.release.criteria
    criteria = criteria[criteria["initiative_id"] == initiative["initiative_id"]]
    with st.container(border=True, key=f"initiative_{initiative['initiative_id']}"):
        st.subheader(plain(initiative["title"]), anchor=False)
        st.markdown(f"{_facts(screen, initiative)} {example_badge(pd.DataFrame([initiative]))}")
        for row in records(criteria):
            _criterion(screen, row)
        if criteria.empty:
            st.markdown(":gray[Indsatsen har endnu intet succeskriterium.]")
        _adopted_since(screen, initiative["initiative_id"])
        _open_button("Nyt kriterium", "add", "", initiative["initiative_id"])
        _effects(screen, initiative["initiative_id"])
        about, log = st.columns(2, gap="large")
        with about, st.expander("Om indsatsen"):
            st.markdown(_about(initiative))
            with st.container(horizontal=True):
                for area in initiative["area_ids"].split(";"):
                    link_to("area.py", screen.release.name_of(area), screen.view, icon="location_on", areas=(area,))
        with log:
            _log(screen, initiative["initiative_id"])


def _facts(screen: Screen, initiative: Row) -> str:
    areas = danish.join(screen.release.name_of(area) for area in initiative["area_ids"].split(";"))
    end: str = "fortsætter" if pd.isna(initiative["end"]) else danish.date(initiative["end"])
    principles = {principle.id: principle.title.lower() for principle in screen.partnership.principles}
    named = danish.join(principles[each] for each in initiative["principles"].split(";") if each)
    return f"**{plain(areas)}** · {danish.date(initiative['start'])} – {end} · {named}"


def _about(initiative: Row) -> str:
    lines = {
        "Formål": initiative["purpose"],
        "Målgruppe": initiative["target_group"],
        "Metode": initiative["method"],
        "Arbejdsgruppe": initiative["working_group"],
        "Leder": initiative["lead"],
        "Årsværk": danish.decimal(initiative["person_years"]) if pd.notna(initiative["person_years"]) else "",
        "Midler": f"{danish.number(initiative['funds_dkk'])} kr." if pd.notna(initiative["funds_dkk"]) else "",
    }
    return "  \n".join(f"**{label}:** {plain(text)}" for label, text in lines.items() if text)


def _effects(screen: Screen, initiative_id: str) -> None:
    """What can be said of the time before and after, with how much the statement is worth."""
    effects = screen.release.tables["effects"]
    rows = effects[(effects["initiative_id"] == initiative_id) & effects["main"]]
    if rows.empty:
        return
    with st.expander("Før og efter"):
        for row in records(rows):
            worth = EVIDENCE_WORDS[row["evidence_level"]]
            st.markdown(f":gray-badge[Evidens {row['evidence_level']} af 3: {worth.lower()}] {plain(row['sentence'])}")


def _log(screen: Screen, initiative_id: str) -> None:
    activities = screen.release.activities
    done = activities[activities["initiative_id"] == initiative_id]
    with st.expander(f"Det gjorde vi ({danish.plural(len(done), 'post', 'poster')})"):
        if done.empty:
            st.markdown("Der er endnu ikke ført log.")
            return
        names = screen.release.areas.set_index("area_id")["name"]
        plain_table(
            pd.DataFrame(
                {
                    "Dato": [danish.date(day) for day in done["date"]],
                    "Område": done["area_id"].map(names).to_numpy(),
                    "Aktivitet": done["text"].to_numpy(),
                    "Antal": [danish.number(count) for count in done["count"]],
                }
            )
        )


def _criterion(screen: Screen, row: Row) -> None:
    words, chart = st.columns([2, 3], gap="large", vertical_alignment="center")
    with words:
        goal, today = sentences.criterion_goal(row), sentences.criterion_today(row)
        st.markdown(f"**{plain(row['subject'])}**  \n{plain(goal)} {plain(today)}")
        st.markdown(f"Bevæger det sig? {moving_badge(row['moving'])}  \nNår vi målet? {status_badge(row['status'])}")
        say(row["sentence"].removeprefix(sentences.criterion_goal(row)).strip())
        with st.container(horizontal=True, vertical_alignment="center"):
            if row["measure"] != "activity":
                field = {"survey": "indicator", "incidents": "category"}[row["measure"]]
                areas = tuple(row["area_ids"].split(";"))
                link_to("trends.py", "Se udviklingen", screen.view, areas=areas, **{field: row["indicator"]})
            _open_button("Ret kriteriet", "edit", row["criterion_id"], row["initiative_id"])
            if audience().may_write("criteria"):
                history_button("criteria", row, name=f"criterion_{row['criterion_id']}")
    with chart:
        _chart(screen, row)


def _chart(screen: Screen, row: Row) -> None:
    if pd.isna(row["value"]) or pd.isna(row["baseline"]):
        st.markdown(":gray[Der er ikke tal nok til en tegning.]")
        return
    points = screen.release.tables["criterion_points"]
    points = points[points["criterion_id"] == row["criterion_id"]]
    figure = pictures.picture(criterion, points, screen, "criterion", row["criterion_id"], **_marks(row))
    pictures.show(figure, row["sentence"], f"criterion_{row['criterion_id']}")
    table_twin(_points_table(points, row), f"kriterium_{row['criterion_id']}")


# What has been adopted --------------------------------------------------------------------------------------------


def latest_criteria() -> pd.DataFrame:
    """The newest version of every criterion that stands, published or not."""
    rows = entries.standing(our_store(), "criteria")
    return rows.sort_values("version").drop_duplicates("criterion_id", keep="last")


def _adopted_since(screen: Screen, initiative_id: str) -> None:
    """What has been adopted since the newest release; an older release is shown as it was."""
    if screen.view.release is not None or not audience().may_write("criteria"):
        return
    rows = latest_criteria()
    rows = rows[rows["initiative_id"] == initiative_id]
    released = screen.release.criteria
    shown = set(zip(released["criterion_id"], released["version"], strict=True))
    names = dict(zip(screen.release.areas["area_id"], screen.release.areas["name"], strict=True))
    for row in records(rows):
        if (row["criterion_id"], row["version"]) in shown:
            continue
        noun = sentences.criterion_noun(row, screen.partnership)
        about = sentences.criterion_subject(row, screen.partnership, names)
        with st.container(key=f"pending_{row['criterion_id']}", gap=None):
            st.markdown(
                f"**{plain(about)}** :blue-badge[:material/schedule: vedtaget, venter på næste udgave] "
                f"{example_badge(pd.DataFrame([row]))}"
            )
            say(sentences.criterion_goal(row | {"noun": noun}))
            with st.container(horizontal=True):
                _open_button("Ret kriteriet", "edit", row["criterion_id"], initiative_id, name="pending")
                history_button("criteria", row, name=f"pending_{row['criterion_id']}")


def _open_button(label: str, icon: str, criterion_id: str, initiative_id: str, name: str = "shown") -> None:
    if not audience().may_write("criteria"):
        return
    key = f"open_criterion_{name}_{criterion_id or initiative_id}"
    if st.button(label, key=key, icon=f":material/{icon}:", type="tertiary"):
        st.session_state[OPENED] = {"criterion_id": criterion_id, "initiative_id": initiative_id}
        go_to("criterion.py")


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


def chosen_initiatives(screen: Screen, focus_area: int | None, areas: Sequence[str]) -> pd.DataFrame:
    """The initiatives of a focus area (None: all) that touch one of the areas (none given: all)."""
    rows = screen.release.initiatives
    if focus_area is not None:
        rows = rows[rows["focus_area"] == focus_area]
    if areas:
        parents = screen.release.areas.set_index("area_id")["parent_id"]
        wanted = set(areas)
        touches = [
            any(area in wanted or parents.get(area) in wanted for area in listed.split(";"))
            for listed in rows["area_ids"]
        ]
        rows = rows[touches]
    return rows


def purposes(screen: Screen) -> None:
    """How the criteria that serve each of the agreement's purposes stand; counted, never made into one index."""
    for sentence in screen.release.tables["purposes"]["sentence"].unique():
        say(sentence)
