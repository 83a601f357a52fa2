"""Whether geometries are usable outlines: polygons in Denmark, in the stated projection, and valid."""

import re
import time
from collections import Counter

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geojson import note_not_polygon
from geo.layer import ALLOWED, Layer
from geo.problems import BoundaryProblem, Limits, number

# Denmark with a margin, (west, south, east, north), in degrees and in metres of three projections.
_EXTENT = {
    4326: (7.0, 54.0, 16.0, 58.5),
    25832: (380_000.0, 6_000_000.0, 920_000.0, 6_470_000.0),
    3857: (779_000.0, 7_160_000.0, 1_781_000.0, 8_083_000.0),
}
_REASON = re.compile(r"(?P<what>[^\[]+)\[(?P<x>\S+) (?P<y>\S+)\]")
_WHAT = {
    "Self-intersection": (
        "Fladens grænse krydser sig selv",
        "Flyt hjørnerne, så grænsen ikke krydser sig selv.",
    ),
    "Ring Self-intersection": (
        "Fladens grænse rører sig selv",
        "Flyt hjørnerne, så grænsen ikke rører sig selv.",
    ),
    "Hole lies outside shell": (
        "Fladen har et hul uden for sin yderkant",
        "Fjern hullet, eller flyt det ind.",
    ),
    "Holes are nested": ("Fladen har et hul inde i et hul", "Fjern det inderste hul."),
    "Interior is disconnected": ("Fladens huller deler den i flere", "Del fladen i flere dele."),
    "Nested shells": ("En del af fladen ligger inde i en anden", "Fjern den inderste del."),
    "Duplicate Rings": ("Fladen har den samme grænse to gange", "Fjern den ene."),
    "Too few points in geometry component": ("Fladen har for få hjørner", "Brug mindst tre hjørner."),
}


def check_shapes(layer: Layer, limits: Limits) -> list[BoundaryProblem]:
    """Return what is wrong with the geometries of a layer, in the order of the file.

    Features without a geometry are passed over: why they have none is known already.
    """
    problems: list[BoundaryProblem] = []
    shapes: dict[int, BaseGeometry] = {}
    for position, shape in enumerate(layer.geometries, start=1):

        def note(value: str, message: str, remedy: str, position: int = position) -> None:
            problems.append(BoundaryProblem(position, "geometry", value, message, remedy))

        if shape is None:
            continue
        corners = shapely.get_coordinates(shape)
        if shape.geom_type not in ("Polygon", "MultiPolygon"):
            note_not_polygon(shape.geom_type, note)
        elif not len(corners):
            note("", "Området har ingen flade.", "Tegn en flade for området, eller fjern rækken.")
        elif not np.isfinite(corners).all():
            note(
                "NaN eller uendelig",
                "Fladens koordinater kan ikke læses som tal.",
                "Hvert punkt skal være to almindelige tal: øst og nord.",
            )
        elif len(corners) > limits.feature_vertices:
            note(
                number(len(corners)),
                f"Fladen har flere hjørner end de {number(limits.feature_vertices)}, der kan læses.",
                "Forenkl (generaliser) fladen.",
            )
        else:
            shapes[position] = shape
    total = sum(shapely.get_num_coordinates(shape) for shape in shapes.values())
    if total > limits.vertices:
        message = f"Filen har {number(total)} hjørner; der kan højst læses {number(limits.vertices)}."
        return [
            *problems,
            BoundaryProblem(None, "geometry", number(total), message, "Forenkl (generaliser) fladerne."),
        ]
    problems += _elsewhere(shapes, layer)
    problems += _invalid(shapes, layer.epsg, limits)
    return sorted(problems, key=lambda problem: problem.feature or 0)


def check_projection(layer: Layer) -> list[BoundaryProblem]:
    """Return the problem of a projection that is missing, unknown or not among the allowed ones."""
    if layer.epsg in ALLOWED:
        return []
    allowed = " eller ".join(ALLOWED.values())
    if layer.stated:
        stated = f"EPSG:{layer.epsg}" if layer.epsg else layer.stated[:60]
        message, remedy = "Filen er i et koordinatsystem, der ikke kan læses.", f"Gem laget i {allowed}."
    else:
        stated = ""
        message, remedy = "Filen siger ikke, hvilket koordinatsystem den er i.", f"Gem laget med {allowed}."
    return [BoundaryProblem(None, "crs", stated, message, remedy)]


def _invalid(shapes: dict[int, BaseGeometry], epsg: int | None, limits: Limits) -> list[BoundaryProblem]:
    """Return the problems of invalid polygons; gives up, and says so, when the time is spent."""
    problems: list[BoundaryProblem] = []
    latest = time.monotonic() + limits.seconds
    for position, shape in shapes.items():
        if time.monotonic() > latest:
            message = f"Fladerne kunne ikke kontrolleres på {number(limits.seconds)} sekunder."
            return [
                *problems,
                BoundaryProblem(position, "geometry", "", message, "Forenkl (generaliser) fladerne."),
            ]
        if not shape.is_valid:
            problems.append(_crossing(position, shape, epsg))
    return problems


def _crossing(position: int, shape: BaseGeometry, epsg: int | None) -> BoundaryProblem:
    """Return the problem of an invalid polygon, with the place where it goes wrong."""
    match = _REASON.match(shapely.is_valid_reason(shape))
    what, remedy = _WHAT.get(match["what"] if match else "", ("Fladens grænse er ikke gyldig", "Tegn fladen igen."))
    value = place(float(match["x"]), float(match["y"]), epsg) if match else ""
    return BoundaryProblem(position, "geometry", value, f"{what}{' ved ' + value if value else ''}.", remedy)


def _elsewhere(shapes: dict[int, BaseGeometry], layer: Layer) -> list[BoundaryProblem]:
    """Return the problems of shapes outside Denmark; as one where every shape is wrong in the same way."""
    if layer.epsg not in ALLOWED or not shapes:
        return []
    problems = []
    for position, bounds in zip(shapes, shapely.bounds(np.array(list(shapes.values()))), strict=True):
        if not _within(bounds, layer.epsg):
            message, remedy = _explain(bounds, layer.epsg)
            value = place(float(bounds[0]), float(bounds[1]), layer.epsg)
            problems.append(BoundaryProblem(position, "geometry", value, message, remedy))
    alike = Counter((problem.message, problem.remedy) for problem in problems)
    if len(problems) > 1 and len(problems) == len(layer.geometries) and len(alike) == 1:
        first = problems[0]
        return [BoundaryProblem(None, "geometry", first.value, f"Alle flader: {first.message}", first.remedy)]
    return problems


def _within(bounds: npt.NDArray[np.float64], epsg: int) -> bool:
    west, south, east, north = _EXTENT[epsg]
    return bool(bounds[0] >= west and bounds[1] >= south and bounds[2] <= east and bounds[3] <= north)


def _explain(bounds: npt.NDArray[np.float64], epsg: int) -> tuple[str, str]:
    """Return the likeliest reason why a shape lies outside Denmark, and the remedy."""
    stated, swapped = ALLOWED[epsg], bounds[[1, 0, 3, 2]]
    other = 25832 if epsg == 4326 else 4326
    if _within(bounds, other) or _within(swapped, other):
        return (
            f"Koordinaterne er i {ALLOWED[other]}, men filen siger {stated}.",
            f"Gem laget igen, så koordinatsystemet {ALLOWED[other]} står i filen.",
        )
    if _within(swapped, epsg):
        return (
            "Øst og nord er byttet om i koordinaterne.",
            "Skriv øst (længdegrad) først og nord (breddegrad) sidst.",
        )
    if _within(bounds, 3857):
        return (
            f"Koordinaterne ser ud til at være i EPSG:3857 (Web Mercator), men filen siger {stated}.",
            f"Omregn laget til {' eller '.join(ALLOWED.values())} i kortprogrammet.",
        )
    return (
        f"Fladen ligger uden for Danmark, når koordinaterne læses i {stated}.",
        f"Kontrollér koordinatsystemet, og gem laget i {' eller '.join(ALLOWED.values())}.",
    )


def place(x: float, y: float, epsg: int | None) -> str:
    """Return a point as Danes write it: ``12,49167° Ø, 55,72917° N`` or ``719296,0 Ø, 6181400,0 N``."""
    if epsg == 4326 and max(abs(x), abs(y)) <= 360:
        written = f"{x:.5f}° Ø# {y:.5f}° N"
    elif max(abs(x), abs(y)) < 1e12:
        written = f"{x:.1f} Ø# {y:.1f} N"
    else:
        written = f"{x:.3g} Ø# {y:.3g} N"
    return written.replace(".", ",").replace("#", ",")
