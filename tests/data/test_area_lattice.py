"""Which areas are made of which: by their outlines, and by which of them came after which."""

import pandas as pd
import shapely

from analysis.disclosure import Sum, overlap
from data.release.area_lattice import families, successions_apart
from data.release.protect import Protected, protect_incidents


def sums(**outlines: shapely.Geometry) -> set[Sum]:
    """The sums of local areas of one municipality with these outlines."""
    areas = pd.DataFrame(
        [("kommune", "municipality", ""), *((area, "housing_area", "kommune") for area in outlines)],
        columns=["area_id", "level", "parent_id"],
    )
    shapes = pd.DataFrame({"area_id": outlines.keys(), "geometry": list(map(shapely.to_wkb, outlines.values()))})
    (family,) = families(areas, shapes)
    return {each for each in family.sums if each.total != "kommune"}


def test_an_area_comes_after_one_of_its_own_municipality_only() -> None:
    ended = pd.Timestamp("2024-12-31")
    areas = pd.DataFrame(
        [("herlev", "Herlev", "municipality", "", "", "", None),
         ("ballerup", "Ballerup", "municipality", "", "", "", None),
         ("old", "Gammelby", "housing_area", "herlev", "new", "renamed", ended),
         ("new", "Nyby", "housing_area", "herlev", "", "", None)],
        columns=["area_id", "name", "level", "parent_id", "successors", "succession", "last_day"],
    )  # fmt: skip
    assert successions_apart(areas) == []
    apart = areas.assign(parent_id=areas["parent_id"].where(areas["area_id"] != "new", "ballerup"))
    assert successions_apart(apart) == [
        "»Gammelby« og dets efterfølger »Nyby« ligger i hver sin kommune. Lad det ene ophøre uden efterfølger, og "
        "opret det andet som et nyt område."
    ]


def test_two_areas_that_overlap_share_one_piece() -> None:
    both = overlap("a", "b")
    assert sums(a=shapely.box(0, 0, 2, 1), b=shapely.box(1, 0, 3, 1)) == {
        Sum("a", (both,), complete=False), Sum("b", (both,), complete=False),
    }  # fmt: skip


def test_three_areas_over_the_same_spot_share_it_once_and_each_two_what_they_share_besides() -> None:
    found = sums(a=shapely.box(0, 0, 4, 4), b=shapely.box(2, 0, 6, 4), c=shapely.box(1, 2, 5, 6))
    three, ab, ac, bc = overlap("a", "b", "c"), overlap("a", "b"), overlap("a", "c"), overlap("b", "c")
    assert {each.total: set(each.parts) for each in found} == {
        "a": {three, ab, ac}, "b": {three, ab, bc}, "c": {three, ac, bc},
    }  # fmt: skip


def test_areas_that_meet_only_where_all_three_do_have_that_piece_alone() -> None:
    three = overlap("a", "b", "c")
    found = sums(a=shapely.box(0, 0, 2, 2), b=shapely.box(1, 1, 3, 3),
                 c=shapely.union(shapely.box(1, 1, 2, 2), shapely.box(8, 8, 10, 10)))  # fmt: skip
    assert {each.total: each.parts for each in found} == {"a": (three,), "b": (three,), "c": (three,)}


def test_outlines_that_only_touch_share_nothing() -> None:
    assert sums(a=shapely.box(0, 0, 2, 2), b=shapely.box(1.99, 0, 4, 2)) == set()


# Areas that end and begin --------------------------------------------------------------------------------------------

QUARTERS = ["2024K1", "2024K2", "2024K3", "2024K4"]


def lived(**successors: str) -> pd.DataFrame:
    """Areas of one municipality; those named with "split b;c" and the like have ended."""
    rows = [("kommune", "municipality", "", "", "")]
    for area, said in successors.items():
        how, _, into = said.partition(" ")
        rows.append((area, "housing_area", "kommune", into, how))
    columns = ["area_id", "level", "parent_id", "successors", "succession"]
    return pd.DataFrame(rows, columns=columns).assign(last_day=pd.Timestamp("2024-12-31"))


def guarded(areas: pd.DataFrame, **quarters: list[float]) -> Protected:
    rows = [
        (period, area, "12", count)
        for area, numbers in {"kommune": [900.0] * 4, **quarters}.items()
        for period, count in zip(QUARTERS, numbers, strict=True)
    ]
    return protect_incidents(pd.DataFrame(rows, columns=["period", "area_id", "category", "count"]), areas, 5)


def shown(done: Protected, quarter: str) -> set[str]:
    cells = done.cells[(done.cells["period"] == quarter) & (done.cells["state"] == "published")]
    return set(cells["area_id"])


def test_an_area_that_was_split_is_not_the_difference_that_tells_a_part() -> None:
    areas = lived(park="split nord;syd", nord="", syd="")
    done = guarded(areas, park=[23, 40, 41, 42], nord=[21, 20, 21, 21], syd=[2, 20, 20, 21])
    assert len(shown(done, "2024K1")) < 2
    assert "park" in shown(done, "2024K3")
    assert done.audit()["safe"].all()


def test_an_area_that_others_were_laid_together_to_is_their_sum() -> None:
    areas = lived(nord="merged park", syd="merged park", park="")
    done = guarded(areas, park=[23, 40, 41, 42], nord=[21, 20, 21, 21], syd=[2, 20, 20, 21])
    assert len(shown(done, "2024K1")) < 2
    assert done.audit()["safe"].all()


def test_a_renamed_area_under_its_new_name_does_not_tell_what_was_hidden_under_the_old() -> None:
    areas = lived(gammel="renamed ny", ny="")
    done = guarded(areas, gammel=[3, 40, 41, 42], ny=[3, 40, 41, 42])
    assert shown(done, "2024K1") == set()
    assert done.audit()["safe"].all()


def test_a_part_that_was_split_off_and_laid_together_anew_is_a_part_of_both() -> None:
    found = {each.total: set(each.parts) for family in families(lived(
        park="split nord;syd", nord="merged have", syd="merged have", have="")) for each in family.sums}  # fmt: skip
    assert (found["park"], found["have"]) == ({"nord", "syd"}, {"nord", "syd"})


def test_areas_whose_border_was_moved_share_a_piece_that_nobody_knows() -> None:
    (family,) = families(lived(gammel="redrawn ny", ny=""))
    assert {each.total: each.parts for each in family.sums if each.total != "kommune"} == {
        "gammel": (overlap("gammel", "ny"),), "ny": (overlap("gammel", "ny"),),
    }  # fmt: skip
