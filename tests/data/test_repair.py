"""What is damaged comes back from its file or a backup, in its own place; publishing stops before it or says so."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from data.backup import backup
from data.partnership import Partnership
from data.publishing.publish import publish
from data.publishing.repair import repair
from data.store import DamagedError, DamagedReleaseError, Incoming, Publication, Store
from data.store.events import DESPITE_DAMAGE, REPAIRED, logged
from data.store.links import LinkRecord, add_link
from data.store.schema import documents, shared_links, source_tables
from data.store.verification import verify

MOMENT = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)
TABLES = {"ledelse": {"areas": pd.DataFrame({"area_id": ["herlev"]})}}
population = source_tables["population"]


def file(residents: int, checksum: str) -> Incoming:
    frame = pd.DataFrame({"period": ["2025K1", "2025K2"], "area_id": ["herlev", "herlev"], "residents": residents})
    return Incoming("population", frame, "folketal.csv", checksum * 64)


@pytest.fixture
def store(store: Store) -> Store:
    """A file, a later file that corrects a row of it, a release and a link; on each kind of server."""
    store.load([file(28_000, "1")], by="sekretariat")
    store.load([Incoming("population", file(28_500, "2").frame[:1], "rettelse.csv", "2" * 64)], by="sekretariat")
    store.publish(TABLES, Publication(by="sekretariat"))
    add_link(store.engine, LinkRecord("ab" * 16, MOMENT, "a", "overblik", "", 1, "ledelse", MOMENT, ""))
    return store


def damage(store: Store, *statements: sa.Update) -> None:
    with store.engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)


LOAD_1 = population.update().where(population.c.load_id == 1).values(area_id="herlew")
RELEASE_1 = documents.update().values(parquet=b"PAR1")
LINK = shared_links.update().values(expires_at=MOMENT + dt.timedelta(days=9))


def test_the_same_file_loaded_again_takes_the_place_of_its_damaged_load(store: Store) -> None:
    before = store.loaded("population")
    damage(store, LOAD_1)
    (load,) = store.load([file(28_000, "1")], by="sekretariat")
    assert load.id == 1
    assert verify(store.engine) == []
    # The later file still goes before it.
    pd.testing.assert_frame_equal(store.loaded("population"), before)
    assert logged(store.engine, 1)[0].what == REPAIRED


def test_the_same_file_loaded_again_is_a_load_of_its_own_where_nothing_is_damaged(store: Store) -> None:
    (load,) = store.load([file(28_000, "1")], by="sekretariat")
    assert load.id == 3


def test_all_that_is_damaged_comes_back_from_a_backup_and_what_is_newer_stays(store: Store, tmp_path: Path) -> None:
    backup(store, tmp_path / "kopi.db")
    store.load([file(29_000, "3")], by="sekretariat")
    damage(store, LOAD_1, RELEASE_1, LINK)
    assert len(verify(store.engine)) == 3
    assert repair(store, tmp_path / "kopi.db", by="drift") == [
        "Indlæsning 1 er hentet tilbage.", "Udgave 1 er hentet tilbage.", "Et delt link er hentet tilbage.",
    ]  # fmt: skip
    assert verify(store.engine) == []
    assert [load.id for load in store.loads()] == [1, 2, 3]


def test_what_the_backup_does_not_hold_is_said(store: Store, tmp_path: Path) -> None:
    backup(store, tmp_path / "kopi.db")
    store.load([file(29_000, "3")], by="sekretariat")
    damage(store, population.update().where(population.c.load_id == 3).values(residents=1))
    (said,) = repair(store, tmp_path / "kopi.db", by="drift")
    assert said.endswith("Den findes ikke hel i sikkerhedskopien.")
    assert len(verify(store.engine)) == 1


# Publishing ---------------------------------------------------------------------------------------------------------


def test_nothing_is_published_over_a_damaged_load_until_its_file_is_loaded_again(
    small_store: Store, partnership: Partnership
) -> None:
    load = next(each for each in small_store.loads() if each.kind == "population")
    standing = small_store.loaded("population")
    frame = standing[standing["load_id"] == load.id].drop(columns="load_id").reset_index(drop=True)
    damage(small_store, population.update().where(population.c.load_id == load.id, population.c.row_number == 1)
           .values(residents=1))  # fmt: skip
    with pytest.raises(DamagedError, match=rf"^Der er ikke udgivet noget. Indlæsning {load.id} \(»"):
        publish(small_store, partnership, by="sekretariat")
    again = Incoming("population", frame, load.file_name, load.checksum)
    publish(small_store, partnership, by="sekretariat", incoming=[again])
    assert verify(small_store.engine) == []


def test_publishing_over_a_damaged_earlier_release_is_refused_or_written_down(
    small_store: Store, partnership: Partnership
) -> None:
    damage(small_store, documents.update().where(documents.c.release_id == 1, documents.c.name == "survey")
           .values(parquet=b"PAR1"))  # fmt: skip
    with pytest.raises(DamagedReleaseError, match=r"udgave 1 .*røber et skjult tal.*--despite-damage"):
        publish(small_store, partnership, by="sekretariat")
    head = publish(small_store, partnership, by="sekretariat", despite_damage=True)
    newest = logged(small_store.engine, 1)[0]
    assert (newest.what, newest.about) == (DESPITE_DAMAGE, f"{head.id} (udgave 1)")
