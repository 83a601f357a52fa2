"""A walk from a phone: stored whole or not at all, never twice, and never with a person in it."""

from typing import Any

import pytest

from data.entries import standing
from data.intake.persons import find_person_in_text
from data.partnership import Partnership
from data.store import Store, StoreError
from data.walks import NO_KIND, NO_LANDMARK, NO_PLACES, Fault, faults_of, store_walk, stored, walk_of

PLACE = {
    "type": "sti", "landmark": "Lidsøparken", "square": "100m_61825_7148", "count": 2, "follow_up": "Lys til nytår",
    "owner": "Teknik og Miljø", "due": "2027-01-15",
}  # fmt: skip
DRAFT = {"id": "0123456789ab", "area": "hjortegaarden", "date": "2026-03-02", "counterpart": "Beboere", "reach": "12",
         "text": "Tryghedsvandring", "rows": [PLACE, {"type": "torv", "count": 1}]}  # fmt: skip
NEAR = ("Lidsøparken",)


def allowed(_kind: str, _row: object) -> str:
    return ""


def faults(store: Store, partnership: Partnership, **changes: Any) -> list[Fault]:
    return faults_of(store, partnership, walk_of(DRAFT | changes), allowed, NEAR)


def test_a_walk_is_stored_with_its_places_as_open_promises(own_store: Store, partnership: Partnership) -> None:
    walk = walk_of(DRAFT)
    assert faults(own_store, partnership) == []
    store_walk(own_store, partnership, walk, "sekretariat")
    rows = (
        standing(own_store, "insecure_places")
        .set_index("place_id")
        .loc[["vandring-0123456789ab-1", "vandring-0123456789ab-2"]]
    )
    assert rows["area_id"].tolist() == ["hjortegaarden"] * 2
    assert rows["status"].tolist() == ["åben"] * 2
    assert rows["landmark"].tolist() == ["Lidsøparken", ""]
    assert rows["square"].tolist() == ["100m_61825_7148", ""]
    dialogue = standing(own_store, "dialogues").set_index("dialogue_id").loc["vandring-0123456789ab"]
    assert (dialogue["kind"], dialogue["reach"]) == ("vandring", 12)


def test_a_walk_that_a_phone_sends_again_is_stored_once(own_store: Store, partnership: Partnership) -> None:
    walk = walk_of(DRAFT)
    assert not stored(own_store, walk)
    store_walk(own_store, partnership, walk, "sekretariat")
    assert stored(own_store, walk)
    before = len(standing(own_store, "insecure_places"))
    with pytest.raises(StoreError, match="allerede modtaget"):
        store_walk(own_store, partnership, walk, "sekretariat")
    assert len(standing(own_store, "insecure_places")) == before


def test_every_fault_is_told_at_its_place(own_store: Store, partnership: Partnership) -> None:
    rows = [PLACE | {"type": ""}, PLACE | {"landmark": "Et andet sted"}, PLACE | {"owner": ""}]
    told = faults(own_store, partnership, rows=rows)
    assert Fault(0, "type", NO_KIND) in told
    assert Fault(1, "landmark", NO_LANDMARK) in told
    assert [(fault.row, fault.field) for fault in told if "mangler en ansvarlig" in fault.said] == [(2, "owner")]
    assert [fault.said for fault in faults(own_store, partnership, rows=[])] == [NO_PLACES]


@pytest.mark.parametrize(
    "text",
    [
        "Jens Hansen ser på det",
        "Ring 22 33 44 55",
        "Bilen med AB 12 345",
        "fru Madsen",
        "bo@kommune.dk",
        "Tornerosevej 7",
    ],
)
def test_what_looks_like_a_person_is_refused_at_its_place(
    own_store: Store, partnership: Partnership, text: str
) -> None:
    told = faults(own_store, partnership, rows=[PLACE, PLACE | {"follow_up": text}])
    assert [(fault.row, fault.field) for fault in told] == [(1, "follow_up")]


@pytest.mark.parametrize(
    "text",
    ["Lyset skiftes af driften", "Hans og Grethe-stien", "5 lamper ved Lidsøparken", "Boligselskabet klipper"],
)
def test_plain_words_about_a_place_are_no_person(text: str) -> None:
    assert find_person_in_text(text) == ""


def test_who_may_not_write_a_row_stores_nothing(own_store: Store, partnership: Partnership) -> None:
    told = faults_of(own_store, partnership, walk_of(DRAFT), lambda _kind, _row: "Det må du ikke.", NEAR)
    assert [fault.said for fault in told] == ["Det må du ikke."]


@pytest.mark.parametrize("number", ["", "x", "0123456789AB", "../../etc"])
def test_a_draft_without_a_number_of_ours_is_no_walk(number: str) -> None:
    with pytest.raises(ValueError, match="no id"):
        walk_of(DRAFT | {"id": number})
