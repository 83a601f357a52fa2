"""What is wrong with a file, said so that the person who sent it can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN_LENGTH = 60
"""Longest piece of a cell that a message repeats, in characters."""


def shorten(value: str) -> str:
    """The value on one line and at most `SHOWN_LENGTH` characters long, for use in a message."""
    line = " ".join(value.split())
    return line if len(line) <= SHOWN_LENGTH else line[: SHOWN_LENGTH - 1] + "…"


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
        return place[:1].upper() + place[1:]

    @property
    def sentence(self) -> str:
        """The whole fault in plain Danish: place, what is wrong, the value found there, and the remedy."""
        fault = f"{self.message} (der står »{shorten(self.value)}«)" if self.value else self.message
        said = f"{self.place}: {fault}." if self.place else f"{fault[:1].upper()}{fault[1:]}."
        return f"{said} {self.remedy}." if self.remedy else said


class ContractError(ValueError):
    """A file that cannot be taken in; `problems` holds every fault that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems; the text of the error is one sentence a line."""
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(problem.sentence for problem in self.problems))

    def __reduce__(self) -> tuple[type["ContractError"], tuple[tuple[Problem, ...]]]:
        """Travel between processes with the problems, not only their text."""
        return type(self), (self.problems,)
