"""What is said of a meeting itself: how far it is, who chairs it and who writes it down."""

import datetime as dt
from typing import Any

import pytest

from data.sentences.meetings import meeting_facts

NAMES = {"herlev": "Herlev"}
TODAY = dt.date(2026, 3, 1)


def meeting(**more: Any) -> dict[str, Any]:
    return {
        "date": "2026-03-04", "forum": "partnerskab", "area_id": "", "chair_id": "herlev", "status": "planlagt",
        "release_id": None,
    } | more  # fmt: skip


def test_a_meeting_says_who_chairs_it_and_who_takes_its_minutes() -> None:
    facts = meeting_facts(meeting(minutes_by="Sekretariatet"), NAMES, TODAY)
    assert "Herlev har formandskabet. Referent: Sekretariatet." in facts


@pytest.mark.parametrize("unsaid", [{}, {"minutes_by": ""}, {"minutes_by": None}])
def test_where_nobody_is_named_nothing_is_said_of_minutes(unsaid: dict[str, Any]) -> None:
    assert "Referent" not in meeting_facts(meeting(**unsaid), NAMES, TODAY)
