"""The meeting page's questions to the calendar and the minutes."""

import datetime as dt

import pandas as pd

from data.meetings import actions, calendar_sentence, next_chair, next_meeting, previous_meeting
from data.partnership import Partnership

TODAY = dt.date(2026, 3, 10)


def calendar(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Partnership meetings: (date, chair, status)."""
    frame = pd.DataFrame(rows, columns=["date", "chair_id", "status"])
    return frame.assign(forum="partnerskab", date=[dt.date.fromisoformat(day) for day in frame["date"]])


PLAN = calendar(
    ("2025-12-03", "herlev", "afholdt"), ("2026-03-04", "ballerup", "afholdt"), ("2026-06-03", "gladsaxe", "aflyst"),
    ("2026-09-02", "gladsaxe", "planlagt"),
)  # fmt: skip


def test_the_chair_goes_round_the_municipalities_and_skips_no_one(partnership: Partnership) -> None:
    assert next_chair(PLAN, partnership.members) == "herlev"
    assert next_chair(PLAN.iloc[:2], partnership.members) == "gladsaxe"


def test_the_first_meeting_is_chaired_by_the_first_municipality(partnership: Partnership) -> None:
    assert next_chair(PLAN.iloc[:0], partnership.members) == "herlev"


def test_previous_and_next_meeting_pass_over_what_was_cancelled() -> None:
    before, after = previous_meeting(PLAN, TODAY), next_meeting(PLAN, TODAY)
    assert before is not None
    assert after is not None
    assert (before["chair_id"], after["date"]) == ("ballerup", dt.date(2026, 9, 2))


def test_without_a_planned_meeting_there_is_none() -> None:
    assert next_meeting(PLAN, dt.date(2027, 1, 1)) is None


def test_fewer_meetings_than_agreed_are_said(partnership: Partnership) -> None:
    assert (
        calendar_sentence(PLAN, partnership, 2026)
        == "Der er 2 partnerskabsmøder i 2026, men aftalen er mindst 4: der mangler 2."
    )


def test_enough_meetings_are_said_calmly(partnership: Partnership) -> None:
    plan = calendar(*((f"2026-{month}-04", "herlev", "planlagt") for month in ("03", "06", "09", "12")))
    assert calendar_sentence(plan, partnership, 2026) == "Der er 4 partnerskabsmøder i 2026; aftalen er mindst 4."


def test_actions_past_due_come_first_and_those_done_last() -> None:
    said = [("handling", "c", "2026-04-01", None), ("handling", "a", "2025-10-01", "2025-10-02"),
            ("handling", "b", "2026-01-15", None), ("beslutning", "d", None, None)]  # fmt: skip
    decisions = pd.DataFrame(said, columns=["kind", "text", "due", "done"])
    found = actions(decisions, TODAY)
    assert found[["text", "state"]].to_numpy().tolist() == [["b", "over frist"], ["c", "åben"], ["a", "udført"]]
