"""The evaluation on one page: purposes, how the criteria came out, what was learnt and how sure that is."""

import pandas as pd
import streamlit as st

from components.meetings.records import our_minutes
from components.page import example_badge, source_line
from components.session import Screen
from components.sharing.print_button import print_button
from components.status import status_badge
from components.tables import table_twin
from components.text import plain
from data import danish
from data.records import Row, records
from data.sentences import criterion_names
from data.sentences.cooperation import EVIDENCE_WORDS, METHOD_WORDS, OTHER_EXPLANATIONS, hole_sentence
from data.sentences.meetings import learnt_sentence
from data.settings.nouns import Named
from data.views.minutes import readings_agreed
from reports import page_tables

_VERDICTS = {
    "better": "klart bedre",
    "worse": "klart værre",
    "unchanged": "ingen klar forskel",
    "": "ikke afgjort",
}
_SURE = ("better", "worse")
MOST_NAMED = 20
"""So many criteria of one status are named; how many there are more is said."""


def title(screen: Screen) -> str:
    """How many criteria there are, and how many of them are met."""
    statuses = list(screen.release.criteria["status"])
    every = danish.plural(len(statuses), "kriterium", "kriterier")
    return f"Evaluering: {danish.number(statuses.count('met'))} af {every} er opfyldt"


def lead(screen: Screen) -> str:
    """What is evaluated, and on which figures."""
    head = screen.release.head
    since = danish.date(screen.partnership.agreement_from)
    return (
        f"{screen.partnership.name}: aftalen siden {since}, på tallene i udgave {head.id} fra "
        f"{danish.date(head.published_at)}. Formålene lægges ikke sammen til ét tal."
    )


def purposes(screen: Screen) -> None:
    """Each purpose of the agreement with its criteria, by status."""
    columns = st.columns(max(1, len(screen.partnership.purposes)), gap="large")
    for column, purpose in zip(columns, screen.partnership.purposes, strict=True):
        rows = standing_of(screen, purpose)
        with column, st.container(key=f"purpose_{purpose.id}", gap="small"):
            st.header(plain(purpose.title), anchor=False, divider="gray")
            for status, count, named in rows:
                st.markdown(f"{status_badge(status)} **{count}** · {plain(named)}")
            if not rows:
                st.markdown(":gray[Ingen kriterier endnu.]")


def standing_of(screen: Screen, purpose: Named) -> list[tuple[str, int, str]]:
    """How the criteria of a purpose stand: a status, how many have it, and which they are."""
    table, criteria = screen.release.tables["purposes"], screen.release.criteria
    names = screen.release.get_or_make("names of criteria", lambda: criterion_names(criteria))
    own = criteria[criteria["purpose_id"] == purpose.id]
    found = []
    for row in records(table[(table["purpose_id"] == purpose.id) & (table["criteria"] > 0)]):
        alike = [names[each] for each in own.loc[own["status"] == row["status"], "criterion_id"]]
        more = len(alike) - MOST_NAMED
        named = [*alike[:MOST_NAMED], f"og {more} mere"] if more > 0 else alike
        found.append((str(row["status"]), int(row["criteria"]), f"{'; '.join(named)}."))
    return found


def learnt(screen: Screen) -> None:
    """What changed beside the initiatives, by how much each answer is worth; never what caused it."""
    st.header("Hvad har vi lært?", anchor=False, divider="gray")
    effects = screen.release.tables["effects"]
    shown = effects[effects["main"] & (effects["method"] != "")]
    st.markdown("\n".join(f"- {plain(line)}" for line in learnt_words(screen)))
    sure = shown[shown["verdict"].isin(_SURE)]
    titles = {row["initiative_id"]: row["title"] for row in records(screen.release.initiatives)}
    for row in records(sure.sort_values("evidence_level", ascending=False, kind="stable")):
        st.markdown(f"**{plain(titles[row['initiative_id']])}.** {plain(row['sentence'])}")
    if sure.empty:
        st.markdown("Intet tal ved siden af en indsats har ændret sig klart anderledes end det, det sammenlignes med.")
    said = sure["sentence"].str.contains(OTHER_EXPLANATIONS, regex=False).any()
    st.caption(f"{'' if said else OTHER_EXPLANATIONS} {example_badge(shown)}".strip())
    main = effects[effects["main"]]
    table_twin(lambda: _words(main, titles), "hvad_har_vi_laert", lambda: page_tables.effects_csv(screen, main))


def learnt_words(screen: Screen) -> list[str]:
    """How the answers came out, a sentence for each level of evidence, the strongest first."""
    effects = screen.release.tables["effects"]
    shown = effects[effects["main"] & (effects["method"] != "")]
    lines = []
    for level in sorted(shown["evidence_level"].unique(), reverse=True):
        verdicts = shown.loc[shown["evidence_level"] == level, "verdict"].value_counts().to_dict()
        lines.append(learnt_sentence(f"Evidens {level} af 3, {EVIDENCE_WORDS[level].lower()}", verdicts))
    return lines


def _words(effects: pd.DataFrame, titles: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Indsats": [titles[each] for each in effects["initiative_id"]],
            "Tal": effects["subject"].to_numpy(),
            "Metode": [METHOD_WORDS.get(method, "Ikke opgjort") for method in effects["method"]],
            "Evidens": [f"{level} af 3" for level in effects["evidence_level"]],
            "Udfald": [_VERDICTS[verdict] for verdict in effects["verdict"]],
            "Sætning": effects["sentence"].to_numpy(),
        }
    )


def agreed(screen: Screen) -> None:
    """The readings the partnership has agreed on, beside the figures they are of; and what nothing reaches."""
    readings = readings_agreed(our_minutes())
    left, right = st.columns(2, gap="large")
    with left:
        st.header("Det er vi enige om", anchor=False, divider="gray")
        lines = [f"- {plain(_when(row))}: {plain(row['text'])}{_about(row)}" for row in records(readings)]
        st.markdown("\n".join(lines) or ":gray[Der er ikke aftalt en tolkning af noget tal endnu.]")
    with right:
        st.header("Det mangler", anchor=False, divider="gray")
        lines = [f"- {plain(sentence)}" for sentence in _holes(screen)]
        st.markdown("\n".join(lines) or ":gray[Der er ikke beskrevet risikoprofiler, som ingen indsats når.]")


def _when(row: Row) -> str:
    """When it was agreed and on which figures: "3. december 2025, udgave 1"."""
    release: str = f", udgave {row['release_id']:.0f}" if pd.notna(row["release_id"]) else ""
    return f"{danish.date(row['date'])}{release}"


def _about(row: Row) -> str:
    return f" :gray[({plain(row['figure'])})]" if row["figure"] else ""


def _holes(screen: Screen) -> list[str]:
    """The risk profiles that nothing reaches, a sentence each with the areas where that is so."""
    gaps = screen.release.tables["gaps"]
    gaps = gaps[gaps["hole"].astype(bool)].drop_duplicates(["profile_id", "area_id"])
    profiles = screen.release.tables["risk_profiles"].set_index("profile_id")["title"]
    return [
        hole_sentence(profiles[profile], danish.join(screen.release.name_of(area) for area in rows["area_id"]))
        for profile, rows in gaps.groupby("profile_id", sort=False)
    ]


def foot(screen: Screen) -> None:
    """Where all of it comes from."""
    source_line(screen, screen.release.criteria)


def to_paper() -> None:
    """The button that prints the page."""
    print_button()
