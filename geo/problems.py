"""What can be wrong with a boundary file, said so that its owner can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_PROBLEMS = 100
"""So many problems are listed one by one; the rest are counted."""


@dataclass(frozen=True)
class BoundaryProblem:
    """One thing wrong: where, what, and what to do about it. The texts are Danish and shown as they are.

    `feature` is the number of the feature in the file, counted from 1, or None where the whole file is meant;
    `column` and `value` are as they stand in the file, and empty where neither applies.
    """

    feature: int | None
    column: str
    value: str
    message: str
    remedy: str

    def __str__(self) -> str:
        """Return the problem as one Danish line."""
        where = [f"flade nr. {self.feature}"] if self.feature is not None else []
        where += [f"kolonnen »{self.column}«"] if self.column else []
        where += [f"værdien »{self.value}«"] if self.value else []
        sentence = ", ".join(where)
        return (
            f"{sentence[:1].upper()}{sentence[1:]}: {self.message} {self.remedy}"
            if sentence
            else (f"{self.message} {self.remedy}")
        )


class BoundaryError(ValueError):
    """A boundary file was refused; `problems` says everything that is wrong with it, in file order."""

    def __init__(self, filename: str, problems: Iterable[BoundaryProblem]) -> None:
        """Keep every problem up to `MOST_PROBLEMS`, and one line that counts the rest."""
        listed = list(problems)
        if len(listed) > MOST_PROBLEMS:
            rest = BoundaryProblem(
                None, "", "", f"Filen har yderligere {len(listed) - MOST_PROBLEMS} fejl.",
                "Ret de viste fejl, og prøv igen.",
            )  # fmt: skip
            listed = [*listed[:MOST_PROBLEMS], rest]
        self.filename = filename
        self.problems = tuple(listed)
        super().__init__("\n".join([f"Filen »{filename}« kan ikke bruges:", *(f"- {one}" for one in listed)]))


def file_problem(filename: str, message: str, remedy: str, value: str = "") -> BoundaryError:
    """Return the error for a file that is refused as a whole."""
    return BoundaryError(filename, [BoundaryProblem(None, "", value, message, remedy)])


@dataclass(frozen=True)
class Limits:
    """How large a boundary file may be, so that reading one always ends.

    The defaults are for files that people hand to the running app. Finding a self-intersection takes time in
    proportion to the corners of an ordinary outline, but to their square in the worst one: `feature_vertices`
    bounds the time for one feature (about 10 s at worst), `seconds` the time after which no more are checked.
    """

    file_bytes: int = 50_000_000
    unpacked_bytes: int = 200_000_000
    members: int = 200
    features: int = 20_000
    vertices: int = 1_000_000
    feature_vertices: int = 25_000
    seconds: float = 60.0


def number(value: float) -> str:
    """Return a whole number with Danish thousands separators."""
    return f"{value:,.0f}".replace(",", ".")
