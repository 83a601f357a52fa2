"""The periods that headings say, in all the ways that partners, Excel and StatBank write them."""

import re

from data.contracts.columns import Column
from data.contracts.values import UnreadableError, period
from data.danish import MONTHS

YEAR = re.compile(r"(?:19|20)\d{2}")
PART = re.compile(r"[KQ][1-4]|[1-4]\. ?(?:kvartal|kvt\.?|kv\.?)|[1-4][KQ]", re.IGNORECASE)
"""A quarter without its year."""
_QUARTER = Column("period", "Periode", "period", "", "", periods=("quarter",))
_LONGER = Column("period", "Periode", "period", "", "", periods=("half_year", "four_months", "year"))
_MONTH = re.compile(r"((?:19|20)\d{2}) ?M(\d{1,2})", re.IGNORECASE)
_SHORT = re.compile(r"\bkvt?\.?(?=[\s,]|$)", re.IGNORECASE)
_MARKS = re.compile(r"\s*(?:\*+|\((?:foreløbige?|forel\.?|p|r|rev\.?|revideret)\))$", re.IGNORECASE)
_COUNTED = re.compile(r"[\s,:–-]+\(?antal(?: anmeldelser)?\)?$|[\s,:–-]+anmeldelser$", re.IGNORECASE)
_TURNED = re.compile(r"((?:19|20)\d{2})[ ,]+([1-4]\. ?kvartal)", re.IGNORECASE)
_QUARTER_FIRST = re.compile(r"([1-4])[KQ][ ./-]?'?((?:19|20)\d{2}|\d{2})", re.IGNORECASE)
_LETTER_FIRST = re.compile(r"[KQ]([1-4])[ ./-]+'?(\d{2})", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"([1-4])\. ?kvartal,? '?(\d{2})", re.IGNORECASE)
_TWICE = re.compile(r"(\S+) \1")
MONTHS_SHORT = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_MONTH_WORDS = re.compile(
    r"([a-zæøå]{3,9})\.?[ -](\d{2}|(?:19|20)\d{2})|((?:19|20)\d{2})[ -]([a-zæøå]{3,9})\.?", re.IGNORECASE
)


def is_period(text: str) -> bool:
    """Whether a heading is a year, a quarter or a month, as in a table with periods as columns."""
    return bool(YEAR.fullmatch(text.strip()) or month(text) or quarter(text))


def quarter(text: str) -> str:
    """The quarter that a heading says, "1. kvt. 2025*" or "Q1-25, antal" → "2025K1"; "" where it says none."""
    words = " ".join(_SHORT.sub("kvartal", _bare(text)).split())
    if turned := _TURNED.fullmatch(words):
        words = f"{turned[2]} {turned[1]}"
    elif short := _QUARTER_FIRST.fullmatch(words) or _LETTER_FIRST.fullmatch(words) or _SHORT_YEAR.fullmatch(words):
        words = f"{_whole(short[2])}K{short[1]}"
    elif twice := _TWICE.fullmatch(words):  # code and text, as StatBank writes them beside each other
        words = twice[1]
    return _read(words, _QUARTER)


def longer(text: str) -> str:
    """The year, half-year or four months that a heading says: "1. halvår 2025" → "2025H1"; "" where it says none."""
    return _read(_bare(text), _LONGER)


def month(text: str) -> str:
    """The month that a heading says, "jan. 2025" → "2025M01"; "" where it says none, or says no year."""
    word = _bare(text)
    if first := re.fullmatch(r"((?:19|20)\d{2})-(\d{2})-01", word):  # how a date stands in a cell of Excel
        return f"{first[1]}M{first[2]}"
    if code := _MONTH.fullmatch(word):
        return f"{code[1]}M{int(code[2]):02d}" if 1 <= int(code[2]) <= 12 else ""
    found = _MONTH_WORDS.fullmatch(word)
    if not found:
        return ""
    number = month_number(found[1] or found[4])
    return f"{_whole(found[2] or found[3])}M{number:02d}" if number else ""


def month_number(name: str) -> int:
    """Which month a word is, "jan.", "Marts" → 1, 3; 0 where it is none."""
    word = name.strip().rstrip(".").casefold()
    number = MONTHS_SHORT.get(word[:3], 0)
    return number if number and (word == MONTHS[number - 1] or len(word) <= 4) else 0


def _bare(text: str) -> str:
    return _MARKS.sub("", _COUNTED.sub("", text.strip())).strip()


def _whole(year: str) -> str:
    return year if len(year) == 4 else f"20{year}"


def _read(words: str, column: Column) -> str:
    try:
        return period(words, column)
    except UnreadableError:
        return ""
