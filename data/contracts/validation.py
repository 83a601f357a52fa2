"""Checks that a table keeps its contract, and finds and explains the contracts for those who must keep them."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches

import pandas as pd

from data import clock
from data.contracts.columns import Column, Contract, Kind, Known, Rule, same_heading, squeezed_heading
from data.contracts.definitions import CONTRACTS
from data.contracts.faults import Faults, table_problem
from data.contracts.lone_rows import without_lone_rows
from data.contracts.problems import ContractError, Problem
from data.contracts.reading import blank_column, read_column, spellings
from data.contracts.values import items

__all__ = [
    "CONTRACTS", "Column", "Contract", "ContractError", "Kind", "Known", "Problem", "Rule",
    "area_spellings", "check", "guide", "headings_of", "items", "recognise",
]  # fmt: skip

RESEMBLING = 0.75
"""How alike a heading must be to that of an optional column for it to be asked about."""
HARMLESS = ("antal", "n", "valgfri")
"""Words in brackets that change nothing of what a heading says."""
RECOGNISED = 0.5
"""Part of a contract's required columns that a table must have to be taken for one of its kind."""


# The check --------------------------------------------------------------------------------------------------


def check(
    frame: pd.DataFrame,
    kind: str,
    known: Known | None = None,
    file: str = "",
    sheet: str = "",
    today: dt.date | None = None,
    also: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """The table as its contract has it: typed, normalised, columns in order (dtypes as in `schemas.schema`).

    `frame` is as read: text, headings in Danish or as ids, the index holding the spreadsheet's row numbers
    (an index that counts from 0 is taken as rows from 2 on). A typed table works as well. Words are resolved
    and checked against `known`; nothing may lie after `today` (the current day when None). Columns that the
    contract does not know are left out and named in `attrs["ignored_columns"]`. `also` are headings of partners' own
    (reduced by `same_heading`) and the columns they stand for where the contract's headings are not there. Run
    `data.intake.privacy.find_personal_data` first: the problems found here repeat what stands in the cells.

    Raises ContractError with every problem found, and KeyError for an unknown kind.
    """
    contract = CONTRACTS[kind]
    known = known or Known()
    if len(frame) == 0:
        raise ContractError([table_problem(file, sheet)])
    if isinstance(frame.index, pd.RangeIndex) and frame.index.start == 0:
        frame = frame.set_axis(pd.RangeIndex(2, len(frame) + 2), axis=0)
    headings = headings_of(frame, kind, also)
    faults = Faults(contract, file, sheet, {name: headed[0] for name, headed in headings.items()}, frame)
    faults.repeated_columns(headings)
    faults.nearly_columns(resembling(frame, kind, headings))
    frame = without_lone_rows(frame, contract, headings, faults)
    if frame.empty:
        raise ContractError(faults.in_order())
    typed = pd.DataFrame(index=frame.index)
    for column in contract.columns:
        if column.name in headings:
            if column.name == "parent_id" and known.areas is not None and "area_id" in typed:
                # An area may lie in one that the same file brings.
                known = replace(known, areas={**known.areas, **area_spellings(typed)})
            position = list(frame.columns).index(headings[column.name][0])
            typed[column.name] = read_column(frame.iloc[:, position], column, spellings(column, known), faults)
        elif not column.required:
            typed[column.name] = blank_column(column, frame.index)
    _refuse_mixed_units(frame, contract, headings, faults)
    from data.contracts.schemas import (
        validate,  # pandera takes long to import, and only those who check a table need it
    )

    validate(typed, contract, known, today or clock.today(), faults)
    if faults.problems:
        raise ContractError(faults.in_order())
    used = {headed for names in headings.values() for headed in names}
    typed.attrs["ignored_columns"] = tuple(str(name) for name in frame.columns if name not in used and name != "")
    return typed[[column.name for column in contract.columns]]


def _refuse_mixed_units(
    frame: pd.DataFrame, contract: Contract, headings: Mapping[str, list[str]], faults: Faults
) -> None:
    """In a column that is mostly per cents, a cell of at most 1 may be either: it is asked about with the others."""
    for column in contract.columns:
        if column.kind != "share" or column.name not in headings:
            continue
        cells = frame.iloc[:, list(frame.columns).index(headings[column.name][0])].astype(str).str.strip()
        marked = cells.str.endswith("%") | cells.str.casefold().str.endswith("pct.")
        figures = pd.to_numeric(cells.str.replace(",", "."), errors="coerce")
        percents, small = marked | (figures > 1), ~marked & (figures > 0) & (figures <= 1)
        if percents.sum() > small.sum() > 0:
            faults.add(
                column.name, frame.index[small], "resten af kolonnen er i procent, så tallet kan være begge dele",
                "Skriv hele kolonnen som andele mellem 0 og 1",
            )  # fmt: skip


def headings_of(frame: pd.DataFrame, kind: str, also: Mapping[str, str] | None = None) -> dict[str, list[str]]:
    """Which headings of the frame stand for which column of the contract; for `also` see `check`."""
    contract = CONTRACTS[kind]
    accepted = {same_heading(word): column.name for column in contract.columns for word in column.called}
    headings: dict[str, list[str]] = {}
    for heading in frame.columns:
        name = accepted.get(same_heading(heading))
        if name:
            headings.setdefault(name, []).append(heading)
    own = set(headings)
    for heading in frame.columns if also else ():
        name = (also or {}).get(same_heading(heading))
        if name and name not in own and same_heading(heading) not in accepted:
            headings.setdefault(name, []).append(heading)
    _nearly_named(frame, contract, accepted, headings)
    return headings


def _nearly_named(
    frame: pd.DataFrame, contract: Contract, accepted: Mapping[str, str], known: dict[str, list[str]]
) -> None:
    """Add columns whose one heading differs in signs and brackets only: "Design-effekt (deff)" is "Designeffekt"."""
    squeezed = {squeezed_heading(word): name for word, name in accepted.items()}
    near: dict[str, list[str]] = {}
    for heading in frame.columns:
        name = squeezed.get(squeezed_heading(heading), "")
        meant = name and name not in known and same_heading(heading) not in accepted
        if meant and _only_signs(str(heading), name, contract):
            near.setdefault(name, []).append(heading)
    known |= {name: headings for name, headings in near.items() if len(headings) == 1}


def _only_signs(heading: str, name: str, contract: Contract) -> bool:
    """Whether the brackets of a heading say nothing that could make it another column: "(deff)", not "(utrygge)"."""
    own = {squeezed_heading(word) for word in (name, contract.column(name).heading, *HARMLESS)}
    return {squeezed_heading(word) for word in re.findall(r"\((.*?)\)", heading)} <= own


def resembling(frame: pd.DataFrame, kind: str, headings: Mapping[str, list[str]]) -> dict[str, str]:
    """Unused heading → the optional column without a heading that it resembles, and may be meant as."""
    contract = CONTRACTS[kind]
    used = {heading for close_names in headings.values() for heading in close_names}
    lacking = {
        squeezed_heading(word): column.name
        for column in contract.columns
        if not column.required and column.name not in headings
        for word in (column.name, column.heading)
    }
    close_names: dict[str, str] = {}
    for heading in frame.columns:
        if heading and heading not in used:
            words = {squeezed_heading(heading), *map(squeezed_heading, re.findall(r"\((.*?)\)", str(heading)))} - {""}
            close = [match for word in words for match in get_close_matches(word, lacking, 1, RESEMBLING)]
            close_names |= {str(heading): lacking[close[0]]} if close else {}
    return close_names


# Finding and explaining contracts ---------------------------------------------------------------------------


def area_spellings(areas: pd.DataFrame) -> dict[str, str]:
    """Every way a file may write an area → its area_id: id, code with three or four digits, exact name.

    `areas` has area_id and, if known, code, name and level; of two rows for one area the later counts. A name or
    code that two areas share stands for neither. A municipality may be called one: "Herlev Kommune".
    """
    area_of: dict[str, str] = {}
    areas = areas.drop_duplicates("area_id", keep="last")
    for name in ("name", "code"):
        if name not in areas:
            continue
        words = areas[name].fillna("").astype(str)
        single = (words != "") & ~words.str.casefold().duplicated(keep=False)
        for word, area in zip(words[single], areas["area_id"][single], strict=True):
            codes = (word, word.zfill(3), word.zfill(4), str(int(word)).zfill(3)) if word.isdecimal() else (word,)
            area_of |= dict.fromkeys(codes, area)
        if name == "name" and "level" in areas:
            towns = single & (areas["level"] == "municipality")
            full = {f"{word} Kommune": area for word, area in zip(words[towns], areas["area_id"][towns], strict=True)}
            area_of = full | area_of
    return _with_codes(areas, area_of) | area_of | {area: area for area in areas["area_id"]}


def _with_codes(areas: pd.DataFrame, area_of: Mapping[str, str]) -> dict[str, str]:
    """Names with the code of the same area beside them: "163 Herlev", "Herlev Kommune (0163)"."""
    if not {"name", "code"} <= set(areas):
        return {}
    both: dict[str, str] = {}
    columns = (areas[each].fillna("").astype(str) for each in ("area_id", "name", "code"))
    for area, name, code in zip(*columns, strict=True):
        if name and code.isdecimal():
            for word in (name, f"{name} Kommune"):
                for digits in {code, code.zfill(4)} if area_of.get(word) == area else ():
                    said = (f"{digits} {word}", f"{digits} - {word}", f"{word} ({digits})")
                    both |= dict.fromkeys(said, area)
    return both


def recognise(frame: pd.DataFrame, also: Mapping[str, Mapping[str, str]] | None = None) -> str | None:
    """Which contract a table is written for, judged by its headings; None when none of them fits.

    `also` has headings of partners' own for some kinds (see `check`).
    """
    best: tuple[float, int, str | None] = (0.0, 0, None)
    for kind, contract in CONTRACTS.items():
        headings = headings_of(frame, kind, (also or {}).get(kind))
        required = [column.name for column in contract.columns if column.required]
        part = sum(name in headings for name in required) / len(required)
        if part >= RECOGNISED and (part, len(headings)) > best[:2]:
            best = (part, len(headings), kind)
    return best[2]


KIND_WORDS: dict[str, str] = {
    "text": "tekst", "integer": "helt tal", "decimal": "tal", "share": "andel mellem 0 og 1", "date": "dato",
    "period": "periode", "list": "liste adskilt af semikolon", "choice": "et af de tilladte ord",
}  # fmt: skip


def guide(kind: str) -> list[dict[str, str]]:
    """The Danish column guide of a contract: one row a column, with the same keys in each."""
    return [
        {
            "Overskrift": column.heading,
            "Kan også hedde": column.name,
            "Indhold": KIND_WORDS[column.kind],
            "Betydning": column.meaning,
            "Tilladt": _allowed(column),
            "Skal udfyldes": "ja" if column.empty_means is None else "nej",
            "Tom celle betyder": column.empty_means or "",
            "Eksempel": column.example,
        }
        for column in CONTRACTS[kind].columns
    ]


def _allowed(column: Column) -> str:
    if column.choices:
        return "; ".join(f"{label} ({value})" for value, label in column.choices.items())
    return column.form
