"""Checks that no single cell or table can fail: a delivery held against itself, its areas and the map."""

import re
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
from shapely import from_wkb
from shapely.geometry.base import BaseGeometry

from data import danish
from data.contracts.definitions import CONTRACTS
from data.contracts.look_alikes import alike
from data.contracts.problems import Problem
from data.contracts.validation import area_spellings
from data.intake.found import FoundTable
from data.store import Incoming
from geo.grid import EPSG, polygon, size_of

_CODES = re.compile("kod|code|kom|nr|id$", re.IGNORECASE)
MAX_ALIKE = 1000
"""Problems listed for one fault in one table."""
MOSTLY_AREAS = 0.5
"""Part of a column's filled cells that must be areas of ours for it to be a column of areas."""
NEAR = 1.0
"""Sides of a cell that it may lie outside its area's outline, since outlines are generalised."""


def cross_checked(
    checked: Sequence[FoundTable], outlines: Sequence[Incoming], standing: Mapping[str, pd.DataFrame]
) -> list[Problem]:
    """Everything that tables which keep their contracts have against each other, what stands and the map.

    `standing` has "areas", "boundaries" and "population" as they stand with the delivery's own areas.
    """
    problems = list(_repeated(checked))
    for table in checked:
        if table.kind == "survey":
            problems += _more_answers_than_residents(table, standing)
        elif table.kind == "cells":
            problems += _cells_elsewhere(table, outlines, standing)
    return problems


# The same row twice in one delivery --------------------------------------------------------------------------------


def _repeated(checked: Sequence[FoundTable]) -> Iterator[Problem]:
    for kind in dict.fromkeys(table.kind for table in checked):
        tables = [table for table in checked if table.kind == kind]
        if len(tables) < 2:
            continue
        key = list(CONTRACTS[kind].key)
        frames = [table.frame.assign(_table=index, _row=table.frame.index) for index, table in enumerate(tables)]
        rows = pd.concat(frames, ignore_index=True)
        again = rows[rows.duplicated(key, keep=False)]
        again = again[~again.duplicated([name for name in again if not str(name).startswith("_")], keep=False)]
        firsts = again.drop_duplicates(key)
        later = again.drop(firsts.index).merge(firsts[[*key, "_table", "_row"]], on=key, suffixes=("", "_first"))
        for row in later.head(MAX_ALIKE).to_dict("records"):
            here, there = tables[row["_table"]], tables[row["_table_first"]]
            if here is there:
                continue  # the contract has said so already
            sentence = ", ".join(str(row[name]) for name in key)
            yield Problem(
                here.file, here.sheet, here.row(row["_row"]), here.headings.get(key[0], key[0]), sentence,
                f"samme række står med et andet indhold i {there.place}, række {there.row(row['_row_first'])}",
                "Behold kun den rigtige af de to",
            )  # fmt: skip


# Code against name ------------------------------------------------------------------------------------------------


def at_odds(checked: Sequence[FoundTable], areas: pd.DataFrame) -> list[Problem]:
    """Rows that name two areas: a column that is not read, such as »Kommunekode«, has another than »Område«.

    The area that the row's area lies in is none other.
    """
    spellings = {alike(word): area for word, area in area_spellings(areas).items()}
    parents = dict(zip(areas["area_id"], areas["parent_id"], strict=True)) if "parent_id" in areas else {}
    names = dict(zip(areas["area_id"], areas["name"], strict=True))
    problems: list[Problem] = []
    for table in checked:
        if table.kind == "areas":
            problems += _codes_of_others(table, areas)
        elif "area_id" in table.frame:
            problems += _unread_areas(table, spellings, parents, names)
    return problems


def _unread_areas(
    table: FoundTable, spellings: Mapping[str, str], parents: Mapping[str, str], names: Mapping[str, str]
) -> Iterator[Problem]:
    for index, heading in enumerate(table.cells.columns):
        if heading in table.headings.values():
            continue
        pairs = pd.DataFrame({"said": table.cells.iloc[:, index], "area": table.frame["area_id"]}).drop_duplicates()
        pairs = pairs[pairs["said"].str.strip() != ""]
        other = pairs["said"].map(lambda name: spellings.get(alike(name), ""))
        figures = bool(pairs["said"].str.strip().str.isdecimal().all()) and not _CODES.search(str(heading))
        if pairs.empty or figures or (other != "").mean() < MOSTLY_AREAS:
            continue
        over = pairs["area"].map(lambda area: parents.get(area, ""))
        for row in pairs.index[(other != "") & (other != pairs["area"]) & (other != over)][:MAX_ALIKE]:
            name, area = str(pairs.loc[row, "said"]), str(pairs.loc[row, "area"])
            yield Problem(
                table.file, table.sheet, table.row(row), str(heading), name,
                f"»{heading}« er {names[other[row]]}, men rækken hører til {names.get(area, area)}",
                "Ret den ene, så de to passer sammen, eller slet kolonnen",
            )  # fmt: skip


def _codes_of_others(table: FoundTable, areas: pd.DataFrame) -> Iterator[Problem]:
    rows = areas.drop_duplicates("area_id", keep="last")
    taken = {code: area for code, area in zip(rows["code"].fillna(""), rows["area_id"], strict=True) if code}
    names = dict(zip(rows["area_id"], rows["name"], strict=True))
    for row, area, code in zip(table.frame.index, table.frame["area_id"], table.frame["code"].fillna(""), strict=True):
        if code and taken.get(code, area) != area:
            yield Problem(
                table.file, table.sheet, table.row(row), table.headings.get("code", "Kode"), str(code),
                f"koden er allerede {names[taken[code]]}", "Ret koden; hvert område har sin egen, eller ingen",
            )  # fmt: skip


# Answers against residents ----------------------------------------------------------------------------------------


def _more_answers_than_residents(table: FoundTable, standing: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    residents = residents_of(standing)
    of_area = table.frame["area_id"].map(residents).astype("float64")
    more = table.frame["n"].astype("float64") > of_area
    for row in table.frame.index[more][:MAX_ALIKE]:
        yield Problem(
            table.file, table.sheet, table.row(row), table.headings.get("n", "Antal svar"), table.text("n", int(row)),
            f"antallet læses som {danish.number(table.frame.loc[row, 'n'])} svar, men i området bor der "
            f"{danish.number(of_area[row])}",
            "Skriv det uvægtede antal svar som et helt tal; skiller punktummet decimaler, så er tallet vægtet",
        )  # fmt: skip


def residents_of(standing: Mapping[str, pd.DataFrame]) -> dict[str, float]:
    """The newest known number of residents of each area; areas without one are left out."""
    areas, population = standing["areas"], standing["population"]
    known = areas.dropna(subset=["residents"]) if "residents" in areas else areas.iloc[:0]
    residents = {
        str(area): float(many) for area, many in zip(known["area_id"], known.get("residents", []), strict=True)
    }
    newest = population.sort_values("period").drop_duplicates("area_id", keep="last")
    return residents | {str(a): float(many) for a, many in zip(newest["area_id"], newest["residents"], strict=True)}


# Cells against the map --------------------------------------------------------------------------------------------


def _cells_elsewhere(
    table: FoundTable, outlines: Sequence[Incoming], standing: Mapping[str, pd.DataFrame]
) -> Iterator[Problem]:
    frames = [standing["boundaries"], *(each.frame for each in outlines)]
    shapes = _shapes(pd.concat(frames, ignore_index=True), set(table.frame["area_id"]))
    towns = _shapes(frames[0], set(standing["areas"].loc[standing["areas"]["level"] == "municipality", "area_id"]))
    names = dict(zip(standing["areas"]["area_id"], standing["areas"]["name"], strict=True))
    pairs = table.frame[["cell_id", "area_id"]].drop_duplicates()
    listed = 0
    for row, cell, area in zip(pairs.index, pairs["cell_id"], pairs["area_id"], strict=True):
        shape = shapes.get(area)
        square = polygon(cell)
        if shape is None or shape.distance(square) <= NEAR * size_of(cell):
            continue
        parts = {town: outline.intersection(square).area for town, outline in towns.items()}
        town = max(parts, key=parts.__getitem__, default="")
        inside = f"feltet ligger i {names[town]}" if parts.get(town) else ""
        lies = inside or "feltet ligger uden for kommunerne på kortet"
        yield Problem(
            table.file, table.sheet, table.row(row), table.headings.get("area_id", "Område"),
            table.text("area_id", int(row)),
            f"{lies}, ikke i {names.get(area, area)} (felt {cell})",
            "Ret området eller feltet",
        )  # fmt: skip
        listed += 1
        if listed >= MAX_ALIKE:
            return


def _shapes(boundaries: pd.DataFrame, wanted: set[str]) -> dict[str, BaseGeometry]:
    """The newest outline of each wanted area in metres."""
    rows = boundaries[boundaries["area_id"].isin(wanted)].drop_duplicates("area_id", keep="last")
    if rows.empty:
        return {}
    import geopandas  # takes long to import

    shapes = geopandas.GeoSeries([from_wkb(bytes(each)) for each in rows["geometry"]], crs=4326).to_crs(EPSG)
    return dict(zip(rows["area_id"], shapes, strict=True))
