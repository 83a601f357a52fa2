"""Words in and under a picture: ready labels, names broken into lines, what a sign means."""

import textwrap

import pandas as pd

from data import danish
from drawings.model import ADVANCE

HOLLOW = "○ meget usikker"
UNKNOWN = "◇ uden kendt usikkerhed"
OF_THE_SOURCE = "uden antal svar er stregen kildens egen"
UNSEEN = "× uden tal"
NEW_SERIES = "ny undersøgelse –\nkan ikke sammenlignes"
NOT_COMPARABLE = "kan ikke\nsammenlignes"
MOST_LINES = 3
"""Lines of a name beside a figure, so that one long name does not make every row high."""
BREAK = "Brud: ny undersøgelse, kan ikke sammenlignes"
PROVISIONAL = "foreløbig"
OUTLINED = "Kun omrids: tallet vises ikke"
MISSING = "Prikket: ikke opgjort"
APPROXIMATE = "Stiplet: omtrentlig afgrænsning"


def better(direction: int) -> str:
    """Say which way is the good one."""
    return "højere er bedre" if direction > 0 else "lavere er bedre"


def hovers(rows: pd.DataFrame) -> list[str]:
    """Give the ready text of each row; a missing one becomes empty, and `<br>` a new line."""
    if "hover" not in rows:
        return [""] * len(rows)
    return [text.replace("<br>", "\n") if isinstance(text, str) else "" for text in rows["hover"]]


def wrap(text: str, characters: int) -> tuple[str, ...]:
    """Break a name into lines at spaces, hyphens and slashes, without cutting a word."""
    lines = textwrap.wrap(text.replace("/", "/ "), characters, break_long_words=False)
    return tuple(line.replace("/ ", "/") for line in lines) or ("",)


def name_lines(text: str, characters: int) -> tuple[str, ...]:
    """Break a name as `wrap` does into few lines; of a longer one the rest is "…", and the table has it whole."""
    lines = wrap(text, characters)
    if len(lines) <= MOST_LINES:
        return lines
    return (*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1].rstrip(' ,;:-–/')}…")


def lines_taken(words: str, width: float, size: float) -> int:
    """Estimate how many lines words of a size take in a width, both in the same unit."""
    return len(wrap(words, max(int(width / (size * ADVANCE)), 1)))


def labels_of(rows: pd.DataFrame, column: str) -> list[str]:
    """Give the text beside each figure: the row's ready `label`, or the figure in Danish where there is none.

    Shares become whole per cent, counts whole numbers and rates get one decimal; a missing figure becomes "–".
    """
    texts = {"share": lambda value: danish.percent(value, 0), "rate": danish.decimal}.get(column, danish.number)
    ready = rows["label"] if "label" in rows else [""] * len(rows)
    return [
        label if isinstance(label, str) and label else texts(value)
        for label, value in zip(ready, rows[column], strict=True)
    ]
