"""Reads STRAF11 and FOLK1A as StatBank's own page and API save them: periods as columns, or a row for each figure."""

from collections.abc import Mapping

import pandas as pd

from data.contracts.columns import same_heading
from data.contracts.look_alikes import alike
from data.contracts.turned_cells import numbered
from data.intake.heading_periods import is_period, quarter
from data.intake.table_shape import ABOVE
from data.intake.wide_words import LIKE_RESIDENTS
from data.partnership import Partnership

POPULATION = {"område": "area_id", "tid": "period", "indhold": "residents"}
PARTS_OF_POPULATION = ("køn", "alder", "civilstand")
EVERYBODY = ("i alt", "tot", "alder i alt", "ialt", "tot i alt", "ialt i alt")
"""What stands in a column of sex, age or marital status where nobody is left out."""
ALL = ("overtrædelsens art i alt", "i alt", "anmeldte forbrydelser i alt")
LONG = {"område": "area_id", "overtræd": "category", "tid": "period", "indhold": "count"}
TITLES = ("straf11", "anmeldte forbrydelser efter")
"""What stands above the table where StatBank or PX-Web has made it."""
OFFENCES = ("overtrædelsens art", "overtræd")
"""What StatBank calls the column of offences."""
ZERO = "-"
HEADINGS = ("period", "area_id", "category", "count")
SOURCE = "dst-straf11"
POPULATION_SOURCE = "dst-folk1a"


def from_statbank(frame: pd.DataFrame, areas: Mapping[str, str], partnership: Partnership) -> pd.DataFrame | None:
    """The table in the columns of incidents, or None where it is no such table.

    Rows of areas and offences that are not ours are left out, as the download of the table does. `areas` maps accepted
    spellings to ids. The table remembers where each figure stood.
    """
    headings = [same_heading(str(name)) for name in frame.columns]
    if sorted(headings) == sorted(LONG):
        return _ours(frame.set_axis([LONG[name] for name in headings], axis=1), areas, partnership)
    above = alike(str(frame.attrs.get(ABOVE, "")))
    if not any(mark in above for mark in TITLES) and not any(name in OFFENCES for name in headings):
        return None  # somebody else's table, which has another source
    periods = [index for index, name in enumerate(frame.columns) if is_period(str(name))]
    labels = [index for index in range(frame.shape[1]) if index not in periods]
    if not periods or len(labels) != 2 or max(labels) > min(periods):
        return None
    if not all(quarter(str(frame.columns[place])) for place in periods):
        return None  # whole years, which no table of ours can hold
    named = frame.iloc[:, labels].replace("", None).ffill().fillna("")
    known = {alike(word): area for word, area in areas.items()}
    where = [index for index in range(2) if named.iloc[:, index].map(alike).isin(list(known)).any()]
    if len(where) != 1:
        return None
    long = [
        (
            name,
            pd.DataFrame(
                {"period": quarter(name), "area_id": named.iloc[:, where[0]],
                 "category": named.iloc[:, 1 - where[0]], "count": frame.iloc[:, index]}
            ),
        )
        for index, name in ((index, str(frame.columns[index])) for index in periods)
    ]  # fmt: skip
    return _ours(numbered(long, "count"), areas, partnership)


def _ours(rows: pd.DataFrame, areas: Mapping[str, str], partnership: Partnership) -> pd.DataFrame | None:
    known = {alike(word): area for word, area in areas.items()}
    offences = {
        alike(word): each.id for each in partnership.categories for word in (each.id, each.title, *each.offences)
    }
    offences |= dict.fromkeys(ALL, partnership.total)
    codes = rows["category"].str.split().str[0].map(lambda code: offences.get(alike(str(code)), ""))
    category = rows["category"].map(lambda text: offences.get(alike(text), "")).where(lambda match: match != "", codes)
    made = rows.assign(
        period=rows["period"].map(lambda text: quarter(text) or text),
        area_id=rows["area_id"].map(lambda text: _area(text, known)),
        category=category,
        count=rows["count"].str.strip().replace(ZERO, "0"),
        provenance="official",
        source_id=SOURCE,
    )
    made = made[(made["area_id"] != "") & (made["category"] != "")]
    return made[[*HEADINGS, "provenance", "source_id"]] if len(made) else None


def residents_from_statbank(
    frame: pd.DataFrame, areas: Mapping[str, str], residents: Mapping[str, float]
) -> pd.DataFrame | None:
    """FOLK1A as its API saves it, in the columns of population; None where it is no such table.

    Rows of areas that are not ours are left out, and so are those of one sex, age or marital status; where none is of
    everybody, it is no such table. That the figures are residents is seen by the `residents` that we know.
    """
    headings = [same_heading(str(name)) for name in frame.columns]
    if not set(POPULATION) <= set(headings) or not set(headings) <= {*POPULATION, *PARTS_OF_POPULATION}:
        return None
    named = frame.set_axis([POPULATION.get(name, name) for name in headings], axis=1)
    for part in (each for each in PARTS_OF_POPULATION if each in headings):
        named = named[named[part].map(alike).isin(EVERYBODY)]
    known = {alike(word): area for word, area in areas.items()}
    made = named.assign(
        period=named["period"].map(lambda text: quarter(text) or text),
        area_id=named["area_id"].map(lambda text: _area(text, known)),
        provenance="official",
        source_id=POPULATION_SOURCE,
    )
    made = made[made["area_id"] != ""]
    near = pd.to_numeric(made["residents"], errors="coerce") / made["area_id"].map(residents).astype("float64")
    if near.dropna().between(*LIKE_RESIDENTS).mean() != 1:
        return None
    return made[["period", "area_id", "residents", "provenance", "source_id"]]


def _area(text: str, known: Mapping[str, str]) -> str:
    """The area of a label, which may have its code before its name: "163 Herlev"."""
    code = text.split()[0] if text.split() else ""
    return known.get(alike(text), "") or (known.get(code, "") if code.isdecimal() else "")
