"""Whether a criterion can ever be decided, said while it is written; arithmetic written out."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from analysis import decidability
from data.release import Release, ReleaseHead
from data.release.criterion_drafts import Draft, draft_of
from data.release.prospects import prospect
from data.sentences.chances import proof_sentence, scale_sentence
from data.sentences.cooperation import prospect_sentence, remedy_sentence, undecided_midway_sentence

HEAD = ReleaseHead(1, dt.datetime(2026, 3, 4, tzinfo=dt.UTC), "", "", None, None, 0)
ORIGIN = {"provenance": "example", "source_id": "eksempeldata"}
WAVES = ("2021", "2022", "2023", "2024", "2025")
ONE = Draft("survey", "tryg_i_nabolag", ("a",), "2022", 0.80, "2028")


def release(n: int = 150, areas: tuple[str, ...] = ("a",), hidden: tuple[str, ...] = (), quality: str = "D") -> Release:
    """Areas of one municipality, each with a share of 0.70 and n (effective) answers in every wave; those hidden have
    this quality."""
    survey = [
        {
            "wave": wave, "area_id": area, "indicator": "tryg_i_nabolag", "series": "jm", "n": n, "n_eff": float(n),
            "share": float("nan") if area in hidden else 0.70, "state": "hidden" if area in hidden else "published",
            "quality": quality if area in hidden else "B",
            **ORIGIN,
        }
        for wave in WAVES
        for area in areas
    ]  # fmt: skip
    counts = [
        {
            "period": year, "area_id": "a", "category": "12", "count": 100.0, "residents": 3000.0, "mass": False,
            "dispersion": 1.0, "state": "published", **ORIGIN,
        }
        for year in WAVES
    ]  # fmt: skip
    about = pd.DataFrame(
        [{"area_id": area, "level": "housing_area", "parent_id": "kommune", "residents": 2000} for area in areas]
    )
    tables = {"survey": pd.DataFrame(survey), "incidents": pd.DataFrame(counts), "areas": about}
    return Release(HEAD, "ledelse", tables)


def test_a_change_smaller_than_the_figures_can_show_can_never_be_decided() -> None:
    # Two waves of 150 at .70: d² = 7.849·(.70·.30 + (.70−d)(.30+d))/150 gives d = .1548; sought .10.
    found = prospect(ONE, release())
    assert (found.can_be_decided, found.detectable_change) == (False, 0.155)
    assert found.change_sought == pytest.approx(0.10)


def test_the_answers_it_would_take_are_told() -> None:
    # .70 to .60 (a change is counted towards one half, where it is hardest): 7.849·(.21 + .24)/.01 = 353.2 → 354.
    assert prospect(ONE, release()).needed_answers == 354


def test_with_as_many_answers_it_can_be_decided_and_nothing_is_offered() -> None:
    found = prospect(ONE, release(n=400))
    assert (found.can_be_decided, found.remedies) == (True, ())


def test_every_way_offered_can_itself_be_decided() -> None:
    made = release(areas=("a", "b", "c"))
    found = prospect(ONE, made)
    assert {remedy.kind for remedy in found.remedies} == {"pool", "group", "larger"}
    assert [prospect(remedy.draft, made).can_be_decided for remedy in found.remedies] == [True] * len(found.remedies)


def test_pooling_takes_the_first_window_that_does_not_begin_before_the_baseline() -> None:
    # Three waves together are 450 answers; two are 300, which show .108: too little for .10.
    (pooled,) = [remedy for remedy in prospect(ONE, release()).remedies if remedy.kind == "pool"]
    assert (pooled.draft.waves, pooled.draft.baseline_period, pooled.draft.target) == (3, "2023", 0.80)
    assert pooled.answers == 450


def test_where_pooled_waves_do_not_fit_a_later_deadline_is_offered() -> None:
    kinds = {remedy.kind: remedy.draft for remedy in prospect(replace(ONE, deadline="2025"), release()).remedies}
    assert kinds["later"].deadline == "2026"  # the window 2024–2026 shares no wave with 2021–2023
    assert "pool" not in kinds


def test_a_larger_change_is_the_nearest_whole_percent_that_would_show() -> None:
    (larger,) = [remedy for remedy in prospect(ONE, release()).remedies if remedy.kind == "larger"]
    assert larger.draft.target == 0.86  # .70 + .155 rounded up


def test_a_target_can_be_put_as_a_change_or_as_a_gap_to_another_area() -> None:
    made = release(areas=("a", "b"))
    assert prospect(replace(ONE, target=0.10, target_is="change"), made).target == pytest.approx(0.80)
    gap = replace(ONE, target=-0.05, target_is="gap", compared_with="b")
    assert prospect(gap, made).target == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"baseline_period": "2018"}, "no_baseline"),
        ({"target": 0.70}, "same_as_baseline"),
        ({"target": 0.60}, "wrong_way"),
        ({"deadline": "2022"}, "deadline_too_early"),
        ({"target_is": "gap", "compared_with": "findes-ikke"}, "no_comparison"),
    ],
)
def test_what_cannot_be_said_is_said_with_its_reason(changes: dict[str, object], reason: str) -> None:
    found = prospect(replace(ONE, **changes), release())  # type: ignore[arg-type]
    assert (found.can_be_decided, found.reason) == (False, reason)
    assert prospect_sentence(found).startswith("Kriteriet kan ikke afgøres. ")


@pytest.mark.parametrize(
    ("n", "quality", "words"),
    [
        (24, "D", "Kriteriet kan ikke afgøres. Der er for få svar til, at målingen kan vises og bruges."),
        (150, "D", "Kriteriet kan ikke afgøres. Usikkerheden er for stor til, at målingen kan vises og bruges."),
        (150, "", "Kriteriet kan ikke afgøres. Målingen vises ikke, for den ville røbe en andel, der er skjult."),
    ],
)
def test_an_area_whose_share_is_not_shown_is_told_why(n: int, quality: str, words: str) -> None:
    assert prospect_sentence(prospect(ONE, release(n=n, hidden=("a",), quality=quality))) == words


def test_a_criterion_on_a_count_has_its_chances_at_the_deadline_and_what_would_show_a_success() -> None:
    found = prospect(Draft("incidents", "12", ("a",), "2022", 80, "2026", direction=-1), release())
    reached, unchanged, worse = found.chances
    assert reached.met < 0.06
    assert unchanged.not_met > 0.5
    assert worse.not_met > 0.98
    # 90 % limits at the look of the deadline: an upper limit of some 1.645·√80 ≈ 15 beyond, and chance once more.
    assert 20 <= found.tolerance_needed <= 26
    mended = prospect(replace(found.draft, tolerance=found.tolerance_needed), release())
    assert mended.chances[0].met >= 0.8
    assert proof_sentence(mended).startswith("Nås målet præcis, bliver det også kaldt opfyldt i 8")
    said = proof_sentence(found)
    assert f"målet får en tolerance på {found.tolerance_needed:.0f} om året" in said
    assert f"tallet i virkeligheden når {found.figure_needed:.0f}" in said
    assert scale_sentence(found).startswith("Udgangspunkt 100, mål 80; ændringer under ")


def test_the_answers_that_are_offered_make_an_exact_success_likely_to_show() -> None:
    found = prospect(ONE, release())
    assert found.chances[0].met < 0.06
    assert scale_sentence(found).endswith(" pct.")
    assert ", eller hvis der kommer omkring " in proof_sentence(found)
    planned = replace(ONE, answers=found.answers_to_prove, tolerance=found.tolerance_to_prove)
    then = prospect(planned, release())
    assert then.answers == found.answers_to_prove
    assert then.chances[0].met >= 0.8
    assert found.tolerance_to_prove == pytest.approx(found.tolerance_needed / 2, abs=0.001)
    fewer = replace(planned, answers=found.answers_to_prove - 50)
    assert prospect(fewer, release()).chances[0].met < 0.8


def test_with_a_tolerance_of_its_own_only_the_answers_are_offered() -> None:
    found = prospect(replace(ONE, tolerance=0.03), release())
    assert found.tolerance_to_prove == 0.03
    assert f"der kommer omkring {found.answers_to_prove:.0f} svar i hver måling" in proof_sentence(found).replace(
        ".", ""
    )
    assert prospect(replace(found.draft, answers=found.answers_to_prove), release()).chances[0].met >= 0.8


def test_too_few_planned_answers_decide_nothing() -> None:
    assert prospect(replace(ONE, answers=20.0), release()).reason == "few_answers"


def test_a_count_is_decided_only_by_a_change_larger_than_its_chance() -> None:
    # 100 a year: the smallest change shown is 1 − exp(−2.80·√(2/100)) = 32.7 %, 33 offences; sought are 20.
    found = prospect(Draft("incidents", "12", ("a",), "2022", 80, "2027", direction=-1), release())
    assert (found.can_be_decided, round(found.detectable_change)) == (False, 33)
    (larger,) = found.remedies
    assert (larger.kind, larger.draft.target) == ("larger", 67)


def test_an_activity_can_always_be_decided() -> None:
    found = prospect(Draft("activity", "tryghedsvandring", ("a",), "", 12, "2026"), release())
    assert prospect_sentence(found) == "Aktiviteter tælles, så kriteriet kan altid afgøres."


def test_the_warning_says_what_was_sought_what_would_show_and_how_many_answers_it_takes() -> None:
    assert prospect_sentence(prospect(ONE, release())) == (
        "Kriteriet kan aldrig afgøres: ændringen er 10,0 pct.point, men tallene kan først vise en på 15,5 pct.point. "
        "Det ville kræve omkring 360 svar i hver måling; der er 150."
    )


def test_each_way_is_said_as_something_to_do() -> None:
    found = prospect(ONE, release())
    said = [remedy_sentence(remedy, {"a": "Høje Gladsaxe"}) for remedy in found.remedies]
    assert said[0].startswith("Læg 3 målinger sammen ad gangen, fra 2023, med målet mindst 80 pct.")
    assert said[-1].startswith("Sæt et mål, der er længere væk: mindst 86 pct.")


def test_how_often_midway_stays_open_is_said() -> None:
    sentence = undecided_midway_sentence(prospect(ONE, release()))
    assert sentence.startswith("Selv om området følger planen, vil status halvvejs være »kan ikke afgøres« i ")


def test_an_adopted_criterion_becomes_a_draft_again() -> None:
    row = {
        "measure": "survey", "indicator": "tryg_i_nabolag", "area_ids": "a;b", "baseline_period": "2021",
        "target": 0.8, "deadline": "2027", "direction": 1, "margin": 0.02, "waves": None,
    }  # fmt: skip
    assert draft_of(row) == Draft("survey", "tryg_i_nabolag", ("a", "b"), "2021", 0.8, "2027")


def test_what_is_read_of_the_release_is_worked_out_once_for_all_that_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    midway = decidability.undecided_midway
    monkeypatch.setattr(decidability, "undecided_midway", lambda *args: asked.append(1) or midway(*args))
    made = release(areas=("a", "b", "c"))
    worked_out: list[object] = []
    once = made.get_or_make
    monkeypatch.setattr(
        Release, "get_or_make",
        lambda self, key, make: once(key, lambda: worked_out.append(key) or make()),
    )  # fmt: skip
    assert len(prospect(ONE, made).remedies) == 3
    first = len(worked_out)
    assert first == len(set(worked_out))
    prospect(replace(ONE, target=0.81), made)
    assert (len(worked_out), len(asked)) == (first, 2)  # midway is asked of the draft alone, never of a way offered
