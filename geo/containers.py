"""Opening zip archives, Shapefiles and GeoPackages from memory, trusting nothing they say of themselves.

Nothing is written to disk. An archive is unpacked by streaming and stops at the limit, whatever sizes it
declares; a Shapefile's index is built anew, since a forged one can make a small file take for ever; of a
GeoPackage only a plain table is read, since a view is a program.
"""

import io
import re
import sqlite3
import struct
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyogrio
import pyogrio.raw
import shapely
from shapely.geometry.base import BaseGeometry

from geo.geojson import note_unclosed, too_many_features
from geo.layer import Layer, epsg_of
from geo.problems import BoundaryError, BoundaryProblem, Limits, file_problem, number

_CHUNK = 1 << 16
_SHAPEFILE_CODE = 9994
_HEADER_BYTES = 100
_DBF_REMEDY = "Læg .shp-, .dbf- og .prj-filen med samme navn i én zip-fil."
UNREADABLE = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.GeometryError,
    UnicodeDecodeError,
    UnboundLocalError,  # pyogrio 0.12 trips over a projection that is not UTF-8
)
_CHARSETS = {"CP1252": "cp1252", "CP850": "cp850", "MACINTOSH": "mac_roman"}
"""As GDAL calls them → as Python does."""
_DANISH = re.compile(r"[æøåÆØÅ](?=[a-zæøå])|(?<=[a-zæøå])[æøå]")
USED = (".shp", ".dbf", ".prj", ".cpg", ".geojson", ".json", ".gpkg", ".topojson", ".kml", ".gml")
"""The endings that matter; whatever else lies in an archive is never unpacked."""


def unpack(content: bytes, filename: str, limits: Limits) -> dict[str, bytes]:
    """Return the members of a zip archive that can be part of a boundary file, by name.

    Raises BoundaryError for a damaged or encrypted archive, and for one that unpacks to more than the limit.
    """
    members: dict[str, bytes] = {}
    room = limits.unpacked_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if len(archive.infolist()) > limits.members:
                raise file_problem(
                    filename,
                    f"Zip-filen rummer {number(len(archive.infolist()))} filer; der må højst være "
                    f"{number(limits.members)}.",
                    "Læg kun den ene kortfil i zip-filen.",
                )
            for info in archive.infolist():
                base = info.filename.rsplit("/", 1)[-1]
                if not base.lower().endswith(USED) or base.startswith(".") or "__MACOSX" in info.filename:
                    continue
                with archive.open(info) as member:
                    pieces = []
                    while piece := member.read(_CHUNK):
                        room -= len(piece)
                        if room < 0:
                            raise file_problem(
                                filename,
                                f"Udpakket fylder filen mere end {number(limits.unpacked_bytes / 1e6)} MB.",
                                "Læg kun den ene kortfil i zip-filen, og forenkl fladerne.",
                            )
                        pieces.append(piece)
                members[base] = b"".join(pieces)
    except BoundaryError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise file_problem(
            filename,
            "Zip-filen er beskadiget eller låst med adgangskode.",
            "Pak filerne igen som en almindelig zip-fil uden adgangskode.",
        ) from None
    return members


def read_shapefile(parts: dict[str, bytes], filename: str, limits: Limits) -> Layer:
    """Return the features of a Shapefile given as its parts, by ending (``.shp``, ``.dbf`` …).

    Raises BoundaryError where a part is missing or cannot be read.
    """
    missing = [ending for ending in (".dbf", ".prj") if ending not in parts]
    if missing:
        raise file_problem(filename, f"Shapefilen mangler {' og '.join(missing)}.", _DBF_REMEDY)
    index = _index(parts[".shp"], filename, limits)
    attributes = parts[".dbf"]
    charset = _charset(attributes, parts.get(".cpg", b""))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for ending, part in ((".shp", parts[".shp"]), (".shx", index), (".dbf", attributes),
                             (".prj", parts[".prj"]), (".cpg", charset)):  # fmt: skip
            archive.writestr(f"lag{ending}", part)
    return read_layer(packed.getvalue(), None, filename, limits)


def read_geopackage(content: bytes, filename: str, limits: Limits) -> Layer:
    """Return the features of the one layer of a GeoPackage.

    Raises BoundaryError where there is no layer or more than one, or where the layer is no plain table.
    """
    # A file that QGIS has open is in write-ahead mode, which a database in memory cannot be; the two header
    # bytes that say so are set back. What stands in a separate -wal file was never handed over.
    content = content[:18] + b"\x01\x01" + content[20:]
    database = sqlite3.connect(":memory:")
    try:
        database.deserialize(content)
        database.execute("PRAGMA trusted_schema = OFF")
        tables = [
            str(name)
            for (name,) in database.execute("SELECT table_name FROM gpkg_contents WHERE data_type = 'features'")
        ]
        plain = {
            str(name)
            for (name,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            )
        }
    except (sqlite3.Error, UnicodeDecodeError):
        raise file_problem(
            filename,
            "Filen er ikke en gyldig GeoPackage.",
            "Gem laget igen som GeoPackage fra kortprogrammet.",
        ) from None
    finally:
        database.close()
    if len(tables) != 1 or tables[0] not in plain:
        raise file_problem(
            filename,
            "GeoPackagen skal have netop ét lag med flader, gemt som en almindelig tabel.",
            "Gem det ene lag, der skal bruges, i en ny GeoPackage.",
            ", ".join(tables),
        )
    return read_layer(content, tables[0], filename, limits)


def read_layer(content: bytes, layer: str | int | None, filename: str, limits: Limits) -> Layer:
    """Return the features of a layer that GDAL reads; raises BoundaryError where it cannot."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # what GDAL remarks on is checked afterwards
            features = int(pyogrio.read_info(content, layer=layer, force_feature_count=True)["features"])
            if features > limits.features:
                raise too_many_features(filename, features, limits)
            meta, _, written, values = pyogrio.raw.read(content, layer=layer, force_2d=True, datetime_as_string=True)
    except UNREADABLE:
        raise file_problem(
            filename,
            "Filen kan ikke læses; den er ufuldstændig eller beskadiget.",
            "Gem den igen fra kortprogrammet.",
        ) from None
    if written is None:
        raise file_problem(filename, "Filen har ingen flader.", "Gem et lag med flader.")
    problems: list[BoundaryProblem] = []
    with np.errstate(invalid="ignore"):  # a coordinate that is no number is told of when the shape is checked
        geometries = [_geometry(wkb, position, problems) for position, wkb in enumerate(written, start=1)]
    columns: dict[str, Sequence[object]] = {
        str(name): list(column) for name, column in zip(meta["fields"], values, strict=True)
    }
    stated = str(meta["crs"] or "")
    return Layer(columns, geometries, epsg_of(stated), stated, tuple(problems))


def _geometry(wkb: Any, position: int, problems: list[BoundaryProblem]) -> BaseGeometry | None:
    """Return one geometry as it was written, or None after noting why it cannot be one."""

    def note(value: str, message: str, remedy: str) -> None:
        problems.append(BoundaryProblem(position, "geometry", value, message, remedy))

    if wkb is None:
        note("", "Området har ingen flade.", "Tegn en flade for området, eller fjern rækken.")
        return None
    try:
        return shapely.from_wkb(wkb)
    except shapely.errors.GEOSException as error:
        if "closed" in str(error):
            note_unclosed("", note)
        else:
            note("", "Fladens koordinater kan ikke læses.", "Tegn fladen igen, og gem filen på ny.")
        return None


def _index(shapes: bytes, filename: str, limits: Limits) -> bytes:
    """Return the .shx that belongs to a .shp, built from the records themselves."""
    damaged = file_problem(filename, "Shapefilens .shp-del er ufuldstændig eller beskadiget.", "Gem den igen.")
    if len(shapes) < _HEADER_BYTES or struct.unpack(">i", shapes[:4])[0] != _SHAPEFILE_CODE:
        raise damaged
    records: list[bytes] = []
    at = _HEADER_BYTES
    while at < len(shapes):
        if at + 8 > len(shapes):
            raise damaged
        words = struct.unpack(">i", shapes[at + 4 : at + 8])[0]
        if words < 2 or at + 8 + 2 * words > len(shapes):
            raise damaged
        records.append(struct.pack(">ii", at // 2, words))
        if len(records) > limits.features:
            raise too_many_features(filename, len(records), limits)
        at += 8 + 2 * words
    size = (_HEADER_BYTES + 8 * len(records)) // 2
    return shapes[:24] + struct.pack(">i", size) + shapes[28:_HEADER_BYTES] + b"".join(records)


def _charset(attributes: bytes, stated: bytes) -> bytes:
    """Return the character set that a .dbf is written in, whatever its .cpg says.

    Text that is UTF-8 is hardly ever anything else. Of the others, the one that makes most Danish letters of the bytes;
    where several do alike, the stated one, else Windows-1252.
    """
    text = attributes[int.from_bytes(attributes[8:10], "little") :]  # after the binary header
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        charset = stated.decode("ascii", "replace").strip().upper()
        made = {name: len(_DANISH.findall(text.decode(codec, "replace"))) for name, codec in _CHARSETS.items()}
        most = max(made.values())
        best = [name for name, letters in made.items() if letters == most]
        return next((name for name in best if name in charset), best[0]).encode()
    return b"UTF-8"
