"""From what stands in a cell to a typed value, or a plain reason why not; a doubtful number is never guessed."""

import datetime as dt
import re
from collections.abc import Callable

from data.calendar import FORMS, Period
from data.contracts.columns import Column
from data.contracts.look_alikes import alike, unseen_removed
from data.danish import MONTHS

Value = str | int | float | dt.date

NOT_AVAILABLE = ".."
"""Statistics Denmark's mark for "not available" (0 is a figure; this is the lack of one)."""

_SPACES = re.compile(r"(?<=\d)[ \u00a0\u2002-\u200a\u202f](?=\d{3}(?!\d))")
_WHOLE = re.compile(r"[+-]?\d{1,15}")
_POINT_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+")
_COMMA_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+")
_WHOLE_WITH_ZEROS = re.compile(r"([+-]?\d{1,15})[.,]0+")
_DECIMAL = re.compile(r"[+-]?(?:\d{1,15}(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,2})?")
_DANISH = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+,\d+")
_ENGLISH = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+\.\d+")
_HIDDEN = re.compile(r"[<≤]\s?\d+|\*+|under \d+", re.IGNORECASE)
_STROKE = re.compile(r"[-–—]|\.|…")
_NOTED = re.compile(r"([\d.,\s]*\d)\s*(?:\*+|\(?[\da-z]\)|\([a-z]+\))", re.IGNORECASE)
_SERIAL = re.compile(r"[3-6]\d{4}")
_EXCEL_BEGAN = dt.date(1899, 12, 30)
_PERCENT = re.compile(r"(.*\d)\s*(?:%|pct\.?|procent)", re.IGNORECASE)

_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DANISH_DATE = re.compile(r"(\d{1,2})[-.]\s?(\d{1,2})[-.]\s?(\d{4})")
_YEAR = re.compile(r"((?:19|20)\d{2})(?:[.,]0)?")
_QUARTER = re.compile(r"((?:19|20)\d{2})(?:[ -]?[KkQq]\.?([1-4])|,? ?([1-4])\. ?kv(?:artal|t)?\.?)", re.IGNORECASE)
_MONTH = re.compile(r"((?:19|20)\d{2})[ -]?[Mm]\.?(0?[1-9]|1[0-2])")
_MONTH_NAMED = re.compile(rf"({'|'.join(MONTHS)}),? ((?:19|20)\d{{2}})", re.IGNORECASE)
_PART = re.compile(r"((?:19|20)\d{2})[ -]?([HhTt])\.?([1-3])")
_PART_FIRST = re.compile(
    r"(?:([HhTt])\.?([1-3])|([1-3])\.? ?(halvår|tertial))[ -]?((?:19|20)\d{2})", re.IGNORECASE
)  # fmt: skip
_WEEK = re.compile(r"((?:19|20)\d{2})[ -]?[UuWw]\.?(\d{1,2})")
_WEEK_FIRST = re.compile(r"uge (\d{1,2}),? ((?:19|20)\d{2})", re.IGNORECASE)
_QUARTER_FIRST = re.compile(r"(?:[KkQq]\.?([1-4])|([1-4])\.? ?kv(?:artal|t)?\.?),?[ -]?((?:19|20)\d{2})", re.IGNORECASE)
_DAY_NAMED = re.compile(r"(\d{4}-\d{2}-\d{2}) +(.{1,40})")
_NAMED_DAY = re.compile(r"(.{1,40}?),? +\(?([\d.-]{8,10})\)?")
_PARTS = {"H": "half_year", "T": "four_months"}


class UnreadableError(ValueError):
    """A cell that cannot be read; `message` and `remedy` are Danish clauses without a full stop."""

    def __init__(self, message: str, remedy: str) -> None:
        """Keep the two clauses."""
        super().__init__(message)
        self.message, self.remedy = message, remedy


def comma(value: float) -> str:
    """A number as one types it in a Danish cell: 0.83 → "0,83"."""
    return format(value, ".15g").replace(".", ",")


def _tidy(text: str) -> str:
    return _SPACES.sub("", unseen_removed(text)).replace("−", "-")


def integer(text: str, column: Column) -> int:
    """A whole number; "1.234" and "1 234" are 1234, "1,234" is refused because it may be 1.234 or 1234."""
    number = _tidy(text)
    if _WHOLE.fullmatch(number):
        return int(number)
    if _POINT_GROUPS.fullmatch(number):
        return int(number.replace(".", ""))
    if _COMMA_GROUPS.fullmatch(number):
        if number.count(",") > 1:
            return int(number.replace(",", ""))
        raise UnreadableError(
            "tallet er tvetydigt: kommaet kan skille tusinder eller decimaler",
            f"Skriv det hele tal uden skilletegn, fx {number.replace(',', '')}",
        )
    if zeros := _WHOLE_WITH_ZEROS.fullmatch(number):
        return int(zeros[1])
    if _PERCENT.fullmatch(number) or not _DECIMAL.fullmatch(number):
        raise _not_a_number("der skal stå et helt tal", column, number)
    raise UnreadableError("der skal stå et helt tal", f"Skriv et tal uden decimaler, fx {column.example or '12'}")


def _not_a_number(message: str, column: Column, text: str) -> UnreadableError:
    empty = f", eller lad cellen være tom ({column.empty_means})" if column.empty_means else ""
    if _HIDDEN.fullmatch(text):
        return UnreadableError(
            "tallet er skjult i filen, så det kan ikke læses", f"Bed den, der har lavet filen, om tallet{empty}"
        )
    if _STROKE.fullmatch(text):
        return UnreadableError(
            "tegnet kan betyde både 0 og ikke oplyst", f"Skriv 0, hvis der ingen er{empty or ', eller skriv tallet'}"
        )
    if noted := _NOTED.fullmatch(text):
        return UnreadableError("der står et notetegn efter tallet", f"Skriv kun tallet, fx {noted[1].strip()}")
    return UnreadableError(message, f"Skriv kun tallet med cifre, fx {column.example or '12'}{empty}")


def decimal(text: str, column: Column) -> float:
    """A number with decimal comma or point.

    "1.234" may be 1234 or 1.234: it is read only where the limits of the column leave one of the two.
    """
    number = _tidy(text)
    if _POINT_GROUPS.fullmatch(number):
        thousands = float(number.replace(".", ""))
        if number.count(".") > 1:
            return thousands
        return _only_possible(thousands, float(number), column)
    if _DANISH.fullmatch(number):
        return float(number.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(number):
        return float(number.replace(",", ""))
    if _DECIMAL.fullmatch(number):
        return float(number.replace(",", "."))
    raise _not_a_number("der skal stå et tal", column, number)


def _only_possible(thousands: float, point: float, column: Column) -> float:
    low = float("-inf") if column.minimum is None else column.minimum
    high = float("inf") if column.maximum is None else column.maximum
    possible = [value for value in (thousands, point) if low <= value <= high]
    if not possible:
        return point  # the contract's limits refuse it
    if len(possible) == 1:
        return possible[0]
    raise UnreadableError(
        "tallet er tvetydigt: punktummet kan skille tusinder eller decimaler",
        f"Skriv {comma(thousands)} eller {comma(point)}",
    )


def share(text: str, column: Column) -> float:
    """A share between 0 and 1; one given in per cent is refused with the share to write instead."""
    if percent := _PERCENT.fullmatch(text):
        raise UnreadableError("andelen er skrevet i procent", share_remedy(decimal(percent[1], column)))
    return decimal(text, column)


def share_remedy(percent: float) -> str:
    """How to write a share that was given in per cent."""
    example = comma(percent / 100) if 0 < percent <= 100 else "0,83"
    return f"Skriv andelen som et tal mellem 0 og 1, fx {example} i stedet for {comma(percent)}"


def date(text: str, column: Column) -> dt.date:
    """A date as 2025-09-03, 03-09-2025 or 3.9.2025; with a slash it is refused, as day and month may be swapped."""
    if iso := _ISO_DATE.fullmatch(text):
        year, month, day = iso.groups()
    elif danish := _DANISH_DATE.fullmatch(text):
        day, month, year = danish.groups()
    else:
        raise UnreadableError("datoen kan ikke læses", "Skriv den som år-måned-dag, fx 2025-09-03, eller 03-09-2025")
    try:
        day_of = dt.date(int(year), int(month), int(day))
    except ValueError:
        raise UnreadableError("datoen findes ikke i kalenderen", "Ret dag, måned eller år, fx 2025-09-03") from None
    if not 1900 <= day_of.year <= 2100:
        raise UnreadableError("årstallet er ikke muligt", "Ret årstallet; det skal ligge mellem 1900 og 2100")
    return day_of


def period(text: str, column: Column) -> str:
    """A year "2025", a part of one ("2025H2", "2025T3", "2025K4", "2025M11") or a week "2025U48", as the column takes.

    Also read: "2025Q4", "2025 K4", "K4 2025", "4. kvartal 2025", "2025, 4. kvt.", "2. halvår 2025", "3. tertial 2025",
    "november 2025", "2025W48" and "uge 48, 2025"; where a column takes days, "15-04-2025", and a day with a name:
    "2025-04-15 forår 2025" or "forår 2025 (15-04-2025)".
    """
    code, text = "", unseen_removed(text)
    if year := _YEAR.fullmatch(text):
        code, length = year[1], "year"
    elif quarter := _QUARTER.fullmatch(text):
        code, length = f"{quarter[1]}K{quarter[2] or quarter[3]}", "quarter"
    elif quarter := _QUARTER_FIRST.fullmatch(text):
        code, length = f"{quarter[3]}K{quarter[1] or quarter[2]}", "quarter"
    elif month := _MONTH.fullmatch(text):
        code, length = f"{month[1]}M{int(month[2]):02d}", "month"
    elif spelt := _MONTH_NAMED.fullmatch(text):
        code, length = f"{spelt[2]}M{MONTHS.index(spelt[1].lower()) + 1:02d}", "month"
    elif part := _PART.fullmatch(text):
        code, length = f"{part[1]}{part[2].upper()}{part[3]}", _PARTS[part[2].upper()]
    elif said := _PART_FIRST.fullmatch(text):
        letter = (said[1] or said[4][:1]).upper()
        code, length = f"{said[5]}{letter}{said[2] or said[3]}", _PARTS[letter]
    elif week := _WEEK.fullmatch(text) or _WEEK_FIRST.fullmatch(text):
        year_first = len(week[1]) == len("2025")
        named, number = (week[1], week[2]) if year_first else (week[2], week[1])
        code, length = f"{named}U{int(number):02d}", "week"
    elif "day" in column.periods:
        code, length = _day_with_name(text, column), "day"
    if code and length in column.periods:
        try:
            return Period.parse(code).code
        except ValueError:
            if length == "day":
                remedy = "Skriv det med bogstaver, tal og mellemrum og et bogstav først, fx 2025-04-15 forår 2025"
                raise UnreadableError("målingens navn kan ikke bruges", remedy) from None
            raise UnreadableError("perioden findes ikke i kalenderen", "Ret periodens nummer") from None
    *others, last = (FORMS[length] for length in column.periods)
    wanted = f"{', '.join(others)} eller {last}" if others else last
    if _SERIAL.fullmatch(text) or _ISO_DATE.fullmatch(text):
        day = _EXCEL_BEGAN + dt.timedelta(int(text)) if _SERIAL.fullmatch(text) else date(text, column)
        meant = f"cellen er en dato ({day.day}. {MONTHS[day.month - 1]} {day.year}), ikke en periode"
        raise UnreadableError(meant, f"Skriv {wanted}, og sæt cellens format til Tekst")
    raise UnreadableError("perioden kan ikke læses", f"Skriv {wanted}")


def _day_with_name(text: str, column: Column) -> str:
    """The code of a day, with the name it was given; "" where the text holds no day."""
    if named := _DAY_NAMED.fullmatch(text):
        day, name = named[1], named[2]
    elif said := _NAMED_DAY.fullmatch(text):
        day, name = said[2], said[1]
    else:
        day, name = text, ""
    if not (_ISO_DATE.fullmatch(day) or _DANISH_DATE.fullmatch(day)):
        return ""
    return f"{date(day, column).isoformat()} {' '.join(name.split())}".strip()


def choice(text: str, column: Column) -> str:
    """The value behind an accepted word, in any case; other text is left for the contract's check to refuse."""
    word = alike(text)
    for value, label in column.choices.items():
        if word in (alike(value), alike(label)):
            return value
    return text


def items(text: str) -> tuple[str, ...]:
    """The parts of a list cell: "a; b;" → ("a", "b")."""
    return tuple(part for part in (part.strip() for part in text.split(";")) if part)


def listing(text: str, column: Column) -> str:
    """A list in its one form: parts without blanks around them, each once, joined by ";"."""
    return ";".join(dict.fromkeys(items(text)))


def words(text: str, column: Column) -> str:
    """Text as it stands; a number code gets its digits ("0159" and "159" both become "159")."""
    if column.digits and text.isdecimal() and len(text) <= column.digits + 1:
        return str(int(text)).zfill(column.digits)
    return text if column.exists is None else column.exists(text)


READERS: dict[str, Callable[[str, Column], Value]] = {
    "text": words,
    "integer": integer,
    "decimal": decimal,
    "share": share,
    "date": date,
    "period": period,
    "list": listing,
    "choice": choice,
}
"""How a cell of each kind is read; all raise `UnreadableError`."""
