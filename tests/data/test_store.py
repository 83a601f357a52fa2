import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from data.store import (
    DamagedReleaseError,
    Incoming,
    NotForAudienceError,
    Publication,
    PublishConflictError,
    Store,
    StoreError,
    migrate,
    open_store,
)
from data.store.schema import documents, metadata, releases

AREAS = pd.DataFrame({"area_id": ["herlev"], "name": ["Herlev"], "level": ["municipality"]})
TABLES = {"ledelse": {"areas": pd.DataFrame({"area_id": ["herlev"], "count": [3.0]})}}


def population(residents: int, period: str = "2025K1") -> Incoming:
    frame = pd.DataFrame({"period": [period], "area_id": ["herlev"], "residents": [residents]})
    return Incoming("population", frame, "folketal.csv", "0" * 64)


def test_what_was_loaded_comes_back(store: Store) -> None:
    store.load([population(28_000)], by="sekretariat")
    assert store.loaded("population")["residents"].tolist() == [28_000]


def test_a_load_remembers_its_file_its_checksum_and_who_loaded_it(store: Store) -> None:
    (load,) = store.load([population(28_000)], by="sekretariat")
    assert store.loads() == [load]
    assert (load.file_name, load.checksum, load.loaded_by, load.rows) == ("folketal.csv", "0" * 64, "sekretariat", 1)


def test_of_two_rows_on_the_same_thing_the_later_load_stands(store: Store) -> None:
    store.load([population(28_000)], by="sekretariat")
    store.load([population(29_000)], by="sekretariat")
    assert store.loaded("population")["residents"].tolist() == [29_000]


def test_an_earlier_load_is_kept_beneath_a_later_one(store: Store) -> None:
    store.load([population(28_000)], by="sekretariat")
    store.load([population(29_000)], by="sekretariat")
    assert [load.rows for load in store.loads()] == [1, 1]


def test_tables_are_loaded_all_or_none(store: Store) -> None:
    broken = Incoming("boundaries", pd.DataFrame({"area_id": ["herlev"]}), "omrids.geojson", "0" * 64)
    with pytest.raises(sa.exc.IntegrityError):
        store.load([population(28_000), broken], by="sekretariat")
    assert store.loads() == []


def test_a_missing_figure_stays_missing(store: Store) -> None:
    frame = pd.DataFrame({"period": ["2025K1"], "area_id": ["herlev"], "category": ["12"], "count": [None]})
    store.load([Incoming("incidents", frame, "f.csv", "0" * 64)], by="sekretariat")
    assert store.loaded("incidents")["count"].isna().tolist() == [True]


def test_releases_are_numbered_from_one(store: Store) -> None:
    first = store.publish(TABLES, Publication(by="sekretariat"))
    second = store.publish(TABLES, Publication(by="sekretariat", after=first.id))
    assert (first.id, second.id) == (1, 2)


def test_the_newest_release_is_served_unless_a_number_is_given(store: Store) -> None:
    store.publish(TABLES, Publication(by="sekretariat"))
    store.publish(
        {"ledelse": {"areas": pd.DataFrame({"area_id": ["gladsaxe"]})}}, Publication(by="sekretariat", after=1)
    )
    assert store.release(audience="ledelse").areas["area_id"].tolist() == ["gladsaxe"]
    assert store.release(1, audience="ledelse").areas["area_id"].tolist() == ["herlev"]


def test_of_two_who_publish_at_once_the_second_is_told_and_nothing_is_lost(store: Store) -> None:
    store.publish(TABLES, Publication(by="den ene"))
    with pytest.raises(PublishConflictError, match="En anden har udgivet nye tal"):
        store.publish(TABLES, Publication(by="den anden"))
    assert [head.published_by for head in store.releases()] == ["den ene"]


def test_a_release_that_cannot_be_written_whole_is_not_written_at_all(store: Store) -> None:
    with pytest.raises(sa.exc.StatementError):
        store.publish(TABLES, Publication(by="sekretariat", meeting_date="i morgen"))  # type: ignore[arg-type]
    assert store.newest() is None


def test_rolling_back_publishes_the_earlier_release_again(store: Store) -> None:
    store.publish(TABLES, Publication(by="sekretariat", meeting_date=dt.date(2026, 3, 4)))
    store.publish(
        {"ledelse": {"areas": pd.DataFrame({"area_id": ["gladsaxe"]})}}, Publication(by="sekretariat", after=1)
    )
    head = store.rollback(1, by="sekretariat")
    assert (head.id, head.repeats, head.meeting_date) == (3, 1, dt.date(2026, 3, 4))
    assert store.release(audience="ledelse").areas["area_id"].tolist() == ["herlev"]


def test_nothing_is_deleted_by_rolling_back(store: Store) -> None:
    store.publish(TABLES, Publication(by="sekretariat"))
    store.publish(TABLES, Publication(by="sekretariat", after=1))
    store.rollback(1, by="sekretariat")
    assert [head.id for head in store.releases()] == [3, 2, 1]


def test_a_release_document_that_was_tampered_with_is_not_shown(store: Store) -> None:
    store.publish(TABLES, Publication(by="sekretariat"))
    with store.engine.begin() as connection:
        connection.execute(documents.update().values(parquet=b"PAR1 something else PAR1"))
    with pytest.raises(DamagedReleaseError, match="beskadiget"):
        store.release(audience="ledelse")


def test_an_audience_without_tables_gets_nothing(store: Store) -> None:
    store.publish(TABLES, Publication(by="sekretariat"))
    with pytest.raises(NotForAudienceError, match="Udgave 1 er udgivet, før målgruppen kom til"):
        store.release(audience="offentlig")


def test_a_release_that_does_not_exist_is_said_kindly(store: Store) -> None:
    with pytest.raises(StoreError, match="Der findes ingen udgave 7"):
        store.release(7, audience="ledelse")


def test_an_empty_store_says_that_nothing_has_been_published(store: Store) -> None:
    with pytest.raises(StoreError, match="endnu ikke udgivet"):
        store.release(audience="ledelse")


def test_a_release_read_twice_is_read_from_the_database_once(store: Store) -> None:
    store.publish(TABLES, Publication(by="sekretariat"))
    assert store.release(audience="ledelse") is store.release(1, audience="ledelse")


def test_the_migrations_make_exactly_the_tables_the_code_expects(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrating_twice_changes_nothing(store: Store) -> None:
    store.publish(TABLES, Publication(by="sekretariat"))
    migrate(store)
    with store.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(releases)) == 1


def test_the_embedded_database_makes_its_own_folder(tmp_path: Path) -> None:
    opened = open_store(f"sqlite:///{tmp_path / 'new' / 'store.db'}")
    migrate(opened)
    assert opened.newest() is None
    opened.engine.dispose()
