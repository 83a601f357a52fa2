"""The second migration: what was stored before it is there after it."""

import sqlalchemy as sa

from data.store import migrate, open_store


def test_a_database_with_data_from_the_first_schema_keeps_them(empty_database: str) -> None:
    store = open_store(empty_database)
    migrate(store, "0001")
    with store.engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO loads (id, kind, file_name, checksum, loaded_at, loaded_by, rows) "
                "VALUES (1, 'criteria', 'k.csv', '0', '2026-01-01 00:00:00', 'sekretariat', 1)"
            )
        )
        connection.execute(
            sa.text(
                "INSERT INTO source_criteria (load_id, row_number, criterion_id, version, target) "
                "VALUES (1, 1, 'vaerebro-tryg', 1, 0.7)"
            )
        )
    migrate(store)
    rows = store.loaded("criteria")
    assert rows[["criterion_id", "version", "target"]].to_numpy().tolist() == [["vaerebro-tryg", 1, 0.7]]
    assert [load.withdraws for load in store.loads()] == [False]
    assert store.loaded("meetings").empty
    store.engine.dispose()
