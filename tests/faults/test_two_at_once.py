import threading
from pathlib import Path

import pytest

from data.backup import backup, restore
from data.store import Publication, PublishConflictError, Store, migrate, open_store
from data.store.verification import verify
from tests.faults.conftest import shown, tables


def test_of_two_who_publish_at_the_same_moment_one_wins_and_the_other_is_told(store: Store) -> None:
    start = threading.Barrier(2)
    told: list[str] = []

    def publish(area: str) -> None:
        start.wait()
        try:
            store.publish(tables(area), Publication(by=area, after=2))
        except PublishConflictError as error:
            told.append(str(error))

    threads = [threading.Thread(target=publish, args=(area,)) for area in ("gladsaxe", "herlev")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    newest = store.releases()[0]
    assert [head.id for head in store.releases()] == [3, 2, 1]
    assert shown(store) == [newest.published_by]
    assert told == ["En anden har udgivet nye tal imens. Intet er ændret: hent de nye tal, og udgiv igen."]


def test_two_processes_that_start_on_one_empty_database_both_find_it_ready(empty_database: str) -> None:
    start = threading.Barrier(2)
    failed: list[Exception] = []

    def begin() -> None:
        opened = open_store(empty_database)
        start.wait()
        try:
            migrate(opened)
        except Exception as error:
            failed.append(error)
        opened.engine.dispose()

    threads = [threading.Thread(target=begin) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    opened = open_store(empty_database)
    assert (failed, opened.newest()) == ([], None)
    opened.engine.dispose()


def test_a_reader_sees_the_old_release_until_the_new_one_is_whole(store: Store) -> None:
    seen: set[tuple[int, str, str]] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            release = store.release(audience="ledelse")
            seen.add((release.head.id, release.areas["area_id"][0], release.sources["source_id"][0]))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(2, 12):
        store.publish(tables(f"area-{number + 1}"), Publication(by="sekretariat", after=number))
    done.set()
    reader.join()
    assert all(area == source and area in ("ballerup", f"area-{number}") for number, area, source in seen)


@pytest.mark.parametrize("number", [2, 7])
def test_publishing_on_a_release_that_is_not_the_newest_is_refused(store: Store, number: int) -> None:
    store.publish(tables("gladsaxe"), Publication(by="sekretariat", after=2))
    with pytest.raises(PublishConflictError):
        store.publish(tables("herlev"), Publication(by="sekretariat", after=number))


def test_a_backup_taken_while_others_publish_is_whole_and_gives_releases_that_verify(
    store: Store, tmp_path: Path
) -> None:
    done = threading.Event()

    def publish() -> None:
        number = 2
        while not done.is_set():
            store.publish(tables(f"area-{number + 1}"), Publication(by="sekretariat", after=number))
            number += 1

    publisher = threading.Thread(target=publish)
    publisher.start()
    for number in range(5):
        backup(store, tmp_path / f"kopi-{number}.db")
    done.set()
    publisher.join()
    for number in range(5):
        elsewhere = open_store(f"sqlite:///{tmp_path / f'andet-{number}.db'}")
        restore(elsewhere, tmp_path / f"kopi-{number}.db")
        newest = elsewhere.release(audience="ledelse")
        assert verify(elsewhere.engine) == []
        assert newest.areas["area_id"].tolist() == newest.sources["source_id"].tolist()
        assert [head.id for head in elsewhere.releases()] == list(range(newest.head.id, 0, -1))
        elsewhere.engine.dispose()
