"""Names the words for an offence that no category knows: how many cases have each, and in which row it first stands."""

import re
from collections.abc import Iterator

from data import danish
from data.aggregate.offences import OffenceGroups
from data.contracts.problems import shorten
from data.intake.privacy import masked

MOST_NAMED = 10
_OF_A_CASE = re.compile(r"\d{4,}|[^\W\d_]\d|\d[^\W\d_]{2,}")
"""Long numbers, and letters and digits in one: numbers of cases, cars and persons. A paragraph (§ 276 a) is none."""


def unknown_words(groups: OffenceGroups, *, exact: bool) -> Iterator[str]:
    """Danish sentences that name the unknown words, for whoever has the cases before them.

    `exact`: the numbers of the rows are those of the file; otherwise rows that could not be read stand before them.
    """
    by_number = sorted(groups.unknown.items(), key=lambda each: (-each[1].rows, each[1].first))
    if not by_number:
        return
    where = "række" if exact else "omkring række"
    named = [
        f"{_shown(word)} ({danish.plural(told.rows, 'sag', 'sager')}, første gang i {where} "
        f"{danish.number(told.first)}{_meant(groups, word)})"
        for word, told in by_number[:MOST_NAMED]
    ]
    more = len(by_number) - MOST_NAMED
    if more > 0:
        named.append(danish.plural(more, "andet", "andre"))
    yield f"Ord for en overtrædelse, som ingen kategori kender: {danish.join(named)}."
    yield "Skriv ordene under offences ved den rette kategori i partnership.toml, hvis sagerne skal tælles i den."


def unknown_counted(groups: OffenceGroups) -> Iterator[str]:
    """A Danish sentence that only counts them, for what is sent on: what a case says may tell of a person."""
    if cases := sum(told.rows for told in groups.unknown.values()):
        many = danish.plural(cases, "sag har", "sager har")
        yield f"{many} en overtrædelse med ord, som ingen kategori kender."


def _shown(word: str) -> str:
    return "en tekst med numre" if _OF_A_CASE.search(word) else f"»{shorten(masked(word))}«"


def _meant(groups: OffenceGroups, word: str) -> str:
    near = groups.resembling(word)
    return f"; ligner »{near}«" if near else ""
