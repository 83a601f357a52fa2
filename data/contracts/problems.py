"""What is wrong with a file, said so that the person who sent it can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from data import danish

SHOWN_LENGTH = 60
"""Longest piece of a cell that a message repeats, in characters."""
TOLD = 3
"""Rows and values that are named where many have the same fault; how many more there are is told."""


def shorten(value: str) -> str:
    """The value on one line and at most `SHOWN_LENGTH` characters long, for use in a message."""
    line = " ".join(value.split())
    return line if len(line) <= SHOWN_LENGTH else line[: SHOWN_LENGTH - 1] + "…"


def of_field(text: str) -> str:
    """A message as one says it of the field of a form; the contracts speak of cells."""
    return text.replace("cellen er tom", "feltet er tomt").replace("cellen", "feltet")


@dataclass(frozen=True)
class Problem:
    """One fault in one place; `row` counts as the spreadsheet does (the header is usually row 1).

    `message` (what is wrong) and `remedy` (what to do) are Danish without a closing full stop.
    `sheet`, `column` and `value` are "" and `row` is None where they do not apply.
    """

    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    message: str = ""
    remedy: str = ""

    @property
    def place(self) -> str:
        """Where the fault is: file, sheet, row and column, as far as they are known."""
        parts = [f"Filen »{self.file}«" if self.file else ""]
        parts.append(f"ark »{self.sheet}«" if self.sheet else "")
        parts.append(f"række {self.row}" if self.row is not None else "")
        parts.append(f"kolonne »{shorten(self.column)}«" if self.column else "")
        place = ", ".join(part for part in parts if part)
        return danish.opening(place)

    @property
    def sentence(self) -> str:
        """The whole fault in plain Danish: place, what is wrong, the value found there, and the remedy."""
        fault = f"{self.message} (der står »{shorten(self.value)}«)" if self.value else self.message
        sentence = f"{self.place}: {fault}." if self.place else f"{danish.opening(fault)}."
        return f"{sentence} {self.remedy}." if self.remedy else sentence


@dataclass(frozen=True)
class AlikeProblems:
    """One fault in many rows of a column: the first as it is, and the rows and different values of them all."""

    first: Problem
    rows: tuple[int, ...]
    values: tuple[str, ...]

    @property
    def rows_said(self) -> str:
        """The rows: "2", "2 og 3", "2, 3, 4 og 223 til"; "" where the fault is in no row."""
        if len(self.rows) <= TOLD + 1:
            return danish.join([str(row) for row in self.rows])
        return f"{', '.join(map(str, self.rows[:TOLD]))} og {danish.number(len(self.rows) - TOLD)} til"

    @property
    def values_said(self) -> tuple[str, ...]:
        """The first different values that stand there, each at most `SHOWN_LENGTH` long."""
        return tuple(shorten(value) for value in self.values[:TOLD])

    @property
    def sentence(self) -> str:
        """The whole fault in plain Danish, told once: place, rows, what is wrong, values found there, the remedy."""
        if len(self.rows) <= 1:
            return self.first.sentence
        more = " …" if len(self.values) > TOLD else ""
        there = f" (der står {', '.join(f'»{value}«' for value in self.values_said)}{more})" if self.values else ""
        where = replace(self.first, row=None).place
        sentence = f"{where}{', ' if where else ''}række {self.rows_said}: {self.first.message}{there}."
        return f"{sentence} {self.first.remedy}." if self.first.remedy else sentence


def alike(problems: Iterable[Problem]) -> list[AlikeProblems]:
    """The problems with those told once that are the same fault in the same column, in the order of the first."""
    groups: dict[tuple[str, ...], list[Problem]] = {}
    for each in problems:
        groups.setdefault((each.file, each.sheet, each.column, each.message, each.remedy), []).append(each)
    return [
        AlikeProblems(
            group[0],
            tuple(each.row for each in group if each.row is not None),
            tuple(dict.fromkeys(each.value for each in group if each.value)),
        )
        for group in groups.values()
    ]


class ContractError(ValueError):
    """A file that cannot be taken in; `problems` holds every fault that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems; the text of the error is one sentence a line, equal faults told once."""
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(each.sentence for each in alike(self.problems)))

    def __reduce__(self) -> tuple[type["ContractError"], tuple[tuple[Problem, ...]]]:
        """Travel between processes with the problems, not only their text."""
        return type(self), (self.problems,)
