"""Finds personal data in tables, so that a file with any is refused before a byte of it is kept.

In doubt a cell counts as personal: a needless refusal costs a minute, a stored CPR number a report to the
authority. What is found is never repeated; the messages mask it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data import danish
from data.contracts.columns import same_heading
from data.contracts.problems import Problem
from data.contracts.validation import CONTRACTS, recognise
from data.intake.tables import Table

IS_ADDRESS = "cellen ser ud til at indeholde en adresse"
MAX_ALIKE = 1000
"""Cells listed for one column; how many more there are is told in one further problem."""

# Ten digits whose first six are a date, with at most three blanks or signs between the two parts. The day
# may be 61–91 (replacement numbers, erstatningspersonnumre). Excel drops a leading zero, hence the nine
# digits.
_CPR = re.compile(r"(?<![0-9])([0-9]{6})[^0-9A-Za-zÆØÅæøå,;]{0,3}[0-9]{4}(?![0-9])")
_CPR_WITHOUT_ZERO = re.compile(r"\d{9}(?:[.,]0+)?", re.ASCII)
# A number with decimals ("123456.7891") is a figure, not ten digits with a point between; a leading zero
# gives it away.
_FIGURE = re.compile(r"[-−]?(?!0\d)\d+[.,](?!0+$)\d+", re.ASCII)
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\d.,])(?:\+|00)45[ ]?\d{2}[ ]?\d{2}[ ]?\d{2}[ ]?\d{2}(?!\d)"
    r"|(?<![\d.,-])\d{2} \d{2} \d{2} \d{2}(?! ?\d)"
    r"|(?:tlf|telefon|mobil|ring|sms|kontakt)\w*[.:]?\s*(?:på\s*)?(?:nr\.?\s*)?(?:\d{2}[ .-]?){3}\d{2}(?!\d)"
    r"|(?<=[^\W\d_][ :(])[2-9]\d{7}(?!\d)|(?<![\d.,-])[2-9]\d{3} \d{4}(?= ?[^\W\d_])",
    re.IGNORECASE,
)
_ROADS = (
    r"vej|gade|stræde|allé|alle|vænge|vænget|torv|torvet|plads|pladsen|parken|haven|have|bakken|bakke|vangen|vang|"
    r"boulevard|boulevarden|stien|sti|toften|toft|ageren|ager|engen|lunden|krogen|passagen|kæret|dalen|skrænten|volden"
)
_ADDRESS = re.compile(
    rf"(?<!\w)[A-ZÆØÅ][\wé.\-]*(?:(?:{_ROADS})|(?: [A-ZÆØÅ]?[\wé]+)? (?i:{_ROADS}))\s+\d{{1,3}}\s?[A-ZÆØÅa-zæøå]?"
    r"(?![\w%])(?!\s+(?!st\b|tv\b|th\b|mf\b|kl\b|sal\b)[a-zæøå]{3,})(?!\s?(?:pct|%))"
)
_FLOOR = re.compile(
    r"(?<!\w)[A-ZÆØÅ][\wé]{2,} \d{1,3}\s?[A-Za-z]?,\s*(?:st|kl|\d{1,2})\.?,?\s*(?:sal\s*)?(?:tv|th|mf)\b"
)

_PERSONAL_HEADINGS = re.compile(
    r"(?:.* )?(?:cpr|cprnr|cprnummer|personnummer|personnr|personid|fornavn|efternavn|mellemnavn|fulde? ?navn|"
    r"kaldenavn|borger|navne|adresse|vejnavn|husnummer|husnr|telefon|telefonnummer|telefonnr|tlf|tlfnr|mobil|"
    r"mobilnummer|mobilnr|e mail|email|mail|fødselsdato|fødselsdag|fødselsår|født|first ?name|last ?name|surname|"
    r"full ?name|address|phone|birth ?date|date of birth|ssn)(?: (?:nr|nummer|no|number|1|2))?"
    r"|(?!web)\w*adresse|\w+(?:fornavn|efternavn)|kontaktperson|kontakt"
    r"|(?:borger|beboer|person|barn|elev|ung|kontakt|leder|ansvarlig|medarbejder|forurettet|gerningsmand)\w* ?navn"
)
_NAME_HEADINGS = ("navn", "name")
# What every cell worth a closer look matches. Without lookarounds, so that Arrow can run it over a million
# cells.
_COARSE = (
    r"[0-9]{6}[^0-9]{0,3}[0-9]{4}|^\s*[0-9]{9}|@|(?:[0-9]{2}[^0-9A-Za-z]?){3}[0-9]{2}|[0-9][^0-9A-Za-z]?[A-Za-z]?,.?(?:st|kl|[0-9])"
    rf"|(?:{_ROADS})[^0-9A-Za-z]{{1,3}}[0-9]"
)
_BLANKS = re.compile(r"[\u00a0\u2009\u202f]")
_LOOKS_CLOSER = re.compile(_COARSE, re.IGNORECASE)


@dataclass(frozen=True)
class _Sort:
    """One sort of personal data: what finds it, what is shown instead of it, and what to say."""

    found_in: Callable[[str], bool]
    mask: str
    message: str
    remedy: str


def _is_cpr(text: str) -> bool:
    if _FIGURE.fullmatch(text):
        return False
    if _CPR_WITHOUT_ZERO.fullmatch(text) and _is_birth_date(f"0{text[:5]}"):
        return True
    return any(_is_birth_date(match[1]) for match in _CPR.finditer(text))


def _is_birth_date(six: str) -> bool:
    day, month = int(six[:2]), int(six[2:4])
    day = day - 60 if day > 60 else day
    # The century is not known, so 29 February stands for any year.
    return 1 <= month <= 12 and 1 <= day <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _finds(*patterns: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: any(pattern.search(text) for pattern in patterns)


_SORTS = (
    _Sort(_is_cpr, "······-····", "cellen ser ud til at indeholde et CPR-nummer",
          "Slet det, også i den fil, du har gemt"),
    _Sort(_finds(_EMAIL), "···@···", "cellen indeholder en e-mailadresse",
          "Skriv en rolle eller organisation i stedet"),
    _Sort(_finds(_PHONE), "·· ·· ·· ··", "cellen ser ud til at indeholde et telefonnummer", "Slet det"),
    _Sort(_finds(_ADDRESS, _FLOOR), "······ ··", IS_ADDRESS,
          "Skriv området i stedet for gade og nummer"),
)  # fmt: skip


def find_personal_data(tables: Iterable[Table]) -> tuple[Problem, ...]:
    """Every cell, heading, sheet name and file name that looks like personal data; () when there is none.

    ViewContext for are CPR numbers, e-mail addresses, Danish phone numbers and street addresses in all columns,
    and headings that name persons or ways to reach them. A bare "Navn" is accepted only where the contract
    has such a column.

    CPR numbers are looked for in number columns too: no figure in any contract has nine or ten digits by
    right. The values in the problems are masked.
    """
    problems: list[Problem] = []
    for table in tables:
        problems += _in_table(table)
    return tuple(problems)


def _in_table(table: Table) -> list[Problem]:
    file, sheet = masked(table.file), masked(table.sheet)
    problems = []
    for name, shown in ((table.file, file), (table.sheet, sheet)):
        sort = _sort_of(name)
        if sort and shown != name:
            problems.append(Problem(file, sheet, message=sort.message.replace("cellen", "navnet"), remedy=sort.remedy))
    kind = recognise(table.frame)
    own = {same_heading(word) for column in CONTRACTS[kind].columns for word in column.called} if kind else set()
    header_row = int(table.frame.index[0]) - 1 if len(table.frame) else 1
    for index, heading in enumerate(map(str, table.frame.columns)):
        words = same_heading(re.sub(r"[.:;*?()]", " ", heading))
        personal = _PERSONAL_HEADINGS.fullmatch(words) or (words in _NAME_HEADINGS and words not in own)
        sort = _sort_of(heading)
        if sort:
            problems.append(Problem(file, sheet, header_row, "", sort.mask, sort.message, sort.remedy))
        elif personal and words not in own:
            problems.append(
                Problem(
                    file, sheet, header_row, heading, "", "kolonnen ser ud til at indeholde oplysninger om personer",
                    "Slet kolonnen; er det navne på områder, så kald den »Område«",
                )
            )  # fmt: skip
        problems += _in_column(table.frame.iloc[:, index], file, sheet, masked(heading))
    return problems


def _sort_of(text: str) -> _Sort | None:
    if not _LOOKS_CLOSER.search(text):
        return None
    text = _BLANKS.sub(" ", text).strip()
    return next((sort for sort in _SORTS if sort.found_in(text)), None)


def masked(text: str) -> str:
    """The text, or dots in its place where it looks like personal data."""
    sort = _sort_of(text)
    return sort.mask if sort else text


def _in_column(cells: "pd.Series[str]", file: str, sheet: str, heading: str) -> list[Problem]:
    unique = pa.array(cells.unique(), pa.large_string())
    likely = pc.match_substring_regex(unique, _COARSE, ignore_case=True)
    personal = {text: sort for text in unique.filter(likely).to_pylist() if (sort := _sort_of(text))}
    if not personal:
        return []
    hits = cells[cells.isin(list(personal))]
    listed = hits.iloc[:MAX_ALIKE]
    problems = []
    for row, text in zip(listed.index.tolist(), listed, strict=True):
        sort = personal[text]
        problems.append(Problem(file, sheet, row, heading, sort.mask, sort.message, sort.remedy))
    if len(hits) > len(listed):
        more = f"{danish.number(len(hits) - len(listed))} andre celler i kolonnen ligner personoplysninger"
        problems.append(Problem(file, sheet, None, heading, "", more, "Slet dem"))
    return problems


def find_personal_text(text: str) -> str:
    """What a typed text seems to hold of personal data, in Danish without a closing full stop; "" where nothing."""
    sort = _sort_of(text)
    return "" if sort is None else sort.message.replace("cellen", "teksten")
