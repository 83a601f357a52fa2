"""Periods that stand in two columns, year and quarter (or month, half-year, four months, week), read as one."""

import re

import pandas as pd

from data.contracts.columns import same_heading
from data.contracts.definitions import CONTRACTS
from data.contracts.validation import headings_of, recognise
from data.intake.delimited import PLACES
from data.intake.heading_periods import YEAR, month_number
from data.intake.table_shape import ABOVE

YEARS = ("år", "aar", "årstal", "kalenderår", "year")
PARTS = {
    "U": "uge(?:nr|nummer)?|week", "M": "måned|maaned|mnd|mdr?|month", "K": "kvartal|kvt|kv|quarter", "T": "tertial",
    "H": "halvår|halvaar",
}  # fmt: skip
"""The letter of the codes of each part of a year, the shortest first, and the headings it stands under."""
WHOLE = {"periode", "period", "måling", "wave"}
"""Headings of periods that stand whole."""
_MOST = {"U": 53, "M": 12, "K": 4, "T": 3, "H": 2}
_NUMBER = re.compile(r"(?:[A-ZÆØÅ]+\.? ?)?0?(\d{1,2})(?:[.,]0)?\.?(?: ?[a-zæøå.]+)?", re.IGNORECASE)


def periods_as_one(frame: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The table with one column for year and part of the year, and a Danish clause that says so; "" where it has none.

    A part that cannot be read stays beside its year, to be refused where it stands.
    """
    headings = [same_heading(str(name)).rstrip(".") for name in frame.columns]
    years = [place for place, name in enumerate(headings) if name in YEARS and _are_years(frame.iloc[:, place])]
    parts = [
        (place, letter)
        for letter, names in PARTS.items()
        for place, name in enumerate(headings)
        if re.fullmatch(names, name)
    ]
    if len(years) != 1 or not parts or WHOLE & set(headings):
        return frame, ""
    year, (part, letter) = years[0], parts[0]
    whole = frame.iloc[:, year].str.strip().str.replace(r"[.,]0$", "", regex=True).replace("", None).ffill().fillna("")
    cells = frame.iloc[:, part].str.strip()
    numbers = cells.map(lambda text: _number(text, letter))
    if (numbers != "").sum() * 2 <= (cells != "").sum():
        return frame, ""
    said = (whole + letter + numbers).where(numbers != "", (whole + " " + cells).where(cells != "", ""))
    names = [str(name) for name in frame.columns]
    joined = frame.copy()
    joined.isetitem(year, said.astype(frame.iloc[:, year].dtype).array)
    joined = joined.iloc[:, [place for place in range(frame.shape[1]) if place != part]]
    joined.columns = pd.Index(
        [name if place != year else "Periode" for place, name in enumerate(names) if place != part]
    )
    joined = joined.rename(columns={"Periode": _heading(joined)})
    places = frame.attrs.get(PLACES, range(frame.shape[1]))
    joined.attrs[PLACES] = tuple(at for place, at in enumerate(places) if place != part)
    if ABOVE in frame.attrs:
        joined.attrs[ABOVE] = frame.attrs[ABOVE]
    return joined, f"»{names[year]}« og »{names[part]}« er læst som én periode"


def _heading(joined: pd.DataFrame) -> str:
    """What the kind of table that the other columns fit best calls its period."""
    fits = {"Periode": 0}
    for word in ("Periode", "Måling", "År"):
        named = joined.rename(columns={"Periode": word})
        kind = recognise(named)
        if kind is not None and any(each.heading == word for each in CONTRACTS[kind].columns):
            fits[word] = len(headings_of(named, kind))
    return max(fits, key=fits.__getitem__)


def _are_years(cells: "pd.Series[str]") -> bool:
    unique = [text.strip() for text in cells.unique() if text.strip()]
    return bool(unique) and all(YEAR.fullmatch(re.sub(r"[.,]0$", "", text)) for text in unique)


def _number(text: str, letter: str) -> str:
    """The number of a part of a year, "1. kvartal", "K1", "1" or "januar", as its code has it; "" where it is none."""
    found = _NUMBER.fullmatch(text)
    number = int(found[1]) if found else month_number(text) if letter == "M" else 0
    if not 1 <= number <= _MOST[letter]:
        return ""
    return f"{number:02d}" if letter in "MU" else str(number)
