"""Tells, before a success criterion is adopted, whether the survey will ever be able to decide it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, norm

from analysis.arguments import Floats, at_least, between, directions, not_negative, one, shares
from analysis.criterion_rules import CONFIDENCE, UNDECIDED, measured_share, statuses
from analysis.proportions import FEWEST_ANSWERS, detectable_change

# Outcomes further out than this many standard deviations do not change a probability that is shown in whole
# per cent.
REACH = 5.0


@dataclass(frozen=True)
class Prospects:
    """What a survey criterion can be expected to show; shares in [0, 1].

    change_sought: from baseline to target, positive where the target is the better. detectable_change: the
    smallest change two waves of this size show with 80 % power. met_from: the share from which on the
    criterion would count as met at the deadline, NaN where not even everyone would do; not_met_to: the share
    up to which it would count as not met, NaN where there is none. undecided_midway: how likely it is that an
    area truly on course cannot be decided at `elapsed`. can_be_decided: the change sought is no smaller than
    the detectable one and a result that meets the target exists; when False the form warns. n_eff and
    confidence are what it rests on.
    """

    change_sought: float
    detectable_change: float
    met_from: float
    not_met_to: float
    undecided_midway: float
    can_be_decided: bool
    n_eff: float
    confidence: float = CONFIDENCE


def prospects(
    baseline: float,
    baseline_n_eff: float,
    target: float,
    n_eff: float,
    direction: int = 1,
    margin: float = 0.02,
    elapsed: float = 0.5,
) -> Prospects:
    """Return what a criterion with this baseline, target and number of effective answers a wave can show.

    `undecided_midway` is exact: every pair of outcomes of the two waves, weighted by its binomial
    probability, with n_eff rounded to whole answers. Raises ValueError for shares outside 0–1, n_eff below
    30, elapsed outside 0–1 and a target equal to the baseline.
    """
    b, g = one("baseline", shares("baseline", baseline)), one("target", shares("target", target))
    n_b = one("baseline_n_eff", at_least("baseline_n_eff", baseline_n_eff, FEWEST_ANSWERS))
    n = one("n_eff", at_least("n_eff", n_eff, FEWEST_ANSWERS))
    s = one("direction", directions("direction", direction))
    m, w = one("margin", not_negative("margin", margin)), between("elapsed", elapsed, 0, 1)
    if b == g:
        raise ValueError(f"target = {g:g} equals the baseline; allowed: a share that differs from it")
    sought, detectable = s * (g - b), float(detectable_change(b, n_b, n))
    # Wilson's limit lies at g where the share is this many standard errors, taken at g, away from it.
    away = s * norm.ppf((1 + CONFIDENCE) / 2) * np.sqrt(g * (1 - g) / n)
    met_from, not_met_to = _possible(g + away), _possible(g - away)
    return Prospects(
        sought,
        detectable,
        met_from,
        not_met_to,
        _undecided(b, n_b, (1 - w) * b + w * g, n, g, w, s, m),
        bool(abs(sought) >= detectable and not np.isnan(met_from)),
        n,
    )


def _undecided(
    b: float,
    n_b: float,
    on_course: float,
    n: float,
    g: float,
    elapsed: float,
    direction: float,
    margin: float,
) -> float:
    """Probability that the rules cannot decide when both true shares are as planned."""
    counts_now, chance_now = _outcomes(on_course, round(n))
    counts_then, chance_then = _outcomes(b, round(n_b))
    now = measured_share(counts_now[:, None] / round(n), round(n))
    start = measured_share(counts_then[None, :] / round(n_b), round(n_b))
    found = statuses(now, start, np.asarray(g), elapsed, direction, margin) == UNDECIDED
    return float(chance_now @ found @ chance_then / (chance_now.sum() * chance_then.sum()))


def _outcomes(share: float, n: int) -> tuple[NDArray[np.int_], Floats]:
    reach = REACH * np.sqrt(n * share * (1 - share)) + 1
    counts = np.arange(max(0, int(n * share - reach)), min(n, int(n * share + reach) + 1) + 1)
    return counts, binom.pmf(counts, n, share)


def _possible(share: float) -> float:
    return float(share) if 0 <= share <= 1 else float("nan")
