"""Gives quarterly counts their control limits, the season in them, and the signals that leave them."""

import numpy as np
from numpy.typing import NDArray

from analysis.spc_steps import stepped_chart
from data.release.count_grid import QUARTERS, Floats, Grid

VARYING_RESIDENTS = 1.10
"""Where the number of residents has varied by more than this, control limits follow it."""


def control_limits(grid: Grid, dispersion: Floats) -> dict[str, NDArray[np.generic]]:
    """Limits, season and signal of quarterly counts; masses and the provisional quarter count nowhere. Years: none.

    `limits_from` is the quarter from which the limits of a row hold, `limits_n` how many quarters they rest on and
    `limits_moved` whether they were calculated anew there. A series with hidden counts gets none: what is left of it
    are its larger counts, and their mean says nothing.
    """
    shape = grid.count.shape
    if grid.season != QUARTERS or not grid.count.size:
        none = np.full(shape, np.nan)
        limits = dict.fromkeys(("mean", "lower", "upper", "season", "limits_n"), none)
        words = dict.fromkeys(("signal", "limits_from"), np.full(shape, ""))
        return {**limits, **words, "limits_moved": np.zeros(shape, dtype=bool)}
    exclude = grid.mass | grid.provisional
    chart = stepped_chart(
        grid.count,
        exclude,
        np.where(_varying_residents(grid.residents)[:, None], grid.residents, 1.0),
        dispersion,
        first_quarter=int(grid.periods[0][5:]) - 1,
    )
    columns: dict[str, NDArray[np.generic]] = {
        name: np.array(getattr(chart, name)) for name in ("mean", "lower", "upper", "signal", "season")
    }
    periods = np.array(grid.periods)
    starts, number = np.full(shape, "", dtype=periods.dtype), np.full(shape, np.nan)
    for step in range(int(chart.step.max()) + 1):
        here = chart.step == step
        some = here.any(axis=1)
        starts[here] = np.repeat(periods[here.argmax(axis=1)][some], here.sum(axis=1)[some])
        number[here] = np.repeat((here & chart.base).sum(axis=1)[some], here.sum(axis=1)[some])
    columns |= {"limits_from": starts, "limits_n": number, "limits_moved": chart.step > 0}
    gaps = grid.hidden.any(axis=1)
    for name in ("mean", "lower", "upper", "season", "limits_n"):
        columns[name][gaps] = np.nan
    columns["limits_from"][gaps] = ""
    columns["limits_moved"][gaps] = False
    columns["signal"][gaps] = np.where(grid.mass[gaps] & ~grid.hidden[gaps], columns["signal"][gaps], "")
    return columns


def _varying_residents(residents: Floats) -> NDArray[np.bool_]:
    """The series whose number of residents is known throughout and varies too much for one set of limits."""
    known = ~np.isnan(residents).any(axis=1)
    varies = np.zeros(len(residents), dtype=bool)
    varies[known] = residents[known].max(axis=1) > VARYING_RESIDENTS * residents[known].min(axis=1)
    return varies
