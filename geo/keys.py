"""Which area a feature is: its key and name under any of the names Danish boundary files use."""

import re
from collections.abc import Sequence

import numpy as np
from shapely.geometry.base import BaseGeometry

from geo import dagi
from geo.layer import Layer
from geo.problems import BoundaryProblem

CODE_COLUMNS = ("kode", "komkode", "kommunekode", "code")
NAME_COLUMNS = ("navn", "komnavn", "kommunenavn", "name")
CREDIT_COLUMNS = ("credit", "kreditering", "attribution")
_CREDITED = re.compile(r"^indeholder data fra\s+", re.IGNORECASE)

SLIVER = 0.01
"""Part of the smaller of two features that both may cover when they are parts of one area."""
_CODE = re.compile(r"0?([1-9]\d\d)", re.ASCII)


def code_of(value: object) -> str | None:
    """Return an official code without its leading zero (``0163`` → ``163``), None where it is no such code.

    Numbers are accepted as well as text, since a Shapefile may hold ``163`` or ``163.0``.
    """
    if isinstance(value, float | np.floating) and float(value).is_integer():
        value = int(value)
    match = _CODE.fullmatch(text_of(value))
    return match[1] if match else None


def text_of(value: object) -> str:
    """Return a cell as text without surrounding space, and an empty cell (None, NaN) as an empty text."""
    if value is None or (isinstance(value, float | np.floating) and np.isnan(value)):
        return ""
    return str(value).strip()


def texts(layer: Layer, column: str) -> list[str]:
    """Return one column of the layer as text, or empty texts where there is no such column."""
    column_found = find(layer, (column,))
    return [text_of(value) for value in layer.columns[column_found]] if column_found else [""] * len(layer.geometries)


def find(layer: Layer, wanted: Sequence[str]) -> str | None:
    """Return the name, as the file spells it, of the first wanted column that the layer has."""
    spelled = {name.lower(): name for name in reversed(list(layer.columns))}
    return next((spelled[name] for name in wanted if name in spelled), None)


def keys(layer: Layer) -> tuple[list[str], list[str], list[BoundaryProblem]]:
    """Return each feature's code and area_id (empty where it has none), and what is wrong with them."""
    count = len(layer.geometries)
    id_column, code_column = find(layer, ("area_id",)), find(layer, CODE_COLUMNS)
    named = names(layer)
    if id_column is None and code_column is None:
        if count and all(named):
            return [""] * count, [""] * count, []  # the names tell, as in a KML file
        present = ", ".join(layer.columns) or "ingen"
        missing = BoundaryProblem(
            None,
            "area_id eller kode",
            "",
            f"Kolonnen, der siger, hvilket område en flade er, mangler; filen har: {present}.",
            "Tilføj kolonnen »area_id« eller »kode« (kommunekode med tre eller fire cifre).",
        )
        return [""] * count, [""] * count, [missing]
    problems: list[BoundaryProblem] = []
    area_ids = texts(layer, "area_id")
    codes = [""] * count
    if code_column is not None:
        for position, value in enumerate(layer.columns[code_column]):
            code, written = code_of(value), text_of(value)
            if code is None and written:
                problems.append(_bad_code(position + 1, code_column, written))
            codes[position] = code or ""
    for position, area_id in enumerate(area_ids):
        if area_id and (code := code_of(area_id)):  # an official code is accepted wherever a file names an area
            area_ids[position], codes[position] = "", codes[position] or code
    if not any(area_ids) and all(named) and _is_attribute(codes, named):
        return [""] * count, [""] * count, problems  # the code tells where an area lies, its name which it is
    problems += _missing(area_ids, codes, problems, id_column or code_column or "")
    for column, values in ((id_column, area_ids), (code_column or id_column, codes)):
        problems += _duplicates(values, named, layer, column or "")
    return codes, area_ids, sorted(problems, key=lambda problem: problem.feature or 0)


def names(layer: Layer) -> list[str]:
    """Return the name of each feature, empty where the file gives none."""
    column = find(layer, NAME_COLUMNS)
    return [text_of(value) for value in layer.columns[column]] if column else [""] * len(layer.geometries)


def credits_of(layer: Layer) -> list[str]:
    """Return whom each feature says it must be credited to, else the file as a whole; DAGI's own files are DAGI's."""
    column = find(layer, CREDIT_COLUMNS)
    named = [text_of(value) for value in layer.columns[column]] if column else [""] * len(layer.geometries)
    usual = text_of(layer.credit) or (dagi.CREDIT if find(layer, dagi.COLUMNS) else "")
    return [_CREDITED.sub("", each or usual) for each in named]


def _bad_code(feature: int, column: str, value: str) -> BoundaryProblem:
    return BoundaryProblem(
        feature,
        column,
        value,
        "Koden er ikke en kommunekode.",
        "Skriv tre eller fire cifre, fx 163 eller 0163.",
    )


def _missing(area_ids: list[str], codes: list[str], known: list[BoundaryProblem], column: str) -> list[BoundaryProblem]:
    told = {problem.feature for problem in known}
    return [
        BoundaryProblem(
            position,
            column,
            "",
            "Fladen siger ikke, hvilket område den er.",
            "Udfyld områdets id eller kommunekode.",
        )
        for position, (area_id, code) in enumerate(zip(area_ids, codes, strict=True), start=1)
        if not area_id and not code and position not in told
    ]


def _is_attribute(codes: list[str], named: list[str]) -> bool:
    """Whether a code stands beside different names: then it is the municipality that the areas lie in."""
    seen: dict[str, str] = {}
    return any(code and seen.setdefault(code, name) != name for code, name in zip(codes, named, strict=True))


def parts_of_one(named: str, other: str, shape: BaseGeometry | None, another: BaseGeometry | None) -> bool:
    """Whether two features of one key are parts of one area: the same name, and side by side."""
    if shape is None or another is None or not named or named != other:
        return False
    if not (shape.is_valid and another.is_valid):
        return False
    return bool(shape.intersection(another).area <= SLIVER * min(shape.area, another.area))


def _duplicates(values: list[str], named: list[str], layer: Layer, column: str) -> list[BoundaryProblem]:
    first: dict[str, int] = {}
    problems = []
    shapes = layer.geometries
    for position, value in enumerate(values, start=1):
        if value and (known := first.setdefault(value, position)) != position:
            if parts_of_one(named[position - 1], named[known - 1], shapes[position - 1], shapes[known - 1]):
                continue
            problems.append(
                BoundaryProblem(
                    position,
                    column,
                    value,
                    f"Området står også som flade nr. {first[value]}.",
                    "Saml områdets dele i én flade (MultiPolygon), eller ret koden.",
                )
            )
    return problems
