"""The SQLite file is replaced, removed or loses its log under the running app: said, and never silently another one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import Incoming, Publication, Store, StoreUnavailableError, migrate, open_store
from tests.faults.conftest import shown, tables
from tests.faults.test_full_and_read_only import POPULATION

SMALL = Incoming("population", POPULATION.frame[:3], "folketal.csv", "1" * 64)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "store.db"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    """Release 1 shows Herlev, release 2 shows Ballerup; the newest has been read once, and a copy was taken before."""
    opened = open_store(f"sqlite:///{file}")
    migrate(opened)
    opened.publish(tables("herlev"), Publication(by="sekretariat"))
    opened.engine.dispose()
    shutil.copyfile(file, file.parent.parent / "older.db")
    opened.publish(tables("ballerup"), Publication(by="sekretariat", after=1))
    shown(opened)
    yield opened
    opened.engine.dispose()


def test_an_older_copy_put_in_its_place_is_told_with_the_release_that_is_gone(store: Store, file: Path) -> None:
    (file.parent.parent / "older.db").replace(file)
    for ending in ("-wal", "-shm"):
        Path(f"{file}{ending}").unlink(missing_ok=True)
    release = store.release(audience="ledelse")
    assert release.areas["area_id"].tolist() == ["herlev"]
    assert release.alarm.startswith("Databasen er skiftet ud: udgave 2 fra ")
    # A new release of the same number is not the one that is gone.
    store.publish(tables("gladsaxe"), Publication(by="sekretariat", after=1))
    assert store.release(audience="ledelse").alarm.startswith("Databasen er skiftet ud")


def test_when_its_folder_is_removed_the_last_release_is_shown_and_no_empty_database_takes_its_place(
    store: Store, file: Path
) -> None:
    shutil.rmtree(file.parent)
    release = store.release(audience="ledelse")
    assert release.areas["area_id"].tolist() == ["ballerup"]
    assert release.alarm.startswith("Databasen kan ikke åbnes, så intet er gemt.")
    with pytest.raises(StoreUnavailableError, match="intet er gemt"):
        store.load([SMALL], by="sekretariat")
    assert not file.exists()


def test_when_the_file_alone_is_removed_nothing_is_written_anywhere_else(store: Store, file: Path) -> None:
    file.unlink()
    assert store.release(audience="ledelse").alarm.startswith("Databasen kan ikke åbnes")
    with pytest.raises(StoreUnavailableError, match="intet er gemt"):
        store.load([SMALL], by="sekretariat")
    assert not file.exists()


def test_what_was_confirmed_before_its_log_was_lost_is_kept(store: Store, file: Path) -> None:
    store.load([SMALL], by="sekretariat")
    for ending in ("-wal", "-shm"):
        Path(f"{file}{ending}").unlink(missing_ok=True)
    store.load([SMALL], by="sekretariat")
    store.engine.dispose()
    again = open_store(f"sqlite:///{file}")
    assert len(again.loads()) == 2
    assert shown(again) == ["ballerup"]
    again.engine.dispose()
