"""The server stops and comes back while the app is in use, or there is none to begin with."""

import hashlib
from collections.abc import Iterator

import pytest

from data.store import Publication, Store, StoreUnavailableError, migrate, open_store
from tests.faults.conftest import shown, tables
from tests.postgres import PostgresServer


@pytest.fixture
def store(postgres: PostgresServer) -> Iterator[Store]:
    """Release 1 shows Herlev, release 2 shows Ballerup; on PostgreSQL."""
    opened = open_store(postgres.new_database())
    migrate(opened)
    opened.publish(tables("herlev"), Publication(by="sekretariat"))
    opened.publish(tables("ballerup"), Publication(by="sekretariat", after=1))
    yield opened
    opened.engine.dispose()


@pytest.fixture
def stopped(store: Store, postgres: PostgresServer) -> Iterator[PostgresServer]:
    """The server, stopped after the newest release was read once."""
    shown(store)
    postgres.stop()
    yield postgres
    postgres.start()


def test_the_last_release_is_served_from_memory_with_an_alarm(store: Store, stopped: PostgresServer) -> None:
    release = store.release(audience="ledelse")
    assert release.areas["area_id"].tolist() == ["ballerup"]
    assert release.alarm.startswith("Databasen svarer ikke lige nu. Prøv igen om lidt. Imens vises udgave 2 fra ")


def test_a_release_that_was_never_read_cannot_be_served(store: Store, stopped: PostgresServer) -> None:
    with pytest.raises(StoreUnavailableError, match="svarer ikke"):
        store.release(1, audience="ledelse")


def test_publishing_is_refused_and_nothing_is_lost(store: Store, postgres: PostgresServer) -> None:
    postgres.stop()
    try:
        with pytest.raises(StoreUnavailableError, match="svarer ikke"):
            store.publish(tables("gladsaxe"), Publication(by="sekretariat", after=2))
    finally:
        postgres.start()
    assert shown(store) == ["ballerup"]
    store.publish(tables("gladsaxe"), Publication(by="sekretariat", after=2))
    assert shown(store) == ["gladsaxe"]


def test_the_store_recovers_by_itself_when_the_database_is_back(store: Store, postgres: PostgresServer) -> None:
    shown(store)
    postgres.stop()
    try:
        assert store.release(audience="ledelse").alarm
    finally:
        postgres.start()
    assert store.release(audience="ledelse").alarm == ""


def test_a_connection_cut_in_the_middle_of_publishing_leaves_the_old_release(
    store: Store, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pull_the_plug(content: bytes) -> object:
        postgres.stop()
        return original(content)

    original = hashlib.sha256
    with monkeypatch.context() as cut:
        cut.setattr(hashlib, "sha256", pull_the_plug)
        try:
            with pytest.raises(StoreUnavailableError):
                store.publish(
                    {"ledelse": {"areas": tables("gladsaxe")["ledelse"]["areas"]}}, Publication(by="a", after=2)
                )
        finally:
            postgres.start()
    assert shown(store) == ["ballerup"]
