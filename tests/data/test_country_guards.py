"""Publishing a whole country guards as ordinary publishing does: shares over releases, and grid cells."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from data.contracts.validation import CONTRACTS
from data.partnership import Partnership
from data.publishing.country.publish import Member, Shelf, build_country, one_by_one, publish_country
from data.release import table_from_parquet
from data.store import Incoming, Store, migrate, open_store
from data.store.schema import text_columns
from geo.grid import cell_of

PARK, HALVES = "parken", ("nord", "syd")
READERS = ("land:ledelse", "land:lokalraad-gladsaxe")
FIRST = {PARK: (160, 60), "nord": (80, 20), "syd": (80, 40)}
FEWER = {PARK: (100, 30), "nord": (80, 20), "syd": (20, 10)}
WHERE = {"gladsaxe": str(cell_of(717_000, 6_182_000, 250)), "herlev": str(cell_of(714_000, 6_182_000, 250))}
OF_EXAMPLE = {"provenance": "example", "source_id": "eksempel"}


def table(kind: str, given: list[dict[str, object]]) -> Incoming:
    """Rows of a kind to load; what is not said is empty."""
    empty = {column.name: "" if column.name in text_columns(kind) else None for column in CONTRACTS[kind].columns}
    return Incoming(kind, pd.DataFrame([empty | OF_EXAMPLE | each for each in given]), "fil.csv", "0" * 64)


def survey(answers: Mapping[str, tuple[int, int]]) -> Incoming:
    asked = {"wave": "2025", "indicator": "utryg_i_nabolag", "series": "jm", "rounded": 0}
    given = [asked | {"area_id": area, "n": n, "n_eff": n, "share": yes / n} for area, (n, yes) in answers.items()]
    return table("survey", given)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'country.db'}")
    migrate(opened)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def member(store: Store, partnership: Partnership) -> Member:
    """A partnership with three municipalities, a housing area of two halves, few counts and two grid cells."""
    lie_in = {"gladsaxe": "", "herlev": "", "ballerup": "", PARK: "gladsaxe", **dict.fromkeys(HALVES, PARK)}
    levels = {area: "housing_area" if parent else "municipality" for area, parent in lie_in.items()}
    areas = [
        {"area_id": area, "name": area.capitalize(), "level": levels[area], "parent_id": parent}
        for area, parent in lie_in.items()
    ]
    counts = [
        {"period": f"2025K{quarter}", "area_id": area, "category": "TOT", "count": 40}
        for quarter in range(1, 5)
        for area in ("gladsaxe", "herlev", "ballerup")
    ]
    cells = [
        {"year": "2025", "cell_id": cell, "category": "TOT", "count": 3, "area_id": area}
        for area, cell in WHERE.items()
    ]
    tables = [table("areas", areas), table("incidents", counts), table("cells", cells), survey(FIRST)]
    return Member("land", partnership, store.trial(tables)[1])


def with_answers(member: Member, store: Store, answers: Mapping[str, tuple[int, int]]) -> Member:
    return replace(member, loaded={**member.loaded, "survey": store.trial([survey(answers)])[1]["survey"]})


def shown_to(store: Store, reader: str) -> dict[str, str]:
    told = store.release(audience=reader).survey
    return dict(zip(told["area_id"], told["state"], strict=True))


def test_a_share_is_not_told_by_what_earlier_releases_showed(store: Store, member: Member, tmp_path: Path) -> None:
    """The half that was told, with the whole of now, would tell the twenty who are left of the other."""
    shelf = Shelf(tmp_path / "shelf")
    publish_country(store, [member], shelf, one_by_one, by="sekretariat")
    for reader in READERS:
        assert shown_to(store, reader) == dict.fromkeys((PARK, *HALVES), "published")
    publish_country(store, [with_answers(member, store, FEWER)], shelf, one_by_one, by="sekretariat")
    for reader in READERS:
        assert shown_to(store, reader) | {"nord": ""} == {PARK: "hidden", "nord": "", "syd": "hidden"}


def test_where_no_share_is_corrected_nothing_is_made_anew(store: Store, member: Member, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    publish_country(store, [member], shelf, one_by_one, by="sekretariat")
    first = shelf.done.built
    publish_country(store, [member], shelf, one_by_one, by="sekretariat")
    assert shelf.done.built == first


def test_cells_are_for_those_from_whom_nothing_small_is_hidden_and_of_their_own_area(
    store: Store, member: Member, tmp_path: Path
) -> None:
    police = member.partnership.audience("politi")
    readers = (
        police,
        replace(police, id="de-faa", threshold=5),
        replace(police, id="herlev-politi", sees=("herlev",)),
    )
    settings = replace(member.partnership, audiences=readers)
    made = build_country(store, [replace(member, partnership=settings)], Shelf(tmp_path / "shelf"), one_by_one)
    seen = {
        each.id: set(table_from_parquet(tables["cells"])["area_id"]) if "cells" in tables else set()
        for each in readers
        for tables in (made[f"land:{each.id}"],)
    }
    assert seen == {"politi": {"gladsaxe", "herlev"}, "de-faa": set(), "herlev-politi": {"herlev"}}
