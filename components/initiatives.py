"""An initiative on the screen: what it is, what was done, and each criterion beside its indicator's picture."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from components import pictures
from components.charts.criterion import criterion
from components.navigation import link_to
from components.page import example_badge
from components.rows import example_note
from components.session import Screen
from components.status import moving_badge, status_badge
from components.tables import plain_table, table_twin
from components.text import plain, say
from data import danish, sentences
from data.release import records

Row = dict[str, Any]


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
        about, log = st.columns(2, gap="large")
        with about, st.expander("Om indsatsen"):
            st.markdown(_about(initiative))
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
        st.markdown(f"**{plain(row['subject'])}**  \n{plain(sentences.criterion_goal(row))} {plain(sentences.criterion_today(row))}")
        st.markdown(f"Bevæger det sig? {moving_badge(row['moving'])}  \nNår vi målet? {status_badge(row['status'])}")
        say(row["sentence"].removeprefix(sentences.criterion_goal(row)).strip())
        if row["measure"] != "activity":
            field = {"survey": "indicator", "incidents": "category"}[row["measure"]]
            link_to(
                "trends.py",
                "Se udviklingen",
                screen.view,
                areas=tuple(row["area_ids"].split(";")),
                **{field: row["indicator"]},
            )
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
