"""What is sent in: nobody's until it is approved, erased when it is decided on, and never about a person."""

from typing import Any

import pytest

from data import suggestions
from data.entries import standing
from data.partnership import Audience, Partnership
from data.rights import ELSEWHERE, READERS, may_moderate, suggestion_refusal
from data.store import Store, StoreError
from data.store.events import logged
from data.store.submissions import DECIDED, FULL, MOST_WAITING, Submission, find_submission, turned_down, waiting
from data.suggestions import NO_REASON
from data.walks import Walk, faults_of, walk_of

AREA, HOME, NEAR = "hjortegaarden", "herlev", ("Lidsøparken",)
NUMBER = "0123456789ab"
HOMES = {"hjortegaarden": "herlev", "grantoften": "ballerup"}
WALK = {"id": NUMBER, "area": AREA, "date": "2026-03-02", "counterpart": "Beboere", "reach": "9", "text": "Vandring",
        "rows": [{"type": "sti", "count": 2}, {"type": "torv", "count": 1}]}  # fmt: skip


@pytest.fixture
def council(partnership: Partnership) -> Audience:
    return partnership.audience("lokalraad-herlev")


def allowed(_kind: str, _row: object) -> str:
    return ""


def place(text: str = "Her er mørkt") -> Walk:
    return suggestions.place_of(NUMBER, AREA, "sti", "Lidsøparken", text)


def sent(store: Store) -> Submission:
    (found,) = waiting(store.engine)
    return found


def text_of(store: Store, kind: str) -> str:
    return standing(store, kind).to_csv()


def test_a_place_becomes_an_open_promise_when_it_is_approved_and_not_before(
    own_store: Store, partnership: Partnership, council: Audience
) -> None:
    walk = place()
    assert faults_of(own_store, partnership, walk, allowed, NEAR) == []
    suggestions.send_walk(own_store, council, walk)
    assert f"andet-{NUMBER}" not in text_of(own_store, "insecure_places")
    suggestions.approve(own_store, partnership, sent(own_store), allowed, "sekretær")
    row = standing(own_store, "insecure_places").set_index("place_id").loc[f"andet-{NUMBER}-1"]
    assert (row["status"], row["landmark"], row["owner"], row["loaded_by"]) == ("åben", "Lidsøparken", "", "sekretær")
    assert "Her er mørkt" in text_of(own_store, "dialogues")


def test_a_proposal_is_the_residents_of_its_area_and_new(
    own_store: Store, partnership: Partnership, council: Audience
) -> None:
    row = suggestions.proposal_of(NUMBER, AREA, HOME, "Lys på stien", "Fem lamper mere ved søen")
    assert suggestions.faults_of_proposal(own_store, partnership, row, allowed) == []
    suggestions.send_proposal(own_store, council, NUMBER, row)
    assert "Lys på stien" not in text_of(own_store, "proposals")
    suggestions.approve(own_store, partnership, sent(own_store), allowed, "sekretær")
    rows = standing(own_store, "proposals")
    made = rows[rows["title"] == "Lys på stien"].iloc[0]
    assert (made["from_area"], made["area_id"], made["status"], made["answer"]) == (HOME, AREA, "ny", "")


def test_a_council_sends_a_walk_in_with_all_its_places(
    own_store: Store, partnership: Partnership, council: Audience
) -> None:
    walk = walk_of(WALK)
    assert faults_of(own_store, partnership, walk, allowed, ()) == []
    suggestions.send_walk(own_store, council, walk)
    suggestions.send_walk(own_store, council, walk)  # a phone that heard no answer sends it again
    suggestions.approve(own_store, partnership, sent(own_store), allowed, "sekretær")
    stand = standing(own_store, "insecure_places")
    assert stand.loc[stand["dialogue_id"] == f"vandring-{NUMBER}", "place_type"].tolist() == ["sti", "torv"]


@pytest.mark.parametrize(
    "text",
    ["Jens Hansen står her", "Ring 22 33 44 55", "Her holder AB 12 345", "bo@kommune.dk", "Tornerosevej 7",
     "010190-1234"],
)  # fmt: skip
def test_what_looks_like_a_person_is_not_taken(own_store: Store, partnership: Partnership, text: str) -> None:
    assert faults_of(own_store, partnership, place(text), allowed, NEAR) != []
    row = suggestions.proposal_of(NUMBER, AREA, HOME, "Lys", text)
    assert suggestions.faults_of_proposal(own_store, partnership, row, allowed) != []
    row = suggestions.proposal_of(NUMBER, AREA, HOME, text, "Lys")
    assert suggestions.faults_of_proposal(own_store, partnership, row, allowed) != []


def test_what_is_decided_on_is_erased_and_the_log_tells_neither_text_nor_sender(
    own_store: Store, partnership: Partnership, council: Audience
) -> None:
    suggestions.send_walk(own_store, council, place("Noget meget særligt"))
    waits = sent(own_store)
    suggestions.turn_down(own_store, waits, "Stedet er allerede noteret", "sekretær")
    decided = find_submission(own_store.engine, NUMBER)
    assert decided is not None
    assert (decided.content, decided.state) == ({}, "refused")
    (told,) = turned_down(own_store.engine, AREA, waits.received_on)
    assert told.reason == "Stedet er allerede noteret"
    lines = [(each.account, each.what, each.about) for each in logged(own_store.engine, 2)]
    assert lines == [("sekretær", "turn_down", NUMBER), (council.id, "send_in", f"{NUMBER} sted {AREA}")]
    with pytest.raises(StoreError, match=DECIDED):
        suggestions.approve(own_store, partnership, waits, allowed, "en anden")


def test_an_approval_that_was_cut_off_is_completed_by_the_next(
    own_store: Store, partnership: Partnership, council: Audience
) -> None:
    from data.walks import store_walk

    suggestions.send_walk(own_store, council, place())
    store_walk(own_store, partnership, place(), "sekretær")
    suggestions.approve(own_store, partnership, sent(own_store), allowed, "sekretær")
    assert waiting(own_store.engine) == []
    assert (standing(own_store, "insecure_places")["dialogue_id"] == f"andet-{NUMBER}").sum() == 1


@pytest.mark.parametrize(("reason", "said"), [("", NO_REASON), ("  ", NO_REASON), ("Spørg Jens Hansen", "et navn")])
def test_a_refusal_says_why_and_names_nobody(own_store: Store, council: Audience, reason: str, said: str) -> None:
    suggestions.send_walk(own_store, council, place())
    with pytest.raises(StoreError, match=said):
        suggestions.turn_down(own_store, sent(own_store), reason, "sekretær")
    assert len(waiting(own_store.engine)) == 1


def test_a_queue_that_nobody_reads_grows_no_further(own_store: Store, council: Audience) -> None:
    for number in range(MOST_WAITING):
        suggestions.send_walk(own_store, council, suggestions.place_of(f"{number:012x}", AREA, "sti", "", "Mørkt"))
    with pytest.raises(StoreError, match=FULL):
        suggestions.send_walk(own_store, council, place())
    suggestions.send_walk(own_store, council, suggestions.place_of("f" * 12, "lille-birkholm", "sti", "", "Mørkt"))


PLACE_ROW: dict[str, Any] = {"area_id": AREA, "place_type": "sti", "status": "åben", "outcome": ""}


@pytest.mark.parametrize(
    ("audience", "kind", "row", "said"),
    [
        ("lokalraad-herlev", "insecure_places", PLACE_ROW, ""),
        ("lokalraad-herlev", "proposals", {"area_id": AREA, "status": "ny", "answer": ""}, ""),
        ("lokalraad-herlev", "insecure_places", PLACE_ROW | {"area_id": "grantoften"}, ELSEWHERE),
        ("lokalraad-herlev", "insecure_places", PLACE_ROW | {"area_id": ""}, ELSEWHERE),
        ("lokalraad-herlev", "insecure_places", PLACE_ROW | {"status": "udført"}, READERS),
        ("lokalraad-herlev", "proposals", {"area_id": AREA, "status": "ny", "answer": "Ja"}, READERS),
        ("lokalraad-herlev", "meetings", {"area_id": AREA}, READERS),
        ("offentlig", "insecure_places", PLACE_ROW, READERS),
        ("politi", "proposals", {"area_id": AREA}, READERS),
    ],
)
def test_who_may_send_in_what(
    partnership: Partnership, audience: str, kind: str, row: dict[str, Any], said: str
) -> None:
    assert suggestion_refusal(partnership.audience(audience), kind, row, HOMES) == said


def test_the_secretariat_alone_decides(partnership: Partnership) -> None:
    assert [each.id for each in partnership.audiences if may_moderate(each)] == ["sekretariat"]
