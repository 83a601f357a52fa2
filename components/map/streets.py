"""Writes the streets that lie beneath every map: pieces that browsers fetch as they need them and keep for good."""

import hashlib
import json
from pathlib import Path

import streamlit as st
from shapely.geometry.base import BaseGeometry

from components.map.geometry import STATIC, write_once
from components.map.tiles import Streets
from components.session import Screen, our_store
from data.store import Store
from data.store.street_sets import standing
from data.streets import StreetMap, street_map
from geo.grid import EPSG
from geo.packing import DECIMALS
from geo.streets import STEPS, Piece, joined, packed, pieces

ON_PAPER = 2
"""The last rank of the roads that are drawn on paper."""
NOTICED_WITHIN = 30
"""Seconds within which the maps of a running app show streets that were just loaded."""


def streets_of(screen: Screen) -> Streets | None:
    """The streets of the partnership's municipalities; None where there are none to draw."""
    areas = screen.release.areas
    ours = areas.loc[areas["area_id"].isin(screen.partnership.members) & areas["geometry"].notna()]
    outlines = screen.release.get_or_make(
        "checksum of our outlines", lambda: hashlib.sha256(b"".join(map(bytes, ours["geometry"]))).hexdigest()
    )
    return _streets(_standing(our_store()), outlines, ours, tuple(screen.partnership.members), our_store())


def main_roads(screen: Screen) -> list[BaseGeometry]:
    """The roads a map on paper is drawn over, in metres of EPSG:25832: those of the first three ranks, coarsely."""
    found = street_map(our_store(), screen.release.areas, screen.partnership.members)
    large = found.roads[found.roads["rank"] <= ON_PAPER]
    return list(joined(large.to_crs(EPSG), STEPS[1].tolerance).geometry) if len(large) else []


@st.cache_data(ttl=NOTICED_WITHIN, show_spinner=False)
def _standing(_store: Store) -> tuple[tuple[str, str], ...]:
    return standing(_store.engine)


@st.cache_resource(max_entries=4, show_spinner=False)
def _streets(
    loaded: tuple[tuple[str, str], ...], outlines: str, _areas: object, members: tuple[str, ...], _store: Store
) -> Streets | None:
    found = street_map(_store, _areas, members)  # type: ignore[arg-type]
    return None if found.is_empty else publish_streets(found)


def publish_streets(found: StreetMap, static: Path = STATIC) -> Streets:
    """Write the pieces of all steps to static/geo, each under its own checksum, and a file that says where they lie.

    Where the file of this very map is there already, nothing is done.
    """
    index = f"geo/veje-{found.checksum[:12]}.json"
    if not (static / index).exists():
        steps: list[list[list[object]]] = [[] for _ in STEPS]
        for piece in pieces(found.roads, found.landmarks):
            content = piece_file(piece)
            name = f"vejstykke-{hashlib.sha256(content).hexdigest()[:12]}.json"
            write_once(static / "geo" / name, content)
            steps[piece.step].append([name, *(round(edge, 5) for edge in piece.bounds)])
        told = [{"zoom": step.zoom, "pieces": rows} for step, rows in zip(STEPS, steps, strict=True)]
        write_once(static / index, _json(told))
    return Streets(f"app/static/{index}", found.credit)


def piece_file(piece: Piece) -> bytes:
    """A piece as browsers read it: names once, then for each road its rank and name, its line packed, and landmarks."""
    names = list(dict.fromkeys(piece.names))
    place = {name: number for number, name in enumerate(names)}
    return _json(
        {
            "decimals": DECIMALS,
            "names": names,
            "rank": "".join(map(str, piece.ranks)),
            "name": [place[name] for name in piece.names] if any(piece.names) else [],
            "lines": packed(piece.lines),
            "landmarks": [[name, kind, round(east, 5), round(north, 5)] for name, kind, east, north in piece.landmarks],
        }
    )


def _json(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
