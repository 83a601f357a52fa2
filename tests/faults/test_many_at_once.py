"""Several people work at once, each in a process of their own: one of two is told, and nobody's work is overwritten."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

from data.intake.withdrawal import take_back
from data.store import (
    EntryConflictError,
    Incoming,
    Publication,
    PublishConflictError,
    Store,
    StoreError,
    open_store,
)
from tests.faults.conftest import shown, tables

EDITORS = 8


@pytest.fixture
def people(migrated_database: str) -> Iterator[list[Store]]:
    """Eight people on one database, each with connections of their own, as in eight processes."""
    opened = [open_store(migrated_database) for _ in range(EDITORS)]
    yield opened
    for store in opened:
        store.engine.dispose()


def population(**residents: int) -> Incoming:
    rows = {"period": "2026K1", "area_id": list(residents), "residents": list(residents.values())}
    return Incoming("population", pd.DataFrame(rows), "folketal.csv", "0" * 64)


def criterion(name: str, target: float) -> Incoming:
    row = pd.DataFrame({"criterion_id": [name], "version": [1], "target": [target], "author": ["sekretariatet"]})
    return Incoming("criteria", row, "indtastning", "0" * 64)


def residents(store: Store) -> dict[str, int]:
    rows = store.loaded("population")
    return dict(zip(rows["area_id"], rows["residents"], strict=True))


def all_at_once(work: Sequence[Callable[[], object]]) -> list[object]:
    """What comes of each piece of work when all begin at the same moment: what it gives, or what it is refused by."""
    start = threading.Barrier(len(work))

    def begin(each: Callable[[], object]) -> object:
        start.wait()
        try:
            return each()
        except StoreError as error:
            return error

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(begin, work))


def test_of_eight_who_change_the_same_criterion_one_is_kept_and_seven_are_shown_that_one(people: list[Store]) -> None:
    first = people[0].amend(criterion("tryg-vej", 0.7), "start", None)
    done = all_at_once(
        [
            lambda store=store, number=number: store.amend(  # type: ignore[misc]
                criterion("tryg-vej", 0.71 + number / 100), f"redaktør {number}", first.id
            )
            for number, store in enumerate(people)
        ]
    )
    refused = [each for each in done if isinstance(each, EntryConflictError)]
    (kept,) = (number for number, each in enumerate(done) if not isinstance(each, EntryConflictError))
    assert len(refused) == EDITORS - 1
    assert {(each.theirs["loaded_by"], each.theirs["target"]) for each in refused} == {
        (f"redaktør {kept}", 0.71 + kept / 100)
    }
    assert people[0].loaded("criteria")["target"].tolist() == [0.71 + kept / 100]
    assert len(people[0].versions("criteria", {"criterion_id": "tryg-vej"})) == 2


def test_eight_who_each_change_their_own_criterion_are_all_kept(people: list[Store]) -> None:
    firsts = [people[0].amend(criterion(f"maal-{number}", 0.7), "start", None) for number in range(EDITORS)]
    all_at_once(
        [
            lambda store=store, number=number: store.amend(  # type: ignore[misc]
                criterion(f"maal-{number}", 0.8), f"redaktør {number}", firsts[number].id
            )
            for number, store in enumerate(people)
        ]
    )
    assert people[0].loaded("criteria")["target"].tolist() == [0.8] * EDITORS


def test_of_two_who_take_back_the_same_file_one_does_and_the_other_is_told(people: list[Store]) -> None:
    people[0].load([population(herlev=100)], by="start")
    (second,) = people[0].load([population(herlev=999)], by="start")
    done = all_at_once([lambda store=store: take_back(store, second.id, by="s") for store in people[:2]])  # type: ignore[misc]
    refused = [each for each in done if isinstance(each, StoreError)]
    assert residents(people[0]) == {"herlev": 100}
    assert len(people[0].loads()) + len(refused) == 4  # the one that was refused has written nothing


def test_what_is_corrected_while_a_file_is_taken_back_is_not_overwritten(
    people: list[Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    people[0].load([population(herlev=100)], by="start")
    (second,) = people[0].load([population(herlev=999)], by="start")
    read = people[0].versions

    def correct_meanwhile(*asked: object) -> pd.DataFrame:
        people[1].load([population(herlev=101)], by="en anden")
        return read(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(people[0], "versions", correct_meanwhile)
    with pytest.raises(
        PublishConflictError, match="En anden har indlæst eller rettet noget i tabellen »Befolkning« imens"
    ):
        take_back(people[0], second.id, by="sekretariat")
    assert residents(people[0]) == {"herlev": 101}


def test_what_is_corrected_while_a_file_of_the_same_kind_is_published_is_not_overwritten(people: list[Store]) -> None:
    mine, other = people[:2]
    mine.load([population(herlev=100)], by="start")
    read_until = mine.newest_load()
    other.load([population(herlev=101)], by="en anden")
    late = Publication(by="sekretariat", incoming=[population(herlev=999)], read_until=read_until)
    with pytest.raises(
        PublishConflictError, match="En anden har indlæst eller rettet noget i tabellen »Befolkning« imens"
    ):
        mine.publish(tables("herlev"), late)
    assert (residents(mine), mine.newest()) == ({"herlev": 101}, None)


def test_what_is_typed_elsewhere_while_a_file_is_published_is_kept_and_waits_for_the_next(people: list[Store]) -> None:
    mine, other = people[:2]
    mine.load([population(herlev=100)], by="start")
    read_until = mine.newest_load()
    other.amend(criterion("tryg-vej", 0.7), "en anden", None)
    head = mine.publish(tables("herlev"), Publication(by="s", incoming=[population(herlev=999)], read_until=read_until))
    assert (shown(mine), residents(mine)) == (["herlev"], {"herlev": 999})
    assert head.newest_load == read_until < mine.newest_load()


def test_two_who_upload_at_once_are_both_kept(people: list[Store]) -> None:
    all_at_once(
        [
            lambda: people[0].load([population(herlev=100)], by="a"),
            lambda: people[1].load([population(ballerup=200)], by="b"),
        ]
    )
    assert residents(people[2]) == {"herlev": 100, "ballerup": 200}


def test_who_goes_back_to_an_earlier_release_does_not_pass_over_one_that_came_meanwhile(people: list[Store]) -> None:
    mine, other = people[:2]
    mine.publish(tables("herlev"), Publication(by="s"))
    mine.publish(tables("ballerup"), Publication(by="s", after=1))
    other.publish(tables("gladsaxe"), Publication(by="en anden", after=2))
    with pytest.raises(PublishConflictError, match="En anden har udgivet nye tal imens"):
        mine.rollback(1, by="sekretariat", seen=2)
    assert shown(mine) == ["gladsaxe"]
