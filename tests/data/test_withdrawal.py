import pandas as pd
import pytest

from data.intake.withdrawal import take_back
from data.store import Incoming, Store, StoreError


def population(**residents: int) -> Incoming:
    rows = {"period": "2026K1", "area_id": list(residents), "residents": list(residents.values())}
    frame = pd.DataFrame(rows).assign(provenance="official", source_id="dst")
    return Incoming("population", frame, "folketal.csv", "0" * 64)


def standing(store: Store) -> dict[str, int]:
    rows = store.loaded("population")
    return dict(zip(rows["area_id"], rows["residents"], strict=True))


def loaded(store: Store, *tables: Incoming) -> list[int]:
    return [store.load([table], by="sekretariat")[0].id for table in tables]


def test_what_stood_before_a_file_stands_again_and_what_was_new_is_gone(store: Store) -> None:
    _, second = loaded(store, population(herlev=100, ballerup=200), population(herlev=999, gladsaxe=5))
    take_back(store, second, by="sekretariat")
    assert standing(store) == {"herlev": 100, "ballerup": 200}


def test_what_a_later_file_has_changed_is_left_as_it_is(store: Store) -> None:
    _, second, _ = loaded(store, population(herlev=100), population(herlev=999, ballerup=7), population(herlev=101))
    take_back(store, second, by="sekretariat")
    assert standing(store) == {"herlev": 101}


def test_nothing_is_deleted_and_the_taking_back_can_be_taken_back(store: Store) -> None:
    _, second = loaded(store, population(herlev=100), population(herlev=999))
    (undone,) = take_back(store, second, by="sekretariat")
    assert undone.file_name == "folketal.csv, trukket tilbage"
    take_back(store, undone.id, by="sekretariat")
    assert standing(store) == {"herlev": 999}


def test_a_file_of_which_nothing_stands_cannot_be_taken_back(store: Store) -> None:
    first, _ = loaded(store, population(herlev=100), population(herlev=999))
    with pytest.raises(StoreError, match="gælder længere"):
        take_back(store, first, by="sekretariat")


def test_areas_that_others_may_name_are_not_taken_away(store: Store) -> None:
    frame = pd.DataFrame({"area_id": ["herlev"], "name": ["Herlev"], "level": "municipality"})
    (number,) = loaded(store, Incoming("areas", frame, "areas.csv", "0" * 64))
    with pytest.raises(StoreError, match="kan ikke trækkes tilbage"):
        take_back(store, number, by="sekretariat")
    assert len(store.loaded("areas")) == 1


def test_a_load_that_is_not_there_is_not_taken_back(store: Store) -> None:
    with pytest.raises(StoreError, match="findes ikke"):
        take_back(store, 7, by="sekretariat")
