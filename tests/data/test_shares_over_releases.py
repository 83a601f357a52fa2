"""A share that few answers hide is not told by what several releases showed of the areas around it."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from analysis.disclosure import Sum
from data.partnership import Partnership
from data.publishing.publish import publish
from data.release.shares_over_time import COLUMNS, _Answers, _Known, _widths, distinct
from data.release.shelf import Shelf
from data.release.survey import survey_table
from data.store import Incoming, Store

SUMS = [Sum("kommune", ("parken", "vangen"), complete=False), Sum("parken", ("nord", "syd"))]
LEVELS = pd.Series(dict.fromkeys(("parken", "vangen", "nord", "syd"), "housing_area") | {"kommune": "municipality"})
NARROWEST = 0.3
Answers = Mapping[str, tuple[int, int]]
"""How many answered in each area, and how many of them yes."""


def survey(answers: Answers) -> pd.DataFrame:
    """One wave of one question."""
    return pd.DataFrame(
        [
            {
                "wave": "2025", "area_id": area, "indicator": "utryg", "series": "jm", "share": yes / n, "n": n,
                "n_eff": n, "deff": None, "half_width": None, "rounded": 0, "provenance": "example", "source_id": "e",
                "note": "",
            }
            for area, (n, yes) in answers.items()
        ]
    )  # fmt: skip


def in_turn(*releases: Answers) -> list[pd.DataFrame]:
    """The survey table of each release, built with all before it in mind."""
    done: list[pd.DataFrame] = []
    for answers in releases:
        earlier = [each.reset_index().assign(release=number) for number, each in enumerate(done)]
        before = pd.concat(earlier, ignore_index=True) if earlier else None
        done.append(survey_table(survey(answers), LEVELS, {"utryg": -1}, SUMS, before).set_index("area_id"))
    return done


def states(table: pd.DataFrame) -> dict[str, str]:
    return {str(area): str(state) for area, state in table["state"].items()}


def test_a_half_with_few_answers_is_not_the_whole_of_now_less_the_other_half_as_it_was_shown_before() -> None:
    """Answers of syd are withdrawn until 20 are left; what nord said, 20 of 80, everybody has seen."""
    first, second = in_turn(
        {"parken": (120, 40), "nord": (80, 20), "syd": (40, 20)},
        {"parken": (100, 30), "nord": (80, 20), "syd": (20, 10)},
    )
    assert states(first) == {"nord": "published", "parken": "published", "syd": "published"}
    assert states(second) == {"nord": "hidden", "parken": "hidden", "syd": "hidden"}
    assert second.at["parken", "quality"] == ""


def test_a_half_as_it_was_before_is_not_told_by_the_other_half_shown_later() -> None:
    """syd had 20 answers, and nord was hidden for its sake; now syd has 45, and nord is still what it was."""
    before = {"parken": (100, 30), "nord": (80, 20), "syd": (20, 10)}
    first, second = in_turn(before, {"parken": (125, 42), "nord": (80, 20), "syd": (45, 22)})
    assert states(first) == {"nord": "hidden", "parken": "published", "syd": "hidden"}
    # With the three figures of now nord would follow from parken less syd: so one of those is hidden, too.
    assert states(second)["nord"] == "hidden"
    assert "hidden" in {states(second)["parken"], states(second)["syd"]}


def test_a_half_that_is_left_out_counts_as_it_was_shown_before() -> None:
    """nord is no longer told of; who has seen it takes it out of parken, and has syd."""
    first, second = in_turn(
        {"parken": (160, 60), "nord": (80, 20), "syd": (80, 40)}, {"parken": (100, 30), "syd": (20, 10)}
    )
    assert states(first) == {"nord": "published", "parken": "published", "syd": "published"}
    assert states(second) == {"parken": "hidden", "syd": "hidden"}


def test_what_nobody_corrected_costs_nothing() -> None:
    answers = {"parken": (100, 30), "nord": (80, 20), "syd": (20, 10), "kommune": (600, 200)}
    first, second = in_turn(answers, answers)
    assert states(first) == states(second)


def test_a_figure_that_was_shown_is_not_hidden_in_vain() -> None:
    """All three were shown of these very answers: hiding them now would keep nothing from anybody."""
    answers = {"parken": (120, 40), "nord": (80, 20), "syd": (40, 20)}
    earlier = survey(answers).assign(state="published", quality="B", release=0)
    table = survey_table(survey(answers), LEVELS, {"utryg": -1}, SUMS, earlier).set_index("area_id")
    assert set(table["state"]) == {"published"}


# As it is published ----------------------------------------------------------------------------------------------

PARK, HALVES, SURVEY = "vaerebro-park", ("vaerebro-nord", "vaerebro-syd"), ("2025", "utryg_i_nabolag")
READERS = ("ledelse", "lokalraad-gladsaxe")


def asked_again(store: Store, **answers: tuple[float, float]) -> list[Incoming]:
    """The answers of Værebro Park and its two halves."""
    rows = store.loaded("survey").drop(columns="load_id")
    own = rows[(rows["area_id"] == PARK) & (rows["wave"] == SURVEY[0]) & (rows["indicator"] == SURVEY[1])].iloc[:1]
    made = [
        own.assign(area_id=PARK if name == "park" else f"vaerebro-{name}", n=n, share=yes / n)
        for name, (n, yes) in answers.items()
    ]
    return [Incoming("survey", pd.concat(made, ignore_index=True), "svar.csv", "0" * 64)]


def shown_to(store: Store, audience: str) -> dict[str, str]:
    rows = store.release(audience=audience).survey
    own = rows[(rows["wave"] == SURVEY[0]) & (rows["indicator"] == SURVEY[1]) & rows["area_id"].isin([PARK, *HALVES])]
    return dict(zip(own["area_id"], own["state"], strict=True))


def test_a_publication_has_the_shares_of_earlier_releases_in_mind(
    small_store: Store, partnership: Partnership, shelf: Shelf
) -> None:
    areas = small_store.loaded("areas").drop(columns="load_id")
    park = areas[areas["area_id"] == PARK]
    halves = pd.concat([park.assign(area_id=each, name=each, parent_id=PARK) for each in HALVES], ignore_index=True)
    first = asked_again(small_store, park=(160, 60), nord=(80, 20), syd=(80, 40))
    new_areas = Incoming("areas", halves, "halve.csv", "0" * 64)
    publish(small_store, partnership, by="sekretariat", incoming=[new_areas, *first], shelf=shelf)
    for reader in READERS:
        assert shown_to(small_store, reader) == dict.fromkeys([PARK, *HALVES], "published")
    fewer = asked_again(small_store, park=(100, 30), syd=(20, 10))
    publish(small_store, partnership, by="sekretariat", incoming=fewer, shelf=shelf)
    # nord has been told; so the whole of now is not, to anybody.
    for reader in READERS:
        assert shown_to(small_store, reader) | {"vaerebro-nord": ""} == {
            PARK: "hidden", "vaerebro-nord": "", "vaerebro-syd": "hidden",
        }  # fmt: skip


# The attack -------------------------------------------------------------------------------------------------------


def narrowed(releases: Sequence[Answers], shown: Sequence[pd.DataFrame]) -> dict[tuple[int, str], float]:
    """The hidden shares of fewer than 30 answers that a reader of all releases narrows to less than 30 points.

    One unknown for each area (and rest) and each number of answers it has had with the same yes: the reader knows what
    was corrected and what stayed.
    """
    rests = {"~kommune": ("kommune", ("parken", "vangen")), "~parken": ("parken", ("nord", "syd"))}
    truth = [
        {**each, **{rest: tuple(np.array(each[total]) - sum(np.array(each[part]) for part in parts))
                    for rest, (total, parts) in rests.items()}}
        for each in releases
    ]  # fmt: skip
    unknowns = list(dict.fromkeys((area, *numbers) for each in truth for area, numbers in each.items()))
    place = {each: number for number, each in enumerate(unknowns)}
    bounds = [(0.0, float(n)) for _, n, _ in unknowns]
    told = set()
    equations = []
    for each, table in zip(truth, shown, strict=True):
        for area in table.index[table["state"] == "published"]:
            unknown = (area, *each[area])
            told.add(unknown)
            bounds[place[unknown]] = (each[area][1],) * 2
        for rest, (total, parts) in rests.items():
            row = np.zeros(len(unknowns))
            row[place[total, *each[total]]] = -1.0
            for part in (*parts, rest):
                row[place[part, *each[part]]] += 1.0
            equations.append(row)
    found = {}
    for number, (each, table) in enumerate(zip(truth, shown, strict=True)):
        for area in table.index[(table["state"] == "hidden") & (table["n"] < 30)]:
            goal = np.zeros(len(unknowns))
            goal[place[area, *each[area]]] = 1.0
            ends = []
            for sign in (1.0, -1.0):
                done = linprog(sign * goal, A_eq=equations, b_eq=np.zeros(len(equations)), bounds=bounds)
                assert done.status == 0, done.message
                ends.append(sign * done.fun)
            width = (ends[1] - ends[0]) / each[area][0]
            if width < NARROWEST - 1e-6 and (area, *each[area]) not in told:
                found[number, str(area)] = width
    return found


def random_releases(random: np.random.Generator) -> list[dict[str, tuple[int, int]]]:
    """Two to four releases; between them the answers of one or two of the finest areas are others."""

    def asked(name: str) -> tuple[int, int]:
        sizes = {"~parken": [0, 0, 40], "~kommune": [200, 300]}.get(name, [20, 28, 40, 60, 90])
        n = int(random.choice(sizes))
        return n, int(random.binomial(n, random.uniform(0.2, 0.8)))

    finest = {name: asked(name) for name in ("nord", "syd", "~parken", "vangen", "~kommune")}
    releases = []
    for number in range(int(random.integers(2, 5))):
        if number:
            for name in random.choice(["nord", "syd", "vangen", "~parken"], int(random.integers(1, 3))):
                finest[name] = asked(str(name))
        now = dict(finest)
        for total, parts in (("parken", ("nord", "syd", "~parken")), ("kommune", ("parken", "vangen", "~kommune"))):
            now[total] = sum(now[part][0] for part in parts), sum(now[part][1] for part in parts)
        releases.append({name: each for name, each in now.items() if not name.startswith("~")})
    return releases


@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_what_releases_repeat_makes_no_difference(seed: int) -> None:
    one, other, *_ = in_turn(*random_releases(np.random.default_rng((2022, seed))))
    told = [each.reset_index().assign(release=number) for number, each in enumerate((one, one, other, one, other))]
    earlier = pd.concat(told, ignore_index=True)
    kept = distinct(earlier[[*COLUMNS, "release"]])
    assert set(kept["release"]) == {1, 2}
    now = survey(random_releases(np.random.default_rng((2023, seed)))[0])
    with_all, with_few = (survey_table(now, LEVELS, {"utryg": -1}, SUMS, each) for each in (earlier, kept))
    pd.testing.assert_frame_equal(with_all, with_few)


@pytest.mark.parametrize("seed", range(40))
def test_a_reader_of_all_releases_narrows_no_share_of_few_answers(seed: int) -> None:
    releases = random_releases(np.random.default_rng((2022, seed)))
    shown = in_turn(*releases)
    assert narrowed(releases, shown) == {}


@pytest.mark.parametrize("seed", range(100, 160))
def test_nor_where_releases_leave_out_what_stands_as_it_was(seed: int) -> None:
    """What is corrected while nobody is told of it, nobody could have guarded then."""
    random = np.random.default_rng((2022, seed))
    releases = random_releases(random)
    told = [releases[0]]
    for before, now in pairwise(releases):
        stands = [area for area in ("nord", "syd", "vangen") if now[area] == before[area]]
        out = str(random.choice(stands)) if stands else ""
        told.append({area: each for area, each in now.items() if area != out})
    assert narrowed(releases, in_turn(*told)) == {}


def test_a_share_in_no_equation_may_be_anything() -> None:
    known = _Known({("grantoften", 0): _Answers(210, float("nan"), guarded=True)})
    assert _widths(known) == {("grantoften", 0): 1.0}
