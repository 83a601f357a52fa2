"""Takes a release out as an open package and loads one elsewhere, byte for byte.

A package is a zip file after the Frictionless standard: `datapackage.json` describes one CSV file for each table and
audience, and a GeoPackage with the areas for those who draw maps. "Byte for byte" means: the Parquet documents made
from the CSV files have the checksums of those the package was made from. They are compared when a package is loaded,
so a figure that has changed on the way, by as little as its last binary digit, is found.
"""

import datetime as dt
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from data.release import ReleaseHead, arrow_to_parquet
from data.store import Publication, Store, StoreError
from data.tabular import csv_of, schema_of, table_of

DESCRIPTOR = "datapackage.json"
AREAS = "areas.gpkg"
LARGEST = 1_000_000_000
"""Bytes of a package when unpacked."""
# Every file in a package has this moment, so that the same release gives the same package.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def export(store: Store, release_id: int, file: Path, audiences: Sequence[str] = ()) -> list[str]:
    """Write a release as a package to a new file; returns the audiences whose tables it holds (all by default).

    Raises StoreError when there is no such release, a table is damaged, or the file exists or cannot be written.
    """
    head = store.head(release_id)
    stored = store.documents(release_id)
    chosen = [*dict.fromkeys(audience for audience, _ in stored if not audiences or audience in audiences)]
    if missing := set(audiences) - set(chosen):
        raise StoreError(f"Udgave {release_id} findes ikke for målgruppen »{min(missing)}«.")
    members: dict[str, bytes] = {}
    resources = []
    for (audience, name), parquet in stored.items():
        if audience in chosen:
            table = pq.read_table(io.BytesIO(parquet))
            path = f"{audience}/{name}.csv"
            members[path] = csv_of(table)
            resources.append(_resource(audience, name, path, members[path], table, parquet))
    members[AREAS] = _geopackage(stored[chosen[0], "areas"])
    resources.append(
        {
            "name": "areas-geopackage",
            "path": AREAS,
            "title": "Områderne med deres omrids, til kortprogrammer",
            "mediatype": "application/geopackage+sqlite3",
            "bytes": len(members[AREAS]),
            "hash": _hash(members[AREAS]),
        }
    )
    descriptor = _descriptor(head, resources, stored[chosen[0], "sources"])
    members = {DESCRIPTOR: json.dumps(descriptor, ensure_ascii=False, indent=1).encode(), **members}
    try:
        with file.open("xb") as opened, zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, content in members.items():
                archive.writestr(zipfile.ZipInfo(path, _MOMENT), content, zipfile.ZIP_DEFLATED)
    except FileExistsError as error:
        raise StoreError(f"Filen {file} findes i forvejen. Vælg et andet navn.") from error
    except OSError as error:
        file.unlink(missing_ok=True)
        raise StoreError(f"Pakken kan ikke gemmes som {file}: {error.strerror}.") from error
    return chosen


def load_package(store: Store, file: Path, *, by: str) -> ReleaseHead:
    """Publish the release in a package as the newest; returns its head.

    Raises StoreError, and publishes nothing, when the file is no whole package or a figure in it has been changed.
    """
    try:
        descriptor, documents = _read(file)
        release = descriptor["tryghedsoverblik"]
        note = f"Fra {file.name}, udgave {release['release']}: {release['note']}".rstrip(": ")
        meeting_date = dt.date.fromisoformat(release["meeting_date"]) if release["meeting_date"] else None
    except StoreError:
        raise
    except Exception as error:  # whatever a reader does on a file nobody foresaw, the user gets a sentence
        raise StoreError(f"{file.name} er ikke en hel datapakke med en udgave.") from error
    newest = store.newest()
    return store.publish_documents(
        documents, Publication(by=by, note=note, meeting_date=meeting_date, after=newest.id if newest else None)
    )


def _resource(audience: str, name: str, path: str, content: bytes, table: pa.Table, parquet: bytes) -> dict[str, Any]:
    return {
        "name": f"{audience}-{name}".replace("_", "-"),
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": _hash(content),
        "schema": schema_of(table),
        "tryghedsoverblik": {
            "audience": audience,
            "table": name,
            "parquet": _hash(parquet),
            "pandas": (table.schema.metadata or {}).get(b"pandas", b"").decode(),
        },
    }


def _descriptor(head: ReleaseHead, resources: list[dict[str, Any]], sources: bytes) -> dict[str, Any]:
    rows = pq.read_table(io.BytesIO(sources)).to_pylist()
    return {
        "profile": "data-package",
        "name": f"tryghedsoverblik-udgave-{head.id}",
        "title": f"Tryghedsoverblik, udgave {head.id}",
        "created": head.published_at.isoformat(),
        "sources": [
            {"title": row["title"], **({"path": row["url"]} if row["url"] else {})} for row in rows if row["title"]
        ],
        "tryghedsoverblik": {
            "release": head.id,
            "note": head.note,
            "meeting_date": head.meeting_date.isoformat() if head.meeting_date else None,
        },
        "resources": resources,
    }


def _geopackage(areas: bytes) -> bytes:
    """The areas with an outline as a layer in WGS84; those without one as rows without a shape."""
    frame = pq.read_table(io.BytesIO(areas)).to_pandas()
    import geopandas as gpd  # takes long, and only those who take a package out need it

    shapes = gpd.GeoSeries.from_wkb(frame.pop("geometry"), crs="EPSG:4326")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / AREAS
        gpd.GeoDataFrame(frame, geometry=shapes.values, crs="EPSG:4326").to_file(file, layer="areas", engine="pyogrio")
        return file.read_bytes()


def _read(file: Path) -> tuple[dict[str, Any], dict[tuple[str, str], bytes]]:
    documents: dict[tuple[str, str], bytes] = {}
    with zipfile.ZipFile(file) as archive:
        if sum(member.file_size for member in archive.infolist()) > LARGEST:
            raise ValueError("the package is too large")
        descriptor = json.loads(archive.read(DESCRIPTOR))
        for resource in descriptor["resources"]:
            ours = resource.get("tryghedsoverblik")
            if ours is None:
                continue
            content = archive.read(resource["path"])
            parquet = _parquet(content, resource["schema"], ours["pandas"])
            if _hash(content) != resource["hash"] or _hash(parquet) != ours["parquet"]:
                raise StoreError(f"Tabellen {resource['path']} i {file.name} er ændret, siden pakken blev lavet.")
            documents[str(ours["audience"]), str(ours["table"])] = parquet
    if not documents:
        raise ValueError("the package holds no release")
    return descriptor, documents


def _parquet(content: bytes, schema: Mapping[str, Any], pandas_metadata: str) -> bytes:
    table = table_of(content, schema)
    return arrow_to_parquet(table.replace_schema_metadata({"pandas": pandas_metadata} if pandas_metadata else None))


def _hash(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
