"""Reading road centre lines and landmarks from what a municipality or OpenStreetMap delivers, into one form."""

import json
import re
import tempfile
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath

import geopandas
import numpy as np
import pyogrio
import shapely

from geo.containers import read_geopackage, read_shapefile, unpack
from geo.layer import Layer, epsg_of
from geo.problems import BoundaryError, BoundaryProblem, Limits, file_problem
from geo.shapes import check_projection

ROAD_COLUMNS = ("name", "rank", "geometry")
LANDMARK_COLUMNS = ("name", "kind", "source", "geometry")
RANKS = ("motorvej", "hovedvej", "fordelingsvej", "lokalvej", "sti eller privat vej")
"""What the ranks 0–4 of a road stand for; the map shows the first from afar and the last from near."""
LOCAL, PATH = 3, 4

ROAD_LIMITS = Limits(
    file_bytes=2_000_000_000, unpacked_bytes=4_000_000_000, features=3_000_000, vertices=60_000_000, seconds=3600
)
"""What a person at the command line may read: every road of the country."""

_NAMES = ("vejnavn", "navngivenvej", "adresseringsnavn", "gadenavn", "streetname", "name", "navn", "name:da")
_CLASSES = (
    "highway",
    "fclass",
    "vejklasse",
    "vejkategori",
    "funktionelvejklasse",
    "vejtype",
    "kategori",
    "class",
    "kind",
)
_OWNERS, _SPEEDS = ("authority", "vejmyndighed", "vejbestyrer"), ("maxspeed", "hastighed", "hastighedsgraense")
_KINDS, _SOURCES = ("kind", "fclass", "type", "kategori", "amenity", "railway", "leisure"), ("source", "kilde")
_RANK_OF_CLASS: tuple[tuple[int, str], ...] = (
    (0, r"motorway|trunk|motorvej|motortrafikvej|^highway$"),
    (1, r"primary|secondary|major_road|trafikvej|gennemfart|fordeling|hovedlandevej|landevej"),
    (2, r"tertiary|medium_road|lokalvej.*prim|stoerre|større"),
    (4, r"service|track|path|footway|cycleway|pedestrian|steps|bridleway|sti\b|^sti|privat|anden vej"),
    (3, r"residential|unclassified|living_street|minor_road|lokalvej|road|vej"),
)
_FAST, _RAISED, _TOWN = 90, 60, 50
_ROAD_LAYERS = ("transportation", "roads", "streets", "road", "veje", "vejmidte")
_FORMATS = "GeoPackage, zippet Shapefile, GeoJSON eller PMTiles med vektorer"
_MERCATOR = 3857


def read_roads(
    source: bytes | Path, filename: str | None = None, limits: Limits | None = None
) -> geopandas.GeoDataFrame:
    """Return the roads of a file, a row a line: `name` ("" where it has none), `rank` (0–4) and `geometry`, WGS84.

    GeoPackage with one layer, Shapefile (zipped), GeoJSON, or PMTiles with vectors; EPSG:25832, EPSG:4326 or the
    Mercator of tiles. Names are found under the headings of GeoDanmark, OpenStreetMap and Shapefiles made of it; the
    rank follows from the class of the road, or from who keeps it and how fast one may drive. Features that are no
    lines are passed over. Raises BoundaryError where the file cannot be read or holds no line.
    """
    name, content = _content(source, filename)
    layer = _layer(content, name, limits or Limits(), "line")
    classes, owners, speeds = (_column(layer, names) for names in (_CLASSES, _OWNERS, _SPEEDS))
    given = _column(layer, ("rank",))  # in a file of our own
    ranks = [
        int(own) if re.fullmatch(r"[0-4]", own) else _rank(*each)
        for own, *each in zip(given, classes, owners, speeds, strict=True)
    ]
    frame = geopandas.GeoDataFrame(
        {"name": _column(layer, _NAMES), "rank": ranks}, geometry=list(layer.geometries), crs=layer.epsg
    )
    return _only(frame, ("LineString", "MultiLineString"), name, "veje (linjer)")


def read_landmarks(
    source: bytes | Path, filename: str | None = None, limits: Limits | None = None
) -> geopandas.GeoDataFrame:
    """Return the named points of a file: `name`, `kind` (a word such as "station"), `source` and `geometry`, WGS84.

    An area counts as a point within it. Formats and errors as `read_roads`; features without a name are passed over.
    """
    name, content = _content(source, filename)
    layer = _layer(content, name, limits or Limits(), "point")
    columns = {"name": _column(layer, _NAMES), "kind": _column(layer, _KINDS), "source": _column(layer, _SOURCES)}
    shapes = [shape.representative_point() if shape is not None and shape.area else shape for shape in layer.geometries]
    frame = geopandas.GeoDataFrame(columns, geometry=shapes, crs=layer.epsg)
    points = _only(frame[frame["name"] != ""], ("Point",), name, "navngivne steder (punkter)")
    return points.assign(name=[full_name(each) for each in points["name"]])


def full_name(name: str) -> str:
    """A landmark's name written out: "Malmparken St." is "Malmparken Station"."""
    return re.sub(r"\bst\.?$", "Station", name.strip(), flags=re.IGNORECASE)


def _content(source: bytes | Path, filename: str | None) -> tuple[str, bytes]:
    if isinstance(source, bytes):
        return PurePath(filename or "fil").name, source
    return PurePath(filename or source.name).name, source.read_bytes()


def _layer(content: bytes, name: str, limits: Limits, what: str) -> Layer:
    """The layer of a file whose format is told by its first bytes, in a known projection."""
    if len(content) > limits.file_bytes:
        raise file_problem(
            name, "Filen er for stor til at blive læst her.", "Klip den til de kommuner, der skal bruges."
        )
    try:
        if content.startswith(b"PK\x03\x04"):
            layer = _zipped(unpack(content, name, limits), name, limits)
        elif content.startswith(b"SQLite format 3\x00"):
            layer = read_geopackage(content, name, limits)
        elif content.startswith(b"PMTiles"):
            layer = _pmtiles(content, name)
        elif content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
            layer = _geojson(content, name)
        else:
            raise file_problem(name, "Filens format kan ikke genkendes.", f"Gem laget som {_FORMATS}.")
    except BoundaryError as error:  # those of outlines, which are areas
        ours = "veje" if what == "line" else "steder"
        lines = [
            BoundaryProblem(each.feature, each.column, each.value, _ours(each.message, ours), _ours(each.remedy, ours))
            for each in error.problems
        ]
        raise BoundaryError(name, lines) from None
    problems = [] if layer.epsg == _MERCATOR else check_projection(layer)
    if problems:
        raise BoundaryError(name, problems)
    return layer


def _ours(sentence: str, ours: str) -> str:
    return sentence.replace("flader", ours).replace("Forenkl (generaliser) fladerne", "Klip filen til")


def _zipped(members: dict[str, bytes], name: str, limits: Limits) -> Layer:
    chosen = [one for one in members if one.lower().endswith((".shp", ".gpkg", ".geojson", ".json"))]
    if len(chosen) != 1:
        raise file_problem(name, f"Zip-filen skal rumme netop ét lag; den rummer {len(chosen)}.", "Læg ét lag i filen.")
    path = PurePath(chosen[0])
    if path.suffix.lower() == ".gpkg":
        return read_geopackage(members[chosen[0]], name, limits)
    if path.suffix.lower() != ".shp":
        return _geojson(members[chosen[0]], name)
    parts = {PurePath(one).suffix.lower(): part for one, part in members.items() if PurePath(one).stem == path.stem}
    return read_shapefile(parts, name, limits)


def _geojson(content: bytes, name: str) -> Layer:
    """The features of a GeoJSON file as they stand; one whose geometry cannot be read has none."""
    try:
        document = json.loads(content.decode("utf-8-sig"))
        features = document["features"]
        rows = [feature.get("properties") or {} for feature in features]
        shapes = shapely.from_geojson([json.dumps(each.get("geometry")) for each in features], on_invalid="ignore")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise file_problem(name, "Filen er ikke gyldig GeoJSON.", "Gem den igen fra kortprogrammet.") from None
    stated = str((document.get("crs") or {}).get("properties", {}).get("name", "EPSG:4326"))
    columns = {key: [row.get(key) for row in rows] for key in dict.fromkeys(key for row in rows for key in row)}
    return Layer(columns, list(shapes), epsg_of(stated), stated)


def _pmtiles(content: bytes, name: str) -> Layer:
    """The layer of roads of a file of vector tiles, at its closest zoom."""
    with tempfile.NamedTemporaryFile(suffix=".pmtiles") as file:
        file.write(content)
        file.flush()
        try:
            layers = [str(layer) for layer, _ in pyogrio.list_layers(file.name)]
            chosen = next((layer for layer in _ROAD_LAYERS if layer in layers), layers[0])
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RuntimeWarning)
                frame = pyogrio.read_dataframe(file.name, layer=chosen)
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, IndexError):
            raise file_problem(
                name, "Filen kan ikke læses som kortfelter med vektorer.", f"Gem vejene som {_FORMATS}."
            ) from None
    frame = frame.to_crs(4326)
    columns = {str(key): list(frame[key]) for key in frame.columns if key != frame.geometry.name}
    return Layer(columns, list(frame.geometry), 4326, "EPSG:4326")


def _column(layer: Layer, names: Iterable[str]) -> list[str]:
    """The values of the first column that has one of the names, as text; "" where there is none."""
    known = {_plain(key): key for key in layer.columns}
    column = next((known[_plain(name)] for name in names if _plain(name) in known), None)
    if column is None:
        return [""] * len(layer.geometries)
    return ["" if _missing(value) else str(value).strip() for value in layer.columns[column]]


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9æøå:]", "", heading.casefold())


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and np.isnan(value))


def _rank(road_class: str, owner: str, speed: str) -> int:
    """The rank of a road by its class, else by who keeps it and how fast one may drive."""
    written = road_class.casefold()
    for rank, pattern in _RANK_OF_CLASS:
        if written and re.search(pattern, written):
            return rank
    most = float(speed) if re.fullmatch(r"\d+(\.\d+)?", speed) else None
    keeper = owner.casefold()
    if keeper.startswith(("state", "stat")):
        return 0 if most is None or most >= _FAST else 1
    if keeper.startswith("priva"):
        return PATH
    if most is not None and most >= _TOWN:
        return 1 if most >= _RAISED else 2
    return LOCAL


def _only(frame: geopandas.GeoDataFrame, kinds: Sequence[str], name: str, wanted: str) -> geopandas.GeoDataFrame:
    """The features of the wanted kinds, flat and in WGS84; raises BoundaryError where there are none."""
    usable = frame[frame.geometry.notna() & ~frame.geometry.is_empty & frame.geometry.geom_type.isin(kinds)]
    if usable.empty:
        raise file_problem(name, f"Filen har ingen {wanted}.", f"Gem et lag med {wanted} som {_FORMATS}.")
    flat = usable.set_geometry(shapely.force_2d(usable.geometry.to_numpy()), crs=usable.crs)
    return flat.to_crs(4326).reset_index(drop=True)
