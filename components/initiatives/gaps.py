"""Which risk profile is reached where, and the holes that the agreement asks for: each can begin an initiative."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from components.forms.changes import history_button
from components.forms.entry import entry_form
from components.forms.fields import Field
from components.mounting import with_mount
from components.page import example_badge
from components.session import Screen, audience, our_store
from components.tables import table_twin
from components.text import plain, say
from data import danish, entries
from data.partnership import Partnership
from data.records import Row, records
from data.sentences.cooperation import EVIDENCE_WORDS
from data.views.memo import memoized_by_view
from data.views.view import ViewContext
from drawings.gaps_html import gaps_html, gaps_style
from reports import page_tables

SCRIPT = Path(__file__).with_suffix(".js")
NOTHING = "Der er ikke beskrevet risikoprofiler."
PROFILE = "Risikoprofil"
NEW_INITIATIVES = "Nye indsatser"
"""How the title of the focus area begins that drafts are written under; without one they go under the last."""
"""The focus area of new initiatives and methods."""
_CHOSEN, _CLICKED = "hole_to_fill", "gap_matrix"


@dataclass(frozen=True)
class Gaps:
    """The gaps of a release, ready to draw: words, the titles of rows and columns, who is reached, and every gap."""

    words: str
    profiles: dict[str, str]
    areas: dict[str, str]
    reached: dict[tuple[str, str], tuple[str, ...]]
    holes: dict[tuple[str, str], str]


def title(screen: Screen) -> str:
    """How many gaps there are."""
    gaps = gaps_of(screen)
    count = len(_missing(gaps)) if gaps else 0
    return danish.plural(count, "hul", "huller") if count else "Alle grupper nås overalt"


def gap_matrix(screen: Screen) -> None:
    """Risk profiles by area: a dot where an initiative reaches the group, a hollow ring where none does."""
    gaps = gaps_of(screen)
    if gaps is None:
        st.markdown(f":gray[{NOTHING}]")
        return
    writes = audience().may_write("initiatives")
    made = screen.release.get_or_make(("gap matrix", writes), lambda: _html(gaps, writes))
    profile, area = st.session_state.get(_CHOSEN) or ("", "")
    data = {"html": made, "profile": profile, "area": area}
    result = mount()(key=_CLICKED, data=data, on_gap_change=_nothing)
    asked = result.gap
    if writes and isinstance(asked, Mapping):
        hole = (str(asked.get("profile")), str(asked.get("area")))
        if hole in gaps.holes and hole != st.session_state.get(_CHOSEN):
            st.session_state[_CHOSEN] = hole
    rows = screen.release.tables["gaps"]
    if writes:
        begun, drafts = _written(screen)
        _fill_a_hole(screen, {hole: sentence for hole, sentence in gaps.holes.items() if hole not in begun})
        for row in drafts if screen.view.release is None else ():
            _draft(screen, row)
    with st.expander("Hvem er grupperne?", key="who_are_they"), st.container(key="gaps"):
        st.markdown(gaps.words)
    table_twin(lambda: _reached(screen, rows), "huller", lambda: page_tables.gaps_csv(screen, rows))


def _html(gaps: Gaps, writes: bool) -> str:
    return gaps_html(gaps.profiles, gaps.areas, gaps.reached, may_write=writes)


def _missing(gaps: Gaps) -> list[tuple[str, str]]:
    return [(profile, area) for profile in gaps.profiles for area in gaps.areas if (profile, area) not in gaps.reached]


@memoized_by_view()
def gaps_of(context: ViewContext) -> Gaps | None:
    """The gaps of a release; None where no risk profiles are described."""
    release = context.release
    gaps, profiles = release.tables["gaps"], release.tables["risk_profiles"]
    if gaps.empty:
        return None
    holes = {(row["profile_id"], row["area_id"]): row["sentence"] for row in records(gaps[gaps["hole"]])}
    titles = release.initiatives.set_index("initiative_id")["title"].to_dict()
    covered = gaps[gaps["state"] == "covered"]
    reached: dict[tuple[str, str], tuple[str, ...]] = {
        (str(profile), str(area)): tuple(titles.get(each, each) for each in rows["initiative_id"])
        for (profile, area), rows in covered.groupby(["profile_id", "area_id"])
    }
    names = profiles.set_index("profile_id")["title"].to_dict()
    ids = sorted(gaps["area_id"].unique(), key=lambda area: danish.sort_key(release.name_of(area)))
    described = "\n".join(
        f"- **{plain(row['title'])}** ({row['size_class']}): {plain(row['description'])}" for row in records(profiles)
    )
    shown = {each: names[each] for each in gaps["profile_id"].unique()}
    areas = {area: release.name_of(area) for area in ids}
    return Gaps(f"{described}\n\n{example_badge(gaps)}", shown, areas, reached, holes)


def _fill_a_hole(screen: Screen, holes: Mapping[tuple[str, str], str]) -> None:
    """Choose one of the holes, and write the initiative that is to fill it."""
    chosen = st.selectbox(
        "Opret indsats her",
        list(holes),
        index=None,
        key=_CHOSEN,
        format_func=holes.__getitem__,
        placeholder="Vælg et hul",
        persist_state="session",
    )
    if chosen is None:
        return
    profile, area = chosen
    profiles = screen.release.tables["risk_profiles"].set_index("profile_id")
    purposes = {purpose.id: purpose.title for purpose in screen.partnership.purposes}
    fields = (
        Field("title"), Field("start"), Field("end"), Field("working_group"), Field("lead"),
        Field("purpose_id", "Partnerskabets formål", purposes), Field("purpose", lines=3),
        Field("target_group", lines=2), Field("method", lines=3),
    )  # fmt: skip
    start = {"target_group": profiles.loc[profile, "title"], "purpose_id": next(iter(purposes))}
    focus = _focus_area(screen.partnership)
    under = f" under indsatsområde {focus}" if focus is not None else ""
    say(f"Udkastet gælder {screen.release.name_of(area)}{under}.")
    entry_form(f"initiative_{profile}_{area}", "initiatives", fields, start, label="Gem udkastet",
               complete=lambda typed: _initiative_row(typed, area, focus),
               beside=lambda row: [("coverage", _coverage_row(row, profile, area))],
               done="Udkastet er gemt")  # fmt: skip


def _focus_area(partnership: Partnership) -> int | None:
    areas = partnership.focus_areas
    named = [each.id for each in areas if each.title.startswith(NEW_INITIATIVES)]
    return next(iter(named or [each.id for each in areas[-1:]]), None)


def _initiative_row(typed: Row, area: str, focus: int | None) -> Row:
    fixed = {"focus_area": focus, "area_ids": area, "principles": "", "person_years": None, "funds_dkk": None}
    return {"initiative_id": entries.new_id(our_store(), "initiatives", str(typed["title"]))} | fixed | typed


def _coverage_row(initiative: Row, profile: str, area: str) -> Row:
    return {"profile_id": profile, "initiative_id": initiative["initiative_id"], "area_id": area, "how": ""}


def _written(screen: Screen) -> tuple[set[tuple[str, str]], list[Row]]:
    """The profiles and areas for which an initiative has been written since the newest release, and those drafts."""
    released = screen.release.initiatives["initiative_id"]

    def read() -> tuple[set[tuple[str, str]], list[Row]]:
        covered, drafts = (entries.standing(our_store(), kind) for kind in ("coverage", "initiatives"))
        covered = covered[~covered["initiative_id"].isin(released)]
        drafts = drafts[~drafts["initiative_id"].isin(released)]
        return set(zip(covered["profile_id"], covered["area_id"], strict=True)), records(drafts)

    return our_store().once_loaded(("drafts", screen.release.head.id, audience().id), read)


def _draft(screen: Screen, row: Row) -> None:
    """An initiative written since the newest release, for those who write them."""
    areas = danish.join(screen.release.name_of(area) for area in row["area_ids"].split(";"))
    with st.container(key=f"draft_initiative_{row['initiative_id']}", horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(row['title'])}** {plain(areas)} :blue-badge[:material/schedule: udkast, venter på "
                    f"næste udgave] {example_badge(pd.DataFrame([row]))}", width="stretch")  # fmt: skip
        history_button("initiatives", row, name=f"draft_{row['initiative_id']}")


def _reached(screen: Screen, gaps: pd.DataFrame) -> pd.DataFrame:
    titles = screen.release.tables["risk_profiles"].set_index("profile_id")["title"]
    initiatives = screen.release.initiatives.set_index("initiative_id")["title"]
    reached = gaps[gaps["state"] == "covered"]
    return pd.DataFrame(
        {
            PROFILE: reached["profile_id"].map(titles).to_numpy(),
            "Område": [screen.release.name_of(area) for area in reached["area_id"]],
            "Indsats": reached["initiative_id"].map(initiatives).to_numpy(),
            "Hvordan": reached["how"].to_numpy(),
            "Evidens": [EVIDENCE_WORDS[level] for level in reached["evidence_level"]],
        }
    )


def _nothing() -> None:
    """Streamlit asks for a function to be told by; the run that follows reads what was chosen."""


@cache
def mount() -> Callable[..., Any]:
    """Register the component and return its mounting function."""
    return st.components.v2.component("tryghedsoverblik_huller", js=with_mount(SCRIPT), css=gaps_style())
