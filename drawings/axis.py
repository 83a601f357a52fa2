"""Where an axis of shares begins and ends, on the screen and on paper alike."""

import math
from collections.abc import Sequence


def share_limits(values: Sequence[float]) -> tuple[float, float]:
    """Whole tens of per cent around the values, within 0–100, as shares; all of it where there are none."""
    if not values:
        return 0.0, 1.0
    low = max(0, math.floor(10 * min(values) - 1e-9))
    high = min(10, max(math.ceil(10 * max(values) + 1e-9), low + 1))
    return low / 10, high / 10
