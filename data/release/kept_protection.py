"""Protected counts as the tables that a shelf keeps: a municipality's year that nothing has changed is not redone."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.disclosure import Cube

CELLS, ATOMS = "cells", "atoms"
LOWER = -1
"""The row number that stands for the least value of an atom, in the table of atoms."""


def as_tables(cube: Cube) -> dict[str, pd.DataFrame]:
    """A cube as two tables: its cells, and what each cell holds of each atom where that is not 0.

    Both have the column `way`: 0 for the cube itself, then one number for each of its `others`.
    """
    ways = (cube, *cube.others)
    cells = pd.concat([each.cells.assign(way=way) for way, each in enumerate(ways)], ignore_index=True)
    atoms = pd.concat([_atoms(each, way) for way, each in enumerate(ways)], ignore_index=True)
    return {CELLS: cells, ATOMS: atoms.assign(dimensions=" ".join(cube.dimensions), threshold=cube.threshold)}


def as_cube(tables: Mapping[str, pd.DataFrame]) -> Cube:
    """The cube that `as_tables` made two tables of."""
    cells, atoms = tables[CELLS], tables[ATOMS]
    dimensions, threshold = tuple(atoms["dimensions"].iloc[0].split(" ")), int(atoms["threshold"].iloc[0])
    ways = []
    for way in range(int(cells["way"].max()) + 1):
        own, beneath = cells[cells["way"] == way], atoms[atoms["way"] == way]
        lower = beneath.loc[beneath["cell"] == LOWER, "value"].to_numpy()
        held = beneath[beneath["cell"] != LOWER]
        parts = np.zeros((len(own), len(lower)))
        parts[held["cell"].to_numpy(), held["atom"].to_numpy()] = held["value"].to_numpy()
        ways.append(Cube(own.drop(columns="way").reset_index(drop=True), parts, lower, dimensions, threshold))
    first, *others = ways
    return replace(first, others=tuple(others))


def _atoms(cube: Cube, way: int) -> pd.DataFrame:
    """One row for each atom's least value, and for each atom in each cell."""
    cell, atom = np.nonzero(cube.parts)
    count = len(cube.lower)
    return pd.DataFrame(
        {
            "way": way,
            "cell": np.concatenate([np.full(count, LOWER), cell]),
            "atom": np.concatenate([np.arange(count), atom]),
            "value": np.concatenate([cube.lower, cube.parts[cell, atom]]),
        }
    )
