"""Takes a release out as an open package and loads one elsewhere, byte for byte.

A package is a zip file after the Frictionless standard: `datapackage.json` describes one CSV file for each table and
audience, and a GeoPackage with the areas for those who draw maps. "Byte for byte" means: the Parquet documents made
from the CSV files have the checksums of those the package was made from. They are compared when a package is loaded,
so a figure that has changed on the way, by as little as its last binary digit, is found.
"""

import hashlib
import hmac
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.release import ReleaseHead
from data.settings.several import own_key
from data.store import Store, StoreError
from data.store.schema import source_tables
from data.tabular import csv_of, schema_of

DESCRIPTOR = "datapackage.json"
AREAS = "areas.gpkg"
ROWS = "kilder"
"""The folder of the loaded rows that the release was made from."""
KEY = "TRYGHED_PACKAGE_KEY"
SHORTEST_KEY = 32
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
    if not audiences:
        # A whole package carries what the release was made from, so that it can be made anew elsewhere.
        for kind in source_tables:
            rows = pa.Table.from_pandas(_loaded_then(store, kind, head.newest_load), preserve_index=False)
            path = f"{ROWS}/{kind}.csv"
            members[path] = csv_of(rows)
            resources.append(_rows_resource(kind, path, members[path], rows))
    members[AREAS] = _geopackage(stored[chosen[0], "areas"])
    resources.append(
        {
            "name": "areas-geopackage",
            "path": AREAS,
            "title": "Områderne med deres omrids, til kortprogrammer",
            "mediatype": "application/geopackage+sqlite3",
            "bytes": len(members[AREAS]),
            "hash": checksum(members[AREAS]),
        }
    )
    descriptor = _descriptor(head, resources, stored[chosen[0], "sources"])
    if key := signing_key():
        descriptor["tryghedsoverblik"]["signature"] = signature(descriptor, key)
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


def _loaded_then(store: Store, kind: str, load: int) -> pd.DataFrame:
    return store.loaded(kind, load).drop(columns="load_id", errors="ignore")


def _rows_resource(kind: str, path: str, content: bytes, table: pa.Table) -> dict[str, Any]:
    return {
        "name": f"{ROWS}-{kind}".replace("_", "-"),
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": checksum(content),
        "schema": schema_of(table),
        "tryghedsoverblik": {"rows": kind},
    }


def signing_key() -> str:
    """The key that packages are signed with, from TRYGHED_PACKAGE_KEY; "" where none is configured.

    Of several partnerships in one installation each has its own: what one has signed is not another's. Raises
    StoreError for a key that could be guessed.
    """
    key = os.environ.get(KEY, "").strip()
    if key and len(key) < SHORTEST_KEY:
        raise StoreError(f"{KEY} er kortere end {SHORTEST_KEY} tegn.")
    return own_key(key)


def signature(descriptor: Mapping[str, Any], key: str) -> str:
    """The HMAC of a descriptor without its signature; the checksum of every file stands in it."""
    ours = {name: value for name, value in descriptor["tryghedsoverblik"].items() if name != "signature"}
    content = json.dumps({**descriptor, "tryghedsoverblik": ours}, ensure_ascii=False, sort_keys=True)
    return hmac.new(key.encode(), content.encode(), hashlib.sha256).hexdigest()


def _resource(audience: str, name: str, path: str, content: bytes, table: pa.Table, parquet: bytes) -> dict[str, Any]:
    return {
        "name": f"{audience}-{name}".replace("_", "-"),
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": checksum(content),
        "schema": schema_of(table),
        "tryghedsoverblik": {
            "audience": audience,
            "table": name,
            "parquet": checksum(parquet),
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


def checksum(content: bytes) -> str:
    """The checksum of a file, as the descriptor states it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
