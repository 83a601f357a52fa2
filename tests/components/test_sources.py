"""The words that Om tallene explains."""

from components.sources import OWN_AREA, USUAL_AREA, explained


def test_the_words_are_those_of_the_partnership_and_in_order() -> None:
    usual, own = explained("boligområde", lists=True), explained("kvarter", lists=False)
    assert usual["Boligområde"] == USUAL_AREA
    assert own["Kvarter"] == OWN_AREA
    assert "Boligområde" not in own
    assert list(own)[:2] == ["Andel", "Anmeldelse"]


def test_words_of_lists_are_told_only_where_areas_stand_on_any() -> None:
    assert {"Forebyggelsesområde", "SUB-område"} <= explained("boligområde", lists=True).keys()
    assert not {"Forebyggelsesområde", "SUB-område"} & explained("kvarter", lists=False).keys()
