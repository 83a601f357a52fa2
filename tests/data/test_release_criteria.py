"""Every status of a criterion through the release, with the arithmetic written out."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from data.partnership import Partnership
from data.release.criteria import criteria_tables
from data.release.incidents import incident_table
from data.release.survey import survey_table

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
) -> dict[str, Any]:
    """The one criterion of the release as a row."""
    table = survey_table(rows, LEVELS, {"tryg_i_nabolag": 1})
    incidents = (
        incident_table(counts, residents(), LEVELS)
        if counts is not None
        else pd.DataFrame({"area_id": [], "category": [], "period": pd.Series([], dtype=str), "state": []})
    )
    rows_out, _ = criteria_tables(pd.DataFrame(criteria), table, incidents, log, NAMES, partnership, TODAY)
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
    row = judged(rows, partnership, criterion(), criterion(version=2, target=0.60))
    assert (row["version"], row["status"]) == (2, "met")


def test_several_areas_count_together_by_their_answers(partnership: Partnership) -> None:
    rows = pd.concat(
        [survey(("2021", 0.6, 300), ("2023", 0.8, 300)), survey(("2021", 0.6, 100), ("2023", 0.4, 100), area="b")]
    )
    row = judged(rows, partnership, criterion(area_ids="a;b"))
    assert row["value"] == pytest.approx((300 * 0.8 + 100 * 0.4) / 400)
    assert row["subject"] == "Tryghed i nabolaget i Grantoften og Værebro Park"


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


def test_a_count_far_below_its_target_is_met(partnership: Partnership) -> None:
    # 4 x 3 = 12 in 2024. Pairs of quarters 15 → 9 → 3 → 3 give φ (1.5 + 3 + 0) / 3 = 1.5; 12 / 1.5 = 8 has the exact
    # upper 90 % limit 14.43, so 1.5 · 14.43 = 21.6 lies below 40.
    row = judged(ANY_SURVEY, partnership, burglaries(), counts=yearly(y2022=15, y2023=9, y2024=3, y2025=3))
    assert (row["value"], row["value_period"], row["status"]) == (12, "2024", "met")
    assert row["value_high"] == pytest.approx(21.6, abs=0.1)


def test_the_provisional_year_never_decides_alone(partnership: Partnership) -> None:
    row = judged(ANY_SURVEY, partnership, burglaries(), counts=yearly(y2022=20, y2023=20, y2024=20, y2025=1))
    assert row["value_period"] == "2024"


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
