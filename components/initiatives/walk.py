"""Tryghedsvandring: the form that a phone fills in on the walk, what it is offered, and what becomes of a draft."""

from collections.abc import Mapping
from typing import Any

import shapely
import streamlit as st

from components.forms.changes import Change, refusal_of_new, remember
from components.map.ground import Ground, ground_within
from components.session import Screen, account, audience, our_store
from components.walk import mount_walk, pairs
from data import clock, danish, suggestions, walks
from data.contracts.cooperation import PLACE_TYPES
from data.contracts.problems import ContractError
from data.contracts.validation import CONTRACTS
from data.partnership import Partnership, our_partnership
from data.release import Release
from data.store import StoreError
from data.walks import ABOUT_WALK, Fault
from geo.projection import to_metres

HOUSING = "housing_area"
WARNING = "Skriv aldrig navne, adresser, telefonnumre eller nummerplader, og tag ingen billeder."
COUNTERPART, TEXT = "Beboere og boligselskab", "Tryghedsvandring"
AROUND = 900.0
"""Metres from the area's outline within which landmarks are offered."""
EDGE = 150.0
"""Metres of ground around the outline on the map one taps on."""
MOST_NAMES = 10
COARSE = 4.0
"""Metres that a line of the small map may differ from the road."""
LARGEST_ROADS = 3
_ANSWER, _TRIED = "walk_answer", "walk_tried"


def walk_form(screen: Screen, names: Mapping[str, str]) -> None:
    """The form for who may write; `names` are those of the areas one writes for, by id."""
    if not (_writes() or audience().suggests):
        return
    areas = screen.release.areas
    own = set(areas.loc[areas["level"] == HOUSING, "area_id"]) & set(names)
    offered = {area: name for area, name in names.items() if area in own} or dict(names)
    data = {
        "areas": pairs(offered),
        "area": next((area for area in screen.view.areas if area in offered), ""),
        "types": [(kind, danish.opening(words)) for kind, words in PLACE_TYPES.items()],
        "ground": {area: ground_of(screen.release, screen.partnership, area) for area in offered},
        "today": clock.today().isoformat(),
        "counterpart": COUNTERPART,
        "text": TEXT,
        "warning": WARNING,
        "answer": st.session_state.get(_ANSWER),
    }
    draft = mount_walk(data, key="walk_form")
    if draft is not None and draft.get("tried") != st.session_state.get(_TRIED):
        st.session_state[_TRIED] = draft.get("tried")
        st.session_state[_ANSWER] = _received(
            draft, {area: ground_of(screen.release, screen.partnership, area)["names"] for area in offered}
        )
        st.rerun()


def _writes() -> bool:
    return audience().may_write("dialogues") and audience().may_write("insecure_places")


def _received(draft: Mapping[str, Any], landmarks: Mapping[str, list[str]]) -> dict[str, Any]:
    """Store a draft, or say what is wrong with it; a draft that is here already is answered as the first time."""
    answer: dict[str, Any] = {
        "id": str(draft.get("id", "")),
        "number": draft.get("tried"),
        "saved": False,
        "said": "",
        "faults": [],
    }
    store = our_store()
    try:
        walk = walks.walk_of(draft)
        if not walks.stored(store, walk):
            offered = landmarks.get(str(walk.dialogue["area_id"]), [])
            refuses = refusal_of_new if _writes() else suggestions.refuses_for(store, audience())
            faults = walks.faults_of(store, our_partnership(), walk, refuses, offered)
            if faults:
                return answer | {"faults": [_said(fault) for fault in faults]}
            if not _writes():
                suggestions.send_walk(store, audience(), walk)
                return answer | {"saved": True, "said": suggestions.waits(len(walk.places))}
            made = walks.store_walk(store, our_partnership(), walk, account())
            changes = [
                Change(kind, {column: row[column] for column in CONTRACTS[kind].key}, load.id)
                for kind, row, load in made
            ]
            remember(changes, "Vandringen er registreret")
    except (ContractError, StoreError, ValueError) as error:
        sentence = str(error) if isinstance(error, StoreError) else walks.UNREADABLE
        return answer | {"faults": [_said(Fault(ABOUT_WALK, "", sentence))]}
    return answer | {"saved": True, "said": walks.received(len(walk.places))}


def _said(fault: Fault) -> dict[str, Any]:
    return {"row": fault.row, "field": fault.field, "said": fault.said}


def ground_of(release: Release, partnership: Partnership, area: str) -> dict[str, Any]:
    """The `names` one finds one's way by near an area, the nearest first, and the small map as paths in metres."""
    return release.get_or_make(("ground of a walk", area), lambda: _read_ground(release, partnership, area))


def _read_ground(release: Release, partnership: Partnership, area: str) -> dict[str, Any]:
    geometries = release.areas.loc[(release.areas["area_id"] == area) & release.areas["geometry"].notna(), "geometry"]
    if geometries.empty:
        return {"names": []}
    outline = to_metres(list(shapely.from_wkb(geometries.to_numpy())))[0]
    around = shapely.box(*outline.buffer(AROUND).bounds)
    ground = ground_within(release, partnership, our_store(), around)
    near = sorted(
        (outline.distance(shapely.Point(mark.easting, mark.northing)), mark.name) for mark in ground.landmarks
    )
    names = list(dict.fromkeys(name for distance, name in near if distance <= AROUND))[:MOST_NAMES]
    return {"names": names, **_small_map(outline, ground)}


def _small_map(outline: shapely.Geometry, ground: Ground) -> dict[str, Any]:
    west, south, east, north = (round(each) for each in outline.buffer(EDGE).bounds)
    window = shapely.box(west, south, east, north)
    lines = [
        shapely.simplify(road.intersection(window), COARSE) for rank, road in ground.roads if rank <= LARGEST_ROADS
    ]
    marks = [
        (mark.name, round(mark.easting) - west, north - round(mark.northing))
        for mark in ground.landmarks
        if window.contains(shapely.Point(mark.easting, mark.northing))
    ]
    return {
        "west": west, "north": north, "width": east - west, "height": north - south,
        "outline": _path([outline.simplify(COARSE).boundary], west, north), "roads": _path(lines, west, north),
        "marks": marks,
    }  # fmt: skip


def _path(lines: list[shapely.Geometry], west: int, north: int) -> str:
    """Lines as one path of whole metres from the upper left corner."""
    parts = [part for line in lines for part in getattr(line, "geoms", [line]) if len(part.coords) > 1]
    return "".join("M" + "L".join(f"{round(x) - west} {north - round(y)}" for x, y in part.coords) for part in parts)
