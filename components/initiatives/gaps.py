"""Which risk profile is reached where, and the holes that the agreement asks for: each can begin an initiative."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from components.forms.changes import history_button
from components.forms.entry import entry_form
from components.forms.fields import Field
from components.page import example_badge
from components.session import Screen, audience, our_store
from components.tables import table_twin
from components.text import plain, say
from data import danish, entries
from data.release import Release, records
from data.sentences.cooperation import EVIDENCE_WORDS
from data.views.memo import memoized_by_view
from data.views.rows import credit
from data.views.view import ViewContext

Row = dict[str, Any]

HOLE, PROFILE = "hul", "Risikoprofil"
NEW_INITIATIVES = 3
"""The focus area of new initiatives and methods."""
_CHOSEN, _CLICKED = "hole_to_fill", "gap_matrix"


@dataclass(frozen=True)
class Gaps:
    """The holes of a release, ready to draw: words, the matrix with what its cells stand for, and every hole."""

    words: str
    matrix: pd.DataFrame
    profiles: tuple[str, ...]
    areas: tuple[str, ...]
    holes: dict[tuple[str, str], str]


def gap_matrix(screen: Screen) -> None:
    """Risk profiles by area: the initiatives that reach the profile there, or the word for a hole."""
    gaps = _gaps(screen)
    if gaps is None:
        return
    writes = audience().may_write("initiatives")
    st.header("Huller: hvilke grupper når vi ikke hvor?", anchor=False, divider="gray")
    with st.container(key="gaps"):
        st.markdown(gaps.words)
    # For writers a click on a hole chooses it in the list below, which the keyboard reaches too.
    clickable: dict[str, Any] = {"on_select": lambda: _choose_clicked(gaps), "selection_mode": "single-cell"}
    st.dataframe(
        gaps.matrix,
        hide_index=True,
        width="stretch",
        alt="Risikoprofiler og områder med de indsatser, der når dem",
        key=_CLICKED,
        column_config={PROFILE: st.column_config.TextColumn(pinned=True)},
        **clickable if writes else {},
    )
    rows = screen.release.tables["gaps"]
    table_twin(lambda: _reached(screen, rows), "huller", lambda: credit(screen, rows))
    if writes:
        begun, drafts = _written(screen)
        _fill_a_hole(screen, {hole: said for hole, said in gaps.holes.items() if hole not in begun})
        for row in drafts if screen.view.release is None else ():
            _draft(screen, row)


@memoized_by_view()
def _gaps(context: ViewContext) -> Gaps | None:
    release = context.release
    gaps, profiles = release.tables["gaps"], release.tables["risk_profiles"]
    if gaps.empty:
        return None
    holes = {(row["profile_id"], row["area_id"]): row["sentence"] for row in records(gaps[gaps["hole"]])}
    matrix, rows, columns = _matrix(release, gaps, profiles)
    count = int((matrix.iloc[:, 1:] == HOLE).to_numpy().sum())
    described = "\n".join(
        f"- **{plain(row['title'])}** ({row['size_class']}): {plain(row['description'])}" for row in records(profiles)
    )
    said = f"**{danish.plural(count, 'hul', 'huller')}**: celler, hvor ingen igangværende indsats når gruppen."
    return Gaps(f"{described}\n\n{said} {example_badge(gaps)}", matrix, rows, columns, holes)


def _choose_clicked(gaps: Gaps) -> None:
    for row, column in st.session_state[_CLICKED]["selection"]["cells"]:
        areas = [area for area, title in zip(gaps.areas, gaps.matrix.columns[1:], strict=True) if title == column]
        if areas and (gaps.profiles[row], areas[0]) in gaps.holes:
            st.session_state[_CHOSEN] = (gaps.profiles[row], areas[0])


def _fill_a_hole(screen: Screen, holes: Mapping[tuple[str, str], str]) -> None:
    """Choose one of the holes, and write the initiative that is to fill it."""
    chosen = st.selectbox(
        "Begynd en indsats ud fra et hul (eller vælg hullet i tabellen)",
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
    say(f"Udkastet gælder {screen.release.name_of(area)} under indsatsområde {NEW_INITIATIVES}.")
    entry_form(f"initiative_{profile}_{area}", "initiatives", fields, start, label="Gem udkastet",
               complete=lambda typed: _initiative_row(typed, area),
               beside=lambda row: [("coverage", _coverage_row(row, profile, area))],
               done="Udkastet er gemt")  # fmt: skip


def _initiative_row(typed: Row, area: str) -> Row:
    fixed = {"focus_area": NEW_INITIATIVES, "area_ids": area, "principles": "", "person_years": None, "funds_dkk": None}
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


def _matrix(
    release: Release, gaps: pd.DataFrame, profiles: pd.DataFrame
) -> tuple[pd.DataFrame, tuple[str, ...], tuple[str, ...]]:
    """The matrix in words, and the ids of the profiles of its rows and the areas of its columns."""
    covered = gaps[gaps["state"] == "covered"].groupby(["profile_id", "area_id"]).size()
    cells = {
        (profile, area): danish.plural(covered.get((profile, area), 0), "indsats", "indsatser")
        if (profile, area) in covered.index
        else HOLE
        for profile, area in gaps[["profile_id", "area_id"]].drop_duplicates().itertuples(index=False)
    }
    wide = pd.Series(cells).unstack()
    ids = tuple(wide.index), tuple(wide.columns)
    wide.columns = pd.Index([release.name_of(area) for area in wide.columns])
    wide.insert(0, PROFILE, wide.index.map(profiles.set_index("profile_id")["title"].to_dict()))
    return wide.reset_index(drop=True), *ids


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
