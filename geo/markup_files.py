"""Reading KML, KMZ, GML and TopoJSON with GDAL, in memory, once they are sure to be nothing else.

GDAL opens whatever it recognises, and some XML that it recognises names files and addresses to be read. So the first
element must be that of KML or GML, nothing may be declared in the text, and nothing outside it is fetched.
"""

import re
import warnings
from contextlib import suppress
from dataclasses import replace
from xml.parsers import expat

import pyogrio

from geo.containers import UNREADABLE, read_layer
from geo.layer import Layer
from geo.problems import Limits, file_problem

KML, GML_SPACES = "kml", ("opengis.net/gml", "opengis.net/wfs", "ogr.maptools.org")
_OUTSIDE = (
    b"<!DOCTYPE",
    b"<!ENTITY",
    b"OGRVRT",
    b"VRTDataset",
    b"<NetworkLink",
    b'xlink:href="http',
    b"xlink:href='http",
)
pyogrio.set_gdal_config_options({"GML_DOWNLOAD_SCHEMA": "NO", "GML_SKIP_RESOLVE_ELEMS": "ALL"})
_TOPOLOGY = re.compile(rb'"type"\s*:\s*"Topology"')


def is_topojson(content: bytes) -> bool:
    """Whether JSON is a topology, whose areas share their borders."""
    return _TOPOLOGY.search(content) is not None and b'"arcs"' in content


def read_markup(content: bytes, filename: str, limits: Limits) -> Layer:
    """The features of the one layer of a KML or GML file; raises BoundaryError where it is neither or has several."""
    kind = _root(content, filename)
    layer = _read(content, filename, limits)
    # KML knows no other projection.
    return replace(layer, epsg=4326, stated="EPSG:4326") if kind == KML else layer


def read_topojson(content: bytes, filename: str, limits: Limits) -> Layer:
    """The features of the one layer of a TopoJSON file, which is in EPSG:4326 where it says nothing else."""
    layer = _read(content, filename, limits)
    return layer if layer.stated else replace(layer, epsg=4326, stated="EPSG:4326")


def _read(content: bytes, filename: str, limits: Limits) -> Layer:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # what GDAL remarks on is checked when it is read
            layers = pyogrio.list_layers(content)
        usable = [index for index, (_, kind) in enumerate(layers) if kind not in ("Point", "LineString", None)]
        if len(usable) > 1:  # a folder within a folder is a layer too, if an empty one
            usable = [
                index
                for index in usable
                if pyogrio.read_info(content, layer=index, force_feature_count=True)["features"]
            ]
        if len(usable) != 1:
            raise file_problem(
                filename,
                f"Filen skal have netop ét lag med flader; den har {len(usable)}.",
                "Gem det ene lag, der skal bruges, i en fil for sig.",
                ", ".join(str(layers[index][0]) for index in usable),
            )
        return read_layer(content, usable[0], filename, limits)
    except UNREADABLE:
        raise file_problem(
            filename,
            "Filen kan ikke læses; den er ufuldstændig eller beskadiget.",
            "Gem den igen fra kortprogrammet, helst som GeoPackage.",
        ) from None


def _root(content: bytes, filename: str) -> str:
    """ "kml" or "gml"; raises BoundaryError for any other XML, and for one that names what lies outside it."""
    first: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, _: first.append(name)
    try:
        with suppress(expat.ExpatError):  # what is broken is told by whoever reads all of it
            parser.Parse(content[:100_000], False)
    except (LookupError, ValueError):  # letters that Python does not know, or that are more than one byte each
        raise file_problem(
            filename,
            "Filens tegnsæt kan ikke læses.",
            "Åbn den i QGIS, og gem laget som GeoPackage.",
        ) from None
    space, _, name = (first[0] if first else "").rpartition(" ")
    declared = b" ".join(re.findall(rb"xmlns(?::\w+)?\s*=\s*[\"'][^\"']*", content[:100_000])).decode(
        "ascii", "replace"
    )
    kind = KML if name.lower() == KML else ""
    if name == "FeatureCollection" and any(each in space or each in declared for each in GML_SPACES):
        kind = "gml"
    if not kind:
        raise file_problem(
            filename,
            "Filens format kan ikke genkendes; den er hverken KML eller GML.",
            "Åbn den i QGIS, og gem laget som GeoPackage.",
            name,
        )
    letters = content.replace(b"\0", b"")  # in UTF-16 there is a zero beside each
    if any(mark in letters for mark in _OUTSIDE):
        raise file_problem(
            filename,
            "Filen henviser til noget uden for sig selv.",
            "Åbn den i QGIS, og gem laget som GeoPackage.",
        )
    return kind
