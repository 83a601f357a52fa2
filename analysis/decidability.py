"""Tells, before a success criterion is adopted, how likely the survey is to decide it, and how it will."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, norm

from analysis.arguments import Floats, at_least, between, directions, not_negative, one, shares
from analysis.criterion_rules import CONFIDENCE, MET, NOT_MET, UNDECIDED, measured_share, statuses
from analysis.proportions import FEWEST_ANSWERS, detectable_change

# Outcomes further out than this many standard deviations do not change a probability that is shown in whole
# per cent.
REACH = 5.0
# The chance with which an exact success is to be called met, and standing still not met.
LIKELY = 0.8
# Shares and tolerances are sought in steps of a tenth of a percentage point.
STEP = 0.001
MOST_ANSWERS = 10_000


@dataclass(frozen=True)
class Chances:
    """How likely each verdict is at the deadline; the three add up to 1."""

    met: float
    undecided: float
    not_met: float


@dataclass(frozen=True)
class Prospects:
    """What a survey criterion can be expected to show; shares in [0, 1].

    change_sought: from baseline to target, positive where the target is the better. detectable_change: the
    smallest change two waves of this size show with 80 % power. met_from: the share from which on the
    criterion would count as met at the deadline, NaN where not even everyone would do; not_met_to: the share
    up to which it would count as not met, NaN where there is none. if_reached, if_unchanged, if_worse: the
    chances at the deadline where the truth is then the target, the baseline, or as far from the baseline the
    other way. provable: an exact success is called met in at least 80 %. can_be_decided: standing still is
    called not met in at least 80 % and a result that meets the target exists; without either the form warns.
    n_eff and confidence are what it rests on.
    """

    change_sought: float
    detectable_change: float
    met_from: float
    not_met_to: float
    if_reached: Chances
    if_unchanged: Chances
    if_worse: Chances
    n_eff: float
    confidence: float = CONFIDENCE

    @property
    def provable(self) -> bool:
        """Whether an exact success is likely to be called met."""
        return self.if_reached.met >= LIKELY

    @property
    def can_be_decided(self) -> bool:
        """Whether standing still is likely to be called not met, and success is not beyond proof."""
        return self.if_unchanged.not_met >= LIKELY and not np.isnan(self.met_from)


@dataclass(frozen=True)
class Needed:
    """What would each alone make an exact success provable; NaN where it cannot.

    tolerance: beside the target. share: what would truly have to be reached. answers: effective answers a wave, with
    the tolerance as it is.
    """

    tolerance: float
    share: float
    answers: float


def prospects(
    baseline: float,
    baseline_n_eff: float,
    target: float,
    n_eff: float,
    direction: int = 1,
    tolerance: float = 0.0,
    confidence: float = CONFIDENCE,
) -> Prospects:
    """Return what a criterion with this baseline, target and number of effective answers a wave can show.

    `confidence` is that of the look at the deadline. Chances are exact: every outcome of a wave of n_eff answers
    (rounded to whole ones), weighted by its binomial probability. Raises ValueError for shares outside 0–1, n_eff
    below 30 and a target equal to the baseline.
    """
    b, g = one("baseline", shares("baseline", baseline)), one("target", shares("target", target))
    n_b = one("baseline_n_eff", at_least("baseline_n_eff", baseline_n_eff, FEWEST_ANSWERS))
    if b == g:
        raise ValueError(f"target = {g:g} equals the baseline; allowed: a share that differs from it")
    rules = _rules(g, n_eff, direction, tolerance, confidence)
    n, s, bound = rules.n_eff, rules.direction, rules.target - rules.direction * rules.tolerance
    return Prospects(
        s * (g - b),
        float(detectable_change(b, n_b, n)),
        _possible(_limit(bound, n, s, confidence)),
        _possible(_limit(bound, n, -s, confidence)),
        rules.chances(g),
        rules.chances(b),
        rules.chances(float(np.clip(2 * b - g, 0, 1))),
        n,
        confidence,
    )


def needed(
    target: float, n_eff: float, direction: int = 1, tolerance: float = 0.0, confidence: float = CONFIDENCE
) -> Needed:
    """Return what would make an exact success provable: called met at the deadline in at least 80 %.

    Raises ValueError as `prospects`.
    """
    rules = _rules(one("target", shares("target", target)), n_eff, direction, tolerance, confidence)
    return Needed(
        rules.tolerance_needed(),
        rules.share_needed(),
        _answers_needed(rules.target, rules.direction, rules.tolerance, confidence),
    )


def undecided_midway(
    baseline: float,
    baseline_n_eff: float,
    target: float,
    n_eff: float,
    direction: int = 1,
    margin: float = 0.02,
    elapsed: float = 0.5,
    tolerance: float = 0.0,
    confidence: float = CONFIDENCE,
) -> float:
    """Return how likely it is that an area truly on course cannot be decided at `elapsed`, by that look's confidence.

    Exact: every pair of outcomes of the two waves, weighted by its binomial probability. Raises ValueError as
    `prospects`, and for elapsed outside 0–1.
    """
    b, g = one("baseline", shares("baseline", baseline)), one("target", shares("target", target))
    n_b = round(one("baseline_n_eff", at_least("baseline_n_eff", baseline_n_eff, FEWEST_ANSWERS)))
    rules = _rules(g, n_eff, direction, tolerance, confidence)
    m, w, n = one("margin", not_negative("margin", margin)), between("elapsed", elapsed, 0, 1), round(rules.n_eff)
    counts_now, chance_now = _outcomes((1 - w) * b + w * g, n)
    counts_then, chance_then = _outcomes(b, n_b)
    now = measured_share(counts_now[:, None] / n, n, confidence)
    start = measured_share(counts_then[None, :] / n_b, n_b, confidence)
    undecided = statuses(now, start, np.asarray(g), w, rules.direction, m, rules.tolerance) == UNDECIDED
    return float(chance_now @ undecided @ chance_then / (chance_now.sum() * chance_then.sum()))


def _rules(target: float, n_eff: float, direction: int, tolerance: float, confidence: float) -> "_Rules":
    return _Rules(
        target,
        one("n_eff", at_least("n_eff", n_eff, FEWEST_ANSWERS)),
        one("direction", directions("direction", direction)),
        one("tolerance", shares("tolerance", tolerance)),
        between("confidence", confidence, 0, 1),
    )


@dataclass(frozen=True)
class _Rules:
    """A criterion at its deadline."""

    target: float
    n_eff: float
    direction: float
    tolerance: float
    confidence: float

    def chances(self, truth: float) -> Chances:
        counts, chance = _outcomes(truth, round(self.n_eff))
        return chances_of(chance, self._verdicts(counts, self.tolerance))

    def tolerance_needed(self) -> float:
        """The smallest tolerance with which an exact success is provable."""
        counts, chance = _outcomes(self.target, round(self.n_eff))

        def provable(steps: int) -> bool:
            return bool(chance[self._verdicts(counts, steps * STEP) == MET].sum() / chance.sum() >= LIKELY)

        most = round((self.target if self.direction > 0 else 1 - self.target) / STEP)
        return first_that_holds(provable, 0, most) * STEP

    def share_needed(self) -> float:
        """The share that must truly be reached for the criterion to be called met in 80 %."""
        counts = np.arange(round(self.n_eff) + 1)
        met = counts[self._verdicts(counts, self.tolerance) == MET]
        if not met.size:
            return float("nan")

        def likely(steps: int) -> bool:
            truth = self.target + self.direction * steps * STEP
            tail = (
                binom.sf(met.min() - 1, counts[-1], truth)
                if self.direction > 0
                else binom.cdf(met.max(), counts[-1], truth)
            )
            return bool(tail >= LIKELY)

        below = 0 if not likely(0) else -round((self.target if self.direction > 0 else 1 - self.target) / STEP)
        most = round((1 - self.target if self.direction > 0 else self.target) / STEP)
        return self.target + self.direction * first_that_holds(likely, below, most) * STEP

    def _verdicts(self, counts: NDArray[np.int_], tolerance: float) -> NDArray[np.str_]:
        n = round(self.n_eff)
        now = measured_share(counts / n, n, self.confidence)
        # The baseline decides nothing at the deadline.
        return statuses(now, now, np.asarray(self.target), 1.0, self.direction, 0.0, tolerance)


def chances_of(chance: Floats, verdicts: NDArray[np.str_]) -> Chances:
    """The chances of the three verdicts, where `chance` is the weight of each outcome and `verdicts` what is said."""
    met, open_, not_met = (float(chance[verdicts == name].sum() / chance.sum()) for name in (MET, UNDECIDED, NOT_MET))
    return Chances(met, open_, not_met)


def first_that_holds(holds: Callable[[int], bool], low: int, high: int) -> float:
    """The first whole number from `low` to `high` for which something that stays true holds; NaN where none does."""
    if high < low or not holds(high):
        return float("nan")
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return float(low)


def _answers_needed(target: float, direction: float, tolerance: float, confidence: float) -> float:
    """Effective answers with which an exact success is provable at a tolerance; NaN without one."""
    bound = target - direction * tolerance
    if tolerance == 0 or not 0 <= bound <= 1:
        return float("nan")
    spread = norm.ppf((1 + confidence) / 2) * np.sqrt(bound * (1 - bound)) + norm.ppf(LIKELY) * np.sqrt(
        target * (1 - target)
    )
    needed = float(max(FEWEST_ANSWERS, np.ceil((spread / tolerance) ** 2)))
    return needed if needed <= MOST_ANSWERS else float("nan")


def _limit(bound: float, n: float, direction: float, confidence: float) -> float:
    """The share whose Wilson limit lies at `bound`: as many standard errors, taken at the bound, away from it."""
    spread = np.sqrt(max(0.0, bound * (1 - bound)) / n)
    return float(bound + direction * norm.ppf((1 + confidence) / 2) * spread)


def _outcomes(share: float, n: int) -> tuple[NDArray[np.int_], Floats]:
    reach = REACH * np.sqrt(n * share * (1 - share)) + 1
    counts = np.arange(max(0, int(n * share - reach)), min(n, int(n * share + reach) + 1) + 1)
    return counts, binom.pmf(counts, n, share)


def _possible(share: float) -> float:
    return float(share) if 0 <= share <= 1 else float("nan")
