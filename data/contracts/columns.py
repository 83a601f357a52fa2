"""The nouns a contract is made of: its columns, its rules, and the vocabulary a file may use."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import pandas as pd

from data.contracts.look_alikes import alike

Kind = Literal["text", "integer", "decimal", "share", "date", "period", "list", "choice"]
Vocabulary = Literal[
    "areas",
    "indicators",
    "categories",
    "series",
    "sources",
    "initiatives",
    "purposes",
    "principles",
    "meetings",
    "dialogues",
    "profiles",
    "focus_areas",
    "forums",
]
LARGEST = 10**12
"""No figure in any contract is larger; what is, is a slip of the keyboard or an identity number."""
LONGEST = 500
"""Characters in a text, unless its column says otherwise."""


Codes = Mapping[str, Iterable[tuple[str, str]]]
"""Lists of codes by title: each list is pairs of a code and what it means."""


@dataclass(frozen=True)
class Column:
    """One column of a contract.

    `required`: the file must have the column. `empty_means`: None when every cell must be filled, otherwise
    what an empty cell says (Danish). `choices`: accepted value → Danish word for it; both are accepted.
    `refers`: the vocabulary (a field of `Known`) the value must be found in. `periods`: accepted lengths of
    a period. `future`: may lie after today. `pattern`: a regular expression for the whole value, explained
    by `form` (Danish). `digits`: a number code is written with this many digits ("0159" and "159" are the
    same). `longest`: most characters of a text or list. `once_called`: headings of earlier templates, still read.
    `exists`: returns a text that names something that exists, and raises `data.contracts.values.UnreadableError` for
    another.
    """

    name: str
    heading: str
    kind: Kind
    meaning: str
    example: str
    required: bool = True
    empty_means: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    minimum: float | None = None
    maximum: float | None = None
    refers: Vocabulary | None = None
    periods: tuple[str, ...] = ("year", "quarter")
    future: bool = False
    pattern: str = ""
    form: str = ""
    digits: int = 0
    longest: int = LONGEST
    exists: Callable[[str], str] | None = None
    once_called: tuple[str, ...] = ()

    @property
    def called(self) -> tuple[str, ...]:
        """Every heading it is read under: its name, its heading and those of earlier templates."""
        return (self.name, self.heading, *self.once_called)


@dataclass(frozen=True)
class Rule:
    """What must hold between columns of one row: `holds` gives one truth value a row; texts are Danish."""

    name: str
    column: str
    holds: Callable[[pd.DataFrame], "pd.Series[bool]"]
    message: str
    remedy: str


@dataclass(frozen=True)
class Contract:
    """One kind of table: its columns in order, the columns that together name a row, and its rules."""

    kind: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rules: tuple[Rule, ...] = ()

    def column(self, name: str) -> Column:
        """The column of that id; KeyError if the contract has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


Baseline: TypeAlias = Callable[[str, str, tuple[str, ...], str], float | None]
"""What stood at the start of a criterion, by measure, indicator, areas and period; None where that is not known."""


@dataclass(frozen=True)
class Known:
    """The words a file may use; None means that the vocabulary is not checked.

    `areas` maps each accepted spelling to its area_id, as `data.contracts.validation.area_spellings` makes it.
    """

    areas: Mapping[str, str] | None = None
    indicators: frozenset[str] | None = None
    categories: frozenset[str] | None = None
    series: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    initiatives: frozenset[str] | None = None
    purposes: frozenset[str] | None = None
    principles: frozenset[str] | None = None
    meetings: frozenset[str] | None = None
    dialogues: frozenset[str] | None = None
    profiles: frozenset[str] | None = None
    focus_areas: frozenset[str] | None = None
    forums: Mapping[str, bool] | None = None
    """Forum → whether it belongs to one municipality; the first that does not is the whole partnership's."""
    directions: Mapping[str, int] | None = None
    """Indicator → 1 where more of it is better, -1 where less is."""
    baseline: Baseline | None = None
    levels: Mapping[str, str] | None = None
    """The partnership's own word for a level of areas → the level."""
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Vocabulary → other ways to write its words, and the words: an offence or a question by its title."""

    def ids(self, vocabulary: Vocabulary) -> frozenset[str] | None:
        """Every id of a vocabulary, or None when it is not checked."""
        if vocabulary == "areas":
            return None if self.areas is None else frozenset(self.areas.values())
        ids: Iterable[str] | None = getattr(self, vocabulary)
        return None if ids is None else frozenset(ids)


def same_heading(text: str) -> str:
    """A heading reduced to what counts: "Område-id ", "område_id" and "OMRÅDE ID" are the same."""
    return re.sub(r"[\s_\-]+", " ", alike(str(text))).strip()


def squeezed_heading(text: str) -> str:
    """A heading without blanks, signs and what stands in brackets: "Design-effekt (deff)" is "designeffekt"."""
    return re.sub(r"[\W_]+", "", re.sub(r"\(.*?\)", "", alike(str(text))))
