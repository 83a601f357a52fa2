"""Figures of several releases together: a correction, a split or a new category never gives a hidden count away."""

import os
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from analysis.disclosure import Cube, Sum, audit, cube, overlap, protect
from tests.analysis.histories import History, Reader, random_history, remainders

HISTORIES = int(os.environ.get("ATTACKED_HISTORIES", "40"))
# What was narrow in these once: a part not reported, a rest told by what was reported before.
FELL = (134, 146, 205, 208, 232)
# Totals that are hidden, though each of their parts has been told in some release.
TOLD_BY_PARTS = (649, 995)
ATTACKED = 12
QUARTERS = ("2025K1", "2025K2", "2025K3", "2025K4")
YEAR = "2025"
RULE = 4


def table(counts: dict[str, dict[str, Sequence[float]]], *, public: str = "gladsaxe") -> pd.DataFrame:
    """Area -> category -> the counts of the four quarters, as cells with the sums of the year."""
    rows = [
        (area, period, category, float(number))
        for area, categories in counts.items()
        for category, numbers in categories.items()
        for period, number in [*zip(QUARTERS, numbers, strict=True), (YEAR, sum(numbers))]
    ]  # fmt: skip
    cells = pd.DataFrame(rows, columns=["area", "period", "category", "count"])
    return cells.assign(public=cells["area"] == public)


def lattice(areas: Sequence[Sum], categories: Sequence[str] = ("12",)) -> dict[str, list[Sum]]:
    return {
        "area": list(areas),
        "period": [Sum(YEAR, QUARTERS)],
        "category": [Sum("TOT", tuple(categories), complete=False)],
    }


def released(done: Cube) -> pd.DataFrame:
    """A release as the next one remembers it."""
    own = done.cells[done.cells["asked"]]
    shown = own["count"].where(own["state"] == "published")
    return own[[*done.dimensions, "count"]].assign(shown=shown, hidden=own["state"] == "hidden")


def in_turn(releases: Sequence[pd.DataFrame], sums: dict[str, list[Sum]], threshold: int = 5) -> list[Cube]:
    """Protect each release with all before it in mind."""
    done: list[Cube] = []
    for cells in releases:
        done.append(protect(cube(cells, sums, [released(each) for each in done]), threshold))
    return done


def state(done: Cube, area: str, period: str, category: str = "12") -> str:
    own = done.cells[done.cells["asked"]].set_index(list(done.dimensions))
    return str(own.at[(area, period, category), "state"])


MOERKHOEJ = {
    "gladsaxe": {"12": [68, 71, 65, 70], "TOT": [900, 910, 870, 930]},
    "moerkhoej": {"12": [0, 0, 0, 7], "TOT": [30, 28, 31, 40]},
    "hoeje-gladsaxe": {"12": [12, 9, 8, 11], "TOT": [60, 55, 57, 61]},
}


def corrected(counts: dict[str, dict[str, Sequence[float]]], by: int, *areas: str) -> dict[str, dict[str, list[float]]]:
    """The counts with the first quarter of every category of these areas put up."""
    return {
        area: {category: [numbers[0] + by * (area in areas), *numbers[1:]] for category, numbers in own.items()}
        for area, own in counts.items()
    }


def test_a_correction_from_nought_to_two_is_not_told_by_the_totals_that_rise_by_two() -> None:
    sums = lattice([Sum("gladsaxe", ("moerkhoej", "hoeje-gladsaxe"), complete=False)])
    after = corrected(MOERKHOEJ, 2, "moerkhoej", "gladsaxe")
    first, second = in_turn([table(MOERKHOEJ), table(after)], sums)
    assert state(first, "moerkhoej", "2025K1") == "published"
    assert state(second, "moerkhoej", "2025K1") == "hidden"
    found = audit(second).set_index(["area", "period", "category"]).loc[("moerkhoej", "2025K1", "12")]
    assert found["high"] - found["low"] >= RULE
    waits = [("moerkhoej", YEAR, "12"), ("moerkhoej", "2025K1", "TOT"), ("gladsaxe", "2025K1", "12")]
    assert [state(second, *cell) for cell in waits] == ["hidden"] * 3
    untouched = [("moerkhoej", "2025K2", "12"), ("gladsaxe", "2025K2", "12"), ("hoeje-gladsaxe", "2025K1", "12")]
    assert [state(second, *cell) for cell in untouched] == ["published"] * 3


def test_a_corrected_total_is_shown_once_other_corrections_in_it_hide_the_small_one() -> None:
    sums = lattice([Sum("gladsaxe", ("moerkhoej", "hoeje-gladsaxe"), complete=False)])
    after = corrected(MOERKHOEJ, 2, "moerkhoej", "gladsaxe")
    later = {area: {category: list(numbers) for category, numbers in own.items()} for area, own in after.items()}
    later["gladsaxe"]["12"][0] += 9  # elsewhere in the municipality
    later["gladsaxe"]["TOT"][0] += 9
    third = in_turn([table(MOERKHOEJ), table(after), table(later)], sums)[-1]
    assert state(third, "gladsaxe", "2025K1") == "published"
    assert audit(third)["safe"].all()


def test_a_number_that_is_corrected_back_is_the_number_it_was() -> None:
    sums = lattice([Sum("gladsaxe", ("moerkhoej", "hoeje-gladsaxe"), complete=False)])
    after = corrected(MOERKHOEJ, 2, "moerkhoej", "gladsaxe")
    third = in_turn([table(MOERKHOEJ), table(after), table(MOERKHOEJ)], sums)[-1]
    assert state(third, "gladsaxe", "2025K1") == "published"
    assert audit(third)["safe"].all()


def test_an_area_within_an_area_is_not_told_by_the_difference() -> None:
    counts = {
        "gladsaxe": {"12": [68, 71, 65, 70], "TOT": [900, 910, 870, 930]},
        "parken": {"12": [8, 30, 31, 40], "TOT": [60, 90, 80, 95]},
        "nord": {"12": [6, 12, 14, 20], "TOT": [30, 40, 41, 40]},
        "syd": {"12": [2, 18, 17, 20], "TOT": [30, 50, 39, 55]},
    }
    areas = [Sum("gladsaxe", ("parken",), complete=False), Sum("parken", ("nord", "syd"))]
    (done,) = in_turn([table(counts)], lattice(areas))
    assert {state(done, "parken", "2025K1"), state(done, "nord", "2025K1")} != {"published"}
    assert audit(done)["safe"].all()


def test_the_rest_of_an_area_that_holds_another_is_protected_like_a_count() -> None:
    counts = {"parken": {"12": [8, 30, 31, 40], "TOT": [60, 90, 80, 95]},
              "nord": {"12": [6, 12, 14, 20], "TOT": [30, 40, 41, 40]}}  # fmt: skip
    (done,) = in_turn([table(counts, public="")], lattice([Sum("parken", ("nord",), complete=False)]))
    assert {state(done, "parken", "2025K1"), state(done, "nord", "2025K1")} == {"published", "hidden"}


def test_what_two_areas_have_in_common_is_protected_where_a_third_figure_tells_it() -> None:
    both = overlap("a", "b")
    counts = {"a": 20, "b": 30, "a and b": 47}
    cells = pd.DataFrame({"area": counts.keys(), "count": counts.values()})
    sums = {"area": [Sum("a", (both,), False), Sum("b", (both,), False), Sum("a and b", ("a", "b"))]}
    done = protect(cube(cells, sums))
    assert (done.cells.loc[done.cells["asked"], "state"] == "hidden").any()
    assert audit(done)["safe"].all()


def test_an_area_that_is_split_stays_hidden_in_its_parts() -> None:
    whole = {"gladsaxe": {"12": [68, 71, 65, 70], "TOT": [900, 910, 870, 930]},
             "parken": {"12": [9, 30, 31, 40], "TOT": [60, 90, 80, 95]}}  # fmt: skip
    split = {"gladsaxe": whole["gladsaxe"], "nord": {"12": [6, 12, 14, 20], "TOT": [30, 40, 41, 40]},
             "syd": {"12": [3, 18, 17, 20], "TOT": [30, 50, 39, 55]}}  # fmt: skip
    areas = [Sum("gladsaxe", ("parken",), complete=False), Sum("parken", ("nord", "syd"))]
    _, second = in_turn([table(whole), table(split)], lattice(areas))
    assert [state(second, area, "2025K1") for area in ("nord", "syd")] == ["hidden", "hidden"]
    assert audit(second)["safe"].all()


def test_a_category_that_is_followed_from_now_on_was_in_the_total_before() -> None:
    before = {"a": {"12": [20, 21, 22, 23], "TOT": [40, 41, 42, 43]}}
    after = {"a": {"12": [20, 21, 22, 23], "3410": [17, 18, 3, 19], "TOT": [40, 41, 42, 43]}}
    sums = lattice([], ("12", "3410"))
    _, second = in_turn([table(before, public=""), table(after, public="")], sums)
    assert state(second, "a", "2025K3", "3410") == "hidden"
    # The total and category 12 stand since the first release, so the rest of the total carries the load.
    assert audit(second)["safe"].all()


def test_a_number_that_is_withdrawn_stays_in_the_total_it_was_in() -> None:
    counts = {"a": {"12": [2, 9, 30, 40]}, "b": {"12": [20, 21, 22, 23]}, "kommune": {"12": [22, 30, 52, 63]}}
    sums = {"area": [Sum("kommune", ("a", "b"))], "period": [Sum(YEAR, QUARTERS)], "category": []}
    cells = table(counts, public="")
    withdrawn = cells.assign(count=cells["count"].where(cells["area"] != "b"))
    _, second = in_turn([cells, withdrawn], sums)
    assert state(second, "a", "2025K1") == "hidden"
    assert audit(second)["safe"].all()


def test_whichever_half_of_a_split_area_was_corrected_a_reader_who_knows_it_works_out_no_small_count() -> None:
    """Before the split only the whole was told, 9 and then 11: one who was there knows which half the two came to."""
    sums = {"area": [Sum("kommune", ("parken",), complete=False), Sum("parken", ("nord", "syd"))]}
    moments = [{"parken": 9.0, "kommune": 70.0}, {"parken": 11.0, "kommune": 72.0},
               {"parken": 11.0, "nord": 3.0, "syd": 8.0, "kommune": 72.0}]  # fmt: skip
    tables = [pd.DataFrame({"area": each.keys(), "count": each.values()}) for each in moments]
    done: list[Cube] = []
    for each in tables:
        done.append(protect(cube(each, sums, remembered(done)), 5))
    # Two readings, one for each half, and what is shown is safe in both.
    moved = [each.parts[(each.cells["area"] == "nord") & ~each.cells["earlier"]] for each in (done[2], *done[2].others)]
    assert len(moved) == 2
    assert audit(done[2])["safe"].all()


def test_a_part_that_is_not_reported_is_not_told_by_what_its_total_holds_besides_the_others() -> None:
    """27 less 25 and 0 leaves two for the part and what nobody counts; next time the part is reported, and is one."""
    sums = {"category": [Sum("TOT", ("12", "3410", "3450"), complete=False)]}
    before = pd.DataFrame({"category": ["12", "3410", "3450", "TOT"], "count": [np.nan, 0.0, 25.0, 27.0]})
    after = before.assign(count=before["count"].fillna(1.0))
    first, second = in_turn([before, after], sums)
    shown = first.cells[first.cells["asked"]].set_index("category")["state"]
    assert (shown["12"], "hidden" in set(shown[["3410", "3450", "TOT"]])) == ("missing", True)
    assert audit(second).set_index("category").at["12", "high"] >= RULE


def test_a_part_that_its_areas_tell_together_is_not_told_by_the_one_that_is_not_reported() -> None:
    sums = {"area": [Sum("parken", ("nord", "syd"))]}
    (done,) = in_turn([pd.DataFrame({"area": ["parken", "nord", "syd"], "count": [12.0, 9.0, np.nan]})], sums)
    assert (done.cells.loc[done.cells["asked"], "state"] == "hidden").any()
    assert audit(done)["safe"].all()


def test_the_rest_of_a_total_stays_hidden_when_a_part_of_it_is_withdrawn() -> None:
    """TOT 30 = 9 + 19 + 2; 19 was hidden for the sake of the two, and the nine is not reported any more."""
    sums = {"category": [Sum("TOT", ("12", "3410"), complete=False)]}
    cells = pd.DataFrame({"category": ["12", "3410", "TOT"], "count": [9.0, 19.0, 30.0]})
    _, second = in_turn([cells, cells.assign(count=cells["count"].where(cells["category"] != "12"))], sums)
    rest = audit(second)
    assert (rest["high"] - rest["low"]).min() >= RULE
    assert 2.0 in set(rest["count"])


def test_a_new_category_does_not_tell_the_rest_with_the_help_of_one_that_was_reported_before() -> None:
    """56 = 24 + 25 + 6 + 1: the 24 was told in the first release and is missing in the second, where the 6 is new."""
    first = pd.DataFrame({"category": ["12", "3410", "TOT"], "count": [24.0, 25.0, 56.0]})
    second = pd.DataFrame({"category": ["12", "3410", "3450", "TOT"], "count": [np.nan, 25.0, 6.0, 56.0]})
    done: list[Cube] = []
    for cells, followed in ((first, ("12", "3410")), (second, ("12", "3410", "3450"))):
        sums = {"category": [Sum("TOT", followed, complete=False)]}
        done.append(protect(cube(cells, sums, remembered(done)), 5))
    shown = done[1].cells[done[1].cells["asked"]].set_index("category")["state"]
    assert shown["3450"] == "hidden"
    assert audit(done[1])["safe"].all()


def test_a_number_corrected_while_it_is_withdrawn_is_not_told_by_the_total_that_rises() -> None:
    """A nought was shown; it became one while it was not reported, and the total of the municipality went up by one."""
    sums = {"area": [Sum("kommune", ("a", "b"), complete=False)]}
    before = pd.DataFrame({"area": ["a", "b", "kommune"], "count": [0.0, 8.0, 70.0]})
    while_away = pd.DataFrame({"area": ["a", "b", "kommune"], "count": [np.nan, 8.0, 71.0]})
    back = pd.DataFrame({"area": ["a", "b", "kommune"], "count": [1.0, 8.0, 71.0]})
    done: list[Cube] = []
    for cells in (before, while_away, back):
        done.append(protect(cube(cells.assign(public=cells["area"] == "kommune"), sums, remembered(done)), 5))
    shown = [each.cells[each.cells["asked"]].set_index("area")["state"] for each in done]
    assert list(shown[0]) == ["published"] * 3
    assert (shown[1]["kommune"], shown[2]["a"], shown[2]["kommune"]) == ("hidden", "hidden", "hidden")


def remembered(done: Sequence[Cube]) -> list[pd.DataFrame]:
    return [released(each) for each in done]


def test_what_nobody_corrected_costs_nothing() -> None:
    sums = lattice([Sum("gladsaxe", ("moerkhoej", "hoeje-gladsaxe"), complete=False)])
    first, second = in_turn([table(MOERKHOEJ), table(MOERKHOEJ)], sums)
    assert second.parts.shape == first.parts.shape
    assert not second.cells["earlier"].any()


@pytest.mark.parametrize("by", [1, 2, 3, 4])
def test_single_corrections_of_a_quarter_never_pin_a_small_count(by: int) -> None:
    random = np.random.default_rng(by)
    sums = lattice([Sum("gladsaxe", ("moerkhoej", "hoeje-gladsaxe"), complete=False)])
    for _ in range(10):
        counts = {
            area: {"12": list(random.poisson(size, 4)), "TOT": list(random.poisson(size, 4) + 40 + size)}
            for area, size in (("moerkhoej", 2), ("hoeje-gladsaxe", 7))
        }
        counts["gladsaxe"] = {"12": [70, 71, 72, 73], "TOT": [900, 910, 920, 930]}
        after = corrected(counts, by, "moerkhoej", "gladsaxe")
        _, second = in_turn([table(counts), table(after)], sums)
        found = audit(second)
        assert found["safe"].all()
        current = found[(found["area"] == "moerkhoej") & (found["period"] == "2025K1")]
        assert (current["high"] - current["low"] >= RULE).all()


# The attack -------------------------------------------------------------------------------------------------------


def of_what_is_followed(history: History) -> list[Cube]:
    """Protect each release of a history with those before it in mind; no total is split by what nobody counts yet."""
    done: list[Cube] = []
    followed: set[str] = set()
    for moment in history.moments:
        followed |= set(moment.cells["category"]) - {"TOT"}
        split = {"category": [Sum("TOT", tuple(sorted(followed)), complete=False)]}
        done.append(protect(cube(moment.cells, dict(history.sums) | split, [released(each) for each in done]), 5))
    return done


@pytest.mark.parametrize("seed", sorted({*range(HISTORIES), *FELL, *TOLD_BY_PARTS}))
def test_a_reader_of_all_releases_never_narrows_a_hidden_count_of_a_random_history(seed: int) -> None:
    random = np.random.default_rng((22, seed))
    history = random_history(random)
    done = of_what_is_followed(history)
    assert all(audit(each, enough=RULE)["safe"].all() for each in done)
    releases = [released(each).set_index(["area", "period", "category"]) for each in done]
    shown = [each["shown"].dropna().to_dict() for each in releases]
    reader = Reader(history, shown)
    hidden = [(number, cell) for number, each in enumerate(releases) for cell in each.index[each["hidden"]]]
    chosen = random.permutation(len(hidden))[:ATTACKED]
    narrow = {}
    for number, cell in (hidden[place] for place in chosen):
        low, high = reader.range_of(number, cell)
        # That there was none is no secret: it is shown wherever it can be. Nor is what another release has shown.
        if high - low < RULE - 1e-6 and high > 1e-6 and not reader.was_told(number, cell):
            narrow[number, cell] = (low, high)
    small = [
        (number, cell, finest)
        for number, moment in enumerate(history.moments)
        for cell, finest in remainders(moment).items()
        if 1 <= sum(moment.truth[each] for each in finest) <= RULE
    ]
    for number, cell, finest in (small[place] for place in random.permutation(len(small))[:ATTACKED]):
        low, high = reader.range_of_sum(number, finest)
        if high - low < RULE - 1e-6 and not reader.had_before_it_was_a_remainder(history, shown, number, cell):
            narrow[number, (*cell, "rest")] = (low, high)
    assert narrow == {}
