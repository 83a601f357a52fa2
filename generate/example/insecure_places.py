"""The example's insecure places: what walks pointed out, what was promised about it by when, and what was done."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from generate.example.tables import Row, marked_as_example
from geo.grid import cell_of

_PLACES = {
    "sti": "Belysningen gennemgås af kommunen.",
    "parkering": "Boligselskabet ser på lys og overblik.",
    "legeplads": "Beplantningen sænkes, så der er frit udsyn.",
    "opgang": "Låse og lys i opgangen skiftes af driften.",
    "station": "Drøftes med trafikselskabet.",
    "torv": "Brobyggerne kommer forbi om aftenen.",
    "belysning": "Meldt til kommunens lysplan.",
}
_MOST_PLACES = 3
_MUNICIPALITY = {
    "hoeje-gladsaxe": "Gladsaxe", "vaerebro-park": "Gladsaxe", "moerkhoej-pileparken": "Gladsaxe",
    "hede-magleparken": "Ballerup", "grantoften": "Ballerup",
    "hjortegaarden": "Herlev", "lille-birkholm": "Herlev", "hoejbjerg-vaenge": "Herlev",
}  # fmt: skip
_BY = {
    "hoeje-gladsaxe": "Høje Gladsaxe Park", "vaerebro-park": "Værebro Sø", "moerkhoej-pileparken": "Dyrups Æblelund",
    "hede-magleparken": "Haveforeningen Brøndgården", "grantoften": "Lommeparken", "hjortegaarden": "Lidsøparken",
    "lille-birkholm": "Lidsøparken", "hoejbjerg-vaenge": "Herlev Gadekær",
}  # fmt: skip
# Kind of place → (who sees to it, what was done); {} is the municipality.
_SEEN_TO = {
    "sti": ("Teknik og Miljø, {} Kommune", "Der er sat nye lamper op langs stien."),
    "parkering": ("Boligselskabets drift", "Hækken er klippet ned, og lyset er skiftet."),
    "legeplads": ("Boligselskabets drift", "Buskene er sænket, så man kan se legepladsen fra husene."),
    "opgang": ("Boligselskabets drift", "Låse og lys er skiftet."),
    "station": ("Trafikselskabet", "Der er sat mere lys op ved trappen."),
    "torv": ("Boligsocial indsats, {}", "Brobyggerne kommer forbi to aftener om ugen."),
    "belysning": ("Teknik og Miljø, {} Kommune", "Lamperne er skiftet."),
}
_PROMISED_DAYS = (240, 330, 420)
"""From the walk to the day what was promised is due, in turn."""


def place_rows(
    rng: np.random.Generator, dialogues: Iterable[Row], shapes: Mapping[str, BaseGeometry] | None = None
) -> list[Row]:
    """Up to three kinds of places from each walk; what is older has come further.

    `shapes` are the outlines of areas in EPSG:25832; without one a place is not put on the map.
    """
    rows: list[Row] = []
    for walk in dialogues:
        if walk["kind"] != "vandring":
            continue
        number = int(rng.integers(1, _MOST_PLACES + 1))
        for place_type in sorted(rng.choice(sorted(_PLACES), size=number, replace=False)):
            settled = 0.9 if str(walk["date"]) < "2025" else 0.55 if str(walk["date"]) < "2025-07" else 0.1
            chance = rng.random()
            status = "udført" if chance < settled else "i gang" if chance < settled + 0.3 else "åben"
            rows.append(
                {
                    "place_id": f"{walk['dialogue_id']}-{place_type}",
                    "dialogue_id": walk["dialogue_id"],
                    "area_id": walk["area_id"],
                    "place_type": str(place_type),
                    "count": int(rng.integers(1, 4)),
                    "status": status,
                    "follow_up": "" if status == "åben" else _PLACES[str(place_type)],
                    **_promise(walk, str(place_type), status, len(rows)),
                    "square": _square((shapes or {}).get(str(walk["area_id"])), len(rows)),
                }
            )
    return marked_as_example(rows)


def _promise(walk: Row, place_type: str, status: str, number: int) -> Row:
    """Where a place is, who sees to it by when, and what was done; every third has no landmark."""
    area = str(walk["area_id"])
    owner, outcome = _SEEN_TO[place_type]
    due = date.fromisoformat(str(walk["date"])) + timedelta(days=_PROMISED_DAYS[number % len(_PROMISED_DAYS)])
    return {
        "landmark": _BY.get(area, "") if number % 3 else "",
        "owner": "" if status == "åben" else owner.format(_MUNICIPALITY.get(area, "")),
        "due": "" if status == "åben" else due.isoformat(),
        "outcome": outcome if status == "udført" else "",
    }


def _square(shape: BaseGeometry | None, number: int) -> str:
    """One of the squares of 100 m whose middle lies in an outline; "" where there is none."""
    if shape is None:
        return ""
    west, south, east, north = shape.bounds
    middles = [
        shapely.Point(x, y)
        for y in np.arange(south // 100 * 100 + 50, north, 100)
        for x in np.arange(west // 100 * 100 + 50, east, 100)
    ]
    inside = [point for point in middles if shape.contains(point)]
    return cell_of(inside[7 * number % len(inside)].x, inside[7 * number % len(inside)].y, 100) if inside else ""
