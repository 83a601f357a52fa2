"""Several partnerships in one installation: which names there are, which one is served, and what is its own."""

from pathlib import Path

import pytest

from data.contracts.problems import ContractError
from data.settings import chosen, several
from data.settings.several import is_name, left_out, names, own_key, served_name, title_of
from data.store import StoreError
from data.store.database import engine_at
from data.store.schemas import schema_of


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with two partnerships, and a folder whose name cannot stand in an address."""
    for name in ("nordby", "trygt-sydby", "Øst by"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "partnership.toml").write_text(f'[partnership]\nname = "Trygt {name}"\n', encoding="utf-8")
    monkeypatch.setenv(several.FOLDER, str(tmp_path))
    monkeypatch.delenv("TRYGHED_PARTNERSHIP", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


@pytest.mark.parametrize("name", ["nordby", "trygt-nordby", "a", "by2", "n" * 40])
def test_a_name_can_stand_in_an_address_and_name_a_schema(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    ["Nordby", "østby", "nord by", "-nordby", "nordby-", "nord--by", "nord_by", "2by", "n" * 41, "../nordby", "a/b",
     "nordby;drop", 'nord"by', "static", "media", "faelles", "nordby\n"],
)  # fmt: skip
def test_what_could_be_taken_for_something_else_is_no_name(name: str) -> None:
    assert not is_name(name)
    with pytest.raises(ValueError, match="cannot name a schema"):
        schema_of(name)


def test_no_two_names_have_the_same_schema() -> None:
    assert [schema_of(name) for name in ("nordby", "nord-by")] == ["tryghed_nordby", "tryghed_nord_by"]


def test_the_partnerships_are_the_folders_with_settings_and_who_is_left_out_is_told(folder: Path) -> None:
    (folder / "tom").mkdir()
    assert names() == ["nordby", "trygt-sydby"]
    assert title_of("nordby") == "Trygt nordby"
    (sentence,) = left_out()
    assert sentence.startswith("Mappen »Øst by« er ikke med: brug små bogstaver")


def test_one_that_is_named_has_settings_and_a_database_of_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen.choose("trygt-sydby")
    monkeypatch.setenv(several.NAME, "nordby")
    assert chosen.settings_file() == folder / "nordby" / "partnership.toml"
    assert chosen.database_file() == folder / "nordby" / "tryghedsoverblik.db"
    assert not chosen.serves_example()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("vestby", "der er intet partnerskab »vestby«"), ("../nordby", "»../nordby« kan ikke være navnet"),
     ("Øst by", "»Øst by« kan ikke være navnet")],
)  # fmt: skip
def test_a_name_that_is_none_serves_nothing_and_never_another(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, sentence: str
) -> None:
    monkeypatch.setenv(several.NAME, name)
    for ask in (served_name, chosen.settings_file, chosen.database_file, engine_at):
        with pytest.raises(ContractError, match=sentence):
            ask()


def test_two_that_say_which_settings_are_meant_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(several.NAME, "nordby")
    monkeypatch.setenv("TRYGHED_PARTNERSHIP", "/et/andet/sted/partnership.toml")
    with pytest.raises(ContractError, match="Sæt kun den ene"):
        chosen.settings_file()


def test_several_never_share_a_sqlite_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder / 'alle.db'}")
    monkeypatch.setenv(several.NAME, "nordby")
    with pytest.raises(StoreError, match="de kan ikke dele en fil"):
        engine_at()


def test_a_key_is_the_partnerships_own_and_the_only_partnership_keeps_the_key_it_had(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert own_key("k" * 40) == "k" * 40
    keys = set()
    for name in ("nordby", "trygt-sydby"):
        monkeypatch.setenv(several.NAME, name)
        keys.add(own_key("k" * 40))
        assert own_key("") == ""
    assert len(keys) == 2
    assert all(len(key) == 64 for key in keys)
