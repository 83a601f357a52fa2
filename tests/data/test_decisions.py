"""Cards that call for a decision: what they say of the shipped release, and what an option puts on the agenda."""

import datetime as dt
from dataclasses import replace

import pytest

from components.session import Screen
from data.partnership import Partnership
from data.records import records
from data.release import Release
from data.sentences.criteria import NEEDS_DECISION
from data.sentences.decisions import OPTIONS, next_time, option_of, proposal
from data.sentences.options import NOTHING, speaks_for
from data.views.criteria_table import all_criteria
from data.views.decisions import DecisionCase, decision_cases, picture_of, target_under, time_of
from data.views.nearest import nearest
from data.views.view import View
from drawings.goal_html import decision_html


@pytest.fixture
def cases(shipped: Release, partnership: Partnership) -> dict[str, DecisionCase]:
    view, _ = nearest(View(), shipped, partnership)
    return {case.criterion_id: case for case in decision_cases(Screen(view, shipped, partnership, ()))}


def test_every_criterion_that_calls_for_a_decision_is_a_case_the_wrong_way_first(
    cases: dict[str, DecisionCase], shipped: Release
) -> None:
    pressing = shipped.criteria[shipped.criteria["status"].isin(["worsening", "not_met", "behind"])]
    assert set(cases) == set(pressing["criterion_id"])
    assert [case.status for case in cases.values()] == ["not_met"] * 2 + ["behind"] * 2
    assert NEEDS_DECISION == ("worsening", "not_met", "behind")


def test_a_case_has_value_beside_target_what_was_tried_and_what_is_not_known(cases: dict[str, DecisionCase]) -> None:
    case = cases["grantoften-tryg"]
    assert (case.value, case.target, case.target_under) == ("61 pct.", "78 pct.", "mindst, i 2027")
    assert case.tried.startswith("Brobyggere")
    assert case.can_say == "Halter klart efter planen, som kræver 76,4 pct. nu."
    assert case.cannot_say.startswith("Tallene siger ikke hvorfor.")
    assert case.next == "Næste måling er 2026; fristen er 2027."


def test_a_target_has_its_tolerance_wherever_it_stands(shipped: Release, partnership: Partnership) -> None:
    row = {"measure": "survey", "direction": 1, "target": 0.78, "deadline": "2027", "tolerance": 0.025}
    assert target_under(row) == "mindst, i 2027 med en tolerance på 2,5 pct.point"
    assert target_under(row).partition(",")[0] == "mindst"
    agreed = shipped.criteria.query("criterion_id == 'grantoften-tryg'").assign(tolerance=0.025)
    view, _ = nearest(View(), shipped, partnership)
    looked_at = Screen(view, replace(shipped, tables=dict(shipped.tables) | {"criteria": agreed}), partnership, ())
    (line,) = all_criteria(looked_at)
    assert line.target_under == "mindst med en tolerance på 2,5 pct.point"


def test_a_passed_deadline_is_not_judged_again() -> None:
    row = {"deadline": "2024", "overdue": True, "measure": "survey", "value_period": "2025"}
    assert next_time(row) == "Fristen var 2024. Nye tal ændrer ikke afgørelsen."


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.id)
def test_a_recommendation_is_known_again_by_its_words(option: object) -> None:
    assert option_of(proposal(option.id, "Tryghed i nabolaget i Grantoften")) == option.id  # type: ignore[attr-defined]


def test_other_texts_are_no_recommendation() -> None:
    assert option_of("Vi mødes igen i maj.") == ""
    with pytest.raises(KeyError):
        proposal("vent", "Tryghed")


def test_the_options_are_buttons_for_those_who_write_alone(cases: dict[str, DecisionCase]) -> None:
    case = cases["grantoften-tryg"]
    may = decision_html(case, href=lambda _: "#", chosen="nyt-maal", may_write=True)
    assert may.count("<button") == 4
    assert may.count('aria-pressed="true"') == 1
    assert "<button" not in decision_html(case, href=lambda _: "#")


def test_beside_each_option_stands_what_in_the_release_speaks_for_it(cases: dict[str, DecisionCase]) -> None:
    case = cases["grantoften-tryg"]
    assert case.speaks["fortsaet"].startswith("Fristen er først 2027.")
    assert case.speaks["aendr"].startswith(
        "Tallet halter klart efter planen. Før og efter indsatsen er der ingen klar forskel."
    )
    assert case.speaks["afslut"] == NOTHING
    shown = decision_html(case, href=lambda _: "#")
    assert all(said in shown for said in case.speaks.values())
    assert "Næste gang det kan afgøres." in shown


def criterion(**fields: object) -> dict[str, object]:
    return {
        "measure": "survey", "baseline_period": "2021", "deadline": "2027", "overdue": False, "moving": "unclear",
        "status": "behind", "baseline": 0.7, "target": 0.78, "detectable_change": 0.12, "chance_met": 0.9, "value": 0.7,
        "holds": "", "holds_period": "",
    } | fields  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "option", "said"),
    [
        ({"moving": "better"}, "fortsaet", "Tallet er klart bedre end i 2021."),
        ({}, "fortsaet", "En ændring på under 12 pct.point siden 2021 kan ikke ses."),
        ({"moving": "worse"}, "aendr", "Tallet er klart dårligere end i 2021."),
        ({"status": "not_met"}, "aendr", "Målet blev ikke nået med indsatsen, som den er."),
        ({}, "nyt-maal", "Målet er 8 pct.point fra udgangspunktet; en måling viser først 12 pct.point."),
        ({"chance_met": 0.31}, "nyt-maal", "Nås målet præcist, er chancen for, at tallene viser det, 31 pct."),
        ({"overdue": True}, "nyt-maal", "Fristen er passeret, så det gamle mål afgøres ikke igen."),
        ({"overdue": True, "holds": "lost", "holds_period": "2025"}, "afslut", "Målet er heller ikke nået i 2025."),
    ],
)
def test_a_fact_speaks_for_its_option(fields: dict[str, object], option: str, said: str) -> None:
    assert said in speaks_for(criterion(**fields), None, None, None, None)[option]


def test_an_initiative_that_has_gone_quiet_speaks_for_ending_it() -> None:
    latest, newest = dt.date(2024, 9, 4), dt.date(2025, 12, 18)
    said = speaks_for(criterion(), {"end": None}, None, latest, newest)
    assert said["afslut"] == "Der er ikke skrevet i loggen siden 4. september 2024."


def test_where_nothing_speaks_for_an_option_it_says_so() -> None:
    quiet = criterion(overdue=True, status="undecided", target=0.95)
    assert speaks_for(quiet, None, None, dt.date(2025, 1, 1), None)["aendr"] == NOTHING


def test_a_figure_stands_where_its_period_is_over_whatever_its_length() -> None:
    assert [time_of(code) for code in ("2025", "2025H1", "2025K3", "2025-12-31 efterår 2025")] == [
        2026, 2025.5, 2025.75, 2026,
    ]  # fmt: skip


def test_an_activity_is_drawn_from_the_first_day_of_its_year_to_the_last(
    shipped: Release, partnership: Partnership
) -> None:
    view, _ = nearest(View(), shipped, partnership)
    screen, rows = Screen(view, shipped, partnership, ()), shipped.criteria
    counted = rows[(rows["measure"] == "activity") & (rows["deadline"].str.len() == len("2025"))]
    (row, *_) = records(counted)
    drawn = picture_of(screen, row)
    assert drawn is not None
    assert drawn.begin == int(row["baseline_period"])
    assert drawn.deadline == int(row["deadline"]) + 1
    assert drawn.begin < drawn.points[0].year <= drawn.points[-1].year <= max(drawn.deadline, drawn.now)
