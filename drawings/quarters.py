"""The quarters (or years) of one series made whole: none left out, a top for the axis that no mass sets."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from data.calendar import Period, periods_between
from drawings.periods import position, short_name
from drawings.words import hovers

LIMITS = ("mean", "lower", "upper")
# The air above the highest column, and what a clipped column rises above the others.
AIR = 1.04
CLIP = 1.12
LEAST_TOP = 4.0


@dataclass(frozen=True)
class Quarter:
    """One quarter: its count (None where it is missing or hidden), signal, expected limits and hover text.

    A year where counts came as years: `width` is its length in years.
    """

    period: str
    x: float
    count: float | None
    state: str
    signal: str
    hover: str
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    width: float = 0.25

    @property
    def mass(self) -> bool:
        """Whether the quarter holds a mass registration."""
        return self.count is not None and self.signal == "mass"


def complete(rows: pd.DataFrame) -> list[Quarter]:
    """Sort the rows by quarter (or by year, where all are years) and add those that are absent, as missing.

    Raises ValueError where years stand among quarters, or a period twice.
    """
    periods = [str(period) for period in rows["period"]]
    years = [period for period in periods if "K" not in period]
    if 0 < len(years) < len(periods):
        raise ValueError(f"»{years[0]}« is no quarter; leave the rows of whole years out")
    if len(set(periods)) < len(periods):
        raise ValueError("a quarter stands twice; give the rows of one area and category")
    masses = rows["mass"] if "mass" in rows else [False] * len(rows)
    columns = (
        rows["count"],
        rows["state"],
        rows["signal"],
        masses,
        hovers(rows),
        *(rows[name] for name in LIMITS),
    )
    known = dict(zip(periods, zip(*map(list, columns), strict=True), strict=True))
    done: list[Quarter] = []
    first, last = Period.parse(min(periods)), Period.parse(max(periods))
    for each in periods_between(first, last):
        period, x, width = each.code, position(each.code), each.years
        if period not in known:
            # Limits belong to the series, not to a quarter: they run on where a quarter is absent.
            hover = f"{short_name(period)}: ikke indberettet"
            before = done[-1]
            limits = before.mean, before.lower, before.upper
            done.append(Quarter(period, x, None, "missing", "", hover, *limits, width=width))
            continue
        count, state, signal, mass, hover, *expected = known[period]
        if pd.notna(mass) and bool(mass):
            signal = "mass"
        if state in ("hidden", "missing") or pd.isna(count):
            count, state = None, "hidden" if state == "hidden" else "missing"
        mean, lower, upper = (None if pd.isna(limit) else float(limit) for limit in expected)
        signal = signal if isinstance(signal, str) else ""
        done.append(Quarter(period, x, count, state, signal, hover, mean, lower, upper, width))
    return done


def axis_top(data: Iterable[Quarter]) -> float:
    """Give where the value axis ends: above every ordinary count and limit; a mass registration may be cut off."""
    data = list(data)
    ordinary = [quarter.count for quarter in data if quarter.count is not None and not quarter.mass]
    masses = [quarter.count for quarter in data if quarter.count is not None and quarter.mass]
    upper = [quarter.upper for quarter in data if quarter.upper is not None]
    highest = max([*ordinary, *upper, LEAST_TOP] if ordinary else [*masses, LEAST_TOP])
    clips = any(count > AIR * highest for count in masses)
    return (CLIP if clips else AIR) * highest


def span_word(data: Iterable[Quarter]) -> str:
    """What one of the periods is called: "kvartal", or "år" where counts came as years."""
    return "år" if any(quarter.width == 1 for quarter in data) else "kvartal"
