"""Writes a table as CSV with a Frictionless table schema, and reads it back without losing a bit.

Numbers are written with as many digits as it takes to read the very same number again. A cell that is missing is
written as a word that no cell holds, so that it differs from one that is empty. No text is a formula to a spreadsheet.
"""

import base64
import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa

_MISSING = "NA"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet run a cell as a formula, also after it has stripped what stands before."""
# With a quote before it, it is a text. The schema says of which columns the quote is to be taken away again.
_QUOTE = "'"
# Arrow's type → the type and format of the standard.
_FRICTIONLESS: dict[str, dict[str, str]] = {
    "large_string": {"type": "string"},
    "string": {"type": "string"},
    "double": {"type": "number"},
    "int64": {"type": "integer"},
    "bool": {"type": "boolean"},
    "date32[day]": {"type": "date"},
    "timestamp[us]": {"type": "datetime"},
    "binary": {"type": "string", "format": "binary"},
    "null": {"type": "any"},
}
_WRITERS: dict[str, Callable[[Any], str]] = {
    "double": lambda value: {"inf": "INF", "-inf": "-INF", "nan": "NaN"}.get(repr(value), repr(value)),
    "int64": str,
    "bool": lambda value: "true" if value else "false",
    "date32[day]": dt.date.isoformat,
    "timestamp[us]": dt.datetime.isoformat,
    "binary": lambda value: base64.b64encode(value).decode(),
}
_READERS: dict[str, Callable[[str], Any]] = {
    "double": float,
    "int64": int,
    "bool": {"true": True, "false": False}.__getitem__,
    "date32[day]": dt.date.fromisoformat,
    "timestamp[us]": dt.datetime.fromisoformat,
    "binary": lambda text: base64.b64decode(text, validate=True),
}
_TYPES: dict[str, pa.DataType] = {
    "large_string": pa.large_string(),
    "string": pa.string(),
    "double": pa.float64(),
    "int64": pa.int64(),
    "bool": pa.bool_(),
    "date32[day]": pa.date32(),
    "timestamp[us]": pa.timestamp("us"),
    "binary": pa.binary(),
    "null": pa.null(),
}


def _same(value: Any) -> Any:
    return value


def _is_text(field: pa.Field) -> bool:
    return str(field.type) in ("string", "large_string")


def _harmless(text: str) -> str:
    return _QUOTE + text if text.startswith((*FORMULA_STARTS, _QUOTE)) else text


def _as_it_was(text: str) -> str:
    return text.removeprefix(_QUOTE)


def schema_of(table: pa.Table) -> dict[str, Any]:
    """The Frictionless schema of a table; `arrowType` beside each type says which of its kin it is.

    Raises KeyError for a type that releases do not use.
    """
    return {
        "fields": [
            {"name": field.name, **_FRICTIONLESS[str(field.type)], "arrowType": str(field.type)}
            | ({"quoted": _QUOTE} if _is_text(field) else {})
            for field in table.schema
        ],
        "missingValues": [_missing_word(table)],
    }


def csv_of(table: pa.Table) -> bytes:
    """The table as CSV in UTF-8: commas, a heading, one row a line."""
    missing = _missing_word(table)
    columns = []
    for field, column in zip(table.schema, table.columns, strict=True):
        write = _harmless if _is_text(field) else _WRITERS.get(str(field.type), _same)
        columns.append([missing if value is None else write(value) for value in column.to_pylist()])
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.column_names)
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue().encode()


def table_of(content: bytes, schema: Mapping[str, Any]) -> pa.Table:
    """The table that CSV and schema stand for; raises ValueError or KeyError where they do not fit."""
    rows = csv.reader(io.StringIO(content.decode(), newline=""))
    names = [field["name"] for field in schema["fields"]]
    if next(rows) != names:
        raise ValueError("the columns are not those of the schema")
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    (missing,) = schema["missingValues"]
    arrays = []
    for field, column in zip(schema["fields"], columns, strict=True):
        read = _as_it_was if field.get("quoted") == _QUOTE else _READERS.get(field["arrowType"], _same)
        values = [None if text == missing else read(text) for text in column]
        arrays.append(pa.array(values, type=_TYPES[field["arrowType"]], from_pandas=False))
    return pa.Table.from_arrays(arrays, names=names)


def _missing_word(table: pa.Table) -> str:
    """A word that no cell of the table holds."""
    held = {text for column in table.columns if "string" in str(column.type) for text in column.unique().to_pylist()}
    word = _MISSING
    while word in held:
        word = f"<{word}>"
    return word
