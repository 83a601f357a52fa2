"""The table of effects: windows, comparison, evidence level and sentences, on small series."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.partnership import Partnership
from data.release import Release
from data.release.effects import effect_table
from data.release.sham_windows import METHODS, sham_table
from data.release.tables import SHAM_WINDOWS
from data.sentences.cooperation import more_sentence

QUARTERS = [f"{year}K{quarter}" for year in range(2018, 2024) for quarter in range(1, 5)]
ORIGIN = {"provenance": "example", "source_id": "eksempeldata"}


def tables(
    series: dict[str, list[float]],
    similar: str = "b;c;d;e;f",
    neighbours: tuple[str, ...] = (),
    start: str = "2021-01-01",
) -> dict[str, pd.DataFrame]:
    """One initiative in area a; `series` gives the quarterly counts of each area from 2018 to 2023."""
    incidents = [
        {
            "period": quarter, "area_id": area, "category": "TOT", "level": "housing_area", "count": float(count),
            "residents": 1000.0, "mass": False, "dispersion": 1.0, "state": "published", **ORIGIN,
        }
        for area, counts in series.items()
        for quarter, count in zip(QUARTERS, counts, strict=True)
    ]  # fmt: skip
    survey = pd.DataFrame(
        [
            {
                "wave": wave, "area_id": "a", "indicator": "tryg_i_nabolag", "level": "housing_area", "series": "jm",
                "share": share, "n": 400, "n_eff": 400.0, "state": "published", "quality": "A", **ORIGIN,
            }
            for wave, share in (("2020", 0.70), ("2022", 0.80))
        ]
    )  # fmt: skip
    names = {"a": "Grantoften", "b": "Bakken", "c": "Dalen", "d": "Engen", "e": "Fjorden", "f": "Gården", "g": "Heden"}
    return {
        "incidents": pd.DataFrame(incidents),
        "survey": survey,
        "areas": pd.DataFrame([{"area_id": area, "name": names[area], "level": "housing_area"} for area in series]),
        "initiatives": pd.DataFrame(
            [{"initiative_id": "i", "area_ids": "a", "start": dt.date.fromisoformat(start), "end": None, **ORIGIN}]
        ),
        "criteria": pd.DataFrame(),
        "similar": pd.DataFrame([{"area_id": "a", "indicator": "tryg_i_nabolag", "similar": similar}]),
        "neighbours": pd.DataFrame([("a", near) for near in neighbours], columns=["area_id", "neighbour_id"]),
        "residents": pd.DataFrame({"area_id": list(series), "year": "2018", "residents": 1000}),
        "sham_windows": tried(0.05),
    }


def tried(false_alarms: float) -> pd.DataFrame:
    """Every method, wrong in such a part of 200 windows in which nothing was started."""
    return pd.DataFrame(
        [(method, "housing_area", 200, false_alarms, false_alarms <= 0.10, "") for method in METHODS],
        columns=list(SHAM_WINDOWS),
    )


def steady(before: float, after: float) -> list[float]:
    """Twelve quarters before 2021 and twelve from then on."""
    return [before] * 12 + [after] * 12


def rows(made: dict[str, pd.DataFrame], partnership: Partnership) -> dict[str, dict[str, Any]]:
    """The offence rows by method."""
    found = effect_table(made, partnership)
    return {row["method"]: row for row in found.to_dict("records") if row["measure"] == "incidents"}


FALL = {
    "a": steady(50, 25), "b": steady(50, 49), "c": steady(50, 51), "d": steady(50, 50), "e": steady(50, 48),
    "f": steady(50, 52),
}  # fmt: skip


def test_the_windows_are_two_whole_years_before_and_after_the_start(partnership: Partnership) -> None:
    row = rows(tables(FALL), partnership)["before_after"]
    assert (row["before_from"], row["before_to"], row["after_from"], row["after_to"]) == (
        "2019K1", "2020K4", "2021K1", "2022K4",
    )  # fmt: skip
    assert (row["before"], row["after"]) == (400, 200)


def test_the_quarter_in_which_it_began_belongs_to_neither_side(partnership: Partnership) -> None:
    row = rows(tables(FALL, start="2021-02-15"), partnership)["before_after"]
    assert (row["before_to"], row["after_from"]) == ("2020K4", "2021K2")


def test_the_effect_is_the_areas_ratio_over_that_of_the_others(partnership: Partnership) -> None:
    # (200/400) / (2000/2000) = .5
    row = rows(tables(FALL), partnership)["comparison"]
    assert row["effect"] == pytest.approx(0.5)
    assert (row["evidence_level"], row["verdict"], row["main"]) == (3, "better", True)


def test_level_three_says_more_than_others_and_that_other_explanations_are_not_ruled_out(
    partnership: Partnership,
) -> None:
    sentence = rows(tables(FALL), partnership)["comparison"]["sentence"]
    assert "antallet faldt fra 400 til 200 (−50 pct.)" in sentence
    assert "Andre forklaringer er ikke udelukket." in sentence
    assert "virkede" not in sentence


def test_level_one_says_that_we_cannot_say_why(partnership: Partnership) -> None:
    row = rows(tables(FALL), partnership)["before_after"]
    assert row["evidence_level"] == 1
    assert "Vi kan ikke sige hvorfor." in row["sentence"]


def test_with_four_areas_to_compare_with_there_is_no_level_three_and_it_says_what_it_takes(
    partnership: Partnership,
) -> None:
    found = rows(tables({name: FALL[name] for name in "abcde"}), partnership)
    assert (found["comparison"]["evidence_level"], found["comparison"]["verdict"]) == (0, "")
    assert "for få sammenligningsområder: 4, og der skal mindst 5 til." in found["comparison"]["sentence"]
    assert "Et fald på 30 pct. kunne ikke ses" in found["comparison"]["sentence"]
    assert more_sentence(4, 6) == "Med 2 områder mere kunne et fald på 30 pct. ses."
    assert (found["time_series"]["evidence_level"], found["time_series"]["main"]) == (2, True)


def test_the_answer_that_is_shown_says_which_areas_are_lacking_and_what_they_would_give(
    partnership: Partnership,
) -> None:
    found = rows(tables({name: FALL[name] for name in "abcde"}), partnership)
    assert found["time_series"]["main"]
    assert (
        "For få sammenligningsområder: 4, og der skal mindst 5 til. Et fald på 30 pct. kunne ikke ses"
        in found["time_series"]["sentence"]
    )
    assert "sammenligningsområder" not in found["before_after"]["sentence"]


def test_without_any_area_to_compare_with_it_says_how_many_it_takes(partnership: Partnership) -> None:
    found = rows(tables({"a": FALL["a"]}), partnership)
    assert (found["comparison"]["comparison_areas"], found["comparison"]["evidence_level"]) == (0, 0)
    lacking = "for få sammenligningsområder: 0, og der skal mindst 5 til."
    assert (
        f"{lacking} {more_sentence(0, found['comparison']['areas_needed'] or None)}" in found["comparison"]["sentence"]
    )
    assert found["time_series"]["main"]
    assert f"F{lacking[1:]}" in found["time_series"]["sentence"]
    assert more_sentence(0, 6) == "Med 6 sammenligningsområder kunne et fald på 30 pct. ses."


def test_windows_that_vary_from_year_to_year_are_no_verdict(partnership: Partnership) -> None:
    draw = np.random.default_rng(2)
    jumpy = {area: list(np.repeat(draw.choice([20, 80], 6), 4).astype(float)) for area in "bcdef"}
    row = rows(tables(jumpy | {"a": steady(50, 40)}), partnership)["before_after"]
    assert row["dispersion"] > 10
    assert row["verdict"] == "unchanged"


class TestShamWindows:
    def _made(self) -> dict[str, pd.DataFrame]:
        draw = np.random.default_rng(3)
        made = tables({area: [float(count) for count in draw.poisson(50, 24)] for area in "abcdefg"})
        made["survey"] = made["survey"].assign(comparable=True, change_low=np.nan, change_high=np.nan, previous_wave="")
        return made

    def test_each_method_is_tried_where_nothing_was_started(self) -> None:
        found = sham_table(self._made()).set_index("method")
        assert found.loc["before_after", "windows"] > 40
        assert found.loc[["before_after", "comparison", "time_series"], "false_alarms"].max() <= 0.10
        assert found.loc["before_after", "sentence"].startswith("Metoden slår fejlagtigt ud i ")

    def test_a_method_that_is_wrong_too_often_is_no_evidence(self, partnership: Partnership) -> None:
        made = tables(FALL)
        made["sham_windows"] = tried(0.05)
        made["sham_windows"].loc[1, ["false_alarms", "evidence"]] = [0.22, False]
        row = rows(made, partnership)["comparison"]
        assert (row["verdict"], row["evidence"], row["main"]) == ("", False, False)
        assert row["evidence_level"] == 0
        assert "Metoden slår fejlagtigt ud i 22 af 100 perioder uden indsats og regnes derfor ikke" in row["sentence"]

    def test_a_method_that_cannot_be_tried_is_no_evidence_and_says_so(self, partnership: Partnership) -> None:
        short = self._made()
        short["incidents"] = short["incidents"][short["incidents"]["period"] >= "2023"]
        found = sham_table(short).set_index("method").loc["comparison"]
        assert (found["windows"], found["evidence"]) == (0, False)
        made = tables(FALL)
        made["sham_windows"] = sham_table(short)
        row = rows(made, partnership)["comparison"]
        assert (row["verdict"], row["evidence"], row["evidence_level"]) == ("", False, 0)
        assert "kan ikke prøves på nok perioder uden indsats og regnes derfor ikke som et bevis." in row["sentence"]

    def test_the_same_history_is_worked_out_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        made = self._made()
        first = sham_table(made)
        monkeypatch.setattr("data.release.sham_windows._tried", lambda *_: pytest.fail("worked out again"))
        assert sham_table(made).equals(first)


def test_neighbours_are_not_what_an_area_is_held_against(partnership: Partnership) -> None:
    found = rows(tables(FALL | {"g": steady(50, 50)}, neighbours=("d",), similar="b;c;e;f;g"), partnership)
    assert found["comparison"]["comparison_area_ids"] == "b;c;e;f;g"
    # (ΔT + ΔTn) − 2000/5000·ΔC = (−200 + 0) − 0.4·0 = −200.
    assert (found["displacement"]["effect"], found["displacement"]["neighbour_ids"]) == (-200, "d")


def test_the_placebo_rank_is_of_the_area_among_its_comparisons(partnership: Partnership) -> None:
    row = rows(tables(FALL), partnership)["comparison"]
    assert (row["placebo_rank"], row["placebo_p"]) == (1, pytest.approx(1 / 6))


def test_an_area_that_lay_highest_at_the_start_carries_a_warning(partnership: Partnership) -> None:
    high = FALL | {"a": steady(80, 60)}
    assert "Grantoften lå højest af alle" in rows(tables(high), partnership)["before_after"]["sentence"]
    low = FALL | {"a": steady(30, 20)}
    assert "lå højest" not in rows(tables(low), partnership)["before_after"]["sentence"]


def test_small_counts_are_told_without_per_cent(partnership: Partnership) -> None:
    small = {"a": steady(2, 1), **{area: steady(2, 2) for area in "bcdef"}}
    sentence = rows(tables(small), partnership)["comparison"]["sentence"]
    assert "fra 16 til 8" in sentence
    assert "pct." not in sentence.replace("Et fald på 30 pct.", "")


def test_hidden_or_mass_counts_leave_the_effect_unmade(partnership: Partnership) -> None:
    made = tables(FALL)
    spoiled = (made["incidents"]["area_id"] == "a") & (made["incidents"]["period"] == "2020K2")
    made["incidents"].loc[spoiled, "count"] = np.nan
    row = rows(made, partnership)[""]
    assert (row["evidence_level"], row["reason"]) == (0, "Et af tallene skjules eller rummer en masseregistrering.")


def test_too_short_a_time_leaves_the_effect_unmade(partnership: Partnership) -> None:
    row = rows(tables(FALL, start="2023-06-01"), partnership)[""]
    assert row["reason"] == "Der er ikke tal for et helt år både før og efter, at indsatsen begyndte."


@pytest.mark.parametrize(
    ("n", "quality", "words"),
    [
        (24, "D", "Der er for få svar."),
        (40, "D", "Usikkerheden er for stor."),
        (40, "", "En af andelene vises ikke, for den ville røbe en, der er skjult."),
    ],
)
def test_beside_a_share_that_is_not_shown_the_reason_is_its_own(
    n: int, quality: str, words: str, partnership: Partnership
) -> None:
    made = tables(FALL)
    hidden = {"share": np.nan, "state": "hidden", "n": n, "quality": quality}
    made["survey"].loc[1, list(hidden)] = list(hidden.values())
    (row,) = effect_table(made, partnership).query("measure == 'survey'").to_dict("records")
    assert (row["evidence_level"], row["reason"]) == (0, words)


def test_perceived_safety_is_told_before_and_after(partnership: Partnership) -> None:
    (row,) = effect_table(tables(FALL), partnership).query("measure == 'survey'").to_dict("records")
    assert (row["method"], row["evidence_level"], row["verdict"]) == ("before_after", 1, "better")
    assert "andelen steg fra 70 pct. til 80 pct. fra 2020 til 2022" in row["sentence"]


def test_without_initiatives_the_table_is_empty_with_its_columns(partnership: Partnership) -> None:
    made = tables(FALL)
    made["initiatives"] = made["initiatives"].iloc[:0]
    found = effect_table(made, partnership)
    assert (len(found), "sentence" in found) == (0, True)


def test_no_sentence_of_the_shipped_effects_claims_a_cause(shipped: Release) -> None:
    said = " ".join(shipped.tables["effects"]["sentence"]).lower()
    assert [word for word in ("virkede", "skyldes", "på grund af", "takket være") if word in said] == []
    made = shipped.tables["effects"]
    beyond = made[made["evidence_level"] >= 2]
    assert beyond["sentence"].str.contains("Andre forklaringer er ikke udelukket").all()
