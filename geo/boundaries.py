"""Reading GeoJSON, GeoPackage, Shapefile and their like into one form, or saying all that is wrong with a file."""

from pathlib import Path, PurePath

import geopandas
import shapely

from geo import keys
from geo.containers import read_geopackage, read_shapefile, unpack
from geo.geojson import read_geojson
from geo.layer import ALLOWED, Layer
from geo.markup_files import is_topojson, read_markup, read_topojson
from geo.problems import BoundaryError, BoundaryProblem, Limits, file_problem, number
from geo.shapes import check_projection, check_shapes

__all__ = ["COLUMNS", "BoundaryError", "BoundaryProblem", "Limits", "read"]

COLUMNS = ("code", "area_id", "name", "outline", "basis", "credit", "geometry")
"""The columns of every frame that `read` returns."""

_FORMATS = "GeoJSON, GeoPackage eller zippet Shapefile"
_LAYERS = (".shp", ".gpkg", ".geojson", ".json", ".topojson", ".kml", ".gml")


def read(
    source: bytes | str | Path, filename: str | None = None, *, limits: Limits | None = None
) -> geopandas.GeoDataFrame:
    """Return the areas of a boundary file, one row each, in EPSG:4326.

    `source` is a path or the bytes of a file; `filename` is what error messages call it (needed for bytes,
    else the path's own name). The format is recognised by content: GeoJSON (UTF-8 or ISO-8859-1), GeoPackage
    with one layer, KML, KMZ, GML, TopoJSON, or a Shapefile: zipped, or as a path with its parts beside it.
    Projections: EPSG:25832 or EPSG:4326.

    Columns: `code` (official code of three digits without leading zero, from `kode`, `KOMKODE`,
    `kommunekode` or `code`, else empty), `area_id` (else empty; an official code there is moved to `code`),
    `name` (from `navn`, `KOMNAVN` or `name`, else empty), `outline` and `basis` (as in the file, else empty),
    `credit` (whom the file says to credit, without "Indeholder data fra"; DAGI for its own files; else empty)
    and `geometry` (valid Polygon or MultiPolygon, two-dimensional). ``frame.attrs["original_crs"]`` is
    ``"EPSG:25832"`` or ``"EPSG:4326"``.

    Raises BoundaryError with every problem found; nothing is repaired in silence. Raises OSError where a path
    cannot be opened. A file above `limits` is refused before it is unfolded.
    """
    limits = limits or Limits()
    if isinstance(source, bytes):
        name = PurePath(filename or "fil").name
        if len(source) > limits.file_bytes:
            raise _too_large(name, len(source), limits)
        content, beside = source, dict[str, bytes]()
    else:
        path = Path(source)
        name = PurePath(filename or path.name).name
        content, beside = _from_disk(path, name, limits)
    layer = _layer(content, beside, name, limits)
    return _frame(layer, name, limits)


def _from_disk(path: Path, name: str, limits: Limits) -> tuple[bytes, dict[str, bytes]]:
    """Return the file and, for a Shapefile, the parts that lie beside it."""
    parts = [path]
    if path.suffix.lower() == ".shp":
        parts += [one for one in sorted(path.parent.glob("*")) if one.stem == path.stem
                  and one.suffix.lower() in (".dbf", ".prj", ".cpg")]  # fmt: skip
    size = sum(part.stat().st_size for part in parts)
    if size > limits.file_bytes:
        raise _too_large(name, size, limits)
    return path.read_bytes(), {part.suffix.lower(): part.read_bytes() for part in parts[1:]}


def _too_large(name: str, size: int, limits: Limits) -> BoundaryError:
    return file_problem(
        name,
        f"Filen fylder {number(size / 1e6)} MB; den må højst fylde {number(limits.file_bytes / 1e6)} MB.",
        "Forenkl (generaliser) fladerne, eller tag kun de områder med, der skal bruges.",
    )


def _layer(content: bytes, beside: dict[str, bytes], name: str, limits: Limits) -> Layer:
    """Return the layer of a file whose format is told by its first bytes."""
    if not content.strip():
        raise file_problem(name, "Filen er tom.", f"Gem laget igen som {_FORMATS}.")
    if content.startswith(b"PK\x03\x04") or content.startswith(b"PK\x05\x06"):
        return _zipped(unpack(content, name, limits), name, limits)
    if content.startswith(b"SQLite format 3\x00"):
        return read_geopackage(content, name, limits)
    if content.startswith(b"\x00\x00\x27\x0a"):
        return read_shapefile({".shp": content, **beside}, name, limits)
    return _plain(content, name, limits)


def _plain(content: bytes, name: str, limits: Limits) -> Layer:
    """Return the layer of a file that is text: GeoJSON, TopoJSON, KML or GML."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start in (b"{", b"["):
        return (read_topojson if is_topojson(content) else read_geojson)(content, name, limits)
    if start == b"<":
        return read_markup(content, name, limits)
    raise file_problem(name, "Filens format kan ikke genkendes.", f"Gem laget som {_FORMATS}.")


def _zipped(members: dict[str, bytes], name: str, limits: Limits) -> Layer:
    """Return the one layer of an archive."""
    candidates = [one for one in members if one.lower().endswith(_LAYERS)]
    if len(candidates) != 1:
        raise file_problem(
            name,
            f"Zip-filen skal rumme netop ét lag; den rummer {len(candidates)}.",
            f"Læg én {_FORMATS.replace('zippet ', '')} i zip-filen.",
            ", ".join(sorted(candidates)),
        )
    chosen = PurePath(candidates[0])
    content = members[str(chosen)]
    if chosen.suffix.lower() == ".gpkg":
        return read_geopackage(content, name, limits)
    if chosen.suffix.lower() != ".shp":
        if chosen.suffix.lower() in (".geojson", ".json") and not is_topojson(content):
            return read_geojson(content, name, limits)
        return _plain(content, name, limits)
    beside = {
        PurePath(one).suffix.lower(): part
        for one, part in members.items()
        if PurePath(one).stem.lower() == chosen.stem.lower() and one != str(chosen)
    }
    return read_shapefile({".shp": content, **beside}, name, limits)


def _joined(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """The frame with the parts of an area, which stand as features of their own in some files, as one."""
    key = frame["area_id"].where(frame["area_id"] != "", frame["code"])
    if not key[key != ""].duplicated().any():
        return frame
    key = key.where(key != "", [f"#{index}" for index in range(len(frame))])
    whole = frame.dissolve(by=key.to_numpy(), aggfunc="first", sort=False).reset_index(drop=True)
    return whole[frame.columns]


def _frame(layer: Layer, name: str, limits: Limits) -> geopandas.GeoDataFrame:
    """Return the layer as a checked frame; raises BoundaryError with everything that is wrong."""
    if not layer.geometries:
        raise file_problem(name, "Filen har ingen flader.", "Gem et lag med mindst én flade.")
    codes, area_ids, key_problems = keys.keys(layer)
    problems = [*check_projection(layer), *layer.problems, *key_problems, *check_shapes(layer, limits)]
    if problems or layer.epsg not in ALLOWED:
        raise BoundaryError(name, sorted(problems, key=lambda problem: problem.feature or 0))
    shapes = shapely.force_2d(layer.geometries)
    columns = {
        "code": codes,
        "area_id": area_ids,
        "name": keys.names(layer),
        "outline": keys.texts(layer, "outline"),
        "basis": keys.texts(layer, "basis"),
        "credit": keys.credits_of(layer),
    }
    frame = _joined(geopandas.GeoDataFrame(columns, geometry=shapes, crs=layer.epsg)).to_crs(4326)
    frame.attrs["original_crs"] = f"EPSG:{layer.epsg}"
    return frame
