"""Recorded counts as arrays of series by periods, in which every period has its place."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

QUARTERS = 4
"""The periods of a year in a grid of quarters."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Grid:
    """Every series (category x area) at every period of the calendar, as arrays of series x periods, oldest first.

    A period that nobody has reported has its place too, or the one after it would be held against the wrong year.
    `count` is NaN where nothing was reported or the count is `hidden`, `residents` where the population is not known.
    `season` is how many periods back the same time of year lies. `mass` and `provisional` mark counts that decide
    nothing.
    """

    series: "pd.Index[Any]"
    periods: list[str]
    levels: NDArray[np.str_]
    count: Floats
    hidden: NDArray[np.bool_]
    residents: Floats
    mass: NDArray[np.bool_]
    provisional: NDArray[np.bool_]
    season: int
