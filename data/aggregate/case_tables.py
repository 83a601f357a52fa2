"""Turns counted cases into the tables of the contracts: whole periods, zeros where there are none, and an account."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from data import danish
from data.aggregate.ground import Ground
from data.aggregate.incidents import REASONS, CaseCounts
from data.aggregate.offences import NO_OFFENCE
from data.aggregate.unknown_words import unknown_counted, unknown_words
from data.contracts.definitions import CONTRACTS
from geo.grid import cell_of

SLACK = 3
"""Days without a case at either end of a file within which a period still counts as whole."""
QUIET = 0.10
"""Part of the usual month's cases below which a month is not of the file's own time."""
UNTIMED = 0.5
"""Part of the cases that may lack an hour; with more of them the week's hours would say too little."""
GAP = 12
"""Months without a usual number of cases that end the file's own time."""
HARDLY = 0.01
"""Part of the cases below which a municipality is not among those that the file covers."""


@dataclass(frozen=True)
class Coverage:
    """The days that a file holds all cases of, and the municipalities (their numbers) it covers."""

    first: dt.date
    last: dt.date
    municipalities: tuple[int, ...]

    def months(self) -> list[int]:
        """The whole months, counted from year 0."""
        return self._whole(1)

    def periods(self, length: int) -> list[int]:
        """The first months of the whole periods of `length` months: 3 for quarters, 12 for years."""
        return self._whole(length)

    def _whole(self, length: int) -> list[int]:
        start, end = self.first - dt.timedelta(SLACK), self.last + dt.timedelta(SLACK)
        starts = range(_month(self.first) // length * length, _month(self.last) + 1, length)
        return [each for each in starts if _day(each) >= start and _day(each + length) <= end + dt.timedelta(1)]


@dataclass(frozen=True)
class Settings:
    """What is decided beforehand: provenance and source of the figures, the size of a cell, and which levels to count.

    `with_municipalities` counts incidents of municipalities too, which Statistics Denmark publishes already.
    """

    source_id: str
    provenance: str = "official"
    cell_size: int = 250
    with_municipalities: bool = False


@dataclass
class Aggregates:
    """Tables by contract kind, tables for reading only by title, and Danish sentences that account for every row.

    `here` are sentences for whoever has the cases; they may repeat what a single case says and are never sent on.
    """

    tables: dict[str, pd.DataFrame]
    beside: dict[str, pd.DataFrame]
    account: list[tuple[str, int]]
    sentences: list[str] = field(default_factory=list)
    here: list[str] = field(default_factory=list)


def coverage(counts: CaseCounts, first: dt.date | None = None, last: dt.date | None = None) -> Coverage:
    """What a file covers: the days said, else those from the first to the last month with a usual number of cases.

    A case that was reported long after it happened does not stretch the time: a month counts where it has at least
    `QUIET` of the cases of the month in which the middle case lies, and no more than `GAP` months lie between two.
    """
    months = counts.months.sort_index()
    so_far = months["cases"].cumsum()
    middle = so_far.index[so_far >= so_far.iloc[-1] / 2][0]
    own = months[months["cases"] >= QUIET * months["cases"][middle]]
    stretch = (own.index.to_series().diff() > GAP).cumsum()
    own = own[(stretch == stretch[middle]).to_numpy()]
    by_municipality = counts.tables["municipalities"].groupby("municipality")["cases"].sum()
    covered = by_municipality[by_municipality >= HARDLY * by_municipality.sum()]
    return Coverage(
        first or pd.Timestamp(own["first"].iloc[0]).date(),
        last or pd.Timestamp(own["last"].iloc[-1]).date(),
        tuple(map(int, covered.index)),
    )


def case_tables(
    counts: CaseCounts, covers: Coverage, where: Ground, settings: Settings, households: pd.DataFrame | None = None
) -> Aggregates:
    """The tables "incidents", "cells" and "hours" of a file, incidents by month beside them, and the account.

    A category is there where the file has a case of it; then every area and cell that the file covers has a row in
    every whole period, 0 where there is no case. `households` (`cell_id`, `households`) go with the cells; without them
    the column is empty. A table without a whole period is left out, and said so.
    """
    names = where.municipalities.area_ids
    housing = [k for k, parent in enumerate(where.parents) if parent in covers.municipalities]
    levels = [("housing_areas", "housing_area", where.housing_areas.area_ids, housing)]
    towns = [("municipalities", "municipality", names, list(covers.municipalities))]
    made = Aggregates({}, {}, list(_account(counts, covers, names)))
    by_level = [*levels, *(towns if settings.with_municipalities else [])]
    for length, title in ((3, "incidents"), (1, "Måneder")):
        frames = [
            _counted(counts, table, [column], covers, length, [ids[k] for k in chosen], ids)
            for table, column, ids, chosen in by_level
        ]
        whole = pd.concat(frames, ignore_index=True)
        (made.tables if title == "incidents" else made.beside)[title] = whole
    if counts.without_hour <= UNTIMED * counts.reasons[""]:
        hours = [
            _hours(counts, table, column, covers, ids, chosen)
            for table, column, ids, chosen in (("housing_hours", *levels[0][1:]), ("municipality_hours", *towns[0][1:]))
        ]
        made.tables["hours"] = pd.concat(hours, ignore_index=True)
    made.tables["cells"] = _cells(counts, covers, where, settings.cell_size, households)
    for kind, frame in list(made.tables.items()):
        frame["provenance"], frame["source_id"] = settings.provenance, settings.source_id
        if frame.empty:
            del made.tables[kind]
    common = list(_sentences(counts, covers, made, names))
    made.sentences = [*common, *unknown_counted(counts.groups)]
    made.here = [*common, *unknown_words(counts.groups, exact=not counts.skipped)]
    return made


# Counting up ------------------------------------------------------------------------------------------------------


def _categories(counts: CaseCounts, rows: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Each category that the file has a case of, with the rows that count in it."""
    signatures = counts.tables["municipalities"]["signature"]
    for bit, category in enumerate(counts.groups.categories):
        if (_holds(signatures, bit)).any():
            yield category, rows[_holds(rows["signature"], bit)]


def _holds(signatures: "pd.Series[int]", bit: int) -> "pd.Series[bool]":
    return (signatures != NO_OFFENCE) & (signatures // 2**bit % 2 == 1)


def _counted(
    counts: CaseCounts, table: str, by: list[str], covers: Coverage, length: int, areas: Sequence[str],
    ids: Sequence[str],
) -> pd.DataFrame:  # fmt: skip
    """Cases by period, area and category, each combination of the three once."""
    rows = counts.tables[table]
    starts = covers.periods(length)
    rows = rows.assign(start=rows["month"] // length * length, area_id=[ids[k] for k in rows[by[0]]])
    frames = []
    for category, held in _categories(counts, rows):
        summed = held.groupby(["start", "area_id"])["cases"].sum()
        grid = pd.MultiIndex.from_product([starts, areas], names=["start", "area_id"])
        frame = summed.reindex(grid, fill_value=0).rename("count").reset_index()
        frame.insert(0, "period", [period(start, length) for start in frame["start"]])
        frames.append(frame.assign(category=category)[["period", "area_id", "category", "count"]])
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=["period", "area_id", "category"])


def _hours(
    counts: CaseCounts, table: str, column: str, covers: Coverage, ids: Sequence[str], chosen: Sequence[int]
) -> pd.DataFrame:
    rows = counts.tables[table]
    keys = ["start", "area_id", "weekday", "band"]
    frames: list[pd.DataFrame] = []
    rows = rows.assign(start=rows["month"] // 12 * 12, area_id=[ids[k] for k in rows[column]])
    for category, held in _categories(counts, rows):
        axes: list[Any] = [covers.periods(12), [ids[k] for k in chosen], range(1, 8), range(6)]
        grid = pd.MultiIndex.from_product(axes, names=keys)
        frame = held.groupby(keys)["cases"].sum().reindex(grid, fill_value=0).rename("count").reset_index()
        frame.insert(0, "year", [period(start, 12) for start in frame["start"]])
        frames.append(frame.assign(category=category))
    columns = ["year", "area_id", "category", "weekday", "band", "count"]
    return pd.concat(frames, ignore_index=True)[columns] if frames else pd.DataFrame(columns=columns)


def _cells(
    counts: CaseCounts, covers: Coverage, where: Ground, size: int, households: pd.DataFrame | None
) -> pd.DataFrame:
    """Cases by year, cell and category; a cell belongs to the municipality of its centre, else of most of its cases."""
    rows = counts.tables["cells"]
    rows = rows[rows["municipality"].isin(covers.municipalities)]
    distinct = rows[["cell_e", "cell_n"]].drop_duplicates()
    middle = (distinct[["cell_e", "cell_n"]].to_numpy(dtype=float) + 0.5) * size
    ids = cell_of(middle[:, 0], middle[:, 1], size)
    rows = rows.merge(distinct.assign(cell_id=ids), on=["cell_e", "cell_n"])
    owner = {cell: town for town in covers.municipalities for cell in where.cells(town, size)}
    most = rows.groupby(["cell_id", "municipality"])["cases"].sum().sort_values().reset_index()
    owner = dict(zip(most["cell_id"], most["municipality"], strict=True)) | owner
    cells, starts = sorted(owner), covers.periods(12)
    rows = rows.assign(start=rows["month"] // 12 * 12)
    frames = []
    for category, held in _categories(counts, rows):
        grid = pd.MultiIndex.from_product([starts, cells], names=["start", "cell_id"])
        frame = held.groupby(["start", "cell_id"])["cases"].sum().reindex(grid, fill_value=0).rename("count")
        frames.append(frame.reset_index().assign(category=category))
    columns = ["year", "cell_id", "area_id", "category", "count", "households"]
    if not frames or not starts:
        return pd.DataFrame(columns=columns)
    made = pd.concat(frames, ignore_index=True)
    homes = {} if households is None else dict(zip(households["cell_id"], households["households"], strict=True))
    made["year"] = [period(start, 12) for start in made["start"]]
    made["area_id"] = made["cell_id"].map({cell: where.municipalities.area_ids[town] for cell, town in owner.items()})
    made["households"] = pd.array([homes.get(cell, 0 if homes else None) for cell in made["cell_id"]], dtype="Int64")
    return made[columns]


def period(start: int, length: int) -> str:
    """A period as the contracts write it, from its first month: "2025K4", "2025", "2025M11"."""
    year, month = divmod(start, 12)
    return {12: f"{year}", 3: f"{year}K{month // 3 + 1}"}.get(length, f"{year}M{month + 1:02d}")


def _month(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _day(month: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, 1)


# The account ------------------------------------------------------------------------------------------------------


def _account(counts: CaseCounts, covers: Coverage, names: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Every row of the file once, under what became of it; the parts add up to all."""
    table = counts.tables["municipalities"]
    hardly = ~table["municipality"].isin(covers.municipalities)
    outside = ~table["month"].isin(range(_month(covers.first), _month(covers.last) + 1)) & ~hardly
    yield "Rækker i filen", counts.rows
    yield "Talt med i en kommune", int(table.loc[~hardly & ~outside, "cases"].sum())
    if outside.any():
        days = f"{danish.date(covers.first)} til {danish.date(covers.last)}"
        yield f"Ikke med: dagen ligger uden for den tid, filen dækker ({days})", int(table.loc[outside, "cases"].sum())
    towns = danish.join(danish.in_order(names[town] for town in table.loc[hardly, "municipality"].unique()))
    if towns:
        yield f"Ikke med: i kommuner, som filen næppe dækker ({towns})", int(table.loc[hardly, "cases"].sum())
    for reason, sentence in REASONS.items():
        if counts.reasons.get(reason):
            yield f"Ikke med: {sentence}", counts.reasons[reason]
    if counts.skipped:
        yield "Ikke med: rækken har ikke lige så mange felter som overskriften", counts.skipped
    if counts.blank:
        yield "Ikke med: rækken er tom", counts.blank


def _sentences(counts: CaseCounts, covers: Coverage, made: Aggregates, names: Sequence[str]) -> Iterator[str]:
    """What a person should know of the figures before they are sent."""
    towns = danish.join(danish.in_order(names[town] for town in covers.municipalities))
    yield f"Filen dækker {danish.date(covers.first)} til {danish.date(covers.last)} i {towns}."
    for kind, length, word in (("incidents", 3, "helt kvartal"), ("cells", 12, "helt år"), ("hours", 12, "helt år")):
        if kind not in made.tables and not covers.periods(length):
            title = CONTRACTS[kind].title
            yield f"Der er intet {word}, så »{title}« er udeladt. Dækker filen mere, så skriv --from og --to."
    table = counts.tables["municipalities"]
    table = table[table["municipality"].isin(covers.municipalities)]
    whole = [month for start in covers.periods(3) for month in range(start, start + 3)]
    partly = table[
        ~table["month"].isin(whole) & table["month"].isin(range(_month(covers.first), _month(covers.last) + 1))
    ]
    if len(partly) and whole:
        many = danish.plural(int(partly["cases"].sum()), "sag", "sager")
        yield f"{many} ligger i et kvartal, som filen kun dækker en del af, og er ikke med i kvartalerne."
    inside = counts.tables["housing_areas"]["cases"].sum()
    yield f"{danish.number(inside)} af sagerne ligger i et boligområde."
    if "cells" in made.tables and made.tables["cells"]["households"].isna().all():
        yield "Antal husstande er tomt. Læg en fil med felt og husstande ved (--households), hvis I har dem."
    if counts.without_hour:
        many = danish.plural(counts.without_hour, "sag har", "sager har")
        yield f"{many} ikke noget læseligt klokkeslæt og er ikke med i ugens timer."
    if codes := counts.groups.others.most_common(10):
        shown = danish.join(f"{code} ({danish.number(cases)})" for code, cases in codes)
        yield f"Overtrædelser, som ingen kategori tæller for sig: {shown}."
