"""Cards that call for a decision: what they say of the shipped release, and what an option puts on the agenda."""

import pytest

from components.session import Screen
from data.partnership import Partnership
from data.release import Release
from data.sentences.criteria import NEEDS_DECISION
from data.sentences.decisions import OPTIONS, next_time, option_of, proposal
from data.views.decisions import DecisionCase, decision_cases
from data.views.view import View, nearest
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
