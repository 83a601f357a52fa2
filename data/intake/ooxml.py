"""The parts of an Office Open XML file under one set of names, whichever program or edition of the format made them."""

import posixpath
import re
import zipfile
from xml.etree import ElementTree

_PREFIX = re.compile(rb"<(/?)x:")
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")


def root_of(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """The root of a part; KeyError where there is none, ElementTree.ParseError where it cannot be read.

    Excel's »Strict Open XML« has other addresses for the same names.
    """
    return ElementTree.fromstring(_STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", archive.read(name)))


def without_prefix(part: bytes) -> bytes:
    """A part with the plain names of its elements: programs on Microsoft's own kit write <x:row> for <row>."""
    return _PREFIX.sub(rb"<\1", part) if b"<x:" in part[:1000] else part


def related(archive: zipfile.ZipFile, path: str, kind: str) -> list[str]:
    """The parts of a kind ("comments") that a part names as its own."""
    folder, name = posixpath.split(path)
    try:
        relations = ElementTree.fromstring(archive.read(f"{folder}/_rels/{name}.rels"))
    except (KeyError, ElementTree.ParseError):
        return []
    targets = [each.get("Target", "") for each in relations if each.get("Type", "").endswith(f"/{kind}")]
    return [posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") for target in targets]
