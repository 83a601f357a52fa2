"""What the minutes say of one area: what was agreed at its own council, beside its figures, or by its name."""

import datetime as dt

import pandas as pd

from data.views.minutes import Minutes, about_area, action_state

NAMES = {"gladsaxe": "Gladsaxe", "hoeje-gladsaxe": "Høje Gladsaxe", "herlev": "Herlev"}
MEETINGS = pd.DataFrame(
    [("p1", "2025-03-05", "Partnerskabsmøde", ""), ("p2", "2026-03-04", "Partnerskabsmøde", ""),
     ("l1", "2025-10-07", "Lokalrådsmøde", "herlev")],
    columns=["meeting_id", "date", "title", "area_id"],
)  # fmt: skip


def minutes(*rows: tuple[str, str, str]) -> Minutes:
    """Decisions as (meeting, text, view)."""
    decisions = pd.DataFrame(rows, columns=["meeting_id", "text", "view"])
    return Minutes(MEETINGS, decisions, pd.DataFrame())


def texts(now: Minutes, area: str) -> list[str]:
    return list(about_area(now, area, NAMES)["text"])


def test_a_decision_that_names_the_area_is_about_it() -> None:
    assert texts(minutes(("p1", "Stien i Herlev lyses op.", "")), "herlev") == ["Stien i Herlev lyses op."]


def test_an_area_whose_name_holds_another_name_is_not_mistaken_for_it() -> None:
    now = minutes(("p1", "Fristen for Høje Gladsaxe flyttes.", ""), ("p1", "Gladsaxekortet tegnes om.", ""))
    assert texts(now, "gladsaxe") == []
    assert texts(now, "hoeje-gladsaxe") == ["Fristen for Høje Gladsaxe flyttes."]


def test_a_decision_beside_a_figure_of_the_area_is_about_it() -> None:
    now = minutes(("p1", "Vi venter.", "udvikling?emne=tryg&omraade=herlev"), ("p1", "Vi handler.", "emne=tryg"))
    assert texts(now, "herlev") == ["Vi venter."]


def test_what_the_areas_own_council_agreed_is_about_it() -> None:
    assert texts(minutes(("l1", "Vi mødes igen.", "")), "herlev") == ["Vi mødes igen."]


def test_the_latest_meeting_comes_first_and_each_row_says_when() -> None:
    rows = about_area(minutes(("p1", "Herlev først.", ""), ("p2", "Herlev igen.", "")), "herlev", NAMES)
    assert list(zip(rows["date"], rows["text"], strict=True)) == [
        ("2026-03-04", "Herlev igen."),
        ("2025-03-05", "Herlev først."),
    ]


def test_a_decision_of_a_meeting_one_may_not_see_is_left_out() -> None:
    assert texts(minutes(("kredsraad", "Herlev drøftes.", "")), "herlev") == []


def test_an_action_is_overdue_the_day_after_its_date_and_done_when_it_is_done() -> None:
    dated = pd.DataFrame({"due": ["2026-03-03", "2026-03-04", "2026-03-01"], "done": [None, None, "2026-03-02"]})
    assert list(action_state(dated, dt.date(2026, 3, 4))) == ["overdue", "open", "done"]
