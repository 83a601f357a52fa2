"""Weekdays and times of day as people write them, and hours added up to the four hours that we count by."""

import re
from collections.abc import Callable

import pandas as pd

from data import danish
from data.contracts.columns import same_heading
from data.contracts.definitions import CONTRACTS, WEEKDAYS
from data.contracts.problems import Problem
from data.contracts.validation import headings_of
from data.contracts.values import UnreadableError, integer, period

HOURS = "hours"
LONG = 4
"""Hours in a band."""
_HOUR_HEADINGS = {"time", "timer", "hour", "klokkeslæt", "klokkeslaet", "kl", "tidspunkt", "tidsrum", "band"}
_WEEKDAY = re.compile(r"(?:[1-7][.\s-]+)?([a-zæøå]{3,7})\.?", re.IGNORECASE)
_BAND = re.compile(
    r"(?:kl\.?\s*)?(\d{1,2})(?:[:.]00)?\s*(?:[-–—]|til)\s*(?:kl\.?\s*)?(\d{1,2})(?:[:.](00|59))?", re.IGNORECASE
)
_HOUR = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[:.]00)?(?:\s*[-–—]\s*(\d{1,2})(?:[:.](?:00|59))?)?", re.IGNORECASE)


def weekday(word: str) -> str:
    """The number of a weekday, "Mandag", "man.", "1. mandag" and "1" → "1"; "" where it is none."""
    text = word.strip()
    if text in WEEKDAYS:
        return text
    found = _WEEKDAY.fullmatch(text)
    said = found[1].casefold() if found else ""
    return next((code for code, name in WEEKDAYS.items() if said in (name, name[:3])), "")


def band(word: str) -> str:
    """The four hours that a time of day is, "kl. 4–8", "04:00-07:59", "04-07" and "1" → "1"; "" where it is none."""
    text = word.strip()
    if text in CONTRACTS[HOURS].column("band").choices:
        return text
    found = _BAND.fullmatch(text)
    if not found:
        return ""
    first, last = int(found[1]), int(found[2]) + (found[3] == "59")
    if first % LONG or first >= 24 or (last or 24) - first not in (LONG, LONG - 1):
        return ""
    return str(first // LONG)


def in_codes(frame: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The table with weekdays and times of day as our codes, its hours added up; and a Danish clause where they were.

    A column of which one cell is no such word stays as it is, to be refused where it stands.
    """
    added = _added_up(frame)
    read = frame if added is None else added
    for name, says in (("weekday", weekday), ("band", band)):
        for heading in headings_of(read, HOURS).get(name, ()):
            place = list(read.columns).index(heading)
            codes = read.iloc[:, place].map(says)
            if (codes != "").all():
                read = _with(read, place, codes)
    return read, "" if added is None else "timerne er lagt sammen til tidsrum på fire timer"


def hours_problem(frame: pd.DataFrame, file: str, sheet: str) -> Problem | None:
    """What a table of weekdays or times of day that cannot be read lacks, and how it has to lie; None for any other."""
    headings = [word for name in frame.columns for word in re.split(r"[\s,]+", str(name))]
    found = headings_of(frame, HOURS)
    known = {
        "område": "area_id" in found,
        "år": "year" in found or any(_year(word) for word in headings),
        "ugedag": "weekday" in found or _holds(frame, headings, weekday),
        "tidsrum": "band" in found or _holds(frame, headings, band),
    }
    if not (known["ugedag"] or known["tidsrum"]):
        return None
    lacking = [name for name, there in known.items() if not there]
    ways = f"siger ikke {danish.join(lacking)}" if lacking else "har dem ikke, som de kan læses"
    return Problem(
        file, sheet, 1, "", "", f"tabellen tæller op på ugedage eller tidsrum, men {ways}",
        "Giv den en række for hvert område, hver ugedag og hvert tidsrum (kl. 0–4, 4–8 … 20–24, eller hver time), med "
        "kolonnerne »Område«, »Ugedag« og »Tidsrum« og årene på tværs; eller brug skabelonen »Ugens timer«",
    )  # fmt: skip


def _holds(frame: pd.DataFrame, headings: list[str], read: Callable[[str], str]) -> bool:
    """Whether a column, or the headings, are such words; bare numbers may be anything."""
    words = [name for name in headings if not name.strip().isdigit() and read(name)]
    columns = [frame.iloc[:, place].str.strip() for place in range(frame.shape[1])]
    filled = [[text for text in column.unique() if text and not text.isdigit()] for column in columns]
    return len(words) > 2 or any(len(each) > 2 and sum(read(text) != "" for text in each) > 2 for each in filled)


def _year(text: str) -> bool:
    try:
        return bool(period(text.strip(), CONTRACTS[HOURS].column("year")))
    except UnreadableError:
        return False


def _hour(text: str) -> int | None:
    found = _HOUR.fullmatch(text.strip())
    first = int(found[1]) if found else 24
    return first if first < 24 and found and (found[2] is None or int(found[2]) - first in (0, 1)) else None


def _added_up(frame: pd.DataFrame) -> pd.DataFrame | None:
    """A table of single hours with one row for every four; None for any other, and where an hour stands twice."""
    headings = [str(name) for name in frame.columns]
    hours_at = [place for place, name in enumerate(headings) if same_heading(name).rstrip(".") in _HOUR_HEADINGS]
    days_at = [place for place in range(len(headings)) if place not in hours_at and _are_days(frame.iloc[:, place])]
    if len(hours_at) != 1 or not days_at:
        return None
    hours = frame.iloc[:, hours_at[0]].map(_hour)
    counted = set(headings_of(frame, HOURS).get("count", ()))
    figures = [place for place, name in enumerate(headings) if name in counted or _year(name)]
    others = [place for place in range(len(headings)) if place not in (*figures, hours_at[0])]
    if not figures or hours.isna().any() or hours.max() <= 24 // LONG - 1:
        return None
    keys = [frame.iloc[:, place].str.strip().to_numpy() for place in others]
    numbers = pd.concat([frame.iloc[:, place].map(_count) for place in figures], axis=1, keys=figures)
    if numbers.isna().any(axis=None) or pd.DataFrame([*keys, hours.to_numpy()]).T.duplicated().any():
        return None
    bands = (hours // LONG).astype(int).astype(str)
    first = _with(frame, hours_at[0], bands).rename(columns={headings[hours_at[0]]: "Tidsrum"})
    group = pd.DataFrame([*keys, bands.to_numpy()]).T.agg("\x1f".join, axis=1).to_numpy()
    sums = numbers.groupby(group, sort=False).sum()
    kept = first[~pd.Series(group, index=first.index).duplicated()].copy()
    for place in figures:
        kept.isetitem(place, sums[place].astype(int).astype(str).to_numpy())
    kept.attrs = frame.attrs
    return kept


def _are_days(cells: "pd.Series[str]") -> bool:
    words = cells.str.strip().unique()
    return len(words) > 0 and all(weekday(word) and not word.isdigit() for word in words)


def _count(text: str) -> int | None:
    try:
        return integer(text.strip(), CONTRACTS[HOURS].column("count"))
    except UnreadableError:
        return None


def _with(frame: pd.DataFrame, place: int, cells: "pd.Series[str]") -> pd.DataFrame:
    read = frame.copy()
    read.attrs = frame.attrs
    read.isetitem(place, cells.astype(frame.iloc[:, place].dtype).array)
    return read
