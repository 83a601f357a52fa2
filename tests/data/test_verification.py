"""A byte that changed after it was written is found, named, and told with its remedy: on SQLite and PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from data.store import DamagedError, Incoming, Publication, Store, migrate, open_store
from data.store.links import LinkRecord, add_link
from data.store.schema import checksums, documents, events, loads, releases, shared_links, source_tables, street_sets
from data.store.street_sets import ROADS, keep
from data.store.verification import DATABASE, EVENT, LINK, LOAD, RELEASE, STREETS, Damage, verify
from tests.copies import SQLITE, copied
from tests.data.test_migrations import MOMENT

TABLES = {"ledelse": {"areas": pd.DataFrame({"area_id": ["herlev"]})}}
ROWS = pd.DataFrame({"period": ["2025K1", "2025K2"], "area_id": ["herlev", "ballerup"], "residents": [28_000, None]})
population = source_tables["population"]


@pytest.fixture
def filled(migrated_database: str) -> Iterator[Store]:
    """Two loads, a release, a link and their lines in the log; on each kind of server."""
    store = open_store(migrated_database)
    store.load([Incoming("population", ROWS, "folketal.csv", "0" * 64)] * 2, by="sekretariat")
    store.publish(TABLES, Publication(by="sekretariat"))
    add_link(store.engine, LinkRecord("ab" * 16, MOMENT, "a", "overblik", "", 1, "ledelse", MOMENT, ""))
    keep(store.engine, ROADS, b"PAR1 veje", file_name="veje.gpkg", credit="", rows=1, by="sekretariat")
    yield store
    store.engine.dispose()


def change(store: Store, statement: sa.Update | sa.Delete | sa.TextClause) -> None:
    with store.engine.begin() as connection:
        connection.execute(statement)


def found(store: Store) -> list[tuple[str, str]]:
    return [(damage.what, damage.number) for damage in verify(store.engine)]


def test_what_is_as_it_was_written_has_no_damage(filled: Store) -> None:
    assert verify(filled.engine) == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (population.update().where(population.c.load_id == 2, population.c.row_number == 1).values(residents=28_001),
         (LOAD, "2")),
        (population.update().where(population.c.load_id == 1, population.c.row_number == 2).values(residents=0),
         (LOAD, "1")),
        (population.delete().where(population.c.load_id == 1, population.c.row_number == 2), (LOAD, "1")),
        (loads.update().where(loads.c.id == 2).values(file_name="folketam.csv"), (LOAD, "2")),
        (releases.update().values(note="en anden note"), (RELEASE, "1")),
        (documents.update().values(parquet=b"PAR1"), (RELEASE, "1")),
        (documents.delete(), (RELEASE, "1")),
        (street_sets.update().values(parquet=b"PAR1"), (STREETS, "1")),
        (shared_links.update().values(audience="politi"), (LINK, "ab" * 16)),
        (shared_links.delete(), (LINK, "ab" * 16)),
        (checksums.update().where(checksums.c.what == EVENT, checksums.c.number == "3").values(checksum="0" * 64),
         (EVENT, "3")),
    ],
)  # fmt: skip
def test_each_change_is_found_and_nothing_else_is_blamed(
    filled: Store, statement: sa.Update, expected: tuple[str, str]
) -> None:
    change(filled, statement)
    assert found(filled) == [expected]


def test_a_line_taken_out_of_the_log_is_missed(filled: Store) -> None:
    drop = {
        "sqlite": ["DROP TRIGGER events_no_DELETE"],
        "postgresql": ["DROP TRIGGER events_only_grow ON events"],
    }
    for statement in drop[filled.engine.dialect.name]:
        change(filled, sa.text(statement))
    change(filled, events.delete().where(events.c.id == 2))
    assert found(filled) == [(EVENT, "2")]


def test_a_damaged_load_is_named_with_its_file_and_its_remedy(filled: Store) -> None:
    change(filled, population.update().where(population.c.load_id == 2).values(area_id="herlew"))
    (damage,) = verify(filled.engine)
    assert "Indlæsning 2 (»folketal.csv«, " in damage.said
    assert "Indlæs filen igen" in damage.said
    assert "folketal.csv" not in damage.said_to_all


def test_opening_and_revoking_a_link_is_no_damage(filled: Store) -> None:
    change(filled, shared_links.update().values(opened=3, last_opened=MOMENT, revoked_at=MOMENT, revoked_by="a"))
    assert verify(filled.engine) == []


def test_a_draft_that_is_published_is_whole(filled: Store) -> None:
    filled.publish(TABLES, Publication(by="sekretariat", after=1, draft=True))
    assert verify(filled.engine) == []
    filled.publish_draft(2, by="en anden")
    assert verify(filled.engine) == []


def test_what_an_older_version_wrote_is_whole_and_gets_its_checksum_at_the_next_start(filled: Store) -> None:
    change(filled, checksums.delete())
    assert verify(filled.engine) == []
    migrate(filled)
    assert verify(filled.engine) == []
    change(
        filled, population.update().where(population.c.load_id == 1, population.c.row_number == 1).values(residents=1)
    )
    assert found(filled) == [(LOAD, "1")]


def flipped(shipped: str, folder: Path, needle: bytes, instead: bytes) -> Store:
    """A store on a copy of the shipped database with other bytes in the first place of the file that has the needle."""
    file = folder / "flipped.db"
    address = copied(shipped, file)
    whole = open_store(address)
    with whole.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    whole.engine.dispose()
    content = file.read_bytes()
    place = content.index(needle)
    file.write_bytes(content[:place] + instead + content[place + len(needle) :])
    return open_store(f"{SQLITE}{file}")


@pytest.mark.parametrize(
    ("needle", "instead"),
    [
        (b"250m_6", b"250m_7"),  # another cell than the one that was counted
        (b"Gladsaxe", b"Gladsax\xe6"),  # no text at all
        (b"2025-03-", b"2025-0x-"),  # a day that is none
    ],
)
def test_a_byte_that_turned_on_the_disk_is_told_with_the_load_it_hit(
    shipped_database: str, tmp_path: Path, needle: bytes, instead: bytes
) -> None:
    store = flipped(shipped_database, tmp_path, needle, instead)
    damage: list[Damage] = verify(store.engine)
    assert {each.what for each in damage} == {LOAD}
    assert len(damage) == 1
    store.engine.dispose()


def test_a_file_that_no_longer_hangs_together_is_told_as_damaged_and_never_as_passing(
    shipped_database: str, tmp_path: Path
) -> None:
    file = tmp_path / "broken.db"
    store = open_store(copied(shipped_database, file))
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.engine.dispose()
    content = bytearray(file.read_bytes())
    content[4096 * 3 : -4096] = b"\xa5" * (len(content) - 4096 * 4)
    file.write_bytes(content)
    store = open_store(f"{SQLITE}{file}")
    assert DATABASE in {damage.what for damage in verify(store.engine)}
    with pytest.raises(DamagedError, match="beskadiget"):
        store.loaded("cells")
    store.engine.dispose()
