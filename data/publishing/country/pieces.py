"""The pieces of a publication: bytes in, bytes out, the same on any core or machine, and known by what they rest on."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pandas as pd

from data.partnership import Partnership
from data.publishing.publish import refuse_unsafe
from data.release import table_from_parquet, table_to_parquet
from data.release.build import build_changes, build_figures, build_places
from data.release.clusters import LOG, LOOKS
from data.release.earlier import by_release
from data.release.protect import Protected, protect_incidents

Packed = Mapping[str, bytes]
"""Tables by name, as Parquet."""
ROADS, LANDMARKS = "roads", "landmarks"
"""Named streets and landmarks among what a member has loaded, as `data.streets.StreetMap.tables` has them."""
PROTECT, FIGURES, PLACES = "protect", "figures", "places"
ROOT = Path(__file__).parents[3]
# What the figures follow from, besides what is loaded: with other code they are made anew.
CODE = ("analysis", "geo", "data/release", "data/publishing/country")


@dataclass(frozen=True)
class Piece:
    """A part of a publication that rests on its inputs alone.

    `stage` is one of PROTECT (the counts of one partnership in one year), FIGURES (what one kind of reader sees of a
    partnership) and PLACES (its grid cells); `name` tells whose it is.
    """

    stage: str
    name: str
    inputs: Packed
    partnership: Partnership
    threshold: int = 0

    @cached_property
    def key(self) -> str:
        """What the piece rests on, as one number: inputs, settings and code. The same key has the same answer."""
        total = hashlib.sha256(f"{code()}\0{self.stage}\0{self.threshold}\0{self.partnership!r}".encode())
        for name, content in sorted(self.inputs.items()):
            total.update(f"{name}\0{len(content)}\0".encode() + content)
        return total.hexdigest()


@cache
def code() -> str:
    """A number that changes with the code that figures are made by."""
    total = hashlib.sha256()
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            total.update(path.read_bytes())
    return total.hexdigest()


def build(piece: Piece) -> dict[str, bytes]:
    """Build one piece; the same piece gives the same bytes. Raises StoreError where a hidden count could be found out.

    This is what is mapped over all pieces: by a pool of processes, or by an engine on many machines.
    """
    tables = {name: table_from_parquet(content) for name, content in piece.inputs.items()}
    made = {PROTECT: _protect, FIGURES: _figures, PLACES: _places}[piece.stage](piece, tables)
    return packed(made)


def packed(tables: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """Tables as Parquet."""
    return {name: table_to_parquet(table) for name, table in tables.items()}


def _protect(piece: Piece, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    protected = protect_incidents(
        tables["incidents"],
        tables["areas"],
        piece.threshold,
        by_release(tables["earlier"]),
        outlines=tables.get("boundaries"),
        total=piece.partnership.total,
    )
    refuse_unsafe(protected)
    return {"protected": protected.cells}


def _figures(piece: Piece, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    made = build_figures(tables, piece.partnership)
    return made | build_changes(made, None, piece.partnership)


def _places(_piece: Piece, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return build_places(tables, tables, {name: tables[name] for name in (LOOKS, LOG) if name in tables})


@dataclass(frozen=True)
class Rejoined(Protected):
    """Protected counts that were made year by year."""

    years: tuple[pd.DataFrame, ...] = ()

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Every quarterly and yearly count of a housing area, as of `Protected`."""
        return pd.concat(self.years, ignore_index=True)
