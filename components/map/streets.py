"""Writes the streets that lie beneath every map: pieces that browsers fetch as they need them and keep for good."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st
from shapely.geometry.base import BaseGeometry

from components.map.geometry import STATIC, write_once
from components.map.tiles import Streets
from components.session import Screen, our_store
from data.store import DamagedError, Store
from data.store.street_sets import standing
from data.streets import StreetMap, street_checksum, street_map
from geo.grid import EPSG
from geo.packing import DECIMALS, packed

if TYPE_CHECKING:
    from geo.streets import Piece

ON_PAPER = 2
"""The last rank of the roads that are drawn on paper."""
NOTICED_WITHIN = 30
"""Seconds within which the maps of a running app show streets that were just loaded."""


def streets_of(screen: Screen) -> Streets | None:
    """The streets of the partnership's municipalities; None where there are none to draw, or none that are whole."""
    areas = screen.release.areas
    ours = areas.loc[areas["area_id"].isin(screen.partnership.members) & areas["geometry"].notna()]
    outlines = screen.release.get_or_make(
        "checksum of our outlines", lambda: hashlib.sha256(b"".join(map(bytes, ours["geometry"]))).hexdigest()
    )
    return _streets(_standing(our_store()), outlines, ours, tuple(screen.partnership.members), our_store())


def main_roads(screen: Screen) -> list[BaseGeometry]:
    """The roads a map on paper is drawn over, in metres of EPSG:25832: those of the first three ranks, coarsely."""
    from geo.streets import STEPS, joined

    streets = street_map(our_store(), screen.release.areas, screen.partnership.members)
    large = streets.roads[streets.roads["rank"] <= ON_PAPER]
    return list(joined(large.to_crs(EPSG), STEPS[1].tolerance).geometry) if len(large) else []


@st.cache_data(ttl=NOTICED_WITHIN, show_spinner=False)
def _standing(_store: Store) -> tuple[tuple[str, str], ...]:
    return standing(_store.engine)


@st.cache_resource(max_entries=4, show_spinner=False)
def _streets(
    loaded: tuple[tuple[str, str], ...], outlines: str, _areas: pd.DataFrame, members: tuple[str, ...], _store: Store
) -> Streets | None:
    checksum = street_checksum(dict(loaded), _areas, members)
    try:
        return streets_written(lambda: street_map(_store, _areas, members), checksum)
    except DamagedError:
        return None  # the daily check says so, with the remedy; a map without streets is still a map


def streets_written(read: Callable[[], StreetMap], checksum: str, static: Path = STATIC) -> Streets | None:
    """The street map of a checksum as static files; only where they are not there yet is it read and written.

    None where nothing is drawn. The pieces of all steps lie in static/geo, each under its own checksum, and so does
    the file that says where they lie and whom to credit.
    """
    index = f"geo/vejkort-{checksum[:12]}.json"
    if not (static / index).exists():
        from geo.streets import STEPS, pieces  # with geopandas, which takes long to import

        streets = read()
        steps: list[list[list[object]]] = [[] for _ in STEPS]
        for piece in pieces(streets.roads, streets.landmarks):
            content = piece_file(piece)
            name = f"vejstykke-{hashlib.sha256(content).hexdigest()[:12]}.json"
            write_once(static / "geo" / name, content)
            steps[piece.step].append([name, *(round(edge, 5) for edge in piece.bounds)])
        told = [{"zoom": step.zoom, "pieces": rows} for step, rows in zip(STEPS, steps, strict=True)]
        write_once(static / index, _json({"credit": streets.credit, "steps": told}))
    written = json.loads((static / index).read_bytes())
    drawn = any(step["pieces"] for step in written["steps"])
    return Streets(f"app/static/{index}", written["credit"]) if drawn else None


def piece_file(piece: "Piece") -> bytes:
    """A piece as browsers read it: names once, then for each road its rank and name, its line packed, and landmarks."""
    names = list(dict.fromkeys(piece.names))
    index_of = {name: number for number, name in enumerate(names)}
    return _json(
        {
            "decimals": DECIMALS,
            "names": names,
            "rank": "".join(map(str, piece.ranks)),
            "name": [index_of[name] for name in piece.names] if any(piece.names) else [],
            "lines": packed(piece.lines),
            "landmarks": [[name, kind, round(east, 5), round(north, 5)] for name, kind, east, north in piece.landmarks],
        }
    )


def _json(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
