"""What a number format makes of the number in a cell: the same, thousands of it, text beside it, or nothing at all.

Format codes are those of the file format (ECMA-376 part 1, 18.8.31), which has commas between thousands whatever the
language of the program.
"""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

OTHER, SCALED, WORDED, BLANK = "other", "scaled", "worded", "blank"
"""Shown as another number or as none; in thousands or millions; with a word beside it; a zero shown as nothing."""
_PIECE = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|.', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_MARKS = frozenset("0#?.,%@")
_DATE = re.compile(r"[ymdhs]|am/pm|e[+-]", re.IGNORECASE)
_GENERAL = re.compile("general|standard", re.IGNORECASE)
_SCALE = re.compile(r"[0#?](,+)(?=[^0#?,]*$)")
_PERCENT = re.compile(r"%|\bpct\b|\bprocent\b", re.IGNORECASE)
_CHANGES = re.compile(
    r"[0-9<>≤≥~±×‰]|\b(?:tus|tusind(?:e|er)?|t|k|m|mio|mill|million(?:er)?|mia|milliard(?:er)?|hundred(?:e|er)?|promille|pr"
    r"|per|indeks|index|ca|cirka|under|over|højst|mindst|mere|færre)\b",
    re.IGNORECASE,
)
_SAYS = {1: re.compile(r"\b(?:tus|tusind(?:e|er)?|t|k)\b", re.IGNORECASE),
         2: re.compile(r"\b(?:mio|mill|million(?:er)?|m)\b", re.IGNORECASE)}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """How a number is shown where that is not as it is stored: which way (see `OTHER`), and the text in the cell."""

    way: str
    text: str


@dataclass(frozen=True)
class Section:
    """One part of a format: when it is used, its marks without words, and the words before and after the number."""

    condition: tuple[str, float] | None
    marks: str
    before: str
    after: str

    @property
    def shows_number(self) -> bool:
        """Whether the number stands in the cell, and not words alone."""
        return bool(re.search("[0#?@]", self.marks) or _GENERAL.search(self.marks))

    @property
    def words(self) -> str:
        """The words in the cell beside the number."""
        return f"{self.before} {self.after}".strip()


def sections(code: str) -> list[Section]:
    """The parts of a format code, at most four."""
    parts: list[list[str]] = [[]]
    for piece in _PIECE.findall(code):
        if piece == ";":
            parts.append([])
        else:
            parts[-1].append(piece)
    return [_section(part) for part in parts[:4]]


def is_signed(code: str) -> bool:
    """Whether the first part writes a per cent sign as a plain letter, which multiplies nothing: 0.0"%" or 0.0\\%."""
    first = sections(code)[0]
    return bool(_PERCENT.search(first.words)) and "%" not in first.marks


@lru_cache(maxsize=4096)
def shown_by(code: str, number: float) -> Shown | None:
    """How a format shows a number; None where as it is stored, as a date, or with a per cent sign (see `is_signed`)."""
    if not code.strip() or not math.isfinite(number):
        return None
    used = _used(sections(code), number)
    if used is None or _DATE.search(_GENERAL.sub("", used.marks)) or _PERCENT.search(used.words):
        return None
    if not used.shows_number:
        if number == 0:
            return None if used.words else Shown(BLANK, "")
        return Shown(OTHER, used.words)
    if number == 0 and not (used.words or re.search("[0@]", used.marks) or _GENERAL.search(used.marks)):
        return Shown(BLANK, "")
    scale = _SCALE.search(used.marks)
    thousands = len(scale[1]) if scale else 0
    text = f"{used.before}{_written(number / 1000**thousands, used.marks)}{used.after}".strip()
    says = _CHANGES.search(used.words)
    if says and not (thousands and _says_scale(used.words, thousands)):
        return Shown(OTHER, text)
    if thousands:
        return Shown(SCALED, text)
    return Shown(WORDED, text) if re.search(r"[^\W\d_]", used.words) else None


def alters(code: str) -> bool:
    """Whether a format shows some number as something else than it is; most do not, accounting and dates among them."""
    bounds = [part.condition[1] for part in sections(code) if part.condition]
    samples = {0.0, 1.0, -1.0, *(bound + step for bound in bounds for step in (-1, 0, 1))}
    return any(shown_by(code, number) for number in samples)


def _section(pieces: list[str]) -> Section:
    condition, marks, before, after = None, "", "", ""
    for piece in pieces:
        if piece[0] == "[":
            if found := _CONDITION.fullmatch(piece):
                condition = (found[1], float(found[2]))
            continue
        if piece[0] in "_*" and len(piece) > 1:
            word = " "
        elif piece[0] == '"':
            word = piece.strip('"')
        elif piece[0] == "\\":
            word = piece[1:]
        elif piece in _MARKS or piece.isalpha() or piece == "/":
            marks += piece
            continue
        else:
            word, marks = piece, marks + (piece if piece in "+-" else "")
        if re.search("[0#?@]", marks) or _GENERAL.search(marks):
            after += word
        else:
            before += word
    return Section(condition, marks, before, after)


def _used(parts: list[Section], number: float) -> Section | None:
    """The part that a number is shown by."""
    if any(part.condition for part in parts):
        for part in parts[:3]:
            if part.condition is None or _holds(*part.condition, number):
                return part
        return None
    if len(parts) == 1 or number > 0 or (number == 0 and len(parts) == 2):
        return parts[0]
    return parts[1] if number < 0 else parts[2]


def _holds(sign: str, bound: float, number: float) -> bool:
    return {"<": number < bound, ">": number > bound, "=": number == bound, "<=": number <= bound,
            ">=": number >= bound, "<>": number != bound}[sign]  # fmt: skip


def _says_scale(words: str, thousands: int) -> bool:
    """Whether the words say no more than the scale that the number is shown in."""
    return thousands in _SAYS and not _CHANGES.search(_SAYS[thousands].sub("", words))


def _written(number: float, marks: str) -> str:
    """The number with as many decimals as the marks have places for."""
    if _GENERAL.search(marks):
        return format(number, ".15g").replace(".", ",")
    decimals = re.search(r"\.([0#?]*)", marks)
    return format(number, f".{len(decimals[1]) if decimals else 0}f").replace(".", ",")
