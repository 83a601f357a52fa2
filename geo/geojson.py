"""Reading GeoJSON with every ring as it was written.

GDAL and Shapely close an open ring without a word; here an open ring is an error, so the coordinates are
read from the JSON itself.
"""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiPolygon, Polygon

from geo.layer import Layer, epsg_of
from geo.problems import BoundaryProblem, Limits, file_problem, number

_Note = Callable[[str, str, str], None]
"""Takes a value, a message and a remedy, and records them for the feature being read."""


class _UnusableRing(Exception):
    """A ring was refused, and its problem has been noted."""


def read_geojson(content: bytes, filename: str, limits: Limits) -> Layer:
    """Return the features of a GeoJSON file, UTF-8 (with or without BOM) or ISO-8859-1.

    A file without `crs` is in EPSG:4326, as RFC 7946 says. Raises BoundaryError where there is no feature
    collection to read; what is wrong with single features is in the layer's `problems`.
    """
    if content.count(b"[") > 2 * limits.vertices + 1000:  # before the JSON is unfolded in memory
        raise file_problem(
            filename,
            f"Filen har flere punkter end de {number(limits.vertices)}, der kan læses.",
            "Forenkl (generaliser) fladerne, eller tag kun de områder med, der skal bruges.",
        )
    features, stated, credit = _features(content, filename)
    if len(features) > limits.features:
        raise too_many_features(filename, len(features), limits)
    problems: list[BoundaryProblem] = []
    rows: list[dict[str, Any]] = []
    geometries = []
    for position, feature in enumerate(features, start=1):

        def note(value: str, message: str, remedy: str, position: int = position) -> None:
            problems.append(BoundaryProblem(position, "geometry", value, message, remedy))

        properties = feature.get("properties") if isinstance(feature, dict) else None
        rows.append(properties if isinstance(properties, dict) else {})
        geometries.append(_geometry(feature.get("geometry") if isinstance(feature, dict) else None, note))
    names = list(dict.fromkeys(str(name) for row in rows for name in row))
    columns = {name: [row.get(name) for row in rows] for name in names}
    return Layer(columns, list(geometries), epsg_of(stated), stated, tuple(problems), credit)


def too_many_features(filename: str, count: int, limits: Limits) -> Exception:
    """Return the error for a file with more features than the limit."""
    return file_problem(
        filename,
        f"Filen har {number(count)} flader; der kan højst læses {number(limits.features)}.",
        "Tag kun de områder med, der skal bruges.",
    )


def _features(content: bytes, filename: str) -> tuple[list[Any], str, str]:
    """Return the features as they stand, the name of the projection they state, and whom the file is credited to."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("iso-8859-1")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = f" (linje {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise file_problem(
            filename, f"Filen er ikke gyldig GeoJSON{line}.", "Gem den igen som GeoJSON fra kortprogrammet."
        ) from None
    kind = document.get("type") if isinstance(document, dict) else None
    features = [document] if kind == "Feature" else document.get("features") if kind == "FeatureCollection" else None
    if isinstance(document, dict) and (document.get("class") == "dataset" or "dataset" in document):
        raise file_problem(
            filename,
            "Filen er en tabel i JSON-stat og ikke flader på et kort.",
            "Vælg Excel (.xlsx) eller CSV, hvor tabellen hentes.",
        )
    if not isinstance(features, list):
        raise file_problem(
            filename,
            "Filen er ikke en samling af flader (FeatureCollection).",
            "Gem laget som GeoJSON fra kortprogrammet.",
            str(kind or ""),
        )
    crs = document.get("crs")
    credit = document.get("attribution")
    return features, "EPSG:4326" if crs is None else _stated(crs), credit if isinstance(credit, str) else ""


def _stated(crs: object) -> str:
    """The projection that a `crs` names: by name, by address ("link") or by EPSG number, as older programs do."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    if not isinstance(properties, dict):
        return "" if isinstance(crs, dict) else str(crs)
    if "code" in properties:
        return f"EPSG:{properties['code']}"
    return str(properties.get("name") or properties.get("href") or "")


def _geometry(written: Any, note: _Note) -> Polygon | MultiPolygon | None:
    """Return one geometry, or None after noting why there is none."""
    if not isinstance(written, dict) or not written.get("coordinates"):
        if isinstance(written, dict) and written.get("type") == "GeometryCollection":
            note_not_polygon("GeometryCollection", note)
        else:
            note("", "Området har ingen flade.", "Tegn en flade for området, eller fjern rækken.")
        return None
    kind, coordinates = written.get("type"), written["coordinates"]
    if kind not in ("Polygon", "MultiPolygon"):
        note_not_polygon(str(kind), note)
        return None
    parts = [coordinates] if kind == "Polygon" else coordinates
    try:
        polygons = [_polygon(part, note) for part in parts]
    except _UnusableRing:
        return None
    except TypeError:
        _unreadable("", note)
        return None
    return polygons[0] if kind == "Polygon" else MultiPolygon(polygons)


def _polygon(rings: Any, note: _Note) -> Polygon:
    shell, *holes = [_ring(ring, note) for ring in rings] or [_ring([], note)]
    return shapely.Polygon(shell, holes)


def _ring(written: Any, note: _Note) -> npt.NDArray[np.float64]:
    """Return the corners of a ring, shape (n, 2), n ≥ 4; heights are left out."""
    try:
        corners = np.array(written, dtype=float)
    except (ValueError, TypeError, OverflowError):
        raise _unreadable(str(written)[:60], note) from None
    if len(corners) < 4:
        note(str(written)[:60], "Fladen har for få hjørner.", "En flade skal have mindst tre hjørner.")
        raise _UnusableRing
    if corners.ndim != 2 or corners.shape[1] < 2:
        raise _unreadable(str(written)[:60], note)
    if not np.isfinite(corners).all():
        raise _unreadable("NaN eller uendelig", note)
    first, last = corners[0, :2], corners[-1, :2]
    if (first != last).any():
        note_unclosed(" og ".join(f"({x:.10g} {y:.10g})" for x, y in (first, last)).replace(".", ","), note)
        raise _UnusableRing
    return np.ascontiguousarray(corners[:, :2])


def note_not_polygon(kind: str, note: _Note) -> None:
    """Record that a feature is a point, a line or something else without an area."""
    note(kind, "Området er ikke en flade.", "Områder skal være Polygon eller MultiPolygon.")


def note_unclosed(value: str, note: _Note) -> None:
    """Record that a ring ends elsewhere than where it began."""
    note(
        value,
        "Fladen er ikke lukket: det første og det sidste punkt er forskellige.",
        "Luk fladen, så den slutter i det punkt, hvor den begynder.",
    )


def _unreadable(value: str, note: _Note) -> _UnusableRing:
    note(
        value,
        "Fladens koordinater kan ikke læses som tal.",
        "Hvert punkt skal være to almindelige tal: øst og nord.",
    )
    return _UnusableRing()
