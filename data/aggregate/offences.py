"""Which of the partnership's categories an offence counts in; a case may count in several."""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches

from data.aggregate.raw_rows import Word
from data.partnership import Category

UNKNOWN = 0
"""The signature of an offence that counts in no category."""
NO_OFFENCE = -1
"""The signature of a case without an offence."""
_CODE = re.compile(r"\d+")
SHORTEST_PREFIX = 2
LONGEST_CODE = 6
"""Digits of a code; a longer number may be anything."""
RESEMBLING = 0.75
"""How alike two words must be for one to be held up for the other."""


class OffenceGroups:
    """Offences as a file writes them → their signature: bit k is set where they count in category k.

    A category counts the codes that begin with one of its `offences` (its own id where it names none) and the texts
    that are one of them or its title. The category of the whole, `total`, counts every case, but only where the file
    holds all kinds of cases. Of cases in no category of their own, `others` counts those with a code by it, and
    `unknown` has the words of the others.
    """

    def __init__(self, categories: Sequence[Category], total: str, whole: bool) -> None:
        """`whole`: whether the file holds every kind of case."""
        self.categories = [category.id for category in categories if whole or category.id != total]
        self.others: Counter[str] = Counter()
        self.unknown: dict[str, Word] = {}
        self._titles: dict[str, str] = {}
        self._total = 1 << self.categories.index(total) if total in self.categories else 0
        self._prefixes: list[tuple[str, int]] = []
        self._words: dict[str, int] = {}
        for category in categories:
            if category.id == total:
                continue
            bit = 1 << self.categories.index(category.id)
            for offence in category.offences or (category.id,):
                if _CODE.fullmatch(offence) and len(offence) >= SHORTEST_PREFIX:
                    self._prefixes.append((offence, bit))
                self._words[offence.casefold()] = self._words.get(offence.casefold(), 0) | bit
            title = category.title.casefold()
            self._words[title] = self._words.get(title, 0) | bit
            self._titles |= {title: category.title, **{each.casefold(): each for each in category.offences}}
        self._known: dict[str, int] = {}

    def signature(self, offence: str) -> int:
        """The categories of one offence as bits; see the class."""
        if offence not in self._known:
            self._known[offence] = self._signature(offence)
        return self._known[offence]

    def _signature(self, offence: str) -> int:
        if not offence:
            return NO_OFFENCE
        bits = self._words.get(offence.casefold(), 0)
        if code := _CODE.match(offence):
            for prefix, bit in self._prefixes:
                bits |= bit if code[0].startswith(prefix) else 0
        return bits | self._total

    def note(self, offence: str, told: Word) -> None:
        """Remember the cases of an offence that is in no category of its own."""
        if self.signature(offence) in (UNKNOWN, self._total):
            if _CODE.fullmatch(offence) and len(offence) <= LONGEST_CODE:
                self.others[offence] += told.rows
            else:
                self.unknown[offence] = told

    def resembling(self, offence: str) -> str:
        """The known word that an unknown one may be meant as; "" where none is like it."""
        near = get_close_matches(offence.casefold(), self._titles, 1, RESEMBLING)
        return self._titles[near[0]] if near else ""
