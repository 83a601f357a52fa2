"""The few kilobytes a rerun sends to the map in the browser: classes, styles and labels of the areas, packed."""

import json
from collections.abc import Sequence
from enum import IntEnum
from typing import Any

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
MOST_CLASSES = 20


class Style(IntEnum):
    """How an area is drawn: in its class as it is or hatched (quality C); without a class as hidden, missing or none.

    Hidden is an outline alone (OUTLINED), missing is dotted, and zero is left empty.
    """

    NORMAL = 0
    HATCHED = 1
    OUTLINED = 2
    MISSING = 3
    ZERO = 4


_WITHOUT_CLASS = {Style.MISSING: 1, Style.ZERO: 2}


def packed_classes(classes: Sequence[int | None], styles: Sequence[int]) -> str:
    """Return one character an area: class and style together; without a class 0 (an outline), 1 (missing) or 2 (zero).

    Raises ValueError where the lengths differ, a class is above 19, or a style is unknown or belongs to no class.
    """
    if len(classes) != len(styles):
        raise ValueError(f"{len(classes)} klasser, men {len(styles)} tegnemåder.")
    codes = []
    for class_index, style in zip(classes, styles, strict=True):
        if class_index is not None and not 0 <= class_index < MOST_CLASSES:
            raise ValueError(f"Klassen {class_index} findes ikke; et kort har højst {MOST_CLASSES} klasser, 0–19.")
        if not 0 <= style <= (Style.ZERO if class_index is None else Style.OUTLINED):
            raise ValueError(f"Tegnemåden {style} findes ikke; brug Style.")
        codes.append(
            DIGITS[_WITHOUT_CLASS.get(Style(style), 0) if class_index is None else (class_index + 1) * 3 + style]
        )
    return "".join(codes)


def packed_texts(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Return texts of one or more lines as columns of lines, each column in its smallest form.

    Column k holds line k of every text. Lines repeat a lot (a source, an n), so a column is `{"u": unique lines,
    "i": fixed-width index of each}` unless the plain `{"v": lines}` is shorter. Shorter texts have empty lines.
    """
    rows = [text.split("\n") for text in texts]
    depth = max((len(row) for row in rows), default=0)
    return [packed_column([row[k] if k < len(row) else "" for row in rows]) for k in range(depth)]


def packed_column(lines: Sequence[str]) -> dict[str, Any]:
    """Return one column of single-line texts in its smallest form (see packed_texts)."""
    unique = {line: index for index, line in enumerate(dict.fromkeys(lines))}
    if len(unique) == 1:
        return {"u": lines[0]}
    width = index_width(len(unique))
    indexed = sum(map(len, unique)) + len(unique) + width * len(lines)
    if indexed >= sum(map(len, lines)) + len(lines):
        return {"v": "\n".join(lines)}
    # One character each where that is enough, which it is for most; else digits of base 64, highest first.
    cells = [index_digits(index, width) for index in range(len(unique))]
    return {"u": "\n".join(unique), "i": "".join(cells[unique[line]] for line in lines)}


def index_width(count: int) -> int:
    """Return how many base-64 digits tell `count` things apart."""
    width = 1
    while 64**width < count:
        width += 1
    return width


def index_digits(number: int, width: int) -> str:
    """Return a number as `width` base-64 digits, highest first."""
    return "".join(DIGITS[(number >> (6 * index)) & 63] for index in reversed(range(width)))


def encoded(message: dict[str, Any]) -> bytes:
    """Return a message as UTF-8 JSON. Sent as bytes, Danish letters and dashes stay two and three bytes, not six."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
