"""Every status of a criterion through the release, with the arithmetic written out."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest

from analysis.disclosure import Sum
from data.partnership import Partnership
from data.release.criteria import criteria_tables
from data.release.incidents import incident_table
from data.release.survey import survey_table
from data.sentences.chances import deadline_sentence

TODAY = dt.date(2025, 12, 31)
LEVELS = pd.Series({"a": "housing_area", "b": "housing_area"})
NAMES = pd.Series({"a": "Grantoften", "b": "Værebro Park"})
ORIGIN = {"provenance": "example", "source_id": "eksempeldata"}
NO_LOG = pd.DataFrame({"initiative_id": [], "date": [], "kind": [], "count": []})


def survey(*waves: tuple[str, float, int], series: str = "jm", area: str = "a") -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "wave": wave, "area_id": area, "indicator": "tryg_i_nabolag", "series": series, "share": share,
                "n": n, "n_eff": n, "deff": None, "half_width": None, "rounded": 0, "note": "", **ORIGIN,
            }
            for wave, share, n in waves
        ]
    )  # fmt: skip


def criterion(**changes: Any) -> dict[str, Any]:
    return {
        "criterion_id": "k", "version": 1, "initiative_id": "i", "measure": "survey", "indicator": "tryg_i_nabolag",
        "area_ids": "a", "baseline_period": "2021", "target": 0.78, "direction": 1, "deadline": "2025", "margin": 0.02,
        "purpose_id": "tryghed", "author": "Arbejdsgruppen", "adopted": TODAY, "reason": "", **ORIGIN, **changes,
    }  # fmt: skip


def judged(
    rows: pd.DataFrame,
    partnership: Partnership,
    *criteria: dict[str, Any],
    counts: pd.DataFrame | None = None,
    log: pd.DataFrame = NO_LOG,
    sums: Sequence[Sum] = (),
) -> dict[str, Any]:
    """The one criterion of the release as a row."""
    table = survey_table(rows, LEVELS, {"tryg_i_nabolag": 1}, sums)
    incidents = (
        incident_table(counts, residents(), LEVELS)
        if counts is not None
        else pd.DataFrame({"area_id": [], "category": [], "period": pd.Series([], dtype=str), "state": []})
    )
    weights = pd.DataFrame({"area_id": ["a", "b"], "year": "2020", "residents": [3000, 1000]})
    rows_out, _ = criteria_tables(pd.DataFrame(criteria), table, incidents, log, NAMES, partnership, TODAY, weights)
    (row,) = rows_out.to_dict("records")
    return row


def residents() -> pd.DataFrame:
    return pd.DataFrame({"period": [f"{year}K1" for year in range(2020, 2026)], "area_id": "a", "residents": 3000})


# (x, n | b, n | g | t/T). With baseline 2021 and deadline 2025, wave 2025 is 4/4 and wave 2023 is 2/4.
@pytest.mark.parametrize(
    ("wave", "value", "n", "baseline", "baseline_n", "target", "status"),
    [
        # .80 of 400: 90 % Wilson limits .765–.831 hold .78 between them, so the deadline leaves it open.
        ("2025", 0.80, 400, 0.70, 400, 0.78, "undecided"),
        # .70 of 400: upper limit .736 < .78.
        ("2025", 0.70, 400, 0.70, 400, 0.78, "not_met"),
        # .62 against .70: change −.08, upper limit −.08 + √((.659−.62)² + (.70−.661)²) = −.025 < 0.
        ("2023", 0.62, 400, 0.70, 400, 0.78, "worsening"),
        # .78 against a required .74 midway: gap .04, lower limit .013 ≥ −.02.
        ("2023", 0.78, 900, 0.70, 900, 0.78, "on_track"),
        # .69 against a required .75: gap −.06, upper limit −.033 < 0.
        ("2023", 0.69, 900, 0.70, 900, 0.80, "behind"),
        # .74 against a required .74 on 150 answers: gap 0 ± .067 says nothing.
        ("2023", 0.74, 150, 0.70, 150, 0.78, "undecided"),
        # .86 of 400: lower 90 % limit .829 ≥ .78.
        ("2023", 0.86, 400, 0.70, 400, 0.78, "met"),
    ],
)
def test_a_survey_criterion_gets_the_status_of_the_ordered_rules(
    partnership: Partnership,
    wave: str,
    value: float,
    n: int,
    baseline: float,
    baseline_n: int,
    target: float,
    status: str,
) -> None:
    rows = survey(("2021", baseline, baseline_n), (wave, value, n))
    assert judged(rows, partnership, criterion(target=target))["status"] == status


def test_twenty_answers_are_an_insufficient_basis(partnership: Partnership) -> None:
    row = judged(survey(("2021", 0.7, 400), ("2023", 0.8, 20)), partnership, criterion())
    assert (row["status"], row["reason"]) == ("insufficient", "few_answers")


def test_a_share_hidden_for_the_sake_of_another_is_so_in_its_criterion_too(partnership: Partnership) -> None:
    """100 answers in the whole and 80 in b leave 20 that nobody may be told of: so b is hidden, which has many."""
    rows = pd.concat(
        [survey(("2021", 0.7, 400), area="b"), survey(("2023", 0.3, 100)), survey(("2023", 0.25, 80), area="b")]
    )
    row = judged(rows, partnership, criterion(area_ids="b"), sums=[Sum("a", ("b",), complete=False)])
    assert (row["status"], row["reason"]) == ("insufficient", "guards_another")
    assert row["sentence"].endswith(
        "Grundlaget er utilstrækkeligt: andelen vises ikke, for den ville røbe en, der er skjult."
    )


def test_of_several_areas_the_one_with_few_answers_is_the_reason(partnership: Partnership) -> None:
    rows = pd.concat(
        [survey(("2021", 0.7, 400), ("2023", 0.7, 400)), survey(("2021", 0.7, 400), ("2023", 0.7, 20), area="b")]
    )
    assert judged(rows, partnership, criterion(area_ids="a;b"))["reason"] == "few_answers"


def test_a_changed_question_is_an_insufficient_basis(partnership: Partnership) -> None:
    rows = pd.concat([survey(("2021", 0.7, 400), series="pt"), survey(("2023", 0.9, 400))])
    row = judged(rows, partnership, criterion())
    assert (row["status"], row["reason"]) == ("insufficient", "not_comparable")


def test_without_a_baseline_there_is_nothing_to_judge_by(partnership: Partnership) -> None:
    row = judged(survey(("2023", 0.9, 400)), partnership, criterion())
    assert (row["status"], row["reason"]) == ("insufficient", "no_baseline")


def test_an_undecided_criterion_says_how_many_people_to_ask(partnership: Partnership) -> None:
    row = judged(survey(("2021", 0.70, 400), ("2025", 0.80, 400)), partnership, criterion())
    # 90 % lower Wilson limit of .80 reaches .78 from about 1,150 answers on: .80 − 1.645·√(.8·.2/1150) = .781.
    assert row["needed_n"] == pytest.approx(1150, rel=0.1)
    assert "svar ville kunne afgøre det" in row["sentence"]


def test_a_criterion_on_a_weak_baseline_says_that_more_answers_will_not_do(partnership: Partnership) -> None:
    row = judged(survey(("2021", 0.70, 150), ("2023", 0.74, 150)), partnership, criterion())
    assert row["sentence"].endswith("Flere svar i en ny måling kan ikke afgøre det alene.")


def test_only_the_newest_version_is_in_force(partnership: Partnership) -> None:
    rows = survey(("2021", 0.70, 400), ("2025", 0.70, 400))
    row = judged(rows, partnership, criterion(), criterion(version=2, target=0.72))
    assert (row["version"], row["target"]) == (2, 0.72)


def test_several_areas_count_together_by_their_residents(partnership: Partnership) -> None:
    # Two areas that stay as they are, while other people answer: 130 and 390 of them, then 390 and 130.
    rows = pd.concat(
        [survey(("2021", 0.9, 130), ("2023", 0.9, 390)), survey(("2021", 0.6, 390), ("2023", 0.6, 130), area="b")]
    )
    row = judged(rows, partnership, criterion(area_ids="a;b", target=0.85))
    assert (row["baseline"], row["value"]) == pytest.approx((0.825, 0.825))
    assert row["subject"] == "Tryghed i nabolaget i Grantoften og Værebro Park"


def test_areas_without_a_known_number_of_residents_are_not_taken_together(partnership: Partnership) -> None:
    rows = pd.concat([survey(("2021", 0.6, 300), ("2023", 0.8, 300), area=area) for area in ("a", "c")])
    levels, names = pd.Series({"a": "housing_area", "c": "housing_area"}), pd.Series({"a": "Grantoften", "c": "Ukendt"})
    table = survey_table(rows, levels, {"tryg_i_nabolag": 1})
    none = pd.DataFrame({"area_id": [], "category": [], "period": pd.Series([], dtype=str), "state": []})
    weights = pd.DataFrame({"area_id": ["a"], "year": "2020", "residents": [3000]})
    found, _ = criteria_tables(
        pd.DataFrame([criterion(area_ids="a;c")]), table, none, NO_LOG, names, partnership, TODAY, weights
    )
    assert (found["status"][0], found["reason"][0]) == ("insufficient", "unknown_residents")
    assert "antallet af beboere er ukendt" in found["sentence"][0]


class TestOverItsLife:
    """Looks share one error, the verdict of the deadline is final, and later waves only say whether it holds."""

    def test_each_look_has_its_part_and_the_deadline_the_rest(self, partnership: Partnership) -> None:
        waves = [(year, 0.70 + place / 100, 400) for place, year in enumerate(("2021", "2022", "2023", "2024", "2025"))]
        until = [judged(survey(*waves[: count + 1]), partnership, early()) for count in range(1, 5)]
        parts = [(1 - row["confidence"]) / 2 for row in until]
        assert parts == pytest.approx([0.005, 0.005, 0.005, 0.035])
        assert [row["final"] for row in until] == [False, False, False, True]

    def test_a_criterion_whose_figures_were_known_at_its_adoption_spends_nothing_on_them(
        self, partnership: Partnership
    ) -> None:
        rows = survey(("2021", 0.70, 400), ("2022", 0.70, 400), ("2023", 0.70, 400), ("2025", 0.76, 400))
        row = judged(rows, partnership, criterion(adopted=dt.date(2025, 2, 1)))
        assert row["confidence"] == pytest.approx(0.90)

    def test_the_verdict_of_the_deadline_is_never_judged_again(self, partnership: Partnership) -> None:
        rows = survey(("2021", 0.70, 400), ("2024", 0.85, 400), ("2025", 0.70, 400))
        row = judged(rows, partnership, criterion(deadline="2024"))
        assert (row["status"], row["value_period"], row["final"]) == ("met", "2024", True)
        assert (row["holds"], row["holds_period"], row["holds_value"]) == ("lost", "2025", 0.70)
        assert row["holds_sentence"] == (
            "Efter fristen: 70 pct. i 2025; målet er ikke nået, også når usikkerheden regnes med. "
            "Status ved fristen ændres ikke."
        )

    def test_before_the_deadline_there_is_nothing_to_hold(self, partnership: Partnership) -> None:
        row = judged(survey(("2021", 0.70, 400), ("2023", 0.85, 400)), partnership, criterion())
        assert (row["final"], row["holds"], row["holds_sentence"]) == (False, "", "")

    def test_the_chances_at_the_deadline_are_told_until_then(self, partnership: Partnership) -> None:
        row = judged(survey(("2021", 0.70, 400), ("2023", 0.74, 400)), partnership, early())
        assert row["chance_met"] + row["chance_undecided"] + row["chance_not_met"] == pytest.approx(1)
        assert row["chance_met"] < 0.06
        assert row["unchanged_not_met"] > 0.8


def early(**changes: Any) -> dict[str, Any]:
    """A criterion adopted before its first wave."""
    return criterion(adopted=dt.date(2021, 3, 1), **changes)


def test_a_tolerance_is_part_of_the_verdict_and_the_sentence(partnership: Partnership) -> None:
    rows = survey(("2021", 0.70, 400), ("2025", 0.80, 400))
    row = judged(rows, partnership, criterion(tolerance=0.03))
    assert row["status"] == "met"
    assert "mindst 78 pct. i 2025 med en tolerance på 3 pct.point." in row["sentence"]


def test_a_target_that_asks_for_less_than_there_was_is_not_judged(partnership: Partnership) -> None:
    row = judged(survey(("2021", 0.80, 900), ("2023", 0.66, 900)), partnership, criterion(target=0.60))
    assert (row["status"], row["reason"]) == ("insufficient", "wrong_side")


def test_a_wave_that_lacks_one_of_the_areas_is_not_used(partnership: Partnership) -> None:
    rows = pd.concat([survey(("2021", 0.6, 300), ("2023", 0.8, 300)), survey(("2021", 0.6, 100), area="b")])
    assert judged(rows, partnership, criterion(area_ids="a;b"))["value_period"] == "2021"


def yearly(**per_quarter: int) -> pd.DataFrame:
    """Burglaries in area a, the same number each quarter of a year: yearly(y2022=10)."""
    return pd.DataFrame(
        [
            {"period": f"{name[1:]}K{quarter}", "area_id": "a", "category": "1320", "count": count, **ORIGIN}
            for name, count in per_quarter.items()
            for quarter in range(1, 5)
        ]
    )


def burglaries(**changes: Any) -> dict[str, Any]:
    return criterion(
        measure="incidents", indicator="1320", direction=-1, target=40.0, deadline="2026", baseline_period="2022",
        **changes,
    )  # fmt: skip


ANY_SURVEY = survey(("2021", 0.7, 400))


def steady_elsewhere() -> pd.DataFrame:
    """Area b, the same every year: what ordinary years differ by is known from more than area a."""
    return yearly(**{f"y{year}": 50 for year in range(2010, 2026)}).assign(area_id="b")


def test_a_count_far_below_its_target_is_met(partnership: Partnership) -> None:
    # 16 in 2024, after 48: (16 − 32)²/16 = 16 over 4 + 15 pairs of years, so φ is 1; upper limit about 28, below 40.
    counts = pd.concat([yearly(y2021=12, y2022=12, y2023=12, y2024=4, y2025=4), steady_elsewhere()])
    row = judged(ANY_SURVEY, partnership, burglaries(), counts=counts)
    assert (row["value"], row["value_period"], row["status"]) == (16, "2024", "met")
    assert 26 < row["value_high"] < 30


def test_years_that_vary_by_themselves_decide_nothing(partnership: Partnership) -> None:
    counts = yearly(y2021=12, y2022=12, y2023=12, y2024=4, y2025=4)
    assert judged(ANY_SURVEY, partnership, burglaries(), counts=counts)["status"] == "undecided"


def test_the_provisional_year_never_decides_alone(partnership: Partnership) -> None:
    row = judged(ANY_SURVEY, partnership, burglaries(), counts=yearly(y2022=20, y2023=20, y2024=20, y2025=1))
    assert row["value_period"] == "2024"


def test_the_goal_of_no_offences_can_be_met_and_says_with_which_number(partnership: Partnership) -> None:
    none = burglaries() | {"target": 0.0, "deadline": "2024", "adopted": dt.date(2024, 1, 1)}
    # Years of 4, 4, 0 and 0: φ (0 + 4)/2 = 2, so the upper limit of 0 is 2 · 3.0 = 6.
    counts = yearly(y2022=1, y2023=1, y2024=0, y2025=0)
    row = judged(ANY_SURVEY, partnership, none, counts=counts)
    assert (row["status"], row["value"]) == ("undecided", 0)
    assert "regnes som nået, når det er sikkert, at der er højst 5 om året" in row["sentence"]
    agreed = judged(ANY_SURVEY, partnership, none | {"tolerance": 7.0}, counts=counts)
    assert agreed["status"] == "met"
    assert "højst 7 om året" in agreed["sentence"]


def test_the_chances_of_a_count_at_its_deadline_are_told_until_then(partnership: Partnership) -> None:
    counts = pd.concat([yearly(y2021=15, y2022=15, y2023=15, y2024=14, y2025=14), steady_elsewhere()])
    row = judged(ANY_SURVEY, partnership, burglaries(), counts=counts)
    # 60 → 40 a year: exactly at the goal is seldom shown, and standing still is mostly seen.
    assert row["chance_met"] + row["chance_undecided"] + row["chance_not_met"] == pytest.approx(1)
    assert row["chance_met"] < 0.06
    assert 0.5 < row["unchanged_not_met"] < 1
    assert deadline_sentence(row).startswith("Ved fristen: nås målet præcis, bliver det kaldt opfyldt i ")
    over = judged(ANY_SURVEY, partnership, burglaries() | {"deadline": "2024"}, counts=counts)
    assert deadline_sentence(over) == ""


def test_an_undecided_count_says_how_many_years_would_do(partnership: Partnership) -> None:
    row = judged(ANY_SURVEY, partnership, burglaries(), counts=yearly(y2022=15, y2023=8, y2024=8, y2025=8))
    assert row["status"] == "undecided"
    assert "års tal på samme niveau" in row["sentence"]


def test_a_small_difference_in_small_counts_is_undecided(partnership: Partnership) -> None:
    row = judged(ANY_SURVEY, partnership, burglaries(), counts=yearly(y2022=15, y2023=13, y2024=12, y2025=12))
    assert row["status"] == "undecided"


def log(*days: dt.date, kind: str = "tryghedsvandring") -> pd.DataFrame:
    return pd.DataFrame({"initiative_id": "i", "date": list(days), "kind": kind, "count": 1})


def walks(**changes: Any) -> dict[str, Any]:
    return criterion(measure="activity", indicator="tryghedsvandring", target=4.0, baseline_period="", **changes)


def test_an_activity_is_counted_in_its_own_year(partnership: Partnership) -> None:
    done = log(dt.date(2024, 5, 1), *(dt.date(2025, month, 1) for month in (2, 5, 8, 11)))
    row = judged(ANY_SURVEY, partnership, walks(), log=done)
    assert (row["value"], row["status"]) == (4, "met")
    assert row["sentence"] == "Målet er mindst 4 tryghedsvandringer i 2025. 4 er gennemført. Målet er nået."


def test_an_activity_short_of_its_target_at_the_deadline_is_not_met(partnership: Partnership) -> None:
    assert judged(ANY_SURVEY, partnership, walks(), log=log(dt.date(2025, 2, 1)))["status"] == "not_met"


def test_other_kinds_of_activity_do_not_count(partnership: Partnership) -> None:
    done = log(*(dt.date(2025, month, 1) for month in (2, 5, 8, 11)), kind="møde")
    assert judged(ANY_SURVEY, partnership, walks(), log=done)["value"] == 0


def test_pooled_waves_are_judged_as_one_figure_named_by_the_last(partnership: Partnership) -> None:
    # 2021+2022: (.70·100 + .72·100)/200 = .71; 2024+2025: (.80·100 + .84·300)/400 = .83.
    rows = survey(("2021", 0.70, 100), ("2022", 0.72, 100), ("2024", 0.80, 100), ("2025", 0.84, 300))
    row = judged(rows, partnership, criterion(waves=2, baseline_period="2022", target=0.78, deadline="2025"))
    assert (row["value_period"], round(row["value"], 4), round(row["baseline"], 4)) == ("2025", 0.83, 0.71)
    assert (row["value_n"], row["status"]) == (400, "met")


def test_pooled_windows_that_share_a_wave_say_nothing(partnership: Partnership) -> None:
    rows = survey(("2021", 0.70, 200), ("2022", 0.72, 200), ("2023", 0.80, 200))
    row = judged(rows, partnership, criterion(waves=2, baseline_period="2022"))
    assert (row["status"], row["reason"]) == ("insufficient", "no_value")


def test_a_criterion_on_half_years_is_judged_by_half_years_and_its_deadline_by_the_last_of_the_year(
    partnership: Partnership,
) -> None:
    halves = survey(("2021H1", 0.7, 900), ("2024H2", 0.7, 900), ("2025H1", 0.9, 900), ("2025", 0.1, 900))
    row = judged(halves, partnership, criterion(baseline_period="2021H1"))
    assert (row["value_period"], row["final"]) == ("2025H1", False)
    last = pd.concat([halves, survey(("2025H2", 0.9, 900))])
    row = judged(last, partnership, criterion(baseline_period="2021H1"))
    assert (row["value_period"], row["status"], row["final"]) == ("2025H2", "met", True)
