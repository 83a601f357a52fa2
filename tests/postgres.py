"""A real PostgreSQL server for the tests: started on a free port in a temporary folder, stopped afterwards."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from data.store import migrate, open_store
from tests.copies import SQLITE, copied

DEBIAN = Path("/usr/lib/postgresql")
USER = "postgres"
MUST = "PostgreSQL's server programs are missing: 'sudo apt-get install postgresql' or 'brew install postgresql'"


class PostgresServer:
    """One server of its own; `stop` and `start` do to it what an operator or a power cut would."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder = programs, folder
        self.port = _free_port()
        # The server refuses to run as root; Debian's package brings a user for it.
        self._as: dict[str, Any] = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
        if self._as:
            shutil.chown(folder, USER, USER)
        self._run("initdb", "--username", USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync")
        self._databases = 0
        self._free: list[str] = []
        self._models: dict[str, str] = {}

    def start(self) -> None:
        """Start the server and wait until it answers."""
        haste = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self._folder} {haste}"
        self._run("pg_ctl", "start", "--wait", "--log", str(self._folder / "log"), "--options", options)

    def stop(self) -> None:
        """Stop the server at once, cutting every connection."""
        self._run("pg_ctl", "stop", "--wait", "--mode", "fast")

    @property
    def pid(self) -> int:
        """The number of its first process."""
        return int((self._folder / "data" / "postmaster.pid").read_text().split()[0])

    @contextlib.contextmanager
    def replica(self) -> "Iterator[PostgresServer]":
        """A second server that follows this one, in a folder of its own."""
        folder = Path(tempfile.mkdtemp(prefix="tryghed-replica-"))
        other = PostgresServer.__new__(PostgresServer)
        other._programs, other._folder, other._as = self._programs, folder, self._as
        other.port, other._databases, other._free, other._models = _free_port(), 0, [], {}
        if other._as:
            shutil.chown(folder, USER, USER)
        other._run(
            "pg_basebackup", "-R", "-c", "fast", "-X", "stream", "-h", "127.0.0.1", "-p", str(self.port), "-U", USER
        )
        other.start()
        try:
            yield other
        finally:
            other.stop()
            shutil.rmtree(folder, ignore_errors=True)

    def promote(self) -> None:
        """Let a replica take over."""
        self._run("pg_ctl", "promote", "--wait")

    def new_database(self) -> str:
        """The address of an empty database: one given back, for that is much faster than to make another."""
        return self._free.pop() if self._free else self._create()

    def copy_of(self, model: str, make: Callable[[str], None]) -> str:
        """The address of a copy of a database by name, which `make` makes at an address the first time."""
        if model not in self._models:
            make(url := self._create())
            self._models[model] = url.rpartition("/")[2]
        return self._create(f"TEMPLATE {self._models[model]}")

    def drop(self, url: str) -> None:
        """Cut whoever still uses a database, and do away with it."""
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)".encode())

    def _create(self, how: str = "") -> str:
        self._databases += 1
        name = f"test_{self._databases}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} {how}".encode())
        return self._url(name)

    def give_back(self, url: str) -> None:
        """Cut whoever still uses a database and empty it."""
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"{others} AND pid <> pg_backend_pid()".encode())
            every = "SELECT nspname FROM pg_namespace WHERE nspname = 'public' OR starts_with(nspname, 'tryghed_')"
            for (schema,) in connection.execute(every.encode()).fetchall():
                connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(schema)))
            connection.execute("CREATE SCHEMA public")
        self._free.append(url)

    def _url(self, database: str) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), "-D", str(self._folder / "data"), *arguments]
        # A server that inherits our pipes would keep them open, and we would wait for it for ever.
        subprocess.run(
            command,
            check=True,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
            **self._as,
        )


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _programs() -> Path | None:
    """The folder with PostgreSQL's server programs: the newest of Debian's, else the one on the path."""
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = versions[-1] if versions else shutil.which("initdb")
    return Path(found).parent if found else None


@contextlib.contextmanager
def running_server() -> Iterator[PostgresServer | None]:
    """A server for as long as the block lasts; None where its programs are missing."""
    programs = _programs()
    if programs is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="tryghed-postgres-"))
    try:
        server = PostgresServer(programs, folder)
        server.start()
        yield server
        with contextlib.suppress(subprocess.CalledProcessError):  # a test may have stopped it already
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A running PostgreSQL server; without its programs the test is skipped, in CI it fails."""
    with running_server() as server:
        if server is None:
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MUST)
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, on each kind of server."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    server = request.getfixturevalue("postgres")
    url = server.new_database()
    yield url
    server.give_back(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_database(request: pytest.FixtureRequest, migrated_file: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a database with empty tables, on each kind of server: a copy of one that was migrated once."""
    if request.param == "sqlite":
        yield copied(f"{SQLITE}{migrated_file}", tmp_path / "store.db")
        return
    server = request.getfixturevalue("postgres")
    url = server.copy_of("migrated", migrated)
    yield url
    server.drop(url)


def migrated(url: str) -> None:
    """Make the tables of today's schema at an address."""
    store = open_store(url)
    migrate(store)
    store.engine.dispose()
