"""Small boundary files, and what is said of them when they cannot be used."""

import io
import json
import zipfile

import pytest

from geo.boundaries import BoundaryError, BoundaryProblem, Limits, read

RING = [[12.4, 55.7], [12.5, 55.7], [12.5, 55.8], [12.4, 55.8], [12.4, 55.7]]
OTHER = [[12.6, 55.7], [12.7, 55.7], [12.7, 55.8], [12.6, 55.7]]


def polygon(code: object, *rings: object) -> dict[str, object]:
    return feature({"kode": code}, {"type": "Polygon", "coordinates": list(rings)})


def feature(properties: object, geometry: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: object, crs: str | None = None) -> bytes:
    document: dict[str, object] = {"type": "FeatureCollection", "features": list(features)}
    if crs:
        document["crs"] = {"type": "name", "properties": {"name": crs}}
    return json.dumps(document).encode()


def zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def problems_of(content: bytes, limits: Limits | None = None) -> tuple[BoundaryProblem, ...]:
    with pytest.raises(BoundaryError) as caught:
        read(content, "kommuner.geojson", limits=limits)
    return caught.value.problems


def only_problem(content: bytes, limits: Limits | None = None) -> BoundaryProblem:
    (problem,) = problems_of(content, limits)
    return problem
