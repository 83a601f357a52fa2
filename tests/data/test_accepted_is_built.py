"""Whatever a check accepts, publishing can build: legal rows of every contract are made up and built into a release."""

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.contracts.columns import Column, Contract, Known
from data.contracts.definitions import CONTRACTS
from data.contracts.problems import ContractError
from data.contracts.validation import area_spellings, check
from data.partnership import our_partnership
from data.publishing.bootstrap import SHIPPED
from data.release.build import build_changes, build_figures, build_places
from data.release.shelf import Shelf
from data.release.spans import settled
from tests.kept import kept_shelf

TODAY = dt.date(2026, 12, 1)
AREAS = ("gladsaxe", "hoeje-gladsaxe", "vaerebro-park", "grantoften")
INITIATIVES = ("tryghedsvandringer", "hotspotpatrulje", "brobyggere")
INDICATORS = ("tryg_i_nabolag", "utryg_i_nabolag")
PERIODS = {
    "year": ["2019", "2021", "2023", "2025"], "quarter": ["2019K1", "2022K3", "2025K4"], "month": ["2024M02"],
    "half_year": ["2024H1"], "four_months": ["2024T3"], "day": ["2024-04-15", "2024-10-01 efterår 2024"],
}  # fmt: skip
QUICK = settings(
    max_examples=40, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)  # fmt: skip


@lru_cache(maxsize=1)
def standing() -> dict[str, pd.DataFrame]:
    """A few areas of the shipped data, checked: enough that every table of a release has rows."""
    found: dict[str, pd.DataFrame] = {}
    for kind in CONTRACTS:
        files = sorted(SHIPPED.glob(f"{kind}*.csv"))
        frames = [pd.read_csv(file, dtype=str, keep_default_na=False) for file in files]
        raw = pd.concat(frames, ignore_index=True).fillna("") if frames else pd.DataFrame()
        for column in ("area_id", "area_ids"):
            if column in raw and kind not in ("cells", "hours", "areas"):
                # What spans more areas is kept for those there are: most initiatives run in all of them.
                raw[column] = raw[column].map(lambda ids: ";".join(each for each in ids.split(";") if each in AREAS))
                raw = raw[raw[column] != ""]
        if "initiative_id" in raw:
            raw = raw[raw["initiative_id"].isin(INITIATIVES)]
        if kind == "survey":
            raw = raw[raw["indicator"].isin(INDICATORS)]
        if kind in ("incidents", "cells", "hours") and len(raw):
            raw = raw[raw["category"] == "12"] if kind != "incidents" else raw[raw["category"].isin(["12", "TOT"])]
        contract = CONTRACTS[kind]
        names = [column.name for column in contract.columns]
        if raw.empty:
            found[kind] = pd.DataFrame(columns=names)
            continue
        found[kind] = check(raw.reset_index(drop=True), kind, Known(), today=TODAY)
    found["boundaries"] = pd.DataFrame(columns=["area_id", "geometry", "outline", "basis", "credit"])
    return found


@lru_cache(maxsize=1)
def known() -> Known:
    rows, agreed = standing(), our_partnership()
    return Known(
        areas={each: each for each in AREAS} | area_spellings(rows["areas"]),
        indicators=frozenset(each.id for each in agreed.indicators),
        categories=frozenset(each.id for each in agreed.categories),
        series=frozenset(each.id for each in agreed.series),
        sources=frozenset(rows["sources"]["source_id"]),
        initiatives=frozenset(rows["initiatives"]["initiative_id"]),
        purposes=frozenset(each.id for each in agreed.purposes),
        principles=frozenset(each.id for each in agreed.principles),
        meetings=frozenset(rows["meetings"]["meeting_id"]),
        dialogues=frozenset(rows["dialogues"]["dialogue_id"]),
        profiles=frozenset(rows["risk_profiles"]["profile_id"]),
        focus_areas=frozenset(str(each.id) for each in agreed.focus_areas),
        forums={each.id: each.local for each in agreed.forums},
    )


def cell(column: Column) -> st.SearchStrategy[Any]:
    """What may stand in a cell of a column by its own rules, edges first."""
    found = _filled(column)
    return found if column.empty_means is None else st.one_of(st.just(""), found)


def _filled(column: Column) -> st.SearchStrategy[Any]:
    if column.refers == "areas":
        return _some(AREAS) if column.kind == "list" else st.sampled_from(AREAS)
    if column.refers:
        ids = sorted(known().ids(column.refers) or {"x"})
        return _some(ids) if column.kind == "list" else st.sampled_from(ids)
    if column.choices:
        return st.sampled_from(sorted(column.choices))
    if column.kind in ("integer", "decimal", "share"):
        low, high = int(column.minimum or 0), min(float(column.maximum or 1000), 5000.0)
        edges = [str(low), str(int(high))] if column.kind == "integer" else [str(low), str(high).replace(".", ",")]
        whole = st.integers(low, max(low, int(high))).map(str)
        part = st.integers(0, 1000).map(lambda each: str(round(low + each / 1000 * (high - low), 3)).replace(".", ","))
        return st.one_of(st.sampled_from(edges), whole if column.kind == "integer" else part)
    if column.kind == "date":
        return st.sampled_from(["2014-01-01", "2020-06-30", "2022-02-15", "2026-01-01"])
    if column.kind == "period":
        return st.sampled_from(
            [each for length in column.periods or tuple(PERIODS) for each in PERIODS.get(length, [])]
        )
    if column.kind == "list":
        return st.just("SUB 2014")
    if column.pattern:
        return st.just(column.example or "nyt")
    return st.sampled_from([column.example or "Tekst", "Tekst"])


def _some(ids: Any) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(list(ids)), min_size=1, max_size=3).map(";".join)


def row(contract: Contract) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({column.name: cell(column) for column in contract.columns})


def accepted(kind: str, cells: dict[str, Any]) -> pd.DataFrame | None:
    """The row as its contract has it; None where the check refuses it."""
    try:
        return check(pd.DataFrame([cells], dtype=str), kind, known(), today=TODAY)
    except ContractError:
        return None


@pytest.fixture(scope="module")
def shelf(kept: Path) -> Shelf:
    """What a row of another kind leaves as it is, is worked out once."""
    return kept_shelf(kept, "accepted")


def built(kind: str, frame: pd.DataFrame, shelf: Shelf) -> dict[str, pd.DataFrame]:
    rows = dict(standing())
    columns = [column.name for column in CONTRACTS[kind].columns]
    together = pd.DataFrame({name: [*rows[kind][name], *frame[name]] for name in columns}).astype(frame.dtypes)
    rows[kind] = together.drop_duplicates(list(CONTRACTS[kind].key), keep="last")
    rows["incidents"] = settled(rows["incidents"])  # as everything is before it is built
    tables = build_figures(rows, our_partnership(), TODAY, shelf)
    return tables | build_changes(tables, None, our_partnership())


CRITERIA = CONTRACTS["criteria"]


def criterion() -> st.SearchStrategy[dict[str, Any]]:
    """Criteria near what people write: figures that exist, every edge of target, tolerance, margin and time."""
    measured = st.sampled_from(
        [("survey", "tryg_i_nabolag"), ("survey", "utryg_i_nabolag"), ("incidents", "12"), ("activity", "møde")]
    )
    return st.builds(
        lambda base, what, target, tolerance, waves, periods, direction: base
        | {
            "criterion_id": "nyt", "version": "1", "reason": "", "measure": what[0], "indicator": what[1],
            "target": target, "tolerance": tolerance, "waves": waves, "baseline_period": periods[0],
            "deadline": periods[1], "direction": direction, "margin": "",
        },
        row(CRITERIA),
        measured,
        st.sampled_from(["0", "0,05", "0,5", "1", "3", "12", "4000"]),
        st.sampled_from(["", "0", "0,03", "0,5", "5", "4000"]),
        st.sampled_from(["", "1", "2", "3"]),
        st.sampled_from([("2021", "2022"), ("2021", "2025"), ("2019", "2027"), ("2022", "2023K1"), ("2022K1", "2030")]),
        st.sampled_from(["1", "-1"]),
    )  # fmt: skip


@QUICK
@given(criterion())
def test_every_criterion_that_is_accepted_can_be_published(shelf: Shelf, cells: dict[str, Any]) -> None:
    frame = accepted("criteria", cells)
    if frame is None:
        return
    tables = built("criteria", frame, shelf)
    mine = tables["criteria"].set_index("criterion_id").loc["nyt"]
    assert mine["status"]
    assert mine["sentence"]


def area() -> st.SearchStrategy[dict[str, Any]]:
    """Areas that are new, or that change one there is: at every level, inside any other or none, ended or not."""
    return st.builds(
        lambda base, area_id, days, after: base | {"area_id": area_id, "code": ""} | days | after,
        row(CONTRACTS["areas"]),
        st.sampled_from(["nyt-omraade", *AREAS]),
        st.sampled_from(
            [
                {"first_day": "", "last_day": ""},
                {"first_day": "2021-01-01", "last_day": ""},
                {"first_day": "2014-01-01", "last_day": "2022-12-31"},
            ]
        ),
        st.sampled_from(
            [
                {"successors": "", "succession": ""},
                {"successors": "grantoften", "succession": "omdøbt"},
                {"successors": "grantoften;vaerebro-park", "succession": "delt"},
            ]
        ),
    )


@settings(QUICK, max_examples=8)
@given(area())
def test_every_area_that_is_accepted_can_be_published(shelf: Shelf, cells: dict[str, Any]) -> None:
    frame = accepted("areas", cells)
    if frame is not None:
        assert cells["area_id"] in set(built("areas", frame, shelf)["areas"]["area_id"])


SQUARES = {"100m": "100m_61800_7191", "250m": "250m_618125_71925", "1km": "1km_6180_719"}


@lru_cache(maxsize=1)
def places() -> dict[str, pd.DataFrame]:
    """A block of cells with burglaries in every year, and the hours of their municipality."""
    found = dict(standing())
    squares = sorted(found["cells"].loc[found["cells"]["area_id"] == "gladsaxe", "cell_id"].unique())[:40]
    found["cells"] = found["cells"][found["cells"]["cell_id"].isin(squares)]
    found["hours"] = found["hours"][found["hours"]["area_id"] == "gladsaxe"]
    return found


@pytest.mark.parametrize("kind", ["cells", "hours"])
@settings(QUICK, max_examples=6)
@given(st.data())
def test_every_row_of_places_that_is_accepted_can_be_published(kind: str, data: st.DataObject) -> None:
    period = data.draw(st.sampled_from(["2019", "2025", "2030", "2025K4", "2025M12", "2025U52"]))
    cells = data.draw(row(CONTRACTS[kind])) | {"year": period, "area_id": "gladsaxe"}
    if kind == "cells":
        cells["cell_id"] = data.draw(st.sampled_from(list(SQUARES.values())))
    frame = accepted(kind, cells)
    if frame is None:
        return
    rows = dict(places())
    rows[kind] = pd.concat([rows[kind], frame[list(rows[kind].columns)]]).drop_duplicates(
        list(CONTRACTS[kind].key), keep="last"
    )
    assert len(build_places(rows, figures())["cells"])


@lru_cache(maxsize=1)
def figures() -> dict[str, pd.DataFrame]:
    return build_figures(dict(standing()), our_partnership(), TODAY)


@pytest.mark.parametrize("kind", [kind for kind in CONTRACTS if kind not in ("areas", "cells", "hours", "criteria")])
@settings(QUICK, max_examples=6)
@given(st.data())
def test_every_row_that_is_accepted_can_be_published(kind: str, shelf: Shelf, data: st.DataObject) -> None:
    frame = accepted(kind, data.draw(row(CONTRACTS[kind])))
    if frame is not None:
        assert len(built(kind, frame, shelf)["areas"])


def test_the_goal_of_no_offences_is_accepted_and_published(shelf: Shelf) -> None:
    cells = {
        "criterion_id": "nyt", "version": "1", "initiative_id": sorted(known().initiatives or ())[0],
        "measure": "incidents", "indicator": "12", "area_ids": "grantoften", "baseline_period": "2021", "target": "0",
        "direction": "-1", "deadline": "2027", "margin": "", "purpose_id": "tryghed", "author": "Arbejdsgruppen",
        "adopted": "2022-01-01", "reason": "", "provenance": "example", "source_id": "eksempeldata",
    }  # fmt: skip
    frame = accepted("criteria", cells)
    assert frame is not None
    mine = built("criteria", frame, shelf)["criteria"].set_index("criterion_id").loc["nyt"]
    assert "regnes som nået, når det er sikkert, at der er højst 5 om året" in mine["sentence"]
