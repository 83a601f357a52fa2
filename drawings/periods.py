"""Where waves, quarters and dates stand on a time axis, and what they are called there."""

import math
from datetime import date

from data import danish
from data.calendar import Period
from drawings.model import Axis

Span = tuple[float, float]

# Both kinds of time chart leave the same room left and right, so that one set under the other shares its axis.
LEFT = 52.0
RIGHT = 112.0
TICK_ROOM = 26.0


def position(period: str) -> float:
    """Give a period ("2021", "2025H1", "2025K4") or an ISO date as decimal years; a period stands at its middle.

    Raises ValueError for anything else.
    """
    try:
        parsed = Period.parse(str(period))
    except ValueError:
        return moment(str(period))
    return moment(parsed.first) if parsed.span == "day" else parsed.end - parsed.years / 2


def moment(day: date | str) -> float:
    """Give a date as decimal years: 1 July 2023 is about 2023.5. Raises ValueError where it is no date."""
    if isinstance(day, str):
        try:
            day = date.fromisoformat(day[:10])
        except ValueError as error:
            message = f"»{day}« is no year, quarter or date; write 2021, 2025K4 or 2021-09-01"
            raise ValueError(message) from error
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def short_name(period: str) -> str:
    """Name a period as short as a picture needs: "2025K4" becomes "4. kv. 2025"; a year keeps its name."""
    return danish.period(str(period)).replace("kvartal", "kv.")


def span_of(positions: list[float], years: tuple[int, int] | None) -> Span:
    """Give the axis' ends: whole years around the data, or the first and last year the caller asks for."""
    if years is not None:
        return float(years[0]), float(years[1] + 1)
    return float(math.floor(min(positions))), float(math.floor(max(positions)) + 1)


def time_axis(span: Span, *, at_most: int = 4) -> Axis:
    """Give a time axis with a mark at each new year and a name at the newest year and every few before it."""
    years = range(int(span[0]), math.ceil(span[1]))
    step = math.ceil(len(years) / at_most)
    labelled = [year for year in years if (years[-1] - year) % step == 0]
    ticks = tuple((year + 0.5, str(year)) for year in labelled)
    bounds = tuple(float(year) for year in range(int(span[0]), math.ceil(span[1]) + 1))
    return Axis(*span, ticks, bounds, line=True)
