"""The one place where numbers, dates, periods and lists become Danish text."""

import math
import re
from collections.abc import Iterable
from datetime import date as Date
from datetime import datetime as DateTime
from decimal import ROUND_HALF_UP, Decimal

from data.clock import here

MISSING = "–"
"""Shown where there is no figure; zero is always written as 0."""
NOT_REPORTED = "ikke indberettet"
HIDDEN = "ikke vist"
MINUS = "−"

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip

_PERIOD = re.compile(r"(\d{4})([KHTMU])(\d{1,2})")
SEASONS = {"forår": "foråret", "sommer": "sommeren", "efterår": "efteråret", "vinter": "vinteren"}
"""The seasons that a wave may be called after, and each in the definite form."""
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?: (.+))?")
_PARTS_OF_A_YEAR = {"K": 4, "H": 2, "T": 3}
_PART_WORDS = {"K": "kvartal", "H": "halvår", "T": "tertial"}
# Danish sorts æ, ø, å after z, and ä, ö, ü with æ, ø, y; "aa" is sorted as å (Retskrivningsordbogen § 1–2).
_ORDER = str.maketrans({"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c", "ü": "y", "é": "e", "è": "e"})
_FEW = ("ingen", "ét", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti")


def _missing(value: float | None) -> bool:
    # pandas' NA refuses to be compared (TypeError), NaN differs from itself; neither is worth importing
    # pandas for.
    try:
        return not math.isfinite(value)  # type: ignore[arg-type]
    except TypeError:
        return True


def decimal(value: float | None, decimals: int = 1, signed: bool = False) -> str:
    """A number with a fixed number of decimals: 1234.56 → "1.234,6"; halves round away from zero.

    Rounding follows the decimal text of the number (2.675 → "2,68"), as a reader would do it by hand.
    With `signed` what is above zero after rounding carries a plus.
    """
    if value is None or _missing(value):
        return MISSING
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + text


def number(value: float | None) -> str:
    """A whole number with points between thousands: 1234567 → "1.234.567"."""
    return decimal(value, 0)


def _hundredfold(share: float | None) -> float | None:
    # Through Decimal, so that 0.285 becomes 28.5 and not 28.499999999999996.
    return None if share is None or _missing(share) else float(Decimal(repr(float(share))) * 100)


def percent(share: float | None, decimals: int = 1, signed: bool = False) -> str:
    """A share between 0 and 1 in per cent: 0.793 → "79,3 pct."; `decimals=0` gives "79 pct."."""
    value = _hundredfold(share)
    return MISSING if value is None else f"{decimal(value, decimals, signed)} pct."


def points(difference: float | None, decimals: int = 1) -> str:
    """A difference between two shares, with its sign: −0.041 → "−4,1 pct.point", 0.02 → "+2,0 pct.point"."""
    value = _hundredfold(difference)
    return MISSING if value is None else f"{decimal(value, decimals, signed=True)} pct.point"


def points_interval(low: float | None, high: float | None, decimals: int = 1) -> str:
    """The limits of a difference between two shares: "−9,7 til +8,1 pct.point".

    With a word between them, because a dash beside a minus is easily misread.
    """
    first, last = points(low, decimals), points(high, decimals)
    return MISSING if MISSING in (first, last) else f"{first.removesuffix(' pct.point')} til {last}"


def date(value: Date | str | None) -> str:
    """A date in words: 2025-09-03 → "3. september 2025"; takes a date, a timestamp or ISO text.

    A moment with a time zone gives the day it was here. Raises ValueError for text that is no ISO date.
    """
    if value is None or value == "" or value != value:  # NaT differs from itself
        return MISSING
    day = Date.fromisoformat(value[:10]) if isinstance(value, str) else value
    if isinstance(day, DateTime) and day.tzinfo:
        day = here(day)
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def moment(value: DateTime) -> str:
    """A moment as Danish clocks show it: "4. marts 2026 kl. 14.05"; without a time zone it is taken as UTC."""
    local = here(value)
    return f"{date(local.date())} kl. {local.hour}.{local.minute:02d}"


def period(value: str | None) -> str:
    """A period in words: "2025K4" → "4. kvartal 2025", "2025M03" → "marts 2025"; other text is returned as it is.

    A wave on a day is called by its own name where it has one: "2025-04-15 forår 2025" → "forår 2025".
    """
    if not value:
        return MISSING
    if day := _DAY.fullmatch(value):
        return day[2] or date(day[1])
    match = _PERIOD.fullmatch(value)
    if match is None:
        return value
    year, letter, number = match[1], match[2], int(match[3])
    if letter == "U":
        return f"uge {number}, {year}"
    if letter == "M":
        return f"{MONTHS[number - 1]} {year}" if 1 <= number <= len(MONTHS) else value
    return f"{number}. {_PART_WORDS[letter]} {year}" if 1 <= number <= _PARTS_OF_A_YEAR[letter] else value


def in_period(value: str) -> str:
    """When something was, as a sentence has it: "i 2025", "den 15. april 2025", "i foråret 2025", "i målingen X"."""
    day = _DAY.fullmatch(value)
    if day is None:
        return f"i {period(value)}"
    season, _, rest = (day[2] or "").partition(" ")
    if season.lower() in SEASONS:
        return f"i {SEASONS[season.lower()]} {rest}".rstrip()
    return f"i målingen {day[2]}" if day[2] else f"den {date(day[1])}"


def since_period(value: str) -> str:
    """The same of what has been since: "siden 2025", "siden den 15. april 2025", "siden foråret 2025"."""
    return f"siden {in_period(value).removeprefix('i ')}"


def periods(first: str, last: str) -> str:
    """From one period to another: "2021–2025", "1. halvår 2021 – 2. halvår 2025"; one alone by itself."""
    if first == last:
        return period(first)
    dash = "–" if first.isdigit() and last.isdigit() else " – "
    return f"{period(first)}{dash}{period(last)}"


def join(words: Iterable[str], last: str = "og") -> str:
    """A list as one reads it aloud: ["a", "b", "c"] → "a, b og c"."""
    items = list(words)
    return items[0] if len(items) == 1 else f" {last} ".join([", ".join(items[:-1]), items[-1]]) if items else ""


def quoted(text: str) -> str:
    """The text between Danish quotation marks: »Herlev«."""
    return f"»{text}«"


def ended(sentence: str) -> str:
    """A sentence with its full stop; one that ends in "pct." has it."""
    return sentence if sentence.endswith(".") else f"{sentence}."


def opening(text: str) -> str:
    """A text as it begins a sentence, with a capital first; the rest stays as it is."""
    return f"{text[:1].upper()}{text[1:]}"


def inside(title: str) -> str:
    """A title as it stands inside a sentence, with a small letter first; an abbreviation such as "MC-kørsel" stays."""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"


def plural(count: float | None, one: str, many: str) -> str:
    """A count with its noun: 1 → "1 anmeldelse", 0 → "0 anmeldelser", 1200 → "1.200 anmeldelser"."""
    return f"{number(count)} {one if count == 1 else many}"


def few(count: int, one: str = "ét") -> str:
    """A small count in words, as titles have it: 3 → "tre"; `one` is the word for one in the gender of its noun."""
    if count == 1:
        return one
    return _FEW[count] if count < len(_FEW) else number(count)


def sort_key(text: str) -> str:
    """A key that sorts as a Danish reader expects: æ, ø, å (and aa) last, capitals and accents aside."""
    return text.casefold().replace("aa", "å").translate(_ORDER)


def in_order(words: Iterable[str]) -> list[str]:
    """The words in Danish alphabetical order."""
    return sorted(words, key=sort_key)
