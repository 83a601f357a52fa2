"""Columns with other names: said once by heading, known from then on, also to the commands."""

from pathlib import Path

import pytest

from data.__main__ import main
from data.intake.examination import Delivered, Examined, examine
from data.partnership import Partnership
from data.store import Store
from data.store.headings import forget, remember, remembered

SOURCES = (
    "source_id;{};publisher;licence;retrieved;url;coverage;provenance\ndst;STRAF11;DST;CC BY;2026-01-05;;;official\n"
)


def examined(store: Store, partnership: Partnership, *headings: str) -> Examined:
    files = [Delivered(f"{heading}.csv", SOURCES.format(heading).encode()) for heading in headings]
    return examine(files, store, partnership)


def test_a_missing_column_is_told_with_the_headings_that_stand_for_nothing(
    store: Store, partnership: Partnership
) -> None:
    (sheet,) = examined(store, partnership, "Navnet på kilden").sheets
    assert (sheet.kind, sheet.missing, sheet.unused) == ("sources", ("title",), ("Navnet på kilden",))


def test_a_remembered_heading_stands_for_its_column_however_it_is_written(
    store: Store, partnership: Partnership
) -> None:
    remember(store.engine, "sources", {"Kildens navn": "title"}, "sekretariat")
    found = examined(store, partnership, "KILDENS  navn")
    assert found.problems == ()
    assert found.incoming[0].frame["title"].tolist() == ["STRAF11"]


def test_partners_may_each_have_a_name_for_a_column(store: Store, partnership: Partnership) -> None:
    remember(store.engine, "sources", {"Kildens navn": "title"}, "a")
    remember(store.engine, "sources", {"Kaldes": "title"}, "b")
    assert examined(store, partnership, "Kildens navn", "Kaldes").problems == ()


def test_the_contracts_own_heading_goes_before_a_remembered_one(store: Store, partnership: Partnership) -> None:
    remember(store.engine, "sources", {"coverage": "title"}, "a")
    assert examined(store, partnership, "title").incoming[0].frame["title"].tolist() == ["STRAF11"]


def test_a_heading_can_be_said_anew_and_forgotten(store: Store) -> None:
    remember(store.engine, "sources", {"Kaldes": "title"}, "a")
    remember(store.engine, "sources", {"kaldes": "publisher"}, "a")
    assert remembered(store.engine) == {"sources": {"kaldes": "publisher"}}
    forget(store.engine, "sources", "KALDES")
    assert remembered(store.engine) == {}


def test_the_command_remembers_a_heading(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", store.engine.url.render_as_string(hide_password=False))
    file = tmp_path / "kilder.csv"
    file.write_text(SOURCES.format("Kaldes"), encoding="utf-8")
    assert main(["load", str(file)]) == 1
    assert main(["heading", "sources", "Kaldes", "title"]) == 0
    assert main(["heading", "sources", "Kaldes", "findes-ikke"]) == 1
    assert main(["load", str(file)]) == 0
    assert store.loaded("sources")["title"].tolist() == ["STRAF11"]
