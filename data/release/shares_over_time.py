"""Finds the shares that would tell a hidden one together with what earlier releases showed, by linear programs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.disclosure import Sum, is_unseen
from analysis.thresholds import FEWEST_ANSWERS
from data.records import records
from data.release.share_guard import NARROWEST, ONE_SURVEY

COLUMNS = [*ONE_SURVEY, "area_id", "n", "share", "state", "quality"]
"""What is remembered of an earlier release's survey table, with its number in `release`."""
SAME = 1e-9


def nothing() -> pd.DataFrame:
    """No earlier release."""
    return pd.DataFrame(columns=[*COLUMNS, "release"])


def distinct(earlier: pd.DataFrame) -> pd.DataFrame:
    """Earlier releases without what they say of a survey just as a later one does, numbered from 1, oldest first.

    Most releases bring news of one survey and repeat all others: without this, the work grows with every release.
    """
    if earlier.empty:
        return earlier
    rows = earlier.sort_values("release", kind="stable", ignore_index=True)
    said = [name for name in COLUMNS if name not in ONE_SURVEY]
    marks = pd.util.hash_pandas_object(rows[said], index=False)
    rows["mark"] = marks.groupby([rows[name] for name in (*ONE_SURVEY, "release")]).transform("sum")
    rows = rows.drop_duplicates([*ONE_SURVEY, "area_id", "mark"], keep="last").drop(columns="mark")
    return rows.assign(release=rows["release"].rank(method="dense").astype(int)).reset_index(drop=True)


Key = tuple[str, int]
"""An area and which of the answers it has had, or what an equation holds besides its parts."""


@dataclass
class _Answers:
    """Those who answered in an area, as they stood in some releases: how many, which share said yes, who was told."""

    n: float
    share: float
    told: bool = False
    shown: bool = False
    is_local: bool = False
    guarded: bool = False

    def stands_for(self, n: float, share: float) -> bool:
        """Whether these may be the very same answers; where a share is not known, one must reckon with it."""
        return abs(self.n - n) < SAME and not abs(self.share - share) >= SAME

    @property
    def known(self) -> bool:
        return self.told or self.shown


@dataclass
class _Known:
    """All answers to one question, in all releases; and how many of a total are in none of its parts."""

    answers: dict[Key, _Answers] = field(default_factory=dict)
    equations: dict[tuple[Key, tuple[Key, ...]], float] = field(default_factory=dict)
    now: dict[str, Key] = field(default_factory=dict)

    def may_hide(self, area: str) -> bool:
        """Whether hiding what is shown of an area keeps anything from anybody.

        What is measured of a municipality is published elsewhere, but for what its correction says of its parts.
        """
        each = self.answers[self.now[area]]
        corrected = any(other.told for key, other in self.answers.items() if key[0] == area and other is not each)
        return each.shown and not each.told and (each.is_local or corrected)

    def equate(self, total: Key, parts: Sequence[Key]) -> None:
        """A total is its parts, and those who answered in none of them."""
        rest = self.answers[total].n - sum(self.answers[part].n for part in parts)
        if parts and rest > -SAME:  # Else it is another survey.
            self.equations[total, tuple(parts)] = max(rest, 0.0)

    def add(self, area: str, n: float, share: float) -> Key:
        """The answers of an area: those of another release, or others where they have been corrected."""
        versions = [key for key in self.answers if key[0] == area]
        key = next((key for key in versions if self.answers[key].stands_for(n, share)), (area, len(versions)))
        each = self.answers.setdefault(key, _Answers(n, share))
        if np.isnan(each.share):
            each.share = share
        return key


def guarding_over_releases(
    rows: pd.DataFrame, sums: Sequence[Sum], earlier: pd.DataFrame
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """A flag on each shown share that, beside those of `earlier` releases, narrows a hidden one to less than 30 points.

    `rows` and `sums` are as in `data.release.share_guard.guarding`, `earlier` has COLUMNS and `release`. An area whose
    answers and share are what they were is one unknown in all releases, one that was corrected another in each; and
    every release adds its equations. A share that has been shown stays known. Of the others, those with the fewest
    answers are hidden first; a municipality's only where it was corrected. Where weights keep sums from being exact,
    they are off by as little as can be.
    Method: linear programs over all releases (Hundepool et al. 2012, Statistical Disclosure Control, ch. 4).
    """
    also = np.zeros(len(rows), dtype=bool)
    whole = [each for each in sums if not any(is_unseen(part) for part in each.parts)]
    if earlier.empty or not whole:
        return also
    before = dict(iter(earlier.groupby(ONE_SURVEY)))
    for survey, now in rows.assign(place=np.arange(len(rows))).groupby(ONE_SURVEY):
        if survey in before:
            known = _known(now, before[survey], whole)
            places = dict(zip(now["area_id"], now["place"], strict=True))
            for area in _also_hidden(known):
                also[places[area]] = True
    return also


def _known(now: pd.DataFrame, before: pd.DataFrame, sums: Sequence[Sum]) -> _Known:
    known = _Known()
    releases = [each for _, each in before.groupby("release", sort=True)]
    named: list[dict[str, Key]] = []
    for release in (now, *reversed(releases)):
        is_now = release is now
        here: dict[str, Key] = {}
        for row in records(release.astype({"n": float, "share": float})):
            area, n, share = row["area_id"], row["n"], row["share"]
            if np.isnan(n) or row["state"] == "missing":
                continue
            key = here[area] = known.add(area, n, share)
            each = known.answers[key]
            shown = row["state"] == "published"
            each.told |= shown and not is_now
            each.guarded |= row["state"] == "hidden" and row["quality"] != ""
            if is_now:
                known.now[area] = key
                each.shown, each.is_local = shown, row["level"] == "housing_area"
        named.append(here)
    for number, here in enumerate(named):
        # An area that a release leaves out may still be in its totals, as it stood before or as it came to stand.
        earlier, later = named[number + 1 :], named[:number][::-1]
        for each_sum in sums:
            if each_sum.total in here:
                for others in ([], [*earlier, *later], [*later, *earlier]):
                    known.equate(here[each_sum.total], _parts(each_sum, [here, *others]))
    return known


def _parts(whole: Sum, releases: Sequence[Mapping[str, Key]]) -> list[Key]:
    """The answers of each part, from the first of the releases that tells of it; without those that none does."""
    return [
        next(each[part] for each in releases if part in each)
        for part in whole.parts
        if any(part in each for each in releases)
    ]


def _also_hidden(known: _Known) -> set[str]:
    """The areas whose shares, as they stand now, cannot be shown beside all that is known."""
    hidden: set[str] = set()
    guarded = [key for key, each in known.answers.items() if each.guarded and not each.known]
    # Where earlier releases knew of the very same answers, and told none that is hidden now, one release says it all.
    stands = known.answers.keys() == set(known.now.values())
    if stands and not any(each.told and not each.shown for each in known.answers.values()):
        return hidden
    if not guarded and not any(0 < rest < FEWEST_ANSWERS for rest in known.equations.values()):
        return hidden
    movable = sorted(
        (area for area in known.now if known.may_hide(area)),
        key=lambda area: known.answers[known.now[area]].n,
    )
    while movable:
        narrow = {key: width for key, width in _widths(known).items() if width < NARROWEST - SAME}
        if not narrow:
            break
        best = _widths(known, without=movable)
        if not any(best[key] > width + SAME for key, width in narrow.items()):
            break
        area = _next(known, movable, narrow)
        movable.remove(area)
        hidden.add(area)
        known.answers[known.now[area]].shown = False
    return hidden


def _next(known: _Known, movable: Sequence[str], narrow: Mapping[Key, float]) -> str:
    """The area to hide: of those in an equation with what is too narrow the one with fewest answers, parts first."""
    near = [
        {total, *parts}
        for total, parts in known.equations
        if narrow.keys() & {total, *parts, _rest(known, total, parts)}
    ]
    totals = {total for total, _ in known.equations}
    ranked = sorted(
        movable,
        key=lambda area: (
            not any(known.now[area] in each for each in near), known.now[area] in totals, movable.index(area),
        ),
    )  # fmt: skip
    return ranked[0]


def _rest(known: _Known, total: Key, parts: tuple[Key, ...]) -> Key:
    """Those who answered in an area and in none of its parts: the same ones while they are as many."""
    named = "|".join(sorted(area for area, _ in parts))
    return f"~{total[0]}|{named}", round(known.equations[total, parts])


def _widths(known: _Known, without: Sequence[str] = ()) -> dict[Key, float]:
    """How far apart the ends of each guarded share are, over all answers that fit what is known."""
    from scipy.optimize import linprog

    dark = {known.now[area] for area in without}
    answers = dict(known.answers)
    for (total, parts), rest in known.equations.items():
        answers[_rest(known, total, parts)] = _Answers(rest, np.nan, guarded=0 < rest < FEWEST_ANSWERS)
    place = {key: number for number, key in enumerate(answers)}
    matrix, values, bounds = [], [], []
    for key, each in answers.items():
        fixed = each.told or (each.shown and key not in dark)
        bounds.append((each.n * each.share,) * 2 if fixed else (0.0, each.n))
    for total, parts in known.equations:
        row = np.zeros(len(place))
        row[place[total]] = -1.0
        for key in (*parts, _rest(known, total, parts)):
            row[place[key]] += 1.0
        matrix.append(row)
        values.append(0.0)
    equations = np.array(matrix).reshape(len(matrix), len(place))  # there may be none
    slack = np.hstack([np.eye(len(matrix)), -np.eye(len(matrix))])
    off = linprog(
        [0.0] * len(place) + [1.0] * slack.shape[1], A_eq=np.hstack([equations, slack]), b_eq=values,
        bounds=[*bounds, *[(0.0, None)] * slack.shape[1]],
    ).x[len(place) :]  # fmt: skip
    exact = np.array(values) - slack @ off
    found: dict[Key, float] = {}
    for key, each in answers.items():
        if not each.guarded or each.known:
            continue
        goal = np.zeros(len(place))
        goal[place[key]] = 1.0
        ends = list(_ends(goal, equations, exact, bounds))
        found[key] = (ends[1] - ends[0]) / each.n
    return found


def _ends(
    goal: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    matrix: "np.ndarray[tuple[int, int], np.dtype[np.float64]]",
    values: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    bounds: Sequence[tuple[float, float]],
) -> Iterator[float]:
    """The least and the largest value of a sum of unknowns."""
    from scipy.optimize import linprog

    for sign in (1.0, -1.0):
        result = linprog(sign * goal, A_eq=matrix, b_eq=values, bounds=bounds)
        # Where rounding leaves no table at all, nothing is known to be wide.
        yield sign * result.fun if result.status == 0 else 0.0
