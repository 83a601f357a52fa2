"""What a release has for every reader, and what is read from one that was made before there was such a table."""

import pandas as pd
import pytest

from data.partnership import our_partnership
from data.release import table_to_parquet
from data.release.tables import LATER, Tables, lacks_tables
from data.store import Publication, Store, open_store

AREAS = {"areas": pd.DataFrame({"area_id": ["herlev"]})}


@pytest.mark.parametrize("audience", [each.id for each in our_partnership().audiences])
def test_every_reader_is_given_every_table_with_the_columns_it_is_said_to_have(
    audience: str, shipped_database: str
) -> None:
    store = open_store(shipped_database)
    tables = store.release(audience=audience).tables
    store.engine.dispose()
    assert {name: tuple(tables[name].columns) for name in LATER if name in tables} == dict(LATER)
    assert not lacks_tables(tables)


def test_a_table_that_an_old_release_lacks_is_empty_with_its_columns(store: Store) -> None:
    store.publish({"ledelse": AREAS}, Publication(by="sekretariat"))
    tables = store.release(audience="ledelse").tables
    assert lacks_tables(tables)
    assert (len(tables["purposes"]), list(tables["purposes"])) == (0, list(LATER["purposes"]))
    assert list(tables["decisions"])[:2] == ["decision_id", "meeting_id"]


def test_a_table_that_a_reader_may_not_have_is_not_there() -> None:
    tables = Tables()
    assert "cells" not in tables
    with pytest.raises(KeyError):
        tables["cells"]


def test_a_table_that_came_later_is_not_among_those_the_release_has() -> None:
    tables = Tables({"areas": table_to_parquet(AREAS["areas"])})
    assert (list(tables), len(tables), "purposes" in tables, tables.get("purposes")) == (["areas"], 1, False, None)


def test_every_session_is_handed_the_same_table() -> None:
    tables = Tables({"areas": table_to_parquet(AREAS["areas"])})
    assert tables["areas"] is tables["areas"]
    assert tables["areas"].equals(AREAS["areas"])
