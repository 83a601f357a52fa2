"""What the partnership agrees on: meetings enough, whose turn it is, what is late, and who may see which minutes."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data.contracts.problems import ContractError
from data.contracts.validation import check
from data.entries import save
from data.partnership import Partnership, our_partnership
from data.release.crossings import crossing
from data.sentences.meetings import actions_title, enough_meetings, meeting_state, turn_sentence
from data.settings.nouns import Forum
from data.store import Incoming, Store
from data.views.minutes import (
    actions,
    coming,
    figures_of,
    meeting_to_show,
    minutes,
    next_chair,
    of_partnership,
    without_figure,
)

MEMBERS = ("herlev", "ballerup", "gladsaxe")
NOW = dt.date(2026, 3, 4)


def meeting(
    day: str, chair: str = "herlev", forum: str = "partnerskab", status: str = "afholdt", area: str = ""
) -> dict[str, object]:
    return {
        "meeting_id": f"{day}-{forum}{area}", "date": dt.date.fromisoformat(day), "forum": forum, "area_id": area,
        "chair_id": chair, "title": "Møde", "agenda": "", "release_id": None, "status": status,
    }  # fmt: skip


def table(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


# Meetings ---------------------------------------------------------------------------------------------------------


def test_a_year_with_too_few_partnership_meetings_says_how_many_are_missing() -> None:
    meetings = table(meeting("2026-03-04"), meeting("2026-06-03", status="planlagt"))
    assert of_partnership(meetings, 2026) == 2
    said = enough_meetings(2, 2026, 4)
    assert said == "Der er to partnerskabsmøder i 2026. Aftalen kræver mindst fire, så der mangler to."


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "Der er ét møde i styregruppen i 2026. Der skal være mindst to, så der mangler ét."),
        (2, "Der er to møder i styregruppen i 2026, og der skal være mindst to."),
    ],
)
def test_a_partnership_that_meets_in_another_forum_is_told_of_that_one(
    count: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = replace(our_partnership(), forums=(Forum("styregruppe", "styregruppen"),))
    monkeypatch.setattr("data.sentences.meetings.our_partnership", lambda: ours)
    assert enough_meetings(count, 2026, 2) == said


def test_who_is_alone_is_not_said_to_take_turns() -> None:
    assert turn_sentence("Fjordby", ["Fjordby"]) == "Fjordby har formandskabet."


def test_cancelled_meetings_and_local_councils_do_not_count_as_partnership_meetings() -> None:
    meetings = table(
        meeting("2026-03-04"), meeting("2026-06-03", status="aflyst"), meeting("2026-04-07", "herlev", "lokalraad")
    )
    assert of_partnership(meetings, 2026) == 1


def test_the_member_that_has_waited_longest_chairs_next() -> None:
    meetings = table(
        meeting("2025-06-04", "gladsaxe"), meeting("2025-09-03", "herlev"), meeting("2025-12-03", "ballerup")
    )
    assert next_chair(meetings, MEMBERS) == "gladsaxe"
    assert turn_sentence("Gladsaxe", ["Herlev", "Ballerup", "Gladsaxe"]) == (
        "Gladsaxe står for tur til formandskabet. Det går på skift: Herlev, Ballerup og Gladsaxe."
    )


def test_a_member_that_never_chaired_goes_first() -> None:
    assert next_chair(table(meeting("2025-06-04", "herlev"), meeting("2025-09-03", "gladsaxe")), MEMBERS) == "ballerup"


def test_a_cancelled_meeting_is_no_turn_taken() -> None:
    meetings = table(
        meeting("2025-06-04", "gladsaxe"),
        meeting("2025-09-03", "herlev"),
        meeting("2025-12-03", "ballerup"),
        meeting("2026-03-04", "gladsaxe", status="aflyst"),
    )
    assert next_chair(meetings, MEMBERS) == "gladsaxe"


def test_the_next_meeting_is_shown_before_anyone_has_chosen_and_a_meeting_today_is_still_to_come() -> None:
    meetings = table(
        meeting("2026-03-03"), meeting("2026-03-04", status="planlagt"), meeting("2026-06-03", status="planlagt")
    )
    assert list(coming(meetings, NOW)["meeting_id"]) == ["2026-03-04-partnerskab", "2026-06-03-partnerskab"]
    shown = meeting_to_show(meetings, "", NOW)
    assert shown is not None
    assert shown["meeting_id"] == "2026-03-04-partnerskab"


def test_without_meetings_none_is_shown() -> None:
    assert meeting_to_show(table(meeting("2026-03-03")).iloc[:0], "", NOW) is None


# What was agreed --------------------------------------------------------------------------------------------------


def decided(name: str, kind: str = "handling", due: str = "", done: str = "", figure: str = "") -> dict[str, object]:
    return {
        "decision_id": name, "meeting_id": "m", "kind": kind, "text": name, "owner": "Teknik", "figure": figure,
        "due": dt.date.fromisoformat(due) if due else None, "done": dt.date.fromisoformat(done) if done else None,
        "view": "emne=x" if figure else "", "release_id": 2.0 if figure else np.nan,
    }  # fmt: skip


def test_an_action_is_late_the_day_after_its_date_and_done_ones_come_last() -> None:
    rows = table(
        decided("færdig", due="2026-01-01", done="2026-02-01"),
        decided("i dag", due="2026-03-04"),
        decided("i går", due="2026-03-03"),
    )
    found = actions(rows, NOW)
    assert list(zip(found["decision_id"], found["state"], strict=True)) == [
        ("i går", "overdue"),
        ("i dag", "open"),
        ("færdig", "done"),
    ]
    assert actions_title(list(found["state"])) == "To åbne opgaver, én over fristen"


def test_decisions_stand_beside_the_figure_they_are_about() -> None:
    rows = table(
        decided("læsning", "læsning", figure="78 pct."),
        decided("om tallet", due="2026-05-01", figure="78 pct."),
        decided("om alt andet", "beslutning"),
    )
    ((figure, beside),) = figures_of(rows, "m")
    assert figure["decision_id"] == "læsning"
    assert list(beside["decision_id"]) == ["om tallet"]
    assert list(without_figure(rows, "m")["decision_id"]) == ["om alt andet"]


def typed(**fields: str) -> pd.DataFrame:
    row = {
        "decision_id": "a", "meeting_id": "m", "kind": "læsning", "text": "", "owner": "", "due": "", "done": "",
        "view": "emne=x", "figure": "78 pct.", "release_id": "2", "provenance": "official", "source_id": "s",
    }  # fmt: skip
    return pd.DataFrame([row | fields], dtype="str")


def test_a_figure_may_stand_on_the_agenda_before_its_reading_is_agreed() -> None:
    assert check(typed(), "decisions")["text"].tolist() == [""]


def test_a_decision_without_text_is_refused() -> None:
    with pytest.raises(ContractError, match="teksten mangler"):
        check(typed(kind="beslutning").assign(figure=""), "decisions")


# Who sees what ----------------------------------------------------------------------------------------------------


@pytest.fixture
def with_minutes(store: Store, partnership: Partnership) -> Store:
    """A store with one meeting of the partnership and one of the local council in Herlev, each with a quoted figure."""
    areas = pd.DataFrame(
        [{"area_id": member, "level": "municipality", "parent_id": "", "name": member.title()} for member in MEMBERS]
    )
    columns = ("code", "lists", "outline", "provenance", "source_id")
    areas = areas.assign(**dict.fromkeys(columns, ""), dwellings=None, residents=None)
    words = ("title", "publisher", "licence", "url", "coverage")
    own = {"source_id": "partnerskabet", "retrieved": NOW, "provenance": "official", **dict.fromkeys(words, "egen")}
    store.load(
        [Incoming("areas", areas, "areas.csv", "0"), Incoming("sources", table(own), "sources.csv", "1")], by="prøve"
    )
    for forum, area in (("partnerskab", ""), ("lokalraad", "herlev")):
        row = meeting("2026-03-04", forum=forum, area=area)
        save(store, partnership, "meetings", row, by="prøve", based_on=None)
        note = decided(f"om-{forum}", "læsning", figure="Syv anmeldelser.") | {
            "meeting_id": row["meeting_id"], "release_id": None,
        }  # fmt: skip
        save(store, partnership, "decisions", note, by="prøve", based_on=None)
    return store


def test_the_management_sees_every_meeting_with_its_figures(with_minutes: Store, partnership: Partnership) -> None:
    seen = minutes(with_minutes, partnership.audience("ledelse"), partnership)
    assert len(seen.meetings) == 2
    assert set(seen.decisions["figure"]) == {"Syv anmeldelser."}


def test_a_local_council_sees_its_own_meetings_without_quoted_figures(
    with_minutes: Store, partnership: Partnership
) -> None:
    seen = minutes(with_minutes, partnership.audience("lokalraad-herlev"), partnership)
    assert list(seen.meetings["forum"]) == ["lokalraad"]
    assert list(seen.decisions["text"]) == ["om-lokalraad"]
    assert set(seen.decisions["figure"]) == {""}
    assert set(seen.decisions["view"]) == {""}


def test_another_local_council_and_the_public_see_none_of_it(with_minutes: Store, partnership: Partnership) -> None:
    for audience in ("lokalraad-ballerup", "offentlig"):
        seen = minutes(with_minutes, partnership.audience(audience), partnership)
        assert seen.meetings.empty
        assert seen.decisions.empty


@pytest.mark.parametrize(
    ("audience", "decisions", "proposals"),
    [("ledelse", True, True), ("politi", False, False), ("lokalraad-herlev", False, True), ("offentlig", False, False)],
)
def test_the_management_writes_and_local_councils_only_propose(
    partnership: Partnership, audience: str, decisions: bool, proposals: bool
) -> None:
    reader = partnership.audience(audience)
    assert (reader.may_write("decisions"), reader.may_write("proposals")) == (decisions, proposals)


# Crossing a line --------------------------------------------------------------------------------------------------


def points(*values: tuple[str, float, float]) -> pd.DataFrame:
    return pd.DataFrame(values, columns=["period", "value", "n_eff"]).assign(series="jm", exposure=np.nan)


def judged(period: str, measure: str = "survey", version: int = 1) -> dict[str, object]:
    return {"measure": measure, "value_period": period, "version": version, "waves": None}


def test_a_share_that_rose_twenty_points_on_200_answers_has_moved() -> None:
    # √(0,6·0,4/200 + 0,8·0,2/200) = 4,5 points, so 20 points is more than four standard errors.
    found = crossing(judged("2025"), judged("2024"), points(("2024", 0.6, 200), ("2025", 0.8, 200)), 1.0)
    assert found == "moved"


def test_a_share_that_rose_three_points_on_200_answers_has_only_crossed_a_line() -> None:
    # √(2·0,7·0,3/200) = 4,6 points, so 3 points is less than one standard error.
    found = crossing(judged("2025"), judged("2024"), points(("2024", 0.7, 200), ("2025", 0.73, 200)), 1.0)
    assert found == "chance"


def test_a_count_is_held_against_chance_with_its_overdispersion() -> None:
    # From 100 to 140: (140 − 100)/√240 = 2,6 standard errors alone, and 1,3 where counts vary four times as much.
    years = points(("2024", 100, 5000), ("2025", 140, 5000)).rename(columns={"n_eff": "exposure", "exposure": "n_eff"})
    assert crossing(judged("2025", "incidents"), judged("2024", "incidents"), years, 1.0) == "moved"
    assert crossing(judged("2025", "incidents"), judged("2024", "incidents"), years, 4.0) == "chance"


def test_nothing_is_said_where_the_figure_is_the_same_or_the_criterion_is_another() -> None:
    shares = points(("2024", 0.7, 200), ("2025", 0.73, 200))
    assert crossing(judged("2025"), judged("2025"), shares, 1.0) == ""
    assert crossing(judged("2025", version=2), judged("2024"), shares, 1.0) == ""
    assert crossing(judged("2025", "activity"), judged("2024", "activity"), shares, 1.0) == ""


@pytest.mark.parametrize(
    ("status", "held", "words"),
    [
        ("planlagt", dt.date(2026, 12, 2), "Planlagt"),
        ("planlagt", dt.date(2026, 10, 6), "Referat mangler"),
        ("afholdt", dt.date(2026, 10, 6), "Afholdt"),
    ],
)
def test_a_planned_meeting_whose_day_has_passed_says_so(status: str, held: dt.date, words: str) -> None:
    assert meeting_state({"status": status, "date": held}, dt.date(2026, 11, 23)) == words
