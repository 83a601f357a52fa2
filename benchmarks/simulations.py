"""How often the verdicts are wrong when the truth is known, each beside its promise: `make simulate`, seeded, minutes.

The truth is made up by a fixed seed, but for the sham windows: they are the real municipal series of the release that
stands in the database, in which nothing of ours was started.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis import comparisons, criterion_rules, effects, proportions, rates, small_areas, spc, spc_steps, trends

Floats = NDArray[np.float64]
CRITERIA = 20_000
FAMILIES = 400
SERIES = 300
YEARS, MOST_ALARMS = 12, 1.2
# Burglaries by quarter of the year, and how many an area has in one of them.
SEASON = np.array([1.05, 0.76, 0.95, 1.24])
USUAL = 25.0
# How far areas lie from their level, as a logarithm, and the part of it that the next quarter keeps.
DRIFT, CARRIED = 0.15, 0.8
# As many as where a third quarter half as high again is seen in 3 % without a season and in 47 % with a known one.
MANY = 40.0


@dataclass(frozen=True)
class Line:
    """One line of the table: what is asked, how often it happened, and what is promised (a limit, or only told)."""

    question: str
    found: float
    promise: str
    low: float = 0.0
    high: float = 1.0

    @property
    def kept(self) -> bool:
        """Whether the promise is kept."""
        return self.low <= self.found <= self.high


def at_most(question: str, measured: float, limit: float) -> Line:
    """A line whose share may not be larger than a limit."""
    return Line(question, measured, f"at most {limit:.0%}", 0.0, limit)


def about(question: str, measured: float, expected: float, off: float) -> Line:
    """A line whose share lies about a number."""
    return Line(question, measured, f"{expected:.0%} ± {off:.0%}", expected - off, expected + off)


def told(question: str, measured: float) -> Line:
    """A line that promises nothing."""
    return Line(question, measured, "–")


# Changes and trends ---------------------------------------------------------------------------------------------------


def changes() -> Iterator[Line]:
    """Families of areas in which nothing has changed, and one interval by itself."""
    draw = np.random.default_rng(6)
    runs = np.repeat(np.arange(FAMILIES), 100)
    then, now = draw.binomial(300, 0.8, (2, runs.size)) / 300
    p_value = proportions.difference_p_value(now, 300, then, 300)
    changed = np.isin(comparisons.verdicts(now - then, p_value, runs, 1), ("better", "worse")).reshape(FAMILIES, -1)
    yield at_most("a family of 100 unchanged areas names one as changed", changed.any(axis=1).mean(), 0.07)
    _, low, high = proportions.difference(now, 300, then, 300)
    yield about("the interval of a change holds the true change", ((low <= 0) & (high >= 0)).mean(), 0.95, 0.01)
    low, high = proportions.interval(now, 300)
    yield about("the interval of a share holds the true share", ((low <= 0.8) & (high >= 0.8)).mean(), 0.95, 0.015)
    low, high = rates.count_interval(draw.poisson(12, CRITERIA))
    yield at_most("the interval of a count misses the true count", 1 - ((low <= 12) & (high >= 12)).mean(), 0.06)


def over_years() -> Iterator[Line]:
    """Families of 20 areas over five waves of 150 answers: constant, and rising by three points a year."""
    years = np.arange(2021, 2026)
    draw = np.random.default_rng(8)
    false, true, last = [], [], []
    for _ in range(FAMILIES):
        for rise, wrong in ((0.0, False), (0.03, True)):
            truth = 0.65 + rise * np.arange(len(years)) * (np.arange(20) < (10 if wrong else 20))[:, None]
            share = draw.binomial(150, truth) / 150
            family = trends.trends([(years, each, np.full(len(years), 150.0)) for each in share])
            p_values = [each.p_value for each in family]
            moved = comparisons.verdicts([each.slope for each in family], p_values, np.zeros(20), 1) != "unchanged"
            if not wrong:
                false.append(moved.any())
                continue
            true.append(moved[:10].mean())
            newest = proportions.difference_p_value(share[:, -1], 150, share[:, -2], 150)
            change = comparisons.verdicts(share[:, -1] - share[:, -2], newest, np.zeros(20), 1) != "unchanged"
            last.append(change[:10].mean())
    yield at_most("a family of 20 constant areas names one as moving over five waves", float(np.mean(false)), 0.07)
    yield told("a rise of 3 points a year is found over five waves", float(np.mean(true)))
    yield told("… and by the newest change alone", float(np.mean(last)))


def drifting() -> Iterator[Line]:
    """Families of 20 areas whose counts drift about a level of their own: the year against the year before it."""
    draw = np.random.default_rng(4)
    wrong: dict[str, list[bool]] = {"years": [], "quarters": []}
    for _ in range(FAMILIES):
        level = np.empty((20, 40))
        level[:, 0] = draw.normal(0, DRIFT, 20)
        for quarter in range(1, 40):
            level[:, quarter] = CARRIED * level[:, quarter - 1] + draw.normal(0, DRIFT * (1 - CARRIED**2) ** 0.5, 20)
        counts = draw.poisson(60 * np.exp(level))
        years = counts.reshape(20, 10, 4).sum(axis=2)
        for span, phi in (("years", rates.dispersion(years, season=1)[0]), ("quarters", rates.dispersion(counts)[0])):
            ratio, *_, p_value = rates.rate_ratio(years[:, -1], 1.0, years[:, -2], 1.0, dispersion=phi)
            told_apart = comparisons.verdicts(np.log(ratio), p_value, np.zeros(20), -1) != "unchanged"
            wrong[span].append(bool(told_apart.any()))
    yield at_most("a family of 20 drifting areas names one as changed in a year", float(np.mean(wrong["years"])), 0.07)
    yield told("… with the dispersion of quarters", float(np.mean(wrong["quarters"])))


# Criteria over their life ---------------------------------------------------------------------------------------------


def ever(statuses: Sequence[str], truths: Floats, baseline: float, target: float, n: int) -> float:
    """How large a part of many criteria is ever given one of these statuses, at as many looks as there are truths."""
    draw = np.random.default_rng(n + len(truths))
    n_then = draw.integers(round(0.9 * n), round(1.1 * n) + 1, CRITERIA)
    start_share = draw.binomial(n_then, baseline) / n_then
    times = np.arange(1, len(truths) + 1) / len(truths)
    ever_said = np.zeros(CRITERIA, dtype=bool)
    for before, elapsed, truth in zip([0.0, *times], times, truths, strict=False):
        confidence = criterion_rules.look_confidence(elapsed, before)
        # Waves differ a little in size, as real ones do; at one size the steps between possible shares show.
        n_now = draw.integers(round(0.9 * n), round(1.1 * n) + 1, CRITERIA)
        now = criterion_rules.measured_share(draw.binomial(n_now, truth) / n_now, n_now, confidence)
        start = criterion_rules.measured_share(start_share, n_then, confidence)
        ever_said |= np.isin(criterion_rules.statuses(now, start, target, elapsed, 1, 0.02), statuses)
    return float(ever_said.mean())


def criteria() -> Iterator[Line]:
    """Shares from 70 to 78 per cent with 150 answers a wave and counts from 200 to 160, over one, four, six looks."""
    for looks in (1, 4, 6):
        many = f"over {looks} look{'s' if looks > 1 else ''}"
        met = ever(("met",), np.full(looks, 0.78), 0.70, 0.78, 150)
        yield at_most(f"an area exactly at its goal is ever called met, {many}", met, 0.06)
        course = 0.70 + 0.08 * np.arange(1, looks + 1) / looks
        wrong = ever(("behind", "worsening", "not_met"), course, 0.70, 0.78, 150)
        yield at_most(f"an area truly on course is ever called behind, worse or not met, {many}", wrong, 0.08)
    for looks in (1, 4, 6):
        many = f"over {looks} look{'s' if looks > 1 else ''}"
        met = ever_of_counts(("met",), np.full(looks, 160.0), 200, 160)
        yield at_most(f"a count exactly at its goal is ever called met, {many}", met, 0.06)
        course = 200 * (160 / 200) ** (np.arange(1, looks + 1) / looks)
        wrong = ever_of_counts(("behind", "worsening", "not_met"), course, 200, 160)
        yield at_most(f"a count truly on course is ever called behind, worse or not met, {many}", wrong, 0.08)


def ever_of_counts(statuses: Sequence[str], truths: Floats, baseline: float, target: float, phi: float = 3.0) -> float:
    """The same of counts a year that vary φ times as much as by chance, where fewer is better."""
    draw = np.random.default_rng(len(truths))

    def counts(expected: float) -> NDArray[np.int64]:
        return draw.negative_binomial(expected / (phi - 1), 1 / phi, CRITERIA)

    then, times = counts(baseline), np.arange(1, len(truths) + 1) / len(truths)
    ever_said = np.zeros(CRITERIA, dtype=bool)
    for before, elapsed, truth in zip([0.0, *times], times, truths, strict=False):
        confidence = criterion_rules.look_confidence(elapsed, before)
        now = criterion_rules.measured_rate(counts(truth), 1.0, phi, confidence)
        start = criterion_rules.measured_rate(then, 1.0, phi, confidence)
        ever_said |= np.isin(criterion_rules.statuses(now, start, np.log(target), elapsed, -1, 0.0), statuses)
    return float(ever_said.mean())


# Effects and control limits -------------------------------------------------------------------------------------------


def power() -> Iterator[Line]:
    """A true fall of 30 per cent against comparison areas alike, by how many they are and how much happens in each."""
    for areas, detected in ((2, 0.0), (3, 0.15), (5, 0.72)):
        question = f"a true fall of 30 % is found, against {areas} areas of 300 cases each"
        yield about(question, comparisons_found(0.7, areas, 300), detected, 0.03)
    yield told("… against 5 areas of 100 cases each", comparisons_found(0.7, 5, 100))
    yield at_most("no effect is called one, against 5 areas of 300 cases each", comparisons_found(1.0, 5, 300), 0.06)


def comparisons_found(ratio: float, areas: int, cases: float, many: int = 2_000) -> float:
    """How often a true ratio is called an effect where the area and each of its comparison areas expect so many."""
    draw = np.random.default_rng(5)
    found = 0
    for _ in range(many):
        others = draw.poisson(cases, (2, areas))
        effect = effects.ratio_of_rate_ratios(draw.poisson(cases), draw.poisson(cases * ratio), *others)
        found += effect.p_value < 0.05
    return found / many


def control_limits() -> Iterator[Line]:
    """Forty quarters that are stable, follow the season, or stepped down for good twenty quarters ago."""
    draw = np.random.default_rng(9)
    quarters = np.tile(SEASON, 10)
    level = np.where(np.arange(40) < 20, 1.6, 1.0)
    for name, shape in (("stable", np.ones(40)), ("seasonal", quarters), ("stepped", level)):
        chart = spc_steps.stepped_chart(draw.poisson(USUAL * shape, (SERIES, 40)))
        yield at_most(f"the newest quarter of a {name} series has a signal", (chart.signal[:, -1] != "").mean(), 0.15)
    rising = draw.poisson(MANY * np.where(np.arange(40) == 38, 1.5, 1.0) * quarters, (SERIES, 40))
    seen = spc_steps.stepped_chart(rising).signal[:, 38] != ""
    yield told(f"a third quarter half as high again is seen in a seasonal series of {MANY:.0f}", float(seen.mean()))
    for name, series in (
        ("limits that know no season", rising),
        ("limits that are told the season", rising / quarters),
    ):
        yield told(f"… and by {name}", float((spc.xmr_many(series).signal[:, 38] != "").mean()))


# Small areas ----------------------------------------------------------------------------------------------------------


def small() -> Iterator[Line]:
    """Eight areas with 120 answers each that truly differ by five points: how far off, and who is the poorest."""
    draw = np.random.default_rng(10)
    own, model = [], []
    for _ in range(2_000):
        truth = np.clip(draw.normal(0.75, 0.05, 8), 0.5, 0.95)
        share = draw.binomial(120, truth) / 120
        variance = share * (1 - share) / 120
        fitted = small_areas.fay_herriot(share, variance)
        own.append(((share - truth) ** 2).mean())
        model.append(((fitted.model - truth) ** 2).mean())
    yield told(
        "points by which an area's own figure is off (root mean square, 0.01 = a point)", float(np.mean(own)) ** 0.5
    )
    yield at_most("… and the model's, never above it", float(np.mean(model)) ** 0.5, float(np.mean(own)) ** 0.5)
    for spread in (0.03, 0.05, 0.08):
        right, stated = ranks(spread, 800)
        true = float(np.mean(right))
        differ = f"eight areas that truly differ by {100 * spread:.0f} points"
        yield told(f"the poorest figure is truly the poorest of {differ}", true)
        yield about("… and the chance that is printed beside it", float(np.mean(stated)), true, 0.05)


def ranks(spread: float, many: int) -> tuple[list[bool], list[float]]:
    """Whether the poorest figure of eight areas with 120 answers is truly the poorest, and the chance told of it."""
    draw = np.random.default_rng(10)
    right, stated = [], []
    for _ in range(many):
        truth = np.clip(draw.normal(0.75, spread, 8), 0.4, 0.97)
        share = draw.binomial(120, truth) / 120
        near = (share * 120 + 0.5) / 121
        worst = int(share.argmin())
        right.append(worst == int(truth.argmin()))
        stated.append(float(small_areas.chance_of_being_last(share, np.sqrt(near * (1 - near) / 120))[worst]))
    return right, stated


# Sham windows ---------------------------------------------------------------------------------------------------------


def sham_windows() -> Iterator[Line]:
    """Each method on the real municipal series of the newest release, where nothing of ours was started."""
    from data.release.sham_windows import MUNICIPALITY, municipal_p_values
    from data.store import open_store

    store = open_store()
    if store.newest() is None:
        return
    release = store.release(audience="politi")
    for method, p_values in municipal_p_values(release.incidents, release.initiatives).items():
        share = float((p_values < 0.05).mean())
        question = f"{method} finds an effect in {p_values.size} real {MUNICIPALITY} windows without one"
        yield Line(question, share, "above 10 %: no evidence", 0.0, 1.0)


# Clusters that grow now ----------------------------------------------------------------------------------------------


def growing() -> Iterator[Line]:
    """The prospective scan where nothing is going on, and where something was planted."""
    from benchmarks.clusters import SMALL_CATEGORIES, delays, false_alarms

    yearly = false_alarms(YEARS)
    question = f"prospective alarms, as parts of one a simulated year (a look a week, {SMALL_CATEGORIES} categories)"
    yield Line(question, yearly, "at most 1.2 a year", 0.0, MOST_ALARMS)
    for more in (3, 5):
        waited = delays(YEARS, more)
        seen = [weeks for weeks in waited if weeks is not None]
        late = f"{np.median(seen):.0f} weeks" if seen else "never"
        question = f"a cluster of {more} more a week in 500 m is found within 8 weeks; half of those found after {late}"
        yield told(question, len(seen) / len(waited))


PARTS: tuple[Callable[[], Iterator[Line]], ...] = (
    changes, drifting, over_years, criteria, power, control_limits, small, growing, sham_windows,
)  # fmt: skip


def main() -> int:
    """Print the table; the exit code says whether every promise is kept."""
    broken = 0
    for part in PARTS:
        for line in part():
            broken += not line.kept
            print(f"{line.found:7.1%}  {line.promise:<24} {'' if line.kept else 'BROKEN: '}{line.question}", flush=True)
    return min(broken, 1)


if __name__ == "__main__":
    raise SystemExit(main())
