"""Old releases are packed: they take less room, and are opened, published again, backed up and verified as before."""

import hashlib
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from data.__main__ import main
from data.backup import backup, restore
from data.publishing.repair import repair
from data.store import DamagedReleaseError, Publication, Store, migrate, open_store
from data.store.contents import Packed, pack
from data.store.history import by_release
from data.store.schema import contents, documents
from data.store.verification import RELEASE, verify

SAME = pd.DataFrame({"area_id": ["herlev"], "name": ["Høje Gladsaxe"]})


def tables(number: int) -> dict[str, dict[str, pd.DataFrame]]:
    """Areas that never change, seen by two audiences, and incidents that change each time."""
    seen = {"areas": SAME, "incidents": pd.DataFrame({"area_id": ["herlev"], "count": [number]})}
    return {"ledelse": seen, "politi": dict(seen)}


@pytest.fixture
def four(migrated_database: str):  # type: ignore[no-untyped-def]
    """Four releases and a draft; on each kind of server."""
    store = open_store(migrated_database)
    for number in range(1, 5):
        store.publish(tables(number), Publication(by="sekretariat", after=number - 1 or None))
    store.publish(tables(5), Publication(by="sekretariat", after=4, draft=True))
    yield store
    store.engine.dispose()


def read(store: Store) -> dict[int, dict[tuple[str, str], bytes]]:
    return {head.id: store.documents(head.id) for head in store.releases(drafts=True)}


def stored(store: Store) -> tuple[int, int]:
    """How many documents have bytes of their own, and how many contents are shared."""
    own = sa.select(sa.func.count()).where(sa.func.length(documents.c.parquet) > 0)
    with store.engine.connect() as connection:
        return connection.scalar(own) or 0, connection.scalar(sa.select(sa.func.count()).select_from(contents)) or 0


def change(store: Store, statement: sa.Update | sa.Delete) -> None:
    with store.engine.begin() as connection:
        connection.execute(statement)


def test_packed_releases_are_the_same_to_the_byte_and_what_they_share_is_kept_once(four: Store) -> None:
    before = read(four)
    packed = pack(four.engine, keep=1, by="sekretariat")
    assert packed.releases == 3
    assert stored(four) == (8, 4)  # release 4 and the draft as they were; one table of areas and three of incidents
    assert read(four) == before
    assert four.release(2, audience="politi").incidents["count"].tolist() == [2]
    assert [table["count"][0] for table in by_release(four.engine, "politi", "incidents").values()] == [1, 2, 3, 4, 5]
    assert verify(four.engine) == []


def test_what_is_packed_stays_packed_and_the_newest_are_left_alone(four: Store) -> None:
    pack(four.engine, keep=2, by="sekretariat")
    assert pack(four.engine, keep=2, by="sekretariat") == Packed(0, 0, 0)
    assert pack(four.engine, keep=9, by="sekretariat") == Packed(0, 0, 0)
    assert pack(four.engine, keep=0, by="sekretariat").releases == 2
    assert stored(four) == (4, 5)


def test_a_packed_release_can_be_published_again_backed_up_and_brought_back(four: Store, tmp_path: Path) -> None:
    before = read(four)
    pack(four.engine, keep=0, by="sekretariat")
    assert four.documents(four.rollback(2, by="sekretariat").id) == before[2]
    backup(four, tmp_path / "kopi.db")
    elsewhere = open_store(f"sqlite:///{tmp_path / 'andet.db'}")
    restore(elsewhere, tmp_path / "kopi.db")
    assert read(elsewhere) == read(four)
    assert verify(elsewhere.engine) == []
    elsewhere.engine.dispose()


@pytest.mark.parametrize("damage", [contents.update().values(parquet=b"PAR1"), contents.delete()])
def test_what_packed_releases_share_is_missed_in_each_of_them_and_comes_back_from_a_backup(
    four: Store, tmp_path: Path, damage: sa.Update | sa.Delete
) -> None:
    before = read(four)
    pack(four.engine, keep=1, by="sekretariat")
    backup(four, tmp_path / "kopi.db")
    areas = hashlib.sha256(before[1]["politi", "areas"]).hexdigest()
    change(four, damage.where(contents.c.checksum == areas))
    assert [(each.what, each.number) for each in verify(four.engine)] == [(RELEASE, str(n)) for n in (1, 2, 3)]
    with pytest.raises(DamagedReleaseError):
        four.release(1, audience="politi")
    repair(four, tmp_path / "kopi.db", by="sekretariat")
    assert (verify(four.engine), read(four)) == ([], before)
    pack(four.engine, keep=1, by="sekretariat")
    assert (verify(four.engine), read(four)) == ([], before)


def test_a_damaged_release_is_not_packed(four: Store) -> None:
    change(four, documents.update().where(documents.c.release_id == 1).values(parquet=b"PAR1"))
    with pytest.raises(DamagedReleaseError, match="Udgave 1 er beskadiget og er ikke pakket"):
        pack(four.engine, keep=1, by="sekretariat")
    assert stored(four) == (20, 0)


def test_the_command_says_how_much_room_it_gave_back_and_the_log_who_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")
    store = open_store()
    migrate(store)
    many = pd.DataFrame({"area_id": [f"omraade-{number}" for number in range(60_000)]})
    for number in range(4):
        store.publish({"ledelse": {"areas": many}, "politi": {"areas": many}},
                      Publication(by="sekretariat", after=number or None))  # fmt: skip
    store.engine.dispose()
    size = (tmp_path / "store.db").stat().st_size
    assert main(["archive", "--keep", "1"]) == 0
    assert "3 udgaver er pakket fra " in capsys.readouterr().out
    assert (tmp_path / "store.db").stat().st_size < size * 0.6
    assert main(["archive", "--keep", "1"]) == 0
    assert capsys.readouterr().out == "Der er ingen udgaver at pakke ud over de nyeste 1.\n"
    assert main(["log"]) == 0
    assert "pakkede 3 udgaver" in capsys.readouterr().out
