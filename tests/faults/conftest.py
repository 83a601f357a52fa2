"""A store with two releases that is about to be ill-treated."""

import os
from collections.abc import Iterator

import pandas as pd
import pytest

from data.store import Publication, Store, open_store

Tables = dict[str, dict[str, pd.DataFrame]]


def tables(area: str) -> Tables:
    """Release tables that tell which release they belong to."""
    return {"ledelse": {"areas": pd.DataFrame({"area_id": [area]}), "sources": pd.DataFrame({"source_id": [area]})}}


def shown(store: Store) -> list[str]:
    """What the newest release shows."""
    return store.release(audience="ledelse").areas["area_id"].tolist()


@pytest.fixture
def store(migrated_database: str) -> Iterator[Store]:
    """Release 1 shows Herlev, release 2 shows Ballerup; on each kind of server."""
    opened = open_store(migrated_database)
    opened.publish(tables("herlev"), Publication(by="sekretariat"))
    opened.publish(tables("ballerup"), Publication(by="sekretariat", after=1))
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def rounds() -> int:
    """How many times each fault that strikes at random is tried: few by default, 200 in `make faults`."""
    return int(os.environ.get("TRYGHED_FAULT_ROUNDS", "20"))
