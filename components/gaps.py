"""Which risk profile is reached where, and the holes that the agreement asks for: each can begin an initiative."""

from typing import Any

import pandas as pd
import streamlit as st

from components.changes import history_button
from components.form_fields import Field
from components.forms import entry_form
from components.page import example_badge
from components.session import Screen, audience, our_store
from components.tables import table_twin
from components.text import plain, say
from data import danish, entries
from data.cooperation_sentences import EVIDENCE_WORDS
from data.release import records
from data.rows import credit

Row = dict[str, Any]

HOLE = "hul"
NEW_INITIATIVES = 3
"""The focus area of new initiatives and methods."""
_CHOSEN, _CLICKED = "hole_to_fill", "gap_matrix"


def gap_matrix(screen: Screen) -> None:
    """Risk profiles by area: the initiatives that reach the profile there, or the word for a hole."""
    gaps = screen.release.tables["gaps"]
    if gaps.empty:
        return
    profiles = screen.release.tables["risk_profiles"].set_index("profile_id")
    st.header("Huller: hvilke grupper når vi ikke hvor?", anchor=False, divider="gray")
    for row in records(profiles.reset_index()):
        st.markdown(f"**{plain(row['title'])}** ({row['size_class']}): {plain(row['description'])}")
    matrix = _matrix(screen, gaps)
    holes = int((matrix.iloc[:, 1:] == HOLE).to_numpy().sum())
    st.markdown(
        f"**{danish.plural(holes, 'hul', 'huller')}**: celler, hvor ingen igangværende indsats når gruppen. "
        f"{example_badge(gaps)}"
    )
    st.dataframe(
        matrix,
        hide_index=True,
        width="stretch",
        alt="Risikoprofiler og områder med de indsatser, der når dem",
        key=_CLICKED,
        **_clickable(screen, gaps, matrix),
    )
    table_twin(_reached(screen, gaps), "huller", credit(screen, gaps))
    if audience().may_write("initiatives"):
        _fill_a_hole(screen, gaps)
    _drafts(screen)


def _clickable(screen: Screen, gaps: pd.DataFrame, matrix: pd.DataFrame) -> dict[str, Any]:
    """For writers: a click on a hole chooses it in the list below, which the keyboard reaches too."""
    if not audience().may_write("initiatives"):
        return {}
    return {"on_select": lambda: _choose_clicked(screen, gaps, matrix), "selection_mode": "single-cell"}


def _choose_clicked(screen: Screen, gaps: pd.DataFrame, matrix: pd.DataFrame) -> None:
    for row, column in st.session_state[_CLICKED]["selection"]["cells"]:
        profiles = screen.release.tables["risk_profiles"]
        found = gaps[
            gaps["hole"]
            & gaps["profile_id"].isin(profiles.loc[profiles["title"] == matrix["Risikoprofil"].iloc[row], "profile_id"])
            & (gaps["area_id"].map(screen.release.names) == column)
        ]
        if len(found):
            st.session_state[_CHOSEN] = (found["profile_id"].iloc[0], found["area_id"].iloc[0])


def _fill_a_hole(screen: Screen, gaps: pd.DataFrame) -> None:
    """Choose one of the holes, and write the initiative that is to fill it."""
    rows = gaps[gaps["hole"]].drop_duplicates(["profile_id", "area_id"])
    begun = _begun(screen)
    holes = {
        (row["profile_id"], row["area_id"]): row["sentence"]
        for row in records(rows)
        if (row["profile_id"], row["area_id"]) not in begun
    }
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


def _begun(screen: Screen) -> set[tuple[str, str]]:
    """The profiles and areas for which an initiative has been written since the newest release."""
    rows = entries.standing(our_store(), "coverage")
    rows = rows[~rows["initiative_id"].isin(screen.release.initiatives["initiative_id"])]
    return set(zip(rows["profile_id"], rows["area_id"], strict=True))


def _drafts(screen: Screen) -> None:
    """The initiatives written since the newest release, for those who write them."""
    if screen.view.release is not None or not audience().may_write("initiatives"):
        return
    rows = entries.standing(our_store(), "initiatives")
    for row in records(rows[~rows["initiative_id"].isin(screen.release.initiatives["initiative_id"])]):
        areas = danish.join(screen.release.name_of(area) for area in row["area_ids"].split(";"))
        with st.container(key=f"draft_initiative_{row['initiative_id']}", horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(row['title'])}** {plain(areas)} :blue-badge[:material/schedule: udkast, venter på "
                        f"næste udgave] {example_badge(pd.DataFrame([row]))}", width="stretch")  # fmt: skip
            history_button("initiatives", row, name=f"draft_{row['initiative_id']}")


def _matrix(screen: Screen, gaps: pd.DataFrame) -> pd.DataFrame:
    titles = screen.release.tables["risk_profiles"].set_index("profile_id")["title"]
    covered = gaps[gaps["state"] == "covered"].groupby(["profile_id", "area_id"]).size()
    cells = {
        (profile, area): danish.plural(covered.get((profile, area), 0), "indsats", "indsatser")
        if (profile, area) in covered.index
        else HOLE
        for profile, area in gaps[["profile_id", "area_id"]].drop_duplicates().itertuples(index=False)
    }
    wide = pd.Series(cells).unstack()
    wide.columns = pd.Index([screen.release.name_of(area) for area in wide.columns])
    wide.insert(0, "Risikoprofil", wide.index.map(titles.to_dict()))
    return wide.reset_index(drop=True)


def _reached(screen: Screen, gaps: pd.DataFrame) -> pd.DataFrame:
    titles = screen.release.tables["risk_profiles"].set_index("profile_id")["title"]
    initiatives = screen.release.initiatives.set_index("initiative_id")["title"]
    reached = gaps[gaps["state"] == "covered"]
    return pd.DataFrame(
        {
            "Risikoprofil": reached["profile_id"].map(titles).to_numpy(),
            "Område": [screen.release.name_of(area) for area in reached["area_id"]],
            "Indsats": reached["initiative_id"].map(initiatives).to_numpy(),
            "Hvordan": reached["how"].to_numpy(),
            "Evidens": [EVIDENCE_WORDS[level] for level in reached["evidence_level"]],
        }
    )
