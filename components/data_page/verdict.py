"""The third and fourth step: every problem with its place and remedy, warnings apart, and what would change."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import streamlit as st

from components.data_page.delivery import Delivery, check, delivery, is_previewed, make_preview, needs_check
from components.data_page.outlines_moved import outlines_moved
from components.data_page.progress import working
from components.data_page.receiving import MEDIA
from components.session import our_store
from components.stacked_table import stacked_table
from components.tables import download_file, to_csv
from components.text import plain, say
from data import danish
from data.contracts.faults import MISSING_COLUMN
from data.contracts.problems import Problem
from data.intake.examination import STRANGER, Sheet
from data.intake.plausibility import Caution
from data.intake.wide import COMMAND_LINE
from data.partnership import our_partnership
from data.publishing.preview import Preview
from data.publishing.preview_rows import FIGURES, Section, in_words, sections, summary
from data.records import records
from data.store import Store, StoreError

SHOWN_PROBLEMS = 200
"""Problems listed on the page; all of them are in the file."""
SHOWN_CHANGES = 1000
SHOWN_ALIKE = 5
"""Warnings of one kind in the open; the rest are folded away."""
CAUTIONS = {
    "seen": "Set i filerne",
    "mass": "Ligner masseregistreringer",
    "far_from_history": "Langt fra det sædvanlige",
    "above_whole": "Større end det hele",
    "new_category": "Nye kategorier",
    "waits": "Vises, når perioden er hel",
    "missing_area": "Områder, der mangler",
    "population_jump": "Spring i folketallet",
    "fewer_answers": "Langt færre svar end sidst",
    "share_jump": "Spring i andele",
    "counted_the_old_way": "Aktiviteter uden deltagere",
    "moved_outline": "Ændrede omrids",
    "uncredited_outline": "Omrids uden kreditering",
}
_MESSAGE = "preview_message"


# 3. Check ---------------------------------------------------------------------------------------------------------


def checked() -> None:
    """Check what is new since the last run, and show all that is wrong, then what is worth a second look."""
    made = delivery()
    if needs_check():
        with working("Kontrollerer") as tell:
            check(tell)
        st.rerun()
    if made.is_empty and not made.problems:
        st.caption("Der er ingen nye filer. Du kan godt udgive det, der er skrevet, siden sidste udgave.")
        return
    if made.problems:
        _problems()
    else:
        rows = sum(len(table.frame) for table in made.incoming)
        st.success(f"Ingen fejl. {danish.plural(rows, 'række', 'rækker')} er klar.", icon=":material/check_circle:")
    if made.cautions:
        _cautions(made.cautions)


def _problems() -> None:
    made = delivery()
    problems = made.problems
    files = len({problem.file for problem in problems})
    st.error(
        f"{danish.plural(len(problems), 'fejl', 'fejl')} i {danish.plural(files, 'fil', 'filer')}. "
        f"{_way_out(made)} Intet er indlæst.",
        icon=":material/error:",
    )
    for name in made.refused:
        say(f"{name} ser ud til at rumme personoplysninger. Filen er afvist og ikke gemt noget sted.")
    # With openpyxl, which takes long to import.
    from data.intake.problem_workbook import WHERE, problem_rows, problem_workbook

    table = problem_rows([_with_step(problem, made.examined.sheets) for problem in problems])
    stacked_table(table.head(SHOWN_PROBLEMS), place=WHERE)
    if len(table) > SHOWN_PROBLEMS:
        st.caption(f"De første {SHOWN_PROBLEMS} er vist. Resten står i filen.")
    kept = [file for file, _ in made.files.values()]
    download_file(
        "Hent fejlene som Excel", lambda: problem_workbook(kept, problems), "fejl.xlsx", MEDIA["xlsx"], key="problems"
    )


def _way_out(made: Delivery) -> str:
    """What to do: say in step 2 what a column or a table is where that may be enough, else mend the file."""
    sheets = made.examined.sheets
    columns = any(sheet.kind and sheet.missing and sheet.unused for sheet in sheets)
    places = {(sheet.file, sheet.sheet): sheet for sheet in sheets}
    if any(
        (sheet.wide and place not in made.wide) or (sheet.doubts and place not in made.units)
        for place, sheet in places.items()
    ):
        return "Svar på spørgsmålet ved filen i trin 2."
    if any(sheet.kind is None for sheet in sheets):
        also = " og kolonnen" if columns else ""
        return f"Vælg i trin 2, hvad filen er{also}, eller ret filen, og læg den ind igen."
    if columns:
        return "Vælg kolonnen i trin 2, eller ret filen, og læg den ind igen."
    return "Ret dem, og læg filen ind igen."


def _with_step(problem: Problem, sheets: Sequence[Sheet]) -> Problem:
    """The problem with the step on this page that may mend it put before its own remedy."""
    problem = replace(problem, remedy=problem.remedy.split(COMMAND_LINE)[0])
    place = (problem.file, problem.sheet)
    mappable = any((sheet.file, sheet.sheet) == place and sheet.unused for sheet in sheets)
    step = {STRANGER: "Vælg i trin 2, hvad filen er", MISSING_COLUMN: "Vælg kolonnen i trin 2" if mappable else ""}
    first = step.get(problem.message, "")
    if not first:
        return problem
    return replace(problem, remedy=f"{first}, eller {danish.inside(problem.remedy)}")


def _cautions(cautions: Sequence[Caution]) -> None:
    st.warning(
        f"{danish.plural(len(cautions), 'ting er usædvanlig', 'ting er usædvanlige')}, men ikke nødvendigvis forkert. "
        "Se efter, før du udgiver.",
        icon=":material/visibility:",
    )
    order = list(CAUTIONS)
    for kind, alike in groupby(sorted(cautions, key=lambda each: order.index(each.kind)), key=lambda each: each.kind):
        sentences = [each.sentence for each in alike]
        st.markdown(f"**{CAUTIONS[kind]}** ({danish.number(len(sentences))})")
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences[:SHOWN_ALIKE]))
        if len(sentences) > SHOWN_ALIKE:
            with st.expander(f"{danish.number(len(sentences) - SHOWN_ALIKE)} flere"):
                st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences[SHOWN_ALIKE:]))


# 4. Preview -------------------------------------------------------------------------------------------------------


def previewed() -> None:
    """What publishing would change, worked out when asked for."""
    made = delivery()
    if made.problems:
        st.caption("Ret først fejlene.")
        return
    if st.button("Vis, hvad der ændrer sig", key="make_preview", icon=":material/compare_arrows:",
                 type="secondary" if is_previewed() else "primary"):  # fmt: skip
        try:
            with working("Regner forhåndsvisningen ud") as tell:
                make_preview(tell)
        except StoreError as error:
            st.session_state[_MESSAGE] = str(error)
        st.rerun()
    if _MESSAGE in st.session_state:
        st.error(plain(st.session_state.pop(_MESSAGE)), icon=":material/error:")
    if made.preview is not None and is_previewed():
        show_changes(made.preview, "preview")
        outlines_moved(made)
    elif made.preview is not None:
        st.caption("Noget er ændret siden forhåndsvisningen. Vis den igen.")


def show_changes(preview: Preview, name: str) -> None:
    """A sentence on what changes, and each part as a table, folded away; `name` tells one such list from another."""
    say(summary(preview))
    for section in sections(preview):
        title = f"{section.title}: {danish.number(len(section.rows))}"
        with st.expander(title, key=f"changes_{name}_{section.title}", on_change="rerun") as fold:
            if fold.open:
                _section(section, name)


def _section(section: Section, name: str) -> None:
    if section.meaning:
        st.caption(section.meaning)
    words = in_words(section.rows, our_partnership(), _names(our_store()))
    stacked_table(words.head(SHOWN_CHANGES), place=[name for name in words.columns if name not in FIGURES])
    if len(words) > SHOWN_CHANGES:
        st.caption(f"De første {danish.number(SHOWN_CHANGES)} er vist. Alle står i filen.")
    file = f"{section.title.lower().replace(' ', '-').replace(',', '')}.csv"
    download_file("Hent som CSV", lambda: to_csv(words), file, "text/csv", key=f"csv_{name}_{section.title}")


def _names(store: Store) -> dict[str, str]:
    """What areas and criteria are called: those that stand, and before them those of the delivery."""
    areas = [table.frame for table in delivery().incoming if table.kind == "areas"]
    names = {row["area_id"]: row["name"] for frame in (*areas, store.loaded("areas")) for row in records(frame)}
    newest = store.newest()
    if newest is not None:
        with_criteria = store.release(newest.id, audience=our_partnership().audiences[0].id).criteria
        names |= {row["criterion_id"]: row["subject"] for row in records(with_criteria)}
    return names
