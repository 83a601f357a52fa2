"""The doctor finds what is wrong and names the remedy, also where nothing works."""

import pytest

from data import doctor
from data.__main__ import main
from data.doctor import Finding, examine_installation
from data.store import Incoming, Publication, Store
from data.store.schema import source_tables
from tests.data.test_verification import ROWS, TABLES, change

population = source_tables["population"]


def found(what: str) -> list[Finding]:
    return [each for each in examine_installation() if each.what == what]


@pytest.fixture
def store(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with a load and a release, which this installation uses; on each kind of server."""
    monkeypatch.setenv("DATABASE_URL", store.engine.url.render_as_string(hide_password=False))
    store.load([Incoming("population", ROWS, "folketal.csv", "0" * 64)], by="sekretariat")
    store.publish(TABLES, Publication(by="sekretariat"))
    return store


def test_where_all_is_well_it_says_so(store: Store) -> None:
    every = list(examine_installation())
    assert [each.good for each in every if each.what in ("Database", "Kontrol")] == [True, True]
    assert not any(each.what == "Skade" for each in every)


def test_a_damaged_load_is_named_with_its_remedy(store: Store) -> None:
    change(store, population.update().where(population.c.row_number == 1).values(residents=1))
    (damage,) = found("Skade")
    assert "Indlæsning 1 (»folketal.csv«" in damage.line()
    assert "Indlæs filen igen" in damage.line()


def test_without_a_database_the_rest_is_still_examined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    monkeypatch.setenv("TRYGHED_LINK_KEYS", "kort")
    good = {each.what: each.good for each in examine_installation()}
    assert (good["Python"], good["TRYGHED_LINK_KEYS"], good["Database"]) == (True, False, False)
    assert main(["doctor"]) == 1


def test_a_disk_that_is_nearly_full_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_FREE", 1.1)
    if store.engine.dialect.name == "sqlite":
        assert found("Disk")[0].remedy == "frigør plads"
    else:
        assert found("Disk") == []
