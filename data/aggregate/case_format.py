"""How a file of cases writes its dates and coordinates, told from its first rows; a doubtful one is asked about."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from data.aggregate.errors import AggregateError
from geo.grid import EASTINGS, EPSG, NORTHINGS

DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y%m%d", "%Y/%m/%d")
CLOCKS = ("", " %H:%M:%S", " %H:%M", " %H.%M", "T%H:%M:%S", "T%H:%M", " %H.%M.%S")
READABLE = 0.9
"""Part of the first rows that a form must fit to be the file's own."""
WGS84, METRES = 4326, EPSG
_DEGREES_EAST, _DEGREES_NORTH = (7.0, 16.0), (54.0, 58.5)


class CoordinateOrder(NamedTuple):
    """The projection of a file's coordinates (EPSG number), and whether its x holds north and its y east."""

    epsg: int
    swapped: bool


@dataclass(frozen=True)
class CaseFormat:
    """How dates (a strptime format, with the hour in it or not) and coordinates (None: there are none) are written."""

    date: str
    coordinates: CoordinateOrder | None

    @property
    def has_hour(self) -> bool:
        """Whether the date tells the hour too."""
        return "%H" in self.date


def date_format(dates: "pd.Series[str]", wanted: str = "") -> str:
    """The format that the dates are written in; `said` settles it. Raises AggregateError where day and month may be
    swapped, and where no format fits.
    """
    filled = dates[dates.str.strip() != ""].str.strip().head(1000)
    if wanted:
        return wanted
    if filled.empty:
        raise AggregateError("Kolonnen med datoer er tom. Skriv --column dato=OVERSKRIFT med den rette kolonne.")
    fits = [form for form in (day + clock for day in DAYS for clock in CLOCKS) if _fit(filled, form) >= READABLE]
    if not fits:
        raise AggregateError(
            "Datoerne kan ikke læses. Skriv dem som 2025-03-12 eller 12-03-2025, eller sig, hvordan de er skrevet, med "
            "--date-format, fx %d-%m-%Y for 12-03-2025."
        )
    best = max(_fit(filled, form) for form in fits)
    fits = [form for form in fits if _fit(filled, form) == best]
    if len({form.replace("%m", "%d") for form in fits}) < len(fits):
        raise AggregateError(
            "Det kan ikke ses, om dag eller måned står først i datoerne. Skriv --date-format %d/%m/%Y, hvis dagen står "
            "først, ellers %m/%d/%Y."
        )
    return fits[0]


def _fit(dates: "pd.Series[str]", form: str) -> float:
    # Only whole texts of the form count, so that 2025-03-12 does not pass for a date with half a clock.
    return float(pd.to_datetime(dates, format=form, errors="coerce").notna().mean())


def coordinate_order(x: "pd.Series[str]", y: "pd.Series[str]") -> CoordinateOrder:
    """The projection, told by where Denmark lies in it; raises AggregateError for one that is not read."""
    first, second = (np.nan_to_num(numbers(each).to_numpy(dtype=float)) for each in (x, y))
    known = (
        (CoordinateOrder(METRES, False), EASTINGS, NORTHINGS),
        (CoordinateOrder(METRES, True), NORTHINGS, EASTINGS),
        (CoordinateOrder(WGS84, False), _DEGREES_EAST, _DEGREES_NORTH),
        (CoordinateOrder(WGS84, True), _DEGREES_NORTH, _DEGREES_EAST),
    )
    given = (first != 0) & (second != 0)
    for order, (west, east), (south, north) in known:
        inside = (first >= west) & (first < east) & (second >= south) & (second < north)
        if given.any() and inside[given].mean() >= READABLE:
            return order
    raise AggregateError(
        "Koordinaterne ligger ikke i Danmark, hverken i EPSG:25832 (meter, UTM zone 32) eller som længde- og "
        "breddegrader. Sig med --column x=… og --column y=…, hvor de står, eller omregn dem til EPSG:25832."
    )


def numbers(texts: "pd.Series[str]") -> "pd.Series[float]":
    """Coordinates as numbers; a comma is a decimal comma, and points beside it stand between thousands."""
    comma = texts.str.contains(",", regex=False)
    plain = texts.where(~comma, texts.str.replace(".", "", regex=False).str.replace(",", ".", regex=False))
    return pd.to_numeric(plain.str.strip(), errors="coerce")


def as_date(text: str) -> dt.date:
    """A day as 2025-03-12; raises AggregateError for other text."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise AggregateError(f"»{text}« er ikke en dato. Skriv den som år-måned-dag, fx 2025-12-31.") from None
