"""Holes, what is overdue, purposes and the history of statuses."""

import datetime as dt

import pandas as pd

from data.partnership import Partnership
from data.release import Release, ReleaseHead
from data.release.gaps import gap_table, holes
from data.release.overdue import overdue_table, purpose_table, status_history

TODAY = dt.date(2025, 12, 31)
ORIGIN = {"provenance": "example", "source_id": "eksempeldata"}
PROFILES = pd.DataFrame([{"profile_id": "unge", "title": "Unge uden fritidsliv", **ORIGIN}])
AREAS = pd.DataFrame([{"area_id": "a", "name": "Grantoften"}, {"area_id": "b", "name": "Værebro Park"}])
EFFECTS = pd.DataFrame([{"initiative_id": "klub", "evidence_level": 2}])


def initiatives(end: dt.date | None = None) -> pd.DataFrame:
    row = {"initiative_id": "klub", "title": "Klub", "area_ids": "a;b", "start": dt.date(2021, 1, 1), "end": end}
    return pd.DataFrame([{**row, **ORIGIN}])


COVERAGE = pd.DataFrame([{"profile_id": "unge", "initiative_id": "klub", "area_id": "a", "how": "Opsøges", **ORIGIN}])


def test_an_area_where_nothing_reaches_the_profile_is_a_hole() -> None:
    found = gap_table(PROFILES, COVERAGE, initiatives(), EFFECTS, AREAS, TODAY)
    assert found[["area_id", "state", "hole", "evidence_level"]].to_numpy().tolist() == [
        ["a", "covered", False, 2],
        ["b", "offered", True, 2],
    ]
    assert holes(found)["sentence"].tolist() == ["Ingen indsats når »Unge uden fritidsliv« i Værebro Park."]


def test_what_an_ended_initiative_covered_is_a_hole_again() -> None:
    found = gap_table(PROFILES, COVERAGE, initiatives(dt.date(2024, 12, 31)), EFFECTS, AREAS, TODAY)
    assert found[["area_id", "state", "hole"]].to_numpy().tolist() == [["a", "ended", True], ["b", "none", True]]


def overdue(**changes: pd.DataFrame) -> list[tuple[str, dt.date, int]]:
    criterion = {
        "criterion_id": "k", "initiative_id": "klub", "measure": "survey", "indicator": "tryg", "status": "behind",
        "baseline_period": "2021", "value_period": "2025", "subject": "Tryghed", "reason": "", **ORIGIN,
    }  # fmt: skip
    tables = {
        "criteria": pd.DataFrame([criterion]),
        "survey": pd.DataFrame({"indicator": ["tryg"], "wave": ["2025"]}),
        "initiatives": initiatives(),
        "activities": pd.DataFrame({"initiative_id": ["klub"], "date": [dt.date(2025, 10, 1)]}),
        "decisions": pd.DataFrame(columns=["kind", "done", "due"]),
        "insecure_places": pd.DataFrame(columns=["status", "due"]),
        "areas": AREAS,
        **changes,
    }
    found = overdue_table(tables, TODAY)
    return list(zip(found["kind"], found["due"], found["days"], strict=True))


def test_nothing_is_overdue_when_all_is_fresh() -> None:
    assert overdue() == []


def test_a_criterion_without_the_newest_wave_is_overdue() -> None:
    row = {
        "criterion_id": "k", "initiative_id": "klub", "measure": "survey", "indicator": "tryg", "status": "behind",
        "baseline_period": "2021", "value_period": "2023", "subject": "Tryghed i Grantoften", "reason": "", **ORIGIN,
    }  # fmt: skip
    assert overdue(criteria=pd.DataFrame([row])) == [("criterion", TODAY, 0)]
    assert overdue(criteria=pd.DataFrame([row | {"status": "met"}])) == []


def test_a_criterion_is_held_against_waves_of_its_own_length() -> None:
    row = {
        "criterion_id": "k", "initiative_id": "klub", "measure": "survey", "indicator": "tryg", "status": "behind",
        "baseline_period": "2024H1", "value_period": "2024H2", "subject": "Tryghed", "reason": "", **ORIGIN,
    }  # fmt: skip
    asked = pd.DataFrame({"indicator": "tryg", "wave": ["2024H1", "2024H2", "2025"]})
    assert overdue(criteria=pd.DataFrame([row]), survey=asked) == []
    asked = pd.DataFrame({"indicator": "tryg", "wave": ["2024H1", "2024H2", "2025H1"]})
    assert overdue(criteria=pd.DataFrame([row]), survey=asked) == [("criterion", dt.date(2025, 6, 30), 184)]


def test_a_criterion_whose_figure_is_hidden_is_not_overdue() -> None:
    row = {
        "criterion_id": "k", "initiative_id": "klub", "measure": "incidents", "indicator": "3410",
        "status": "insufficient", "baseline_period": "2021", "value_period": "", "subject": "Våbenloven",
        "reason": "hidden", **ORIGIN,
    }  # fmt: skip
    assert overdue(criteria=pd.DataFrame([row])) == []


def test_an_initiative_with_a_silent_log_is_overdue_six_months_after_its_last_entry() -> None:
    log = pd.DataFrame({"initiative_id": ["klub"], "date": [dt.date(2025, 5, 1)]})
    assert overdue(activities=log) == [("initiative", dt.date(2025, 11, 1), 60)]
    assert overdue(activities=log, initiatives=initiatives(dt.date(2025, 6, 30))) == []


def test_an_action_is_overdue_when_its_date_has_passed_and_it_is_not_done() -> None:
    said = {"decision_id": "d", "kind": "handling", "text": "Lys", "owner": "Teknik og Miljø", **ORIGIN}
    decisions = pd.DataFrame(
        [
            {**said, "due": dt.date(2025, 12, 1), "done": None},
            {**said, "due": dt.date(2025, 12, 1), "done": dt.date(2025, 12, 20)},
            {**said, "due": dt.date(2026, 1, 15), "done": None},
        ]
    )
    assert overdue(decisions=decisions) == [("action", dt.date(2025, 12, 1), 30)]


def test_a_promise_about_a_place_is_overdue_when_its_date_has_passed_and_it_is_not_done() -> None:
    place = {
        "place_id": "p", "area_id": "a", "place_type": "sti", "landmark": "Lidsøparken", "count": 1,
        "owner": "Teknik og Miljø", "status": "i gang", "due": dt.date(2025, 12, 1), **ORIGIN,
    }  # fmt: skip
    places = pd.DataFrame([place, place | {"status": "udført"}, place | {"due": None}])
    assert overdue(insecure_places=places) == [("place", dt.date(2025, 12, 1), 30)]


def test_purposes_count_statuses_and_make_no_index(partnership: Partnership) -> None:
    criteria = pd.DataFrame({"purpose_id": ["tryghed"] * 3, "status": ["met", "met", "behind"]})
    found = purpose_table(criteria, partnership)
    of_purpose = found[found["purpose_id"] == "tryghed"].set_index("status")["criteria"]
    assert (of_purpose["met"], of_purpose["behind"], of_purpose.sum()) == (2, 1, 3)
    assert "Øge beboernes tryghed: 3 kriterier. 2 opfyldt og 1 bagud." in set(found["sentence"])
    assert "Begrænse rekruttering til bandemiljøerne: ingen kriterier endnu." in set(found["sentence"])


def test_the_status_of_a_criterion_is_kept_release_by_release() -> None:
    def head(number: int) -> ReleaseHead:
        return ReleaseHead(number, dt.datetime(2026, number, 1, tzinfo=dt.UTC), "", "", None, None, 0)

    def table(status: str) -> pd.DataFrame:
        return pd.DataFrame([{"criterion_id": "k", "version": 1, "status": status}])

    found = status_history([(head(2), table("behind")), (head(1), table("on_track"))])
    assert found[["release_id", "status"]].to_numpy().tolist() == [[1, "on_track"], [2, "behind"]]


def test_the_shipped_release_knows_the_statuses_of_both_meetings(shipped: Release) -> None:
    history = shipped.tables["status_history"]
    assert sorted(set(history["meeting_date"])) == [dt.date(2025, 12, 3), dt.date(2026, 3, 4)]
    now = history[history["release_id"] == shipped.head.id].set_index("criterion_id")["status"]
    assert now.to_dict() == shipped.criteria.set_index("criterion_id")["status"].to_dict()


def test_the_shipped_data_show_overdue_actions_and_holes(shipped: Release) -> None:
    assert (shipped.tables["overdue"]["kind"] == "action").sum() >= 2
    assert len(holes(shipped.tables["gaps"])) >= 5
