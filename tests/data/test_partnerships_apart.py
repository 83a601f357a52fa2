"""Several partnerships in one installation never meet: no read of one gives a row of another, none waits for another.

Each is opened as its own process opens it: by its name, on SQLite files of their own and in one PostgreSQL database.
"""

import threading
from pathlib import Path

import pandas as pd
import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import ProgrammingError

from data.__main__ import main
from data.settings import several
from data.settings.new import settings_text
from data.store import Incoming, Publication, Store, StoreError, migrate, open_store
from data.store.database import PUBLISHING, one_at_a_time, reading, writing
from data.store.events import logged, record
from data.store.links import links
from data.store.schema import metadata, releases, shared_links
from data.store.schemas import COMMON_SCHEMA, COMMON_TABLE, schema_of
from data.store.verification import verify
from tests.installation import PAIR, Open, begin_pair
from tests.installation import installation as installation
from tests.journeys.fjordby import ANSWERS
from tests.postgres import PostgresServer


def population(residents: dict[str, int]) -> Incoming:
    frame = pd.DataFrame({"period": "2025K1", "area_id": list(residents), "residents": list(residents.values())})
    return Incoming("population", frame, "folketal.csv", "0" * 64)


def publish(store: Store, marker: str) -> int:
    newest = store.newest()
    tables = {"ledelse": {"areas": pd.DataFrame({"area_id": ["midtbyen"], "name": [marker]})}}
    return store.publish(tables, Publication(by=marker, note=marker, after=newest.id if newest else None)).id


def everything(store: Store) -> str:
    """Every row of every table that a store can read, as text."""
    with reading(store.engine) as connection:
        return "\n".join(str(row) for table in metadata.sorted_tables for row in connection.execute(sa.select(table)))


AREAS = st.dictionaries(st.sampled_from(["midtbyen", "havnen", "skoven", "torvet"]), st.integers(1, 99_999), min_size=1)
ACTS = st.lists(st.sampled_from(["load", "publish", "log"]), min_size=1, max_size=4)


def test_no_read_of_one_ever_gives_a_row_of_the_other(installation: Open) -> None:
    stores = {name: installation(name) for name in PAIR}
    kept: dict[str, dict[str, int]] = {name: {} for name in PAIR}

    @settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(first=st.tuples(AREAS, ACTS), second=st.tuples(AREAS, ACTS))
    def whatever_both_write(first: tuple[dict[str, int], list[str]], second: tuple[dict[str, int], list[str]]) -> None:
        for name, (residents, acts) in zip(PAIR, (first, second), strict=True):
            store = stores[name]
            for act in acts:
                if act == "load":
                    # The same areas and periods in both; each has figures that the other cannot have.
                    own = {area: 2 * many + PAIR.index(name) for area, many in residents.items()}
                    store.load([population(own)], by=f"bruger i {name}")
                    kept[name] |= own
                elif act == "publish":
                    publish(store, f"udgivet i {name}")
                else:
                    record(store.engine, f"bruger i {name}", "load", name)
        for name, other in zip(PAIR, reversed(PAIR), strict=True):
            rows = stores[name].loaded("population")
            assert dict(zip(rows["area_id"], rows["residents"], strict=True)) == kept[name]
            assert f" i {other}" not in everything(stores[name])
            assert all(event.account.endswith(name) for event in logged(stores[name].engine, 1_000))
            newest = stores[name].newest()
            if newest is not None:
                release = stores[name].release(audience="ledelse")
                assert release.areas["name"].tolist() == [f"udgivet i {name}"]

    whatever_both_write()
    assert [verify(store.engine) for store in stores.values()] == [[], []]


def test_a_link_of_one_is_not_on_record_in_the_other(installation: Open) -> None:
    one, other = (installation(name) for name in PAIR)
    publish(one, "her")
    with writing(one.engine) as connection:
        moment = sa.func.current_timestamp()
        values = {"id": "a" * 32, "made_at": moment, "made_by": "x", "page": "", "query": "", "release_id": 1}
        values |= {"audience": "ledelse", "expires_at": moment, "note": ""}
        connection.execute(shared_links.insert().values(**values))
    assert (len(links(one.engine)), links(other.engine)) == (1, [])


def test_one_that_publishes_keeps_no_other_waiting(installation: Open) -> None:
    one, other = (installation(name) for name in PAIR)
    publish(other, "før")
    with writing(one.engine) as connection:  # one is in the middle of publishing, and stays there
        one_at_a_time(connection, PUBLISHING)
        connection.execute(sa.select(releases))
        published: list[int] = []
        meanwhile = threading.Thread(target=lambda: published.append(publish(other, "imens")))
        meanwhile.start()
        meanwhile.join(timeout=60)
        assert published == [2]
    assert publish(one, "bagefter") == 1


def test_of_two_who_publish_in_one_partnership_the_second_waits(installation: Open) -> None:
    one = installation(PAIR[0])
    again = installation(PAIR[0])
    published: list[int] = []
    with writing(one.engine) as connection:
        one_at_a_time(connection, PUBLISHING)
        meanwhile = threading.Thread(target=lambda: published.append(publish(again, "bagefter")))
        meanwhile.start()
        meanwhile.join(timeout=0.5)
        assert published == []
    meanwhile.join(timeout=60)
    assert published == [1]


def test_the_command_line_is_for_the_one_it_names(
    installation: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = (installation(name) for name in PAIR)
    publish(one, "her")
    monkeypatch.setattr("data.__main__.our_partnership", lambda: None)
    for name in PAIR:
        assert main(["--partnership", name, "backup", str(tmp_path / f"{name}.db")]) == 0
    assert main(["--partnership", PAIR[0], "restore", str(tmp_path / f"{PAIR[1]}.db"), "--overwrite"]) == 0
    assert (one.newest(), other.newest()) == (None, None)
    assert main(["--partnership", PAIR[0], "restore", str(tmp_path / f"{PAIR[0]}.db"), "--overwrite"]) == 0
    assert [head.note for head in one.releases()] == ["her"]
    assert other.releases() == []
    capsys.readouterr()
    assert main(["partnerships", "--names"]) == 0
    assert capsys.readouterr().out.split() == list(PAIR)


# In one PostgreSQL database ------------------------------------------------------------------------------------------


in_one_database = pytest.mark.parametrize("installation", ["postgresql"], indirect=True)


@pytest.fixture
def both(installation: Open) -> tuple[Store, Store]:
    one, other = (installation(name) for name in PAIR)
    return one, other


@in_one_database
def test_who_names_the_others_table_is_refused_by_the_server(both: tuple[Store, Store]) -> None:
    for store, other in zip(both, reversed(PAIR), strict=True):
        for what in (f"SELECT * FROM {schema_of(other)}.loads", f"DELETE FROM {schema_of(other)}.loads",
                     f"CREATE TABLE {schema_of(other)}.mine (x integer)"):  # fmt: skip
            with pytest.raises((StoreError, ProgrammingError)) as refused, writing(store.engine) as connection:
                connection.exec_driver_sql(what)
            assert "permission denied" in str(refused.value.__cause__ or refused.value)


@in_one_database
def test_everything_of_a_partnership_lies_in_its_own_schema(both: tuple[Store, Store]) -> None:
    with reading(both[0].engine) as connection:
        tables = "SELECT table_schema, table_name FROM information_schema.tables"
        seen = {(schema, name) for schema, name in connection.exec_driver_sql(tables) if schema.startswith("tryghed")}
        assert connection.exec_driver_sql("SHOW search_path").scalar() == schema_of(PAIR[0])
        connection.exec_driver_sql("RESET ROLE")  # back to what the connection was opened with: the same
        assert connection.exec_driver_sql("SELECT current_user").scalar() == schema_of(PAIR[0])
    assert {schema for schema, _ in seen} == {schema_of(PAIR[0]), COMMON_SCHEMA}
    assert {name for schema, name in seen if schema != COMMON_SCHEMA} == {*metadata.tables, "alembic_version"}
    assert {name for schema, name in seen if schema == COMMON_SCHEMA} == {COMMON_TABLE}


def test_an_owner_without_further_rights_brings_both_up(
    postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.new_database()
    database = sa.make_url(url).database
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(b"DROP ROLE IF EXISTS appen")
        connection.execute(b"CREATE ROLE appen LOGIN")
        connection.execute(f"GRANT CREATE ON DATABASE {database} TO appen".encode())
    begin_pair(tmp_path)
    monkeypatch.setenv(several.FOLDER, str(tmp_path))
    monkeypatch.setenv(several.NAME, "helt-ny")
    (tmp_path / "helt-ny").mkdir()
    (tmp_path / "helt-ny" / "partnership.toml").write_text(settings_text(ANSWERS, pd.Timestamp("2026-03-04").date()))
    monkeypatch.setenv("DATABASE_URL", url.replace("postgres@", "appen@"))
    store = open_store()
    with pytest.raises(StoreError, match='ALTER ROLE "appen" CREATEROLE; GRANT CREATE ON DATABASE "test_'):
        migrate(store)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(b"ALTER ROLE appen CREATEROLE")
    migrate(store)
    assert publish(store, "her") == 1
    store.engine.dispose()
