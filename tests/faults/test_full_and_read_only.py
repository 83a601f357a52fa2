"""The disk is full, or the folder may only be read. Both need a file system of our own, so root and mount."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from data.store import Incoming, Publication, Store, StoreUnavailableError, migrate, open_store
from tests.faults.conftest import shown, tables

ROWS = 50_000
POPULATION = Incoming(
    "population",
    pd.DataFrame({"period": "2025K1", "area_id": [f"area-{row}" for row in range(ROWS)], "residents": range(ROWS)}),
    "folketal.csv",
    "0" * 64,
)


def mount(*arguments: str) -> None:
    """Mount, or skip where this machine does not let us."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a file system of its own")
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"this machine does not let us mount: {done.stderr.strip()}")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount("-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder))
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def store(disk: Path) -> Iterator[Store]:
    """A store on the small disk; its newest release, which shows Ballerup, has been read once."""
    opened = open_store(f"sqlite:///{disk / 'store.db'}")
    migrate(opened)
    opened.publish(tables("herlev"), Publication(by="sekretariat"))
    opened.publish(tables("ballerup"), Publication(by="sekretariat", after=1))
    shown(opened)
    yield opened
    opened.engine.dispose()


def test_when_the_disk_is_full_nothing_is_kept_of_a_load_and_one_is_told(store: Store) -> None:
    with pytest.raises(StoreUnavailableError, match="Disken er fuld, så intet er gemt"):
        store.load([POPULATION], by="sekretariat")
    assert store.loads() == []


def test_when_the_disk_is_full_the_newest_release_is_still_shown(store: Store, disk: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        (disk / "filler").write_bytes(b"0" * 3_000_000)
    with pytest.raises(StoreUnavailableError, match="Disken er fuld"):
        store.publish({"ledelse": {"areas": POPULATION.frame}}, Publication(by="sekretariat", after=2))
    assert shown(store) == ["ballerup"]


def test_publishing_works_again_when_there_is_room(store: Store, disk: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        (disk / "filler").write_bytes(b"0" * 3_000_000)
    with pytest.raises(StoreUnavailableError):
        store.publish({"ledelse": {"areas": POPULATION.frame}}, Publication(by="sekretariat", after=2))
    (disk / "filler").unlink()
    store.publish(tables("gladsaxe"), Publication(by="sekretariat", after=2))
    assert shown(store) == ["gladsaxe"]


@pytest.fixture
def read_only(store: Store, disk: Path) -> Iterator[Store]:
    """The store after its folder became read-only and every connection was closed."""
    store.engine.dispose()
    mount("-o", "remount,ro", str(disk))
    yield store
    store.engine.dispose()
    mount("-o", "remount,rw", str(disk))


def test_in_a_read_only_folder_the_last_release_is_shown(read_only: Store) -> None:
    assert shown(read_only) == ["ballerup"]


def test_in_a_read_only_folder_one_is_told_that_nothing_was_kept(read_only: Store) -> None:
    with pytest.raises(StoreUnavailableError, match=r"(kan kun læses|kan ikke åbnes), så intet er gemt"):
        read_only.publish(tables("gladsaxe"), Publication(by="sekretariat", after=2))


def test_publishing_works_again_when_the_folder_may_be_written(store: Store, disk: Path) -> None:
    store.engine.dispose()
    mount("-o", "remount,ro", str(disk))
    with pytest.raises(StoreUnavailableError):
        store.publish(tables("gladsaxe"), Publication(by="sekretariat", after=2))
    mount("-o", "remount,rw", str(disk))
    store.publish(tables("gladsaxe"), Publication(by="sekretariat", after=2))
    assert (store.release(audience="ledelse").alarm, shown(store)) == ("", ["gladsaxe"])
