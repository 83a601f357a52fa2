"""A share that few answers hide is not told by the shares of the areas around it."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from analysis.disclosure import Sum
from data.release.survey import survey_table
from data.sentences import hidden_reason

PARKEN = [Sum("kommune", ("parken", "vangen"), complete=False), Sum("parken", ("nord", "syd"))]
LEVELS = pd.Series(dict.fromkeys(("parken", "vangen", "nord", "syd"), "housing_area") | {"kommune": "municipality"})
NARROWEST = 0.3


def survey(**areas: tuple[float, int]) -> pd.DataFrame:
    """One wave of one question: each area's share and its number of answers."""
    rows: list[dict[str, Any]] = [
        {
            "wave": "2025", "area_id": area, "indicator": "utryg", "series": "jm", "share": share, "n": n, "n_eff": n,
            "deff": None, "half_width": None, "rounded": 0, "provenance": "example", "source_id": "e", "note": "",
        }
        for area, (share, n) in areas.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def released(rows: pd.DataFrame, sums: list[Sum] = PARKEN) -> pd.DataFrame:
    return survey_table(rows, LEVELS, {"utryg": -1}, sums).set_index("area_id")


def test_the_share_of_a_half_with_few_answers_is_not_the_whole_less_the_other_half() -> None:
    """100 answers with 30 yes less 80 with 20 leave 20 with 10: half of them."""
    table = released(survey(parken=(0.3, 100), nord=(0.25, 80), syd=(0.5, 20)))
    assert table["state"].to_dict() == {"nord": "hidden", "parken": "published", "syd": "hidden"}
    assert table.loc["nord", ["share", "low", "high", "change"]].isna().all()
    assert table.loc["nord", "quality"] == ""
    assert hidden_reason(table.loc["nord"]) == "den ville røbe en andel, der er skjult"


def test_few_answers_that_are_nobodys_area_are_not_told_either() -> None:
    table = released(survey(parken=(0.3, 100), nord=(0.25, 80)))
    assert table.at["nord", "state"] == "hidden"


def test_a_share_that_hides_among_many_other_answers_costs_nothing() -> None:
    table = released(survey(kommune=(0.3, 600), vangen=(0.3, 100), parken=(0.5, 20)))
    assert table["state"].to_dict() == {"kommune": "published", "parken": "hidden", "vangen": "published"}


def test_a_whole_is_hidden_where_its_parts_all_are_and_would_still_be_told() -> None:
    """Nobody in either half is unsafe: the whole would say so of both."""
    table = released(survey(parken=(0.0, 40), nord=(0.0, 20), syd=(0.0, 20)))
    assert (table["state"] == "hidden").all()


def test_parts_with_more_answers_than_the_whole_are_another_survey() -> None:
    table = released(survey(parken=(0.3, 50), nord=(0.25, 80), syd=(0.5, 20)))
    assert table.at["nord", "state"] == "published"


# The attack -------------------------------------------------------------------------------------------------------


def range_of(area: str, table: pd.DataFrame) -> float:
    """How far apart the least and the largest share of an area are, over all surveys that fit what is shown."""
    n = table["n"]
    names = [*n.index, "~kommune", "~parken"]
    answers = [*n, n["kommune"] - n["parken"] - n["vangen"], n["parken"] - n["nord"] - n["syd"]]
    bounds = [
        (share * most, share * most) if np.isfinite(share) else (0, most)
        for share, most in zip([*table["share"], np.nan, np.nan], answers, strict=True)
    ]
    equations = [
        [(name == total) - float(name in (*parts, f"~{total}")) for name in names]
        for total, parts in (("kommune", ("parken", "vangen")), ("parken", ("nord", "syd")))
    ]
    ends = []
    for sign in (1.0, -1.0):
        goal = [sign * (name == area) for name in names]
        found = linprog(goal, A_eq=equations, b_eq=[0, 0], bounds=bounds)
        assert found.status == 0, found.message
        ends.append(sign * found.fun)
    return float((ends[1] - ends[0]) / n[area])


@pytest.mark.parametrize("seed", range(60))
def test_linear_programs_never_narrow_a_share_of_few_answers_to_one_that_could_be_shown(seed: int) -> None:
    random = np.random.default_rng((22, seed))
    finest = {name: (int(random.choice([8, 20, 28, 40, 90])), random.uniform(0.2, 0.8)) for name in ("nord", "syd")}
    finest |= {"~parken": (int(random.choice([0, 0, 5, 40])), 0.5), "vangen": (int(random.choice([15, 60])), 0.4)}
    finest["~kommune"] = int(random.choice([60, 300])), 0.4
    counts = {name: (n, int(random.binomial(n, share))) for name, (n, share) in finest.items()}
    for total, parts in (("parken", ("nord", "syd", "~parken")), ("kommune", ("parken", "vangen", "~kommune"))):
        counts[total] = sum(counts[part][0] for part in parts), sum(counts[part][1] for part in parts)
    shown = {name: (yes / n, n) for name, (n, yes) in counts.items() if not name.startswith("~")}
    table = released(survey(**shown))
    few = [area for area in table.index if table.at[area, "n"] < 30]
    assert {area: width for area in few if (width := range_of(area, table)) < NARROWEST - 1e-6} == {}
