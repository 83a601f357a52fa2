"""Rows that are no rows of their table: all but one cell empty, or the sum of the others; each is told in one line."""

from collections.abc import Mapping

import pandas as pd

from data.contracts.columns import Contract
from data.contracts.faults import Faults
from data.contracts.look_alikes import SUMS, alike

FEWEST = 3
"""Cells that every row of a contract must fill for this to be told of a row at all."""


def without_lone_rows(
    frame: pd.DataFrame, contract: Contract, headings: Mapping[str, list[str]], faults: Faults
) -> pd.DataFrame:
    """The table without rows that have one cell only, and without rows of sums, which are told to `faults`.

    Told cell by cell, such a row would have as many faults as its contract has columns.
    """
    must = [name for name in headings if contract.column(name).required and contract.column(name).empty_means is None]
    if len(must) < FEWEST:
        return frame
    names = list(frame.columns)
    empty = sum(frame.iloc[:, names.index(headings[name][0])].eq("").astype(int) for name in must)
    candidates = frame[empty >= len(must) - 1] if isinstance(empty, pd.Series) else frame.iloc[:0]
    lone: dict[int, list[int]] = {}
    sums: dict[int, list[int]] = {}
    for place, cells in enumerate(candidates.itertuples(index=False, name=None)):
        filled = [at for at, cell in enumerate(cells) if str(cell).strip()]
        total = next((at for at in filled if alike(str(cells[at])) in SUMS), None)
        if total is not None:
            sums.setdefault(total, []).append(place)
        elif len(filled) == 1:
            lone.setdefault(filled[0], []).append(place)
    column_at = {names.index(headed[0]): name for name, headed in headings.items()}
    for groups, message, remedy in (
        (sums, "rækken er en sum", "Slet rækken; summer regnes ud af de andre"),
        (lone, "der står kun noget i én af rækkens celler",
         "Slet rækken, hvis den er en note eller en overskrift; ellers udfyld resten af den"),
    ):  # fmt: skip
        for at, places in groups.items():
            faults.add(column_at.get(at, must[0]), candidates.index[places], message, remedy)
    told = [place for groups in (sums, lone) for places in groups.values() for place in places]
    return frame.drop(index=candidates.index[told]) if told else frame
