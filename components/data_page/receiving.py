"""The first two steps: a template to fill in, and the files: dropped, fetched, recognised, corrected."""

from collections.abc import Callable

import streamlit as st

from components.data_page.delivery import Delivery, delivery, drop, refuse_readers, take_in
from components.data_page.progress import working
from components.data_page.table_shapes import asked, headings_pointed_at, shares_asked
from components.session import account, our_store
from components.tables import download_file
from components.text import plain, say
from data import clock, danish
from data.contracts.problems import ContractError
from data.contracts.validation import CONTRACTS
from data.intake import statbank
from data.intake.examination import LEFT_OUT, OUTLINES, Sheet
from data.intake.next_template import next_template, next_title
from data.intake.outlines import configured, fetch_outlines
from data.intake.templates import Format, codes_of, own_example, template
from data.partnership import Partnership, our_partnership
from data.store import Incoming, StoreError
from data.store.headings import forget, remember, remembered

KINDS = {kind: contract.title for kind, contract in CONTRACTS.items()}
CELLS = "cells"
MEDIA = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}
FORMATS: dict[Format, str] = {"xlsx": "Hent til Excel", "csv": "Hent som CSV"}
STATBANK, OUTLINES_FETCHED = "Danmarks Statistik", "Omrids"
_MESSAGE = "fetch_message"
_NOT_THERE = ""


# 1. Templates -----------------------------------------------------------------------------------------------------


def templates() -> None:
    """A template of each kind, with its column guide, codes and one example row."""
    kinds = asked_kinds(our_partnership())
    kind = st.selectbox(
        "Slags tabel", kinds, index=kinds.index("incidents"), format_func=KINDS.__getitem__, key="template_kind"
    )
    with st.container(horizontal=True):
        name = KINDS[kind].lower().replace(" ", "-")
        for format, label in FORMATS.items():
            download_file(label, _template(kind, format), f"{name}.{format}", MEDIA[format], key=f"template_{format}")
        if title := _next_title(kind, str(our_store().engine.url), our_store().newest_load()):
            file = f"{name}_{title.removeprefix('Skabelon til ').replace('. ', '-').replace(' ', '-')}.xlsx"
            download_file(title, _next(kind), file, MEDIA["xlsx"], key="template_next")
    st.caption("Excel-filen har også en vejledning til hver kolonne og de koder, man kan bruge.")


def asked_kinds(partnership: Partnership) -> list[str]:
    """The kinds of table that the partnership has a use for: grid cells where somebody may see them."""
    seen = any(each.sees_cells for each in partnership.audiences)
    return [kind for kind in KINDS if kind != CELLS or seen]


@st.cache_data(max_entries=8, show_spinner=False)
def _next_title(kind: str, url: str, load: int | None) -> str:
    """What the template of next time is called; it changes only with what is loaded."""
    return next_title(kind, our_store())


def _next(kind: str) -> Callable[[], bytes]:
    def made() -> bytes:
        return next_template(kind, our_store(), our_partnership())

    return made


def _template(kind: str, format: Format) -> Callable[[], bytes]:
    def made() -> bytes:
        codes = codes_of(our_store(), our_partnership())
        return template(kind, format, codes, own_example(kind, codes, our_partnership()))

    return made


# 2. Files ---------------------------------------------------------------------------------------------------------


def files() -> None:
    """The drop zone, what can be fetched, and each table as it is understood."""
    made = delivery()
    with st.container(key="quarter_drop"):
        dropped = st.file_uploader(
            "Træk en eller flere filer hertil, eller vælg dem",
            accept_multiple_files=True,
            key=f"drop_{made.serial}",
        )
    if dropped:
        take_in(dropped)
        st.rerun()
    _fetching()
    for message in made.said:
        say(message)
    if made.is_empty and not made.refused:
        st.caption(
            "CSV, Excel, OpenDocument, SPSS, GeoJSON, GeoPackage, KML, GML og zippet Shapefile. "
            "Intet gemmes, før du udgiver."
        )


def _fetching() -> None:
    with st.container(horizontal=True):
        if st.button("Hent fra Danmarks Statistik", icon=":material/cloud_download:", key="fetch_statbank"):
            _fetch(STATBANK, _from_statbank)
        if configured() and st.button("Hent omrids", icon=":material/cloud_download:", key="fetch_outlines"):
            _fetch(OUTLINES_FETCHED, _from_outlines)
    if _MESSAGE in st.session_state:
        st.error(plain(st.session_state.pop(_MESSAGE)), icon=":material/cloud_off:")


def _from_statbank() -> tuple[tuple[Incoming, ...], tuple[str, ...]]:
    fetched = statbank.fetch(our_store(), our_partnership(), today=clock.today())
    return fetched.incoming, fetched.sentences


def _from_outlines() -> tuple[tuple[Incoming, ...], tuple[str, ...]]:
    fetched = fetch_outlines(our_store(), configured())
    return fetched.incoming, fetched.sentences


def _fetch(name: str, fetch: Callable[[], tuple[tuple[Incoming, ...], tuple[str, ...]]]) -> None:
    """Fetch tables into the delivery; what came of it, good or bad, is said in the next run."""
    made = delivery()
    try:
        refuse_readers()
        with working(f"Henter fra {name}. Det kan tage et par minutter, hvis forbindelsen er dårlig.") as tell:
            tell(0.2, f"Spørger {name}")
            incoming, sentences = fetch()
    except (StoreError, ContractError) as error:
        st.session_state[_MESSAGE] = str(error)
    else:
        made.fetched[name], made.said = incoming, list(sentences)
    st.rerun()


def understood() -> None:
    """Each table of the delivery with what it is taken for, to be corrected, and its columns, to be mapped."""
    made = delivery()
    for name, tables in list(made.fetched.items()):
        if tables:
            with st.container(horizontal=True, vertical_alignment="center", key=f"line_fetched_{name}"):
                rows = danish.plural(sum(len(table.frame) for table in tables), "række", "rækker")
                st.markdown(f":material/cloud_done: **{plain(name)}** :gray[{rows}]", width="stretch")
                st.button("Fjern", key=f"drop_fetched_{name}", type="tertiary", on_click=drop, args=(name,))
    for name in list(made.files):
        sheets = [sheet for sheet in made.examined.sheets if sheet.file == name]
        with st.container(key=f"line_file_{name}"):
            _file(made, name, sheets)
    _remembered()


def _file(made: Delivery, name: str, sheets: list[Sheet]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        rows = danish.plural(sum(sheet.rows for sheet in sheets), "række", "rækker") if sheets else "kan ikke læses"
        st.markdown(f":material/description: **{plain(name)}** :gray[{rows}]", width="stretch")
        st.button("Fjern", key=f"drop_file_{name}", type="tertiary", on_click=drop, args=(name,))
    for sheet in sheets:
        if sheet.kind == OUTLINES:
            st.caption("Omrids af områder")
            continue
        _kind(made, sheet)
        asked(made, sheet)
        shares_asked(made, sheet)
        if sheet.kind and sheet.missing and sheet.unused:
            _mapping(sheet)
    headings_pointed_at(made, name, sheets)


def _kind(made: Delivery, sheet: Sheet) -> None:
    """What the table is taken for; choosing another is a correction, which is checked at once."""
    options = [*KINDS, LEFT_OUT]
    key = f"kind_{sheet.file}_{sheet.sheet}_{sheet.kind}"
    st.selectbox(
        plain(f"Ark »{sheet.sheet}« er" if sheet.sheet else "Filen er"),
        options,
        index=options.index(sheet.kind) if sheet.kind in options else None,
        format_func=lambda kind: KINDS.get(kind, "Skal ikke med"),
        placeholder="Vælg, hvad det er",
        key=key,
        on_change=_correct,
        args=(made, sheet, key),
    )


def _correct(made: Delivery, sheet: Sheet, key: str) -> None:
    chosen = st.session_state[key]
    if chosen is not None:
        made.kinds[sheet.file, sheet.sheet] = chosen


def _mapping(sheet: Sheet) -> None:
    """Which of the file's headings stand for the columns that are missing; said once, and remembered."""
    contract = CONTRACTS[str(sheet.kind)]
    with st.container(border=True, key=f"mapping_{sheet.file}_{sheet.sheet}"):
        st.markdown("**Kolonner, der hedder noget andet.** Vælg, hvilken det er. Det huskes til næste gang.")
        keys = {}
        for column in sheet.missing:
            keys[column] = f"map_{sheet.file}_{sheet.sheet}_{sheet.kind}_{column}"
            st.selectbox(
                plain(contract.column(column).heading),
                [_NOT_THERE, *sheet.unused],
                format_func=lambda heading: heading or "Findes ikke i filen",
                help=plain(contract.column(column).meaning),
                key=keys[column],
            )
        st.button(
            "Brug og husk", key=f"remember_{sheet.file}_{sheet.sheet}", on_click=_remember, args=(sheet, keys)
        )  # fmt: skip


def _remember(sheet: Sheet, keys: dict[str, str]) -> None:
    refuse_readers()
    meant = {st.session_state[key]: column for column, key in keys.items() if st.session_state[key] != _NOT_THERE}
    try:
        remember(our_store().engine, str(sheet.kind), meant, account())
    except StoreError as error:
        st.session_state[_MESSAGE] = str(error)


def _remembered() -> None:
    known = remembered(our_store().engine)
    if not known:
        return
    with st.popover("Kolonner, der huskes", icon=":material/bookmark:", type="tertiary"):
        for kind, headings in known.items():
            for heading, column in headings.items():
                with st.container(horizontal=True, vertical_alignment="center"):
                    meant = f"»{heading}« er »{CONTRACTS[kind].column(column).heading}« i {KINDS[kind].lower()}"
                    st.markdown(plain(meant), width="stretch")
                    st.button("Glem", key=f"forget_{kind}_{heading}", type="tertiary", on_click=_forget,
                              args=(kind, heading))  # fmt: skip


def _forget(kind: str, heading: str) -> None:
    refuse_readers()
    forget(our_store().engine, kind, heading)
