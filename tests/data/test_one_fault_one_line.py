"""One bad thing is told once: what refers to a table that is refused waits until that is put right."""

from pathlib import Path

import pytest

from data.intake.examination import Delivered, examine
from data.partnership import Partnership, read_partnership
from data.store import Store, migrate, open_store
from tests.journeys import fjordby

KINDS = ("survey", "incidents", "population", "initiatives", "activities", "criteria", "meetings", "outlines")


@pytest.fixture
def fjordby_partnership(tmp_path: Path) -> Partnership:
    file = tmp_path / "partnership.toml"
    file.write_text(fjordby.SETTINGS, encoding="utf-8")
    return read_partnership(file)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    migrate(opened)
    return opened


def told(store: Store, partnership: Partnership, **changed: tuple[str, str]) -> list[str]:
    """What is said of the whole delivery, with one text replaced in some of its files."""
    files = fjordby.files(KINDS)
    for name, (old, new) in changed.items():
        file = next(each for each in files if each.startswith(f"{name}."))
        assert old.encode() in files[file]
        files[file] = files[file].replace(old.encode(), new.encode())
    delivered = [Delivered(name, content) for name, content in files.items()]
    return [problem.sentence for problem in examine(delivered, store, partnership).problems]


def test_one_bad_id_of_an_area_is_one_line(store: Store, fjordby_partnership: Partnership) -> None:
    everywhere = ("havnen;", "Havnen!;")
    changed = dict.fromkeys(("areas", "population", "survey", "incidents", "activities"), everywhere)
    (fault,) = told(store, fjordby_partnership, **changed)
    assert fault.startswith("Filen »areas.csv«, række 3, kolonne »Område-id«: værdien har ikke den rette form")


def test_a_refused_source_is_one_line(store: Store, fjordby_partnership: Partnership) -> None:
    (fault,) = told(store, fjordby_partnership, sources=("2026-01-15", "i januar"))
    assert "datoen kan ikke læses" in fault


def test_a_table_whose_ids_are_missing_is_one_line(store: Store, fjordby_partnership: Partnership) -> None:
    (fault,) = told(store, fjordby_partnership, initiatives=("Indsats-id;", "Nummer;"))
    assert "kolonnen mangler" in fault


def test_what_no_table_names_is_told_beside_a_refused_table(store: Store, fjordby_partnership: Partnership) -> None:
    faults = told(store, fjordby_partnership, areas=("Havnen;bolig", ";bolig"), population=("havnen;3100", "havn;3100"))
    where = sorted(fault.split("«")[0].removeprefix("Filen »") for fault in faults)
    assert where == ["areas.csv", "population.csv", "population.csv", "population.csv"]
    assert all("cellen er tom" in fault or "området kendes ikke" in fault for fault in faults)
