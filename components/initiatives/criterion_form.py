"""The form a working group writes a criterion in: while they type, it says whether the figures can ever decide it."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from components.forms.changes import history_button
from components.forms.entry import entry_form
from components.forms.fields import Field
from components.initiatives.criterion_fields import (
    OWN_FIELDS,
    about_what,
    area_names,
    begun,
    fill,
    form_name,
    how_far,
    initiatives,
    put_answers,
    put_tolerance,
    titles,
    typed_draft,
    typed_tolerance,
    value,
)
from components.markup import markup
from components.page import EXAMPLE_BADGE
from components.session import Screen, our_store
from components.text import plain, say
from data import danish, entries, sentences
from data.records import Row
from data.release.criterion_drafts import Draft, Prospect, Remedy
from data.release.prospects import prospect
from data.sentences.chances import LIKELY, figure_words, proof_sentence, tolerance_words
from data.sentences.cooperation import prospect_sentence, remedy_sentence, undecided_midway_sentence
from drawings.chances_html import chances_html

WAY_WORDS = {
    "pool": "Læg målinger sammen", "later": "Læg målinger sammen, og flyt fristen", "group": "Se områderne under ét",
    "larger": "Sæt et mål længere væk",
}  # fmt: skip
NOT_YET = "Vælg områder og skriv et mål, så står her, om tallene kan afgøre det."
AFTER = "Kriteriet låses, når det er vedtaget, og kommer med i næste udgave."


def criterion_title() -> str:
    """What the page is for just now."""
    return "Ret et kriterium" if begun().get("criterion_id") else "Nyt kriterium"


def criterion_form(screen: Screen) -> None:
    """The fields, what they amount to, what would mend it, and the adoption."""
    first = begun()
    with st.container(border=True, key="criterion_fields"):
        about_what(screen)
        how_far(screen)
    draft = typed_draft()
    outlook = prospect(draft, screen.release) if draft else None
    _said(screen, outlook)
    if first["criterion_id"]:
        st.info("En ændring giver en ny version. Den gamle bliver stående i historikken.", icon=":material/info:")
        history_button("criteria", {"criterion_id": first["criterion_id"]}, name="criterion")
    fields = [Field("author", lines=2), Field("purpose_id", "Formål", titles(screen.partnership.purposes))]
    start = {"author": first["author"], "purpose_id": first["purpose_id"] or _purpose_of_initiative()}
    if first["criterion_id"]:
        fields.append(Field("reason", "Begrundelse for ændringen", lines=2))
    entry_form(
        form_name(),
        "criteria",
        fields,
        start,
        based_on=first["based_on"],
        complete=lambda typed: _whole_row(typed, screen),
        elsewhere=OWN_FIELDS,
        label="Vedtag",
        done="Vedtaget. Kommer med i næste udgave",
    )
    say(AFTER, EXAMPLE_BADGE if _is_example() else "")


# What is adopted --------------------------------------------------------------------------------------------------


def _whole_row(typed: Row, screen: Screen) -> Row:
    """The row of the contract: what is locked is the level that a change or a gap amounts to today."""
    first, draft = begun(), typed_draft()
    initiative = value("initiative_id") or ""
    measure = value("measure")
    indicator = value(f"indicator_{measure}")
    known = {
        "criterion_id": first["criterion_id"] or entries.new_id(our_store(), "criteria", f"{initiative} {indicator}")
    }
    share = measure == "survey"
    fixed = {
        "initiative_id": initiative,
        "measure": measure,
        "indicator": indicator,
        "area_ids": ";".join(value("areas") or []),
        "baseline_period": "" if measure == "activity" else value(f"baseline_{measure}"),
        "target": _level(draft, screen),
        "direction": value(f"direction_{measure}_{indicator}"),
        "deadline": value("deadline"),
        "margin": value("margin") / 100 if share else None,
        "waves": value("waves") if share else None,
        "tolerance": typed_tolerance(measure) or None,
        "reason": "",
    }
    return known | fixed | typed


def _level(draft: Draft | None, screen: Screen) -> float | None:
    if draft is None:
        return None
    if draft.target_is == "level":
        return draft.target
    target = prospect(draft, screen.release).target
    return None if pd.isna(target) else target


# What it amounts to -----------------------------------------------------------------------------------------------


def _said(screen: Screen, outlook: Prospect | None) -> None:
    """Whether it can ever be decided, and a button for each thing that would make it so."""
    with st.container(key="criterion_prospect"):
        if outlook is None:
            st.markdown(f":gray[{NOT_YET}]")
            return
        noun = sentences.criterion_noun(
            {"measure": outlook.draft.measure, "indicator": outlook.draft.indicator}, screen.partnership
        )
        sentence = plain(prospect_sentence(outlook, noun))
        if outlook.draft.measure != "activity" and pd.notna(outlook.target):
            goal = {"direction": outlook.draft.direction, "target": outlook.target, "deadline": outlook.draft.deadline}
            say(sentences.criterion_goal(goal | {"measure": outlook.draft.measure, "noun": noun}))
        if outlook.can_be_decided:
            st.success(sentence, icon=":material/check_circle:")
            midway = undecided_midway_sentence(outlook)
            if midway:
                say(midway)
        else:
            st.warning(sentence, icon=":material/warning:")
        _chances(outlook)
        if outlook.remedies:
            st.markdown("**Det kan lade sig gøre på en af disse måder:**")
        for remedy in outlook.remedies:
            _remedy(remedy, area_names(screen), noun)


def _chances(outlook: Prospect) -> None:
    """The three chances at the deadline as a picture, and buttons for what would make an exact success show."""
    drawn = chances_html(outlook)
    if not drawn:
        return
    markup(drawn, key="criterion_chances")
    say(proof_sentence(outlook))
    draft, needed = outlook.draft, outlook.tolerance_needed
    if outlook.chances[0].met >= LIKELY:
        return
    with st.container(horizontal=True, key="criterion_provable"):
        if pd.notna(needed):
            st.button(f"Brug en tolerance på {tolerance_words(needed, draft.measure)}", key="use_tolerance",
                      icon=":material/build:", on_click=put_tolerance, args=(draft.measure, needed))  # fmt: skip
            nearer = round(outlook.target - draft.direction * needed, 3)
            if draft.direction * (nearer - outlook.baseline) > 0:
                mended = replace(draft, target=nearer, target_is="level", tolerance=0.0)
                st.button(f"Skriv målet som {figure_words(nearer, draft.measure)}", key="use_nearer_target",
                          icon=":material/build:", on_click=fill, args=(mended,))  # fmt: skip
        if pd.notna(outlook.answers_to_prove):
            more = f" og en tolerance på {tolerance_words(outlook.tolerance_to_prove)}" if not draft.tolerance else ""
            st.button(f"Regn med {danish.number(outlook.answers_to_prove)} svar{more}", key="use_answers",
                      icon=":material/build:", on_click=put_answers,
                      args=(outlook.answers_to_prove, outlook.tolerance_to_prove))  # fmt: skip


def _remedy(remedy: Remedy, names: Mapping[str, str], noun: str) -> None:
    with st.container(key=f"criterion_way_{remedy.kind}", gap="small"):
        say(remedy_sentence(remedy, names, noun))
        st.button(WAY_WORDS[remedy.kind], key=f"use_way_{remedy.kind}", icon=":material/build:", on_click=fill,
                  args=(remedy.draft,))  # fmt: skip


def _purpose_of_initiative() -> str:
    rows = initiatives().set_index("initiative_id")
    return str(rows["purpose_id"].get(value("initiative_id"), ""))


def _is_example() -> bool:
    rows = initiatives()
    return bool((rows.loc[rows["initiative_id"] == value("initiative_id"), "provenance"] == "example").any())
