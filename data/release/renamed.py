"""Lets what was told of an area that was merely renamed go on under its new name: figures, criteria and what is done.

Disclosure control is told the same of earlier releases, so that old and new are one area to it.
"""

from collections.abc import Mapping

import pandas as pd

from data.contracts.definitions import CONTRACTS
from data.release.spans import CELL, UNFINISHED
from data.succession import same_area

FORMERLY = "formerly"
"""The column of areas with the ids an area has had before, ";" between them; "" for most."""
Tables = dict[str, pd.DataFrame]


def under_newest_names(loaded: Mapping[str, pd.DataFrame]) -> tuple[Tables, Mapping[str, str]]:
    """The loaded tables with renamed areas under their newest id, and old id → newest.

    Where both names tell of the same thing, what the newer tells stands. The old names leave the table of areas, and
    stand in its column FORMERLY; an outline goes over to a successor that has none.
    """
    newest = same_area(loaded["areas"])
    if not newest:
        return dict(loaded), {}
    tables = {kind: renamed(rows, kind, newest) for kind, rows in loaded.items()}
    areas = tables["areas"]
    tables["areas"] = areas.assign(
        **{FORMERLY: [";".join(old for old, new in newest.items() if new == area) for area in areas["area_id"]]}
    )
    return tables, newest


def renamed(rows: pd.DataFrame, kind: str, newest: Mapping[str, str]) -> pd.DataFrame:
    """The rows of a kind with the newest id of every area they name."""
    if kind == "areas":
        rows = rows[~rows["area_id"].isin(newest)]
        return rows.assign(parent_id=rows["parent_id"].replace(dict(newest))).reset_index(drop=True)
    if kind == "boundaries":
        return _each_once(rows, "area_id", ["area_id"], newest)
    if kind == UNFINISHED:
        return _each_once(rows, "area_id", CELL, newest)
    if kind not in CONTRACTS:
        return rows
    columns = [column for column in CONTRACTS[kind].columns if column.refers == "areas" and column.name in rows]
    for column in columns:
        if column.kind == "list":
            rows = rows.assign(**{column.name: [_listed(cell, newest) for cell in rows[column.name]]})
        else:
            rows = _each_once(rows, column.name, list(CONTRACTS[kind].key), newest)
    return rows


def told_of(releases: list[pd.DataFrame], newest: Mapping[str, str]) -> list[pd.DataFrame]:
    """Earlier releases (`data.release.earlier`) with renamed areas under their newest id."""
    if not newest:
        return releases
    return [_each_once(rows, "area_id", ["area_id", "period", "category"], newest) for rows in releases]


def _each_once(rows: pd.DataFrame, column: str, key: list[str], newest: Mapping[str, str]) -> pd.DataFrame:
    old = rows[column].isin(newest)
    if not old.any():
        return rows
    moved = rows.copy()
    moved[column], moved["_old"] = rows[column].replace(dict(newest)), old
    moved = moved.sort_values("_old", kind="stable").drop_duplicates(key).sort_index()
    return moved.drop(columns="_old").reset_index(drop=True)


def _listed(cell: str, newest: Mapping[str, str]) -> str:
    return ";".join(dict.fromkeys(newest.get(area, area) for area in str(cell).split(";")))
