"""Fixtures that more than one folder of tests uses."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from streamlit.components.v2 import manifest_scanner

from components.session import Screen
from data.partnership import Partnership, read_partnership
from data.release import Release
from data.release import tables as release_tables
from data.release.shelf import Shelf
from data.store import Store, open_store
from data.views.nearest import nearest
from data.views.view import View
from tests.copies import SQLITE, copied
from tests.kept import kept_database, kept_folder, kept_shelf
from tests.postgres import empty_database as empty_database
from tests.postgres import migrated
from tests.postgres import migrated_database as migrated_database
from tests.postgres import postgres as postgres
from tests.shipped import all_shipped, small_shipped

# How busy the machine is says nothing of the code: no test fails because an example took long.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
# Streamlit's test client reads the metadata of every installed package for each app; they stay as they are.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)  # type: ignore[assignment]
# A table is unpacked once for all tests, by its bytes; copy-on-write keeps what one does with it from the others.
_unpacked = lru_cache(maxsize=600)(release_tables.table_from_parquet)
release_tables.table_from_parquet = lambda content: _unpacked(content).copy(deep=False)
MAIN = sys.modules["__main__"]


@pytest.fixture(autouse=True)
def own_main() -> None:
    """Let `__main__` be what it was: Streamlit's test client leaves a page there, and a child process would run it."""
    sys.modules["__main__"] = MAIN


@pytest.fixture(scope="session")
def partnership() -> Partnership:
    """The partnership as partnership.toml has it."""
    return read_partnership()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables of today's schema and no rows, to copy."""
    file = tmp_path_factory.mktemp("migrated") / "store.db"
    migrated(f"{SQLITE}{file}")
    return file


@pytest.fixture
def store(migrated_file: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty, migrated store of its own."""
    opened = open_store(copied(f"{SQLITE}{migrated_file}", tmp_path / "store.db"))
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def kept(request: pytest.FixtureRequest) -> Path:
    """The folder of what all workers and runs share."""
    return kept_folder(request)


@pytest.fixture(scope="session")
def shelf(kept: Path) -> Shelf:
    """Pieces of earlier publications, for tests that publish and look at something else than how it is worked out."""
    return kept_shelf(kept)


@contextmanager
def _opened(address: str) -> Iterator[Store]:
    """The store at an address, until it is no longer used."""
    opened = open_store(address)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def shipped_database(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database with the shipped data loaded and published."""
    made = kept_database(kept, "shipped", all_shipped)
    return copied(f"{SQLITE}{made}", tmp_path_factory.mktemp("shipped") / "shipped.db")


@pytest.fixture
def own_store(shipped_database: str, tmp_path: Path) -> Iterator[Store]:
    """The shipped data in a database of the test's own, to write in."""
    with _opened(copied(shipped_database, tmp_path / "own.db")) as store:
        yield store


@pytest.fixture(scope="session")
def small_database(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database with the shipped data cut down, which takes a fraction of the time to publish again."""
    made = kept_database(kept, "small", small_shipped)
    return copied(f"{SQLITE}{made}", tmp_path_factory.mktemp("small") / "small.db")


@pytest.fixture
def small_store(small_database: str, tmp_path: Path) -> Iterator[Store]:
    """The cut-down data in a database of the test's own, to write in and publish from."""
    with _opened(copied(small_database, tmp_path / "small.db")) as store:
        yield store


@pytest.fixture(scope="session")
def shipped(shipped_database: str) -> Iterator[Release]:
    """The newest release of the shipped data."""
    with _opened(shipped_database) as store:
        yield store.release(audience="ledelse")


@pytest.fixture(scope="session")
def police(shipped_database: str) -> Iterator[Release]:
    """The newest release of the shipped data as the local police have it, with grid cells."""
    with _opened(shipped_database) as store:
        yield store.release(audience="politi")


@pytest.fixture
def screen(shipped: Release, partnership: Partnership) -> Screen:
    """What a page draws from at the first visit: the leadership's newest release, with nothing chosen."""
    view, _ = nearest(View(), shipped, partnership)
    return Screen(view, shipped, partnership, ())
