"""What CI runs: how many times slower the rivals are, on this machine in this minute; a tenfold fall back fails.

Absolute times say as much about the machine as about us, so only ratios are compared with those in ratios.json, which
`python -m benchmarks.short --keep` writes anew. All of it takes well under a minute.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import poisson

from analysis import comparisons, proportions
from analysis.hotspots import hotspots
from benchmarks import maps, serving
from benchmarks.hotspots import square
from benchmarks.loading import many_incidents
from benchmarks.results import Figure, Results
from benchmarks.statistics import SEED
from benchmarks.visitor import Visitor

RATIOS = Path(__file__).with_name("ratios.json")
WORST = 10.0
RUNS, CELLS, SHARES = 5, 4_000, 20_000
RIVAL = "benchmarks/rivals/pandas_page.py"
Pair = tuple[float, float]
"""Ours and the rival's, in the same unit."""


def fastest(work: Callable[[], object], times: int = RUNS) -> float:
    """The shortest of several times, seconds: the one that others disturbed least."""
    found = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return min(found)


def map_seconds() -> Pair:
    """A rerun of the live map of 2,000 areas, beside Plotly's with the geometry in it."""
    return maps.rerun(maps.draw_live_map, 2_000, 100, 3).seconds, maps.rerun(maps.draw_plotly, 2_000, 100, 1).seconds


def map_bytes() -> Pair:
    """What that sends to the browser, kB."""
    own, other = (maps.rerun(draw, 2_000, 100, 1).size for draw in (maps.draw_live_map, maps.draw_plotly))
    return own / 1000, other / 1000


def page_seconds() -> Pair:
    """Processor time of a rerun of Overblik, beside a plain pandas page that computes while one waits."""
    own = asyncio.run(_processor(""))
    return own, asyncio.run(_processor("", RIVAL))


async def _processor(page: str, script: str = "app.py") -> float:
    with serving.serving(serving.shipped_database(), script) as served:
        async with Visitor(served.address) as visitor:
            await visitor.open(page)
            await visitor.rerun()
            before = served.cpu()
            for _ in range(RUNS):
                await visitor.rerun()
            return (served.cpu() - before) / RUNS


def hotspot_seconds() -> Pair:
    """The exact test of a map, beside the same test written as a loop over cells with scipy."""
    draw = np.random.default_rng(SEED)
    neighbours, _ = square(CELLS)
    counts = draw.poisson(0.3, len(neighbours)).astype(float)
    expected = np.full(len(neighbours), counts.mean())

    def loop() -> list[float]:
        found = []
        for cell, row in enumerate(neighbours):
            window = [cell, *(int(each) for each in row if each >= 0)]
            found.append(float(poisson.sf(counts[window].sum() - 1, expected[window].sum())))
        return found

    return fastest(lambda: hotspots(counts, expected, neighbours)), fastest(loop, 1)


def verdict_seconds() -> Pair:
    """Intervals and corrected verdicts of many shares, beside the same in a loop with statsmodels."""
    from statsmodels.stats.multitest import multipletests
    from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

    draw = np.random.default_rng(SEED)
    n = draw.integers(50, 600, SHARES).astype(float)
    share, other = draw.binomial(n.astype(int), 0.8) / n, draw.binomial(n.astype(int), 0.8) / n
    family = np.zeros(SHARES, dtype=int)

    def own() -> None:
        proportions.interval(share, n)
        change = np.asarray(proportions.difference(share, n, other, n)[0])
        p_value = proportions.difference_p_value(share, n, other, n)
        comparisons.verdicts(change, np.ravel(p_value), family, 1)

    def loop() -> None:
        for each, before, many in zip(share[:1_000], other[:1_000], n[:1_000], strict=True):
            proportion_confint(each * many, many, method="wilson")
            confint_proportions_2indep(each * many, many, before * many, many)
        multipletests(draw.random(SHARES), method="fdr_bh")

    return fastest(own), fastest(loop, 1) * SHARES / 1_000


def loading_seconds() -> Pair:
    """A million rows checked and stored, beside pandas reading the file and nothing else."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own = many_incidents(folder)
        return own, fastest(lambda: pd.read_csv(folder / "incidents.csv"), 1)


PAIRS: dict[str, tuple[Callable[[], Pair], str, str]] = {
    "map of 2,000 areas/rerun": (map_seconds, "Plotly", "s"),
    "map of 2,000 areas/sent": (map_bytes, "Plotly", "kB"),
    "overblik/processor of a rerun": (page_seconds, "plain pandas page", "s"),
    "hotspots of 4,000 cells": (hotspot_seconds, "a loop with scipy", "s"),
    "verdicts on 20,000 shares": (verdict_seconds, "a loop with statsmodels", "s"),
    "a million rows loaded": (loading_seconds, "pandas.read_csv alone", "s"),
}


def fallen_back(now: dict[str, float], then: dict[str, float]) -> list[str]:
    """The names of those whose ratio is less than a tenth of what it was; new ones are none of them."""
    return [name for name, ratio in now.items() if name in then and ratio * WORST < then[name]]


def main(arguments: list[str]) -> int:
    """Measure, print, and return how many fell back tenfold; `--keep` writes the ratios down instead."""
    results = Results("short")
    for name, (measure, rival, unit) in PAIRS.items():
        own, other = measure()
        results.add(Figure(name, own, unit, None, rival, other))
    results.tell()
    now = {figure.name: figure.ratio or 0.0 for figure in results.figures}
    if "--keep" in arguments:
        RATIOS.write_text(json.dumps({name: float(f"{ratio:.2g}") for name, ratio in now.items()}, indent=1) + "\n")
        return 0
    then = json.loads(RATIOS.read_text())
    worse = fallen_back(now, then)
    for name in worse:
        print(f"{name}: the rival takes {now[name]:.2g} times as long as we do, and it was {then[name]:g}")
    return len(worse)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
