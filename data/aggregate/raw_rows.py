"""Streams the rows of a case or answer file as text, column by column, without keeping or writing any of them."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from data import danish
from data.aggregate.errors import AggregateError
from data.intake.sheets import STATISTICS, WORKBOOKS

TEXTS = (".csv", ".txt", ".tsv")
SAMPLE_BYTES = 1 << 20
_BLOCK = 1 << 22
_DELIMITERS = (";", ",", "\t", "|")
MOST_ABOVE = 20
"""Rows that the headings are looked for in; above them may stand a title."""
MOST_WORDS = 100_000
"""Different words of one column that are counted; a column with more of them holds no words."""


@dataclass
class Word:
    """How many rows have a word, and the number of the first of them in the file."""

    rows: int
    first: int


@dataclass
class RawRows:
    """A file of rows: its headings, some first rows to understand it by, and a way to stream it once.

    `skipped` counts the lines that have not as many fields as there are headings, `blank` those without anything in the
    columns that are read, `words` the different words of the column that is counted; all are whole when the stream has
    been read. `labels` maps a heading to what its codes mean, `missing` to the codes that mean no answer (SPSS).
    """

    headings: list[str]
    sample: pd.DataFrame
    source: "_Text | pd.DataFrame"
    skipped: int = 0
    blank: int = 0
    words: dict[str, Word] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    missing: dict[str, set[str]] = field(default_factory=dict)

    def stream(self, wanted: Sequence[str], counted: str = "") -> pa.RecordBatchReader:
        """The wanted columns as text under the names c0, c1, … in their order; empty cells are "".

        Rows that hold nothing are left out. `counted` is the heading among them whose words are counted.
        """
        names = [f"c{number}" for number in range(len(wanted))]
        schema = pa.schema([(name, pa.string()) for name in names])
        return pa.RecordBatchReader.from_batches(schema, self._filled(wanted, names, schema, counted))

    def frame(self, wanted: Sequence[str]) -> pd.DataFrame:
        """The wanted columns as text, held whole: for answers, of which there are never many."""
        table = self.stream(wanted).read_all()
        frame: pd.DataFrame = table.to_pandas().set_axis(list(wanted), axis=1).fillna("")
        return frame

    def _filled(
        self, wanted: Sequence[str], names: list[str], schema: pa.Schema, counted: str
    ) -> Iterator[pa.RecordBatch]:
        before = 0
        for batch in self._batches(wanted, names, schema):
            if counted:
                self._count(batch.column(list(wanted).index(counted)), before)
            before += batch.num_rows
            empty = reduce(pc.and_, (pc.fill_null(pc.equal(pc.binary_length(each), 0), True) for each in batch.columns))
            blank = pc.sum(empty).as_py() or 0
            self.blank += blank
            yield batch.filter(pc.invert(empty)) if blank else batch

    def _count(self, cells: pa.Array, before: int) -> None:
        """Count the words of a piece of a column that has so many rows before it."""
        coded = pc.dictionary_encode(cells)
        codes = coded.indices.to_numpy(zero_copy_only=False)
        present, firsts, rows = np.unique(codes, return_index=True, return_counts=True)
        words = coded.dictionary.to_pylist()
        for code, first, many in zip(present, firsts, rows, strict=True):
            word = (words[code] or "").strip()
            if word in self.words:
                self.words[word].rows += int(many)
            elif word and len(self.words) < MOST_WORDS:
                self.words[word] = Word(int(many), self._row(before + int(first)))

    def _row(self, place: int) -> int:
        """The number of a row in the file, as a spreadsheet shows it."""
        if isinstance(self.source, pd.DataFrame):
            return int(self.source.index[place])
        return place + self.source.skipped + 1

    def _batches(self, wanted: Sequence[str], names: list[str], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        places = [self.headings.index(heading) for heading in wanted]
        if isinstance(self.source, pd.DataFrame):
            held = self.source.iloc[:, places].set_axis(names, axis=1)
            yield from pa.Table.from_pandas(held, schema=schema, preserve_index=False).to_batches(100_000)
            return
        try:
            for batch in self.source.batches(places, len(self.headings), self._skip):
                yield pa.record_batch(batch.columns, schema=schema)
        except (pa.ArrowInvalid, UnicodeDecodeError):
            raise AggregateError(
                "Filen kan ikke læses til ende: et anførselstegn er ikke afsluttet, eller tegnene er kodet forkert. "
                "Gem den igen som »CSV UTF-8« eller .xlsx."
            ) from None

    def _skip(self, _row: object) -> str:
        self.skipped += 1
        return "skip"


@dataclass(frozen=True)
class _Text:
    """Delimited text on disk or in memory."""

    content: bytes | Path
    delimiter: str
    encoding: str
    skipped: int
    """Rows down to the headings, these included."""

    def open(self) -> BinaryIO:
        return io.BytesIO(self.content) if isinstance(self.content, bytes) else self.content.open("rb")

    def batches(self, places: list[int], width: int, skip: "pa.csv.InvalidRowHandler") -> Iterator[pa.RecordBatch]:
        names = [f"h{number}" for number in range(width)]
        used = [names[index] for index in places]
        with self.open() as file:
            reader = pyarrow.csv.open_csv(
                file,
                read_options=pyarrow.csv.ReadOptions(
                    column_names=names, skip_rows=self.skipped, block_size=_BLOCK, encoding=self.encoding
                ),
                parse_options=pyarrow.csv.ParseOptions(
                    delimiter=self.delimiter,
                    invalid_row_handler=skip,
                    newlines_in_values=True,
                    ignore_empty_lines=False,
                ),
                convert_options=pyarrow.csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()),
                    strings_can_be_null=False,
                    include_columns=list(dict.fromkeys(used)),
                ),
            )
            for batch in reader:
                yield pa.record_batch([batch.column(name) for name in used], names=[f"c{n}" for n in range(len(used))])


def open_rows(content: bytes | Path, filename: str) -> RawRows:
    """The rows of a CSV, Excel, OpenDocument or SPSS file; raises AggregateError for a file that is none of them."""
    ending = Path(filename).suffix.lower()
    if isinstance(content, Path) and not content.is_file():
        raise AggregateError(f"Filen {filename} findes ikke. Ret stien til den.")
    if ending in TEXTS:
        return _text_rows(content, filename)
    if ending in WORKBOOKS:
        return _workbook_rows(content, filename)
    if ending in STATISTICS:
        return _spss_rows(content, filename)
    raise AggregateError(
        f"{filename} kan ikke læses. Gem rækkerne som CSV, Excel (.xlsx) eller SPSS (.sav), og prøv igen."
    )


def _text_rows(content: bytes | Path, filename: str) -> RawRows:
    encoding = _encoding(content)
    raw = _first_bytes(content)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(raw)
    if not text.strip():
        raise AggregateError(f"{filename} er tom. Send filen med overskrifter og mindst én række.")
    above = [re.sub(r'"[^"]*"', "", line) for line in text.split("\n", MOST_ABOVE)[:MOST_ABOVE]]
    first = next((line for line in above if any(mark in line for mark in _DELIMITERS)), above[0])
    delimiter = max(_DELIMITERS, key=first.count)
    lines = text.splitlines(keepends=True)
    whole = lines if len(raw) < SAMPLE_BYTES else lines[:-1]  # the last line may be cut off
    records = list(csv.reader(whole, delimiter=delimiter))
    top = _heading_row(records)
    headings = _named(records[top], filename)
    rows = [record for record in records[top + 1 : top + 5001] if len(record) == len(headings)]
    sample = pd.DataFrame(rows, columns=headings, dtype="str")
    return RawRows(headings, sample, _Text(content, delimiter, encoding, top + 1))


def _heading_row(records: Sequence[Sequence[str]]) -> int:
    """How many rows stand above the headings: a title has one filled cell, headings several."""
    several = (index for index, row in enumerate(records[:MOST_ABOVE]) if sum(bool(cell.strip()) for cell in row) > 1)
    return next(several, 0)


def _workbook_rows(content: bytes | Path, filename: str) -> RawRows:
    from data.contracts.problems import ContractError
    from data.intake import tables

    try:
        filled = [table for table in tables.read(content, filename) if not table.guidance]
    except ContractError as error:
        raise AggregateError(str(error)) from error
    frame = max((table.frame for table in filled), key=len)
    headings = _named([str(heading) for heading in frame.columns], filename)
    return RawRows(headings, frame.head(5000).set_axis(headings, axis=1), frame)


def _spss_rows(content: bytes | Path, filename: str) -> RawRows:
    import pyreadstat

    source = io.BytesIO(content) if isinstance(content, bytes) else str(content)
    try:
        frame, meta = pyreadstat.read_sav(source, user_missing=True)
    except (pyreadstat.ReadstatError, UnicodeDecodeError, MemoryError):
        raise AggregateError(
            f"{filename} kan ikke læses som SPSS. Gem den igen i SPSS som .sav uden adgangskode, eller som CSV."
        ) from None
    headings = _named([str(name) for name in frame.columns], filename)
    texts = pd.DataFrame({name: frame.iloc[:, at].map(cell) for at, name in enumerate(headings)}, dtype="str")
    texts.index = pd.RangeIndex(1, len(texts) + 1)
    labels = {
        name: {cell(code): str(label) for code, label in codes.items()}
        for name, codes in meta.variable_value_labels.items()
    }
    missing = {name: _codes_in(ranges, texts[name]) for name, ranges in meta.missing_ranges.items()}
    return RawRows(headings, texts.head(5000), texts, labels=labels, missing=missing)


def cell(value: object) -> str:
    """A value of SPSS as text: 3.0 → "3", missing → ""."""
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _codes_in(ranges: Sequence[Any], texts: "pd.Series[str]") -> set[str]:
    """The codes of a column that SPSS has been told to take as no answer."""
    numbers = pd.to_numeric(texts, errors="coerce")
    codes: set[str] = set()
    for each in ranges:
        low, high = (each["lo"], each["hi"]) if isinstance(each, dict) else (each, each)
        if isinstance(low, str) or isinstance(high, str):
            codes.add(str(low).strip())
        else:
            codes |= set(texts[(numbers >= low) & (numbers <= high)])
    return codes


def _named(headings: Sequence[str], filename: str) -> list[str]:
    """The headings, the same one twice told apart by its number; raises AggregateError where there are none."""
    lines = [heading.replace("\ufeff", "").strip() for heading in headings]
    if not any(lines):
        raise AggregateError(f"{filename} har ingen overskrifter. Skriv dem i den første række.")
    return [
        heading if heading and lines.index(heading) == index else f"{heading or 'kolonne'} ({index + 1})"
        for index, heading in enumerate(lines)
    ]


def _first_bytes(content: bytes | Path) -> bytes:
    if isinstance(content, bytes):
        return content[:SAMPLE_BYTES]
    with content.open("rb") as file:
        return file.read(SAMPLE_BYTES)


def _encoding(content: bytes | Path) -> str:
    """UTF-16 where a mark says so, UTF-8 where every byte of the file is, else Windows-1252."""
    start = _first_bytes(content)[:2]
    if start in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as file:
            while piece := file.read(_BLOCK):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def listed(headings: Sequence[str]) -> str:
    """Headings as a message names them."""
    return danish.join(danish.quoted(heading) for heading in headings)
