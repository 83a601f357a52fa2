"""What CI runs: how many times slower the rivals are, on this machine in this minute; a tenfold fall back fails.

Absolute times say as much about the machine as about us, so only ratios are compared with those in ratios.json, which
`python -m benchmarks.short --keep` writes anew. All of it takes well under a minute.
"""

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import maps, serving
from benchmarks.hotspots import beside_a_loop
from benchmarks.loading import million_rows_beside_pandas
from benchmarks.results import Figure, Pair, Results
from benchmarks.statistics import verdicts_beside_a_loop
from benchmarks.visitor import Visitor

RATIOS = Path(__file__).with_name("ratios.json")
WORST = 10.0
RUNS = 5
RIVAL = "benchmarks/rivals/pandas_page.py"


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


PAIRS: dict[str, tuple[Callable[[], Pair], str, str]] = {
    "map of 2,000 areas/rerun": (map_seconds, "Plotly", "s"),
    "map of 2,000 areas/sent": (map_bytes, "Plotly", "kB"),
    "overblik/processor of a rerun": (page_seconds, "plain pandas page", "s"),
    "hotspots of 4,000 cells": (beside_a_loop, "a loop with SciPy", "s"),
    "verdicts on 20,000 shares": (verdicts_beside_a_loop, "a loop with statsmodels", "s"),
    "a million rows loaded": (million_rows_beside_pandas, "pandas.read_csv alone", "s"),
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
