"""Insecure places in words: what and where, who has promised what by when, and how far it all is."""

import datetime as dt

import pandas as pd

from data.sentences.insecure_places import is_late, overdue_place, place_words, places_sentence, promise_words
from data.views.promises import promises

PLACE = {
    "place_id": "p", "dialogue_id": "d", "area_id": "grantoften", "place_type": "sti", "count": 2, "status": "i gang",
    "follow_up": "Lyset skiftes", "landmark": "Lommeparken", "square": "", "owner": "Teknik og Miljø",
    "due": dt.date(2026, 6, 3), "outcome": "",
}  # fmt: skip
TODAY = dt.date(2026, 6, 4)


def test_a_place_is_said_with_its_landmark_and_how_many_it_is() -> None:
    assert place_words(PLACE) == "Sti ved Lommeparken (2 steder)"
    assert place_words(PLACE | {"landmark": "", "count": 1}) == "Sti"


def test_a_promise_says_by_whom_and_when_and_what_is_not_agreed() -> None:
    assert promise_words(PLACE) == "Teknik og Miljø, senest 3. juni 2026"
    assert promise_words(PLACE | {"due": None}) == "Teknik og Miljø, ingen frist"
    assert promise_words(PLACE | {"owner": "", "due": None}) == "Ingen ansvarlig endnu"


def test_a_promise_is_late_the_day_after_until_it_is_done() -> None:
    assert is_late(PLACE, TODAY)
    assert not is_late(PLACE, dt.date(2026, 6, 3))
    assert not is_late(PLACE | {"status": "udført"}, TODAY)
    assert not is_late(PLACE | {"due": None}, TODAY)
    said = "Sti ved Lommeparken (2 steder) i Grantoften: skulle være ordnet 3. juni 2026 (Teknik og Miljø)."
    assert overdue_place(PLACE, "Grantoften") == said


def test_all_of_them_in_a_sentence_leaves_out_what_there_is_none_of() -> None:
    said = "7 utrygge steder er udpeget: 2 åbne, 3 i gang og 2 udført. 1 er over fristen."
    assert places_sentence({"åben": 2, "i gang": 3, "udført": 2}, 1) == said
    assert places_sentence({"udført": 1}, 0) == "1 utrygt sted er udpeget: 1 udført."


def test_the_late_come_first_and_rows_from_before_there_were_promises_are_read_calmly() -> None:
    old = {name: PLACE[name] for name in ("place_id", "dialogue_id", "area_id", "place_type", "count", "follow_up")}
    rows = pd.DataFrame([old | {"status": "åben", "place_id": "gammel"}, PLACE])
    assert promises(rows, TODAY)[["place_id", "late"]].to_numpy().tolist() == [["p", True], ["gammel", False]]
    alone = promises(rows[["place_id", "dialogue_id", "area_id", "place_type", "count", "follow_up", "status"]], TODAY)
    assert alone["owner"].tolist() == ["", ""]
    assert not alone["late"].any()
