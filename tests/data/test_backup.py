import contextlib
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from data.backup import backup, restore
from data.store import DamagedError, Incoming, Publication, Store, StoreError, migrate, open_store
from data.store.schema import checksums, documents, events, metadata, source_tables
from data.store.verification import verify

TABLES = {
    "ledelse": {"areas": pd.DataFrame({"area_id": ["herlev"], "share": [0.1 + 0.2], "name": ["Høje Gladsaxe"]})},
    "politi": {"cells": pd.DataFrame({"cell_id": ["250m_618125_71925"], "count": [3]})},
}


def population(residents: int | None) -> Incoming:
    frame = pd.DataFrame({"period": ["2025K1"], "area_id": ["herlev"], "residents": [residents]})
    return Incoming("population", frame, "folketal.csv", "0" * 64)


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row but those of the log and their checksums, which go on whatever is brought back (test_sharing)."""
    with store.engine.connect() as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns))
            ]
            for table in metadata.sorted_tables
            if table not in (events, checksums)
        }


@pytest.fixture
def filled(store: Store) -> Store:
    return fill(store)


def fill(store: Store) -> Store:
    store.load([population(28_000), population(None)], by="sekretariat")
    store.publish(TABLES, Publication(by="sekretariat", note="Første"))
    store.publish(TABLES, Publication(by="sekretariat", after=1, draft=True))
    return store


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Store]:
    """Another, empty store."""
    opened = open_store(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    migrate(opened)
    yield opened
    opened.engine.dispose()


def test_every_row_comes_back_and_release_documents_byte_for_byte(
    filled: Store, elsewhere: Store, tmp_path: Path
) -> None:
    rows = backup(filled, tmp_path / "kopi.db")
    assert restore(elsewhere, tmp_path / "kopi.db") == rows
    assert contents(elsewhere) == contents(filled)
    assert elsewhere.documents(1) == filled.documents(1)


def test_a_store_restored_over_itself_is_as_it_was_then(filled: Store, tmp_path: Path) -> None:
    before = contents(filled)
    backup(filled, tmp_path / "kopi.db")
    filled.load([population(29_000)], by="sekretariat")
    filled.publish(TABLES, Publication(by="sekretariat", after=1))
    restore(filled, tmp_path / "kopi.db", overwrite=True)
    assert contents(filled) == before
    assert verify(filled.engine) == []


def test_loading_and_publishing_go_on_after_a_restore(filled: Store, tmp_path: Path) -> None:
    backup(filled, tmp_path / "kopi.db")
    restore(filled, tmp_path / "kopi.db", overwrite=True)
    (load,) = filled.load([population(29_000)], by="sekretariat")
    head = filled.publish(TABLES, Publication(by="sekretariat", after=1))
    assert (load.id, head.id) == (3, 3)


def test_what_was_read_before_a_restore_is_not_served_after_it(filled: Store, tmp_path: Path) -> None:
    backup(filled, tmp_path / "kopi.db")
    filled.publish({"ledelse": {"areas": pd.DataFrame({"area_id": ["gladsaxe"]})}}, Publication(by="a", after=1))
    filled.release(audience="ledelse")
    restore(filled, tmp_path / "kopi.db", overwrite=True)
    assert filled.release(audience="ledelse").areas["area_id"].tolist() == ["herlev"]


def test_a_database_that_holds_something_is_not_overwritten_unasked(filled: Store, tmp_path: Path) -> None:
    backup(filled, tmp_path / "kopi.db")
    before = contents(filled)
    with pytest.raises(StoreError, match="ikke tom"):
        restore(filled, tmp_path / "kopi.db")
    assert contents(filled) == before


def test_a_backup_of_an_earlier_schema_can_be_restored(elsewhere: Store, store: Store, tmp_path: Path) -> None:
    old = open_store(f"sqlite:///{tmp_path / 'old.db'}")
    migrate(old, "0001")
    with old.engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO releases (id, published_at, published_by, note, newest_load) "
                "VALUES (1, '2026-03-04 12:00:00.000000', 'sekretariat', 'Gammel', 0)"
            )
        )
    old.engine.dispose()
    restore(store, tmp_path / "old.db")
    assert [head.note for head in store.releases()] == ["Gammel"]


def test_an_existing_file_is_not_overwritten_by_a_backup(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "kopi.db").write_text("noget andet")
    with pytest.raises(StoreError, match="findes i forvejen"):
        backup(filled, tmp_path / "kopi.db")
    assert (tmp_path / "kopi.db").read_text() == "noget andet"


def test_a_backup_that_cannot_be_written_says_so_and_leaves_nothing(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kan ikke gemmes"):
        backup(filled, tmp_path / "ingen" / "kopi.db")
    assert list(tmp_path.glob("ingen*")) == []


def test_only_its_owner_may_read_a_backup(filled: Store, tmp_path: Path) -> None:
    backup(filled, tmp_path / "kopi.db")
    assert stat.S_IMODE((tmp_path / "kopi.db").stat().st_mode) == 0o600


def test_a_backup_is_one_file(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "safe").mkdir()
    backup(filled, tmp_path / "safe" / "kopi.db")
    assert [file.name for file in (tmp_path / "safe").iterdir()] == ["kopi.db"]


@pytest.mark.parametrize("spoil", [lambda content: content[: len(content) // 2], lambda content: b"PK" + content])
def test_a_file_that_is_no_whole_backup_is_refused(filled: Store, tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    backup(filled, tmp_path / "kopi.db")
    (tmp_path / "spoilt.db").write_bytes(spoil((tmp_path / "kopi.db").read_bytes()))
    before = contents(filled)
    with pytest.raises(StoreError, match="ikke en hel sikkerhedskopi"):
        restore(filled, tmp_path / "spoilt.db", overwrite=True)
    assert contents(filled) == before


def test_a_backup_with_a_tampered_release_is_refused(filled: Store, elsewhere: Store, tmp_path: Path) -> None:
    backup(filled, tmp_path / "kopi.db")
    copy = open_store(f"sqlite:///{tmp_path / 'kopi.db'}")
    with copy.engine.begin() as connection:
        connection.execute(documents.update().values(parquet=b"PAR1 something else PAR1"))
    copy.engine.dispose()
    with pytest.raises(StoreError, match="beskadiget"):
        restore(elsewhere, tmp_path / "kopi.db")
    assert elsewhere.newest() is None


def test_a_backup_from_a_later_version_is_refused(filled: Store, elsewhere: Store, tmp_path: Path) -> None:
    backup(filled, tmp_path / "kopi.db")
    copy = open_store(f"sqlite:///{tmp_path / 'kopi.db'}")
    with copy.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    copy.engine.dispose()
    with pytest.raises(StoreError, match="nyere version"):
        restore(elsewhere, tmp_path / "kopi.db")


def test_no_backup_is_taken_of_a_damaged_database_unless_one_asks_for_it(filled: Store, tmp_path: Path) -> None:
    with filled.engine.begin() as connection:
        connection.execute(source_tables["population"].update().values(residents=27_000))
    with pytest.raises(DamagedError, match=r"Indlæsning 1 \(»folketal.csv«, .* er beskadiget"):
        backup(filled, tmp_path / "kopi.db")
    assert list(tmp_path.glob("kopi*")) == []
    backup(filled, tmp_path / "kopi.db", despite_damage=True)
    with pytest.raises(DamagedError, match="Indlæsning 1"):
        restore(filled, tmp_path / "kopi.db", overwrite=True)
    restore(filled, tmp_path / "kopi.db", overwrite=True, despite_damage=True)


SPOILS = {
    "a NUL byte in a name": "UPDATE source_population SET area_id = 'her' || char(0) || 'lev'",
    "a word where a number stood": "UPDATE source_population SET residents = 'mange'",
    "another number": "UPDATE source_population SET residents = 27999 WHERE row_number = 1",
    "a day that is none": "UPDATE releases SET meeting_date = 'i går'",
    "bytes that are no text": "UPDATE loads SET file_name = CAST(x'ff00fe' AS TEXT)",
    "a table that is missing": "DROP TABLE source_population",
    "a load whose rows are missing": "DELETE FROM source_population WHERE load_id = 1",
    "a table that is none of ours": "DROP TABLE releases",
}


@pytest.mark.parametrize("unsealed", [False, True], ids=["", "from before there were checksums"])
@pytest.mark.parametrize("spoil", SPOILS)
def test_a_spoilt_backup_is_refused_in_one_sentence_and_nothing_is_changed(
    elsewhere: Store, store: Store, tmp_path: Path, spoil: str, unsealed: bool
) -> None:
    if unsealed and spoil in ("another number", "a load whose rows are missing"):
        pytest.skip("without a checksum nobody can know")
    backup(fill(elsewhere), tmp_path / "kopi.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "kopi.db", isolation_level=None)) as copy:
        copy.execute("PRAGMA foreign_keys=OFF")
        if unsealed:
            copy.execute("DELETE FROM checksums")
        copy.execute(SPOILS[spoil])
    with pytest.raises(StoreError) as refused:
        restore(store, tmp_path / "kopi.db", overwrite=True)
    said = str(refused.value)
    assert said.startswith("kopi.db ")
    assert "\n" not in said
    assert "[SQL" not in said
    assert store.loads() == []
    assert store.newest() is None
