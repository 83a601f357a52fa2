"""Shares written in per cent: found by the column as a whole, and read as shares once somebody has said so."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import pandas as pd

from data.contracts.definitions import CONTRACTS
from data.contracts.problems import Problem
from data.contracts.validation import headings_of
from data.contracts.values import comma

PERCENT, SHARE = "percent", "share"
UNITS = {PERCENT: "procent (81 læses som 0,81)", SHARE: "andele mellem 0 og 1"}
"""What a column of shares may be written in, and the words for it."""
_NUMBER = re.compile(r"(\d{1,3}(?:[.,]\d*)?|[.,]\d+)\s*(?:%|pct\.?|procent)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_MARKED = re.compile(r"%|pct\.?$|procent$", re.IGNORECASE)
_HEADING = re.compile(r"%|\bpct\b|\bprocent", re.IGNORECASE)


@dataclass(frozen=True)
class InDoubt:
    """A column of shares that is, or may be, in per cent: its heading, what it is taken for, and its ends as written.

    `guess` is "" where the heading says per cent and the figures could be shares.
    """

    heading: str
    guess: str
    smallest: str
    largest: str

    @property
    def sentence(self) -> str:
        """What was seen, in Danish."""
        said = "ser ud til at være i procent" if self.guess else "siger procent, men har kun tal under 1"
        ends = self.smallest if self.smallest == self.largest else f"tal fra {self.smallest} til {self.largest}"
        return f"»{self.heading}« {said} ({ends})."


def number_in(text: str) -> Decimal | None:
    """The number in a cell, with or without a per cent sign; None where there is none between 0 and 100."""
    found = None if _THOUSANDS.fullmatch(text.strip()) else _NUMBER.fullmatch(text.strip())
    number = Decimal(found[1].replace(",", ".").rstrip(".")) if found else None
    return number if number is not None and number <= 100 else None


def in_percents(cells: Sequence[str], heading: str = "") -> InDoubt | None:
    """Whether cells of shares are in per cent, judged together: one above 1, or a per cent sign, speaks for them all.

    None for shares, and for cells of which some are no numbers from 0 to 100.
    """
    filled = [text.strip() for text in cells if text.strip() and text.strip() != ".."]
    numbers = [number_in(text) for text in filled]
    known = [number for number in numbers if number is not None]
    if not known or len(known) < len(filled):
        return None
    marked = any(_MARKED.search(text) for text in filled)
    says = bool(_HEADING.search(heading))
    if not marked and max(known) <= 1 and not says:
        return None
    guess = PERCENT if marked or max(known) > 1 else ""
    return InDoubt(heading, guess, comma(float(min(known))), comma(float(max(known))))


def as_share(text: str) -> str:
    """A cell in per cent as the share it means: "81,5 %" → "0.815"; what is no such number stays."""
    number = number_in(text)
    return text if number is None else format(number / 100, "f")


def columns_in_doubt(frame: pd.DataFrame, kind: str, also: Mapping[str, str] | None = None) -> dict[str, InDoubt]:
    """The columns of shares in a table of a kind that are, or may be, in per cent, by their id."""
    found: dict[str, InDoubt] = {}
    headings = headings_of(frame, kind, also)
    for column in CONTRACTS[kind].columns:
        if column.kind == "share" and column.name in headings:
            heading = headings[column.name][0]
            doubt = in_percents(frame.iloc[:, list(frame.columns).index(heading)].astype(str).tolist(), str(heading))
            found |= {column.name: doubt} if doubt else {}
    return found


def without_percents(frame: pd.DataFrame, doubts: Mapping[str, InDoubt]) -> pd.DataFrame:
    """The table with the columns in doubt read as per cents."""
    shares = frame.copy()
    shares.attrs = frame.attrs
    for doubt in doubts.values():
        place = list(frame.columns).index(doubt.heading)
        shares.isetitem(place, frame.iloc[:, place].astype(str).map(as_share).astype(frame.iloc[:, place].dtype).array)
    return shares


def with_question(problem: Problem, doubts: Sequence[InDoubt], command_line: str) -> Problem:
    """A problem with a share in per cent, which may also be mended by saying so of its whole column."""
    if problem.row is None or problem.column not in {each.heading for each in doubts if each.guess}:
        return problem
    also = f"eller sig i trin 2 på siden Data, at kolonnen er i procent{command_line}--shares {PERCENT}"
    return replace(problem, remedy=f"{problem.remedy}, {also}")


def percent_problem(doubt: InDoubt, file: str, sheet: str, command_line: str) -> Problem:
    """The question of a column whose heading says per cent over figures that could be shares."""
    return Problem(
        file, sheet, None, doubt.heading, "", doubt.sentence.rstrip("."),
        "Sig i trin 2 på siden Data, om tallene er procent eller andele, eller skriv dem alle som andele mellem 0 og 1"
        f"{command_line}--shares {doubt.guess or f'{PERCENT} eller {SHARE}'}",
    )  # fmt: skip
