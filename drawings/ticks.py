"""Which values of an axis carry a name."""

import math

from data import danish

Ticks = tuple[tuple[float, str], ...]


def percent_ticks(low: float, high: float, at_most: int = 7, unit: str = " pct.") -> Ticks:
    """Give a share axis at most so many ticks in whole per cent; only the highest carries the unit.

    Steps that reach both ends of the axis are preferred, then the smallest.
    """
    ends = (100 * low, 100 * high)
    steps = [step for step in (2, 5, 10, 20, 25, 50) if (ends[1] - ends[0]) / step + 1 <= at_most + 1e-6]
    step = min(steps, key=lambda step: (any(abs(end / step - round(end / step)) > 1e-6 for end in ends), step))
    whole = range(step * math.ceil(ends[0] / step - 1e-6), math.floor(ends[1] + 1e-6) + 1, step)
    return tuple((tick / 100, f"{tick}{unit if tick == whole[-1] else ''}") for tick in whole)


def number_ticks(low: float, high: float, at_most: int = 5) -> Ticks:
    """Give an axis of numbers at most so many ticks at steps of 1, 2 or 5 times a power of ten."""
    span = high - low
    scale = 10.0 ** math.floor(math.log10(span / at_most)) if span > 0 else 1.0
    step = next(part * scale for part in (1, 2, 5, 10, 20) if span / (part * scale) + 1 <= at_most + 1)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple((round(index * step, 10), danish.decimal(index * step, decimals)) for index in range(first, last + 1))
