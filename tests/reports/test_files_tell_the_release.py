"""Every number in a file that programs read is one of its reader's release tables, which are what has been attacked.

The linear programs of `make attack` work on the tables; a file that held a figure of its own would not be among them.
"""

import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import product

import numpy as np
import pandas as pd
import pytest

from data import danish
from data.states import SHOWN_STATES
from reports.document import Subject
from reports.formats import FORMATS, make
from tests.reports.conftest import COUNCIL, Take

READERS = (COUNCIL, "offentlig")
CATEGORY = "12"
# As written in the files: six significant digits at least.
NEAR = 1e-5
NOTHING = np.array([])
Row = tuple[str, str, list[float], str]
"""An area (id or name), a period, the numbers that stand in the row, and its sentence."""


def numbers(cells: Iterator[object]) -> list[float]:
    """The cells that are numbers, also those of a CSV in Danish or English."""
    found = []
    for cell in cells:
        text = str(cell).replace(",", ".")
        if not isinstance(cell, bool) and re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", text):
            found.append(float(text))
    return found


def of_table(rows: pd.DataFrame, area: str, period: str, measured: list[str], sentence: str) -> Iterator[Row]:
    for row in rows.astype(object).where(rows.notna(), None).to_dict("records"):
        yield str(row[area]), str(row[period]), numbers(row[name] for name in measured), str(row[sentence])


BEFORE = "Året før"
PLAIN = "area_id", "period", ["value", "low", "high", "count", "answers"], "sentence"
DANISH = "Område-id", "Periode", ["Værdi", "Nedre grænse", "Øvre grænse", "Antal", "Svar"], "Sætning"


def of_workbook(file: bytes) -> Iterator[Row]:
    for sheet, period in (("Tryghed", "Måling"), ("Anmeldelser", "Periode")):
        rows = pd.read_excel(io.BytesIO(file), sheet_name=sheet, dtype=object, engine="openpyxl")
        rows = rows[rows["Sætning"].notna()]
        about = ("Område", "Niveau", period, "Sætning", "Kilde", "Tilstand", BEFORE)
        yield from of_table(rows, "Område", period, [str(name) for name in rows if name not in about], "Sætning")
        if BEFORE in rows:  # A figure of the row a year earlier, and judged as that.
            earlier = [re.sub(r"\d{4}", lambda year: str(int(year[0]) - 1), str(each)) for each in rows[period]]
            yield from of_table(rows.assign(**{period: earlier, "Sætning": ""}), "Område", period, [BEFORE], "Sætning")


def of_geopackage(file: bytes) -> Iterator[Row]:
    database = sqlite3.connect(":memory:")
    database.deserialize(file)
    rows = pd.read_sql("SELECT * FROM omraader", database)
    database.close()
    shares, counts = ["andel", "nedre", "oevre", "svar"], ["antal", "pr_1000"]
    yield from of_table(rows, "omraade_id", "maaling", shares, "saetning")
    yield from of_table(rows, "omraade_id", "maaling", counts, "saetning")


ROWS_OF: Mapping[str, Callable[[bytes], Iterator[Row]]] = {
    "csv": lambda file: of_table(pd.read_csv(io.BytesIO(file), sep=";", dtype=str), *DANISH),
    "raa-csv": lambda file: of_table(pd.read_csv(io.BytesIO(file), dtype=str), *PLAIN),
    "json": lambda file: of_table(pd.DataFrame(json.loads(file)["figures"]), *PLAIN),
    "parquet": lambda file: of_table(pd.read_parquet(io.BytesIO(file)), *PLAIN),
    "excel": of_workbook,
    "geopackage": of_geopackage,
}


@pytest.fixture(scope="module", params=READERS)
def subject(request: pytest.FixtureRequest, take: Take) -> Subject:
    return take(request.param, level="housing_area", category=CATEGORY)


@pytest.fixture(scope="module")
def file(subject: Subject) -> Callable[[str], bytes]:
    """The file of each form, made once."""
    forms = {each.id: each for each in FORMATS}
    return cache(lambda form: make(forms[form], subject, lambda part, doing: None))


def told(subject: Subject) -> dict[tuple[str, str], np.ndarray]:
    """What the release's own rows hold, by area and period (ids and words); a share is written in per cent, too."""
    release, names = subject.release, subject.release.areas.set_index("area_id")["name"]
    counts = release.incidents[release.incidents["category"] == CATEGORY]
    shares = release.survey[release.survey["indicator"] == subject.view.indicator].rename(columns={"wave": "period"})
    found: dict[tuple[str, str], list[float]] = {}
    for rows in (counts, shares):
        own = rows.select_dtypes("number").astype(float)
        for (area, period), values in zip(
            zip(rows["area_id"], rows["period"], strict=True), own.to_numpy(), strict=True
        ):
            known = values[~np.isnan(values)]
            for key in product((area, names.get(area, area)), (period, danish.period(period))):
                found.setdefault(key, []).extend([*known, *(100 * known)])
    return {key: np.array(values) for key, values in found.items()}


def is_among(number: float, values: np.ndarray) -> bool:
    return bool((np.abs(values - number) <= NEAR * np.maximum(np.abs(values), 1.0)).any())


@pytest.mark.parametrize("form", ROWS_OF)
def test_every_number_of_a_row_stands_in_that_row_of_the_release(
    subject: Subject, file: Callable[[str], bytes], form: str
) -> None:
    rows, release = list(ROWS_OF[form](file(form))), told(subject)
    assert sum(len(found) for _, _, found, _ in rows) > len(rows) / 4
    strange = [
        (area, period, number)
        for area, period, found, _ in rows
        for number in found
        if not is_among(number, release.get((area, period), NOTHING))
    ]
    assert strange == []


@pytest.mark.parametrize("form", ROWS_OF)
def test_a_row_of_a_hidden_count_has_no_number_but_those_of_its_name(
    subject: Subject, file: Callable[[str], bytes], form: str
) -> None:
    """Nor has its sentence: it names place, period and threshold."""
    incidents = subject.release.incidents
    names = subject.release.areas.set_index("area_id")["name"]
    hidden = incidents[(incidents["category"] == CATEGORY) & ~incidents["state"].isin(SHOWN_STATES)]
    cells = {
        key
        for area, period in zip(hidden["area_id"], hidden["period"], strict=True)
        for key in product((area, names[area]), (period, danish.period(period)))
    }
    of_hidden = [
        (period, found, sentence)
        for area, period, found, sentence in ROWS_OF[form](file(form))
        if (area, period) in cells and "skjules" in sentence
    ]
    assert of_hidden or form == "geopackage" or not cells
    for period, found, sentence in of_hidden:
        named = {*re.findall(r"\d+", period), str(subject.audience.threshold)}
        assert (found, set(re.findall(r"\d+", sentence)) - named) == ([], set())
