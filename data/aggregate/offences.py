"""Which of the partnership's categories an offence counts in; a case may count in several."""

import re
from collections import Counter
from collections.abc import Sequence

from data.partnership import Category

UNKNOWN = 0
"""The signature of an offence that counts in no category."""
NO_OFFENCE = -1
"""The signature of a case without an offence."""
_CODE = re.compile(r"\d+")
SHORTEST_PREFIX = 2


class OffenceGroups:
    """Offences as a file writes them → their signature: bit k is set where they count in category k.

    A category counts the codes that begin with one of its `offences` (its own id where it names none) and the texts
    that are one of them or its title. The category of the whole, `total`, counts every case, but only where the file
    holds all kinds of cases. `others` counts the cases in no category of their own; codes stand there as they are
    written, any other text as "" (it might say anything).
    """

    def __init__(self, categories: Sequence[Category], total: str, whole: bool) -> None:
        """`whole`: whether the file holds every kind of case."""
        self.categories = [category.id for category in categories if whole or category.id != total]
        self.others: Counter[str] = Counter()
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

    def note(self, offence: str, cases: int) -> None:
        """Count cases whose offence is in no category of its own."""
        if self.signature(offence) in (UNKNOWN, self._total):
            self.others[offence if _CODE.fullmatch(offence) and len(offence) <= 6 else ""] += cases
