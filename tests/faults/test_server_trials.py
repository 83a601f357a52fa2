"""The server freezes, is locked, is full, forbids, or hands over to another: nobody waits for it, nobody is misled."""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy as sa

from data.store import Incoming, Publication, Store, StoreError, StoreUnavailableError, migrate, open_store
from data.store.database import reading
from tests.faults.conftest import shown, tables
from tests.faults.test_full_and_read_only import POPULATION
from tests.postgres import PostgresServer

SMALL = Incoming("population", POPULATION.frame[:3], "folketal.csv", "1" * 64)


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    given = postgres.new_database()
    yield given
    postgres.give_back(given)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Release 1 shows Herlev, release 2 shows Ballerup; the newest has been read once."""
    opened = open_store(url)
    migrate(opened)
    opened.publish(tables("herlev"), Publication(by="sekretariat"))
    opened.publish(tables("ballerup"), Publication(by="sekretariat", after=1))
    shown(opened)
    yield opened
    opened.engine.dispose()


@contextlib.contextmanager
def frozen(postgres: PostgresServer) -> Iterator[None]:
    """Every process of the server stopped in its tracks, its connections open."""
    found = subprocess.run(["pgrep", "-P", str(postgres.pid)], capture_output=True, text=True, check=True)
    processes = [postgres.pid, *map(int, found.stdout.split())]
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in reversed(processes):
            os.kill(process, signal.SIGCONT)


def back(store: Store) -> bool:
    """Whether the newest release is read from the database again, within ten seconds."""
    pause = threading.Event()
    return any(store.release(audience="ledelse").alarm == "" or pause.wait(0.2) for _ in range(50))


def test_while_the_server_is_frozen_pages_come_from_memory_and_no_save_is_said_to_be_kept(
    store: Store, postgres: PostgresServer
) -> None:
    with frozen(postgres):
        for _ in range(3):
            release = store.release(audience="ledelse")
            assert release.areas["area_id"].tolist() == ["ballerup"]
            assert release.alarm.startswith("Databasen svarer ikke lige nu.")
        with pytest.raises(StoreUnavailableError, match="svarer ikke"):
            store.load([SMALL], by="sekretariat")
    assert back(store)
    assert store.loads() == []


def test_who_was_already_waiting_when_the_server_froze_is_let_go(store: Store, postgres: PostgresServer) -> None:
    ended, asked = threading.Event(), threading.Event()

    def wait_long() -> None:
        with contextlib.suppress(StoreUnavailableError), reading(store.engine) as connection:
            asked.set()
            connection.execute(sa.text("SELECT pg_sleep(600)"))
        ended.set()

    threading.Thread(target=wait_long, daemon=True).start()
    assert asked.wait(10)
    with frozen(postgres):
        assert ended.wait(30)


def test_a_lock_on_the_releases_keeps_no_reader_waiting(store: Store, url: str) -> None:
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE releases IN ACCESS EXCLUSIVE MODE")
        for _ in range(3):
            release = store.release(audience="ledelse")
            assert release.areas["area_id"].tolist() == ["ballerup"]
            assert release.alarm.startswith(("En anden er ved at skrive i databasen.", "Databasen svarer ikke"))
        other.rollback()
    assert back(store)


def test_when_all_connections_of_the_server_are_taken_pages_come_from_memory(
    store: Store, url: str, postgres: PostgresServer
) -> None:
    with psycopg.connect(url, autocommit=True) as owner, role(owner, "CONNECTION LIMIT 0") as name:
        limited = open_store(url.replace("postgres@", f"{name}@"))
        limited._last = dict(store._last)
        assert limited.release(audience="ledelse").alarm.startswith("Databasen svarer ikke lige nu.")
        owner.execute(f"ALTER ROLE {name} CONNECTION LIMIT 5".encode())
        assert back(limited)
        limited.engine.dispose()


@contextlib.contextmanager
def role(owner: "psycopg.Connection[tuple[object, ...]]", options: str = "") -> Iterator[str]:
    """A role that may read and write rows, and nothing else."""
    name = "kun_raekker"
    owner.execute(f"CREATE ROLE {name} LOGIN {options}".encode())
    owner.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}".encode())
    owner.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}".encode())
    owner.execute(f"GRANT USAGE ON SCHEMA public TO {name}".encode())
    try:
        yield name
    finally:
        owner.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{name}'".encode())
        owner.execute(f"DROP OWNED BY {name}".encode())
        owner.execute(f"DROP ROLE {name}".encode())


def test_without_the_right_to_alter_tables_one_works_and_an_upgrade_says_who_must_do_it(url: str) -> None:
    owner_store = open_store(url)
    migrate(owner_store, "0006")
    with psycopg.connect(url, autocommit=True) as owner, role(owner) as name:
        store = open_store(url.replace("postgres@", f"{name}@"))
        with pytest.raises(StoreError, match="som tabellernes ejer: python -m data releases"):
            migrate(store)
        migrate(owner_store)
        owner.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}".encode())
        owner.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}".encode())
        migrate(store)
        store.load([SMALL], by="sekretariat")
        store.publish(tables("herlev"), Publication(by="sekretariat"))
        assert shown(store) == ["herlev"]
        store.engine.dispose()
    owner_store.engine.dispose()


def test_a_save_whose_confirmation_is_lost_is_told_as_uncertain(store: Store, postgres: PostgresServer) -> None:
    def pull_the_plug(_connection: sa.Connection) -> None:
        postgres.stop()

    sa.event.listen(store.engine, "commit", pull_the_plug)
    try:
        with pytest.raises(StoreUnavailableError, match="usikkert, om det er gemt"):
            store.load([SMALL], by="sekretariat")
    finally:
        sa.event.remove(store.engine, "commit", pull_the_plug)
        postgres.start()
    assert back(store)


def test_when_a_replica_takes_over_the_app_goes_on_with_it(store: Store, url: str, postgres: PostgresServer) -> None:
    with postgres.replica() as replica:
        both = open_store(
            f"postgresql+psycopg://postgres@/{url.rsplit('/', 1)[1]}?host=127.0.0.1:{postgres.port}"
            f"&host=127.0.0.1:{replica.port}&target_session_attrs=read-write"
        )
        assert shown(both) == ["ballerup"]
        postgres.stop()
        try:
            assert both.release(audience="ledelse").alarm
            replica.promote()
            assert back(both)
            both.publish(tables("gladsaxe"), Publication(by="sekretariat", after=2))
            assert shown(both) == ["gladsaxe"]
        finally:
            both.engine.dispose()
            postgres.start()
