"""Growing clusters in words."""

from data.partnership import Partnership
from data.sentences.clusters import cluster_sentence, log_sentence, look_sentence, seldom

ROW = {"observed": 12, "days": 14, "radius": 500.0, "expected": 2.1, "recurrence_days": 1200.0}
LOOK = {"look": "2025U52", "alarms": 0, "days_between": 7}


def test_a_cluster_says_how_many_how_fast_how_near_and_how_rare(partnership: Partnership) -> None:
    noun = partnership.category("1320").noun
    assert cluster_sentence(ROW, partnership.category("1320")) == (
        f"12 {noun} på 14 dage inden for 500 m, 2,1 forventet; så tæt en klynge ses ved et tilfælde sjældnere end "
        "hvert 3. år."
    )


def test_a_cluster_of_one_cell_says_so(partnership: Partnership) -> None:
    assert " i ét felt, " in cluster_sentence(ROW | {"radius": 0.0}, partnership.category("1320"))


def test_rarity_is_told_no_finer_than_it_is_known() -> None:
    assert seldom({"recurrence_days": 400}) == "cirka en gang om året"
    assert seldom({"recurrence_days": 40_000}) == "sjældnere end hvert 10. år"


def test_a_look_that_found_nothing_says_so() -> None:
    assert "til og med uge 52, 2025. Ingen er tættere" in look_sentence(LOOK, 5)


def test_the_log_lets_false_alarms_be_counted() -> None:
    looks = [LOOK, LOOK | {"look": "2026U26", "days_between": 182}]
    log = [{"outcome": "ended"}, {"outcome": "lasted"}, {"outcome": "ended"}]
    assert log_sentence(looks, log) == (
        "2 eftersyn fra uge 52, 2025 til uge 26, 2026 gav 3 alarmer: 1 fortsatte og 2 ophørte. Var alt tilfældigt, "
        "måtte man vente højst 0,5 alarmer i samme tid (én om året i alle kategorier tilsammen)."
    )
