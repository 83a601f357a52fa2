import pandas as pd
import pytest
from shapely import box

from data.intake.plausibility import Caution, Loaded, cautions
from data.partnership import Partnership
from data.store import Incoming

QUARTERS = [f"{year}K{quarter}" for year in range(2021, 2026) for quarter in range(1, 5)]
AREAS = pd.DataFrame({"area_id": ["herlev", "grantoften"], "name": ["Herlev", "Grantoften"]})
USUAL = [14, 13, 15, 12, 16, 14, 13, 15, 14, 12, 13, 15, 16, 14, 13, 14, 15, 13, 14]


def incidents(counts: list[int], area: str = "herlev", category: str = "3410") -> pd.DataFrame:
    return pd.DataFrame(
        {"period": QUARTERS[: len(counts)], "area_id": area, "category": category, "count": counts, "source_id": "s"}
    )


def population(area: str, *residents: int) -> pd.DataFrame:
    periods = [f"{2024 + place}K1" for place in range(len(residents))]
    return pd.DataFrame({"period": periods, "area_id": area, "residents": residents, "source_id": "s"})


def survey(area: str, *answers: int) -> pd.DataFrame:
    waves = [str(2023 + place) for place in range(len(answers))]
    return pd.DataFrame(
        {
            "wave": waves, "area_id": area, "indicator": "tryg_i_nabolag", "series": "jm", "n": answers,
            "share": 0.8, "n_eff": float("nan"), "deff": float("nan"), "half_width": float("nan"), "source_id": "s",
        }
    )  # fmt: skip


def boundary(west: float) -> pd.DataFrame:
    shape = box(west, 0, west + 1, 1).wkb
    return pd.DataFrame({"area_id": ["grantoften"], "outline": ["approximate"], "credit": [""], "geometry": [shape]})


def warned(kind: str, before: pd.DataFrame, new: pd.DataFrame, partnership: Partnership) -> list[Caution]:
    """The warnings about new rows of a kind on top of those that stand."""
    key = [name for name in ("period", "wave", "area_id", "category", "indicator") if name in new]
    after = pd.concat([before, new], ignore_index=True).drop_duplicates(key, keep="last")
    empty: Loaded = {"areas": AREAS}
    incoming = [Incoming(kind, new, "ny.csv", "0" * 64)]
    return cautions(incoming, {**empty, kind: before}, {**empty, kind: after}, partnership)


def test_a_mass_registration_is_pointed_out(partnership: Partnership) -> None:
    rows = incidents([*USUAL, 320])
    (caution,) = warned("incidents", rows.iloc[:-1], rows.iloc[-1:], partnership)
    assert caution == Caution(
        "mass", "herlev", "2025K4",
        "Våbenloven i Herlev i 4. kvartal 2025: 320 er langt fra det sædvanlige, 14. Det ligner en masseregistrering, "
        "som holdes ude af sammenligninger.",
    )  # fmt: skip


def test_half_a_year_is_said_to_wait_for_the_other_half(partnership: Partnership) -> None:
    halves = pd.DataFrame(
        {"period": ["2025H1", "2025H2", "2026H1"], "area_id": "herlev", "category": "3410", "count": [9, 8, 7],
         "source_id": "s", "provenance": "official"}
    )  # fmt: skip
    (caution,) = warned("incidents", halves.iloc[:2], halves.iloc[2:], partnership)
    assert caution.sentence == "1. halvår 2026 kommer med, men vises først, når året er helt."
    assert warned("incidents", halves.iloc[:1], halves.iloc[1:2], partnership) == []


def test_a_count_far_below_its_history_is_pointed_out(partnership: Partnership) -> None:
    rows = incidents([*(10 * count for count in USUAL), 14])
    (caution,) = warned("incidents", rows.iloc[:-1], rows.iloc[-1:], partnership)
    assert (caution.kind, caution.sentence) == (
        "far_from_history", "Våbenloven i Herlev i 4. kvartal 2025: 14 er langt fra det sædvanlige, 140."
    )  # fmt: skip


@pytest.mark.parametrize("count", [9, 14, 22])
def test_an_ordinary_count_is_not_mentioned(partnership: Partnership, count: int) -> None:
    rows = incidents([*USUAL, count])
    assert warned("incidents", rows.iloc[:-1], rows.iloc[-1:], partnership) == []


def test_an_old_mass_registration_is_not_mentioned_again(partnership: Partnership) -> None:
    rows = incidents([*USUAL[:10], 320, *USUAL[:9]])
    assert warned("incidents", rows.iloc[:-1], rows.iloc[-1:], partnership) == []


def test_a_short_history_is_no_ground_for_warnings(partnership: Partnership) -> None:
    rows = incidents([14, 13, 15, 320])
    assert warned("incidents", rows.iloc[:-1], rows.iloc[-1:], partnership) == []


def test_a_new_category_is_pointed_out(partnership: Partnership) -> None:
    (caution,) = warned("incidents", incidents([14]), incidents([3], category="9999"), partnership)
    assert (caution.kind, caution.sentence) == ("new_category", "9999 er en kategori, der ikke var før.")


def test_an_area_that_was_there_last_time_is_missed(partnership: Partnership) -> None:
    before = pd.concat([incidents([14]), incidents([3], "grantoften")])
    (caution,) = warned("incidents", before, incidents([14, 13]).iloc[1:], partnership)
    assert caution == Caution(
        "missing_area", "grantoften", "2021K2", "Grantoften mangler i 2. kvartal 2021, men var med i 1. kvartal 2021."
    )


def test_an_area_of_another_source_is_not_missed(partnership: Partnership) -> None:
    before = pd.concat([incidents([14]), incidents([3], "grantoften").assign(source_id="another")])
    assert warned("incidents", before, incidents([14, 13]).iloc[1:], partnership) == []


def test_a_jump_in_population_is_pointed_out(partnership: Partnership) -> None:
    rows = population("herlev", 28_000, 31_000)
    (caution,) = warned("population", rows.iloc[:1], rows.iloc[1:], partnership)
    assert caution.sentence == "Herlev går fra 28.000 til 31.000 indbyggere fra 1. kvartal 2024 til 1. kvartal 2025."


def test_a_population_that_grows_as_usual_is_not_mentioned(partnership: Partnership) -> None:
    rows = population("herlev", 28_000, 28_600)
    assert warned("population", rows.iloc[:1], rows.iloc[1:], partnership) == []


def test_far_fewer_answers_than_last_time_are_pointed_out(partnership: Partnership) -> None:
    rows = survey("grantoften", 290, 120)
    (caution,) = warned("survey", rows.iloc[:1], rows.iloc[1:], partnership)
    assert caution.sentence == (
        "Tryghed i nabolaget i Grantoften: 120 svar i 2024 mod 290 i 2023. Så få svar kan gøre tallet for usikkert til "
        "at vise."
    )


def test_a_boundary_that_has_moved_is_pointed_out(partnership: Partnership) -> None:
    (caution,) = warned("boundaries", boundary(0), boundary(0.1), partnership)
    assert caution.sentence == (
        "Grantoften har fået et andet omrids: en flade på 20 pct. af den gamle er lagt til eller fra."
    )


def test_the_same_boundary_again_is_not_mentioned(partnership: Partnership) -> None:
    assert warned("boundaries", boundary(0), boundary(0.001), partnership) == []


def test_an_official_boundary_that_names_nobody_to_credit_is_pointed_out(partnership: Partnership) -> None:
    (caution,) = warned("boundaries", boundary(0), boundary(0).assign(outline="official", credit=""), partnership)
    assert caution.sentence == (
        "1 omrids nævner ingen, der skal krediteres. Skriv det i fladens egenskab »credit«, eller »approximate« i "
        "»outline«, hvis I selv har tegnet."
    )


@pytest.mark.parametrize(("share", "told"), [(0.08, True), (0.50, True), (0.72, False), (0.85, False)])
def test_a_share_that_moves_further_than_the_answers_can_explain_is_pointed_out(
    partnership: Partnership, share: float, told: bool
) -> None:
    rows = survey("grantoften", 300, 300)
    rows.loc[1, "share"] = share
    found = warned("survey", rows.iloc[:1], rows.iloc[1:], partnership)
    assert [caution.kind for caution in found] == (["share_jump"] if told else [])
    assert all("fra 80,0 pct. i 2023 til" in caution.sentence for caution in found)
