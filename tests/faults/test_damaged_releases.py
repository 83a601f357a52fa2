import pytest

from data.store import DamagedReleaseError, Publication, Store
from data.store.schema import documents
from tests.faults.conftest import shown, tables


def damage(store: Store, release_id: int, parquet: bytes | None = None) -> None:
    """Write other bytes over a release's documents; by default the first half of what stood there."""
    for (audience, name), content in store.documents(release_id).items():
        with store.engine.begin() as connection:
            connection.execute(
                documents.update()
                .where(documents.c.release_id == release_id, documents.c.audience == audience, documents.c.name == name)
                .values(parquet=content[: len(content) // 2] if parquet is None else parquet)
            )


@pytest.mark.parametrize("parquet", [None, b"", b"PAR1 something else PAR1"])
def test_when_the_newest_release_is_damaged_the_one_before_is_served_with_an_alarm(
    store: Store, parquet: bytes | None
) -> None:
    damage(store, 2, parquet)
    release = store.release(audience="ledelse")
    assert (release.head.id, release.areas["area_id"].tolist()) == (1, ["herlev"])
    assert release.alarm.startswith("Udgave 2 fra ")
    assert "er beskadiget og vises ikke. Imens vises udgave 1 fra " in release.alarm


def test_a_whole_release_has_no_alarm(store: Store) -> None:
    assert store.release(audience="ledelse").alarm == ""


def test_a_damaged_release_asked_for_by_number_is_refused(store: Store) -> None:
    damage(store, 2)
    with pytest.raises(DamagedReleaseError, match="udgave 2 er beskadiget"):
        store.release(2, audience="ledelse")


def test_a_damaged_release_is_not_published_again(store: Store) -> None:
    damage(store, 1)
    with pytest.raises(DamagedReleaseError):
        store.rollback(1, by="sekretariat")
    assert [head.id for head in store.releases()] == [2, 1]


def test_the_next_release_ends_the_alarm(store: Store) -> None:
    damage(store, 2)
    assert store.release(audience="ledelse").alarm
    store.publish(tables("gladsaxe"), Publication(by="sekretariat", after=2))
    assert (store.release(audience="ledelse").alarm, shown(store)) == ("", ["gladsaxe"])


def test_when_every_release_is_damaged_none_is_shown(store: Store) -> None:
    damage(store, 1)
    damage(store, 2)
    with pytest.raises(DamagedReleaseError, match="Gendan databasen"):
        store.release(audience="ledelse")
