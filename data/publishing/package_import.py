"""Loads a data package: as it is where we have signed it, else its rows anew, through the same protection as all else.

Checksums can be made anew by whoever changes a figure. So the documents in a package are published as they are only
where its signature is ours (TRYGHED_PACKAGE_KEY, the same where it was made and where it is loaded). Without a key, the
loaded rows that a whole package holds are checked, loaded and published here.
"""

import datetime as dt
import hashlib
import hmac
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from data.contracts.problems import ContractError, Problem
from data.contracts.validation import CONTRACTS, check
from data.entries import as_typed
from data.intake.examination import REFERRED, known_names
from data.intake.privacy import find_personal_data
from data.intake.tables import Table
from data.partnership import Partnership, our_partnership
from data.publishing.package import DESCRIPTOR, KEY, checksum, signature, signing_key
from data.release import ReleaseHead, arrow_to_parquet, table_to_parquet
from data.store import Incoming, Publication, Store, StoreError
from data.store.schema import source_keys, source_tables
from data.tabular import table_of

LARGEST, LARGEST_SIGNED = 60_000_000, 1_000_000_000
"""Bytes of a package when unpacked: of one that anybody may have made, and of one that we have signed."""
LARGEST_DESCRIPTOR, MOST_FILES = 8_000_000, 5_000
_TOO_LARGE = "Pakken er for stor til at blive læst her."
_CHANGED = "Tabellen {path} i {file} er ændret, siden pakken blev lavet."


def load_package(store: Store, file: Path, *, by: str, partnership: Partnership | None = None) -> ReleaseHead:
    """Publish the release in a package as the newest; returns its head.

    Where a key is configured the package must be signed with it, and its documents are published as they are. Without
    one its loaded rows are published here for `partnership` (None: ours). Raises StoreError, and publishes nothing,
    when the file is no whole package, is too large, is not ours, or a figure in it has been changed.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            descriptor, trusted = _described(archive)
            release = descriptor["tryghedsoverblik"]
            note = f"Fra {file.name}, udgave {release['release']}: {release['note']}".rstrip(": ")
            meeting_date = dt.date.fromisoformat(release["meeting_date"]) if release["meeting_date"] else None
            if trusted:
                documents = _documents(archive, descriptor, file.name)
            else:
                incoming = _rows(archive, descriptor, file.name)
    except StoreError:
        raise
    except Exception as error:  # whatever a reader does on a file nobody foresaw, the user gets a sentence
        raise StoreError(f"{file.name} er ikke en hel datapakke med en udgave.") from error
    if not trusted:
        return _published_anew(store, incoming, partnership or our_partnership(), by, note, meeting_date)
    newest = store.newest()
    return store.publish_documents(
        documents, Publication(by=by, note=note, meeting_date=meeting_date, after=newest.id if newest else None)
    )


def _described(archive: zipfile.ZipFile) -> tuple[dict[str, Any], bool]:
    """The descriptor, and whether it is signed by us; StoreError where it has to be and is not, or is too large."""
    members = archive.infolist()
    if len(members) > MOST_FILES or archive.getinfo(DESCRIPTOR).file_size > LARGEST_DESCRIPTOR:
        raise StoreError(_TOO_LARGE)
    descriptor: dict[str, Any] = json.loads(archive.read(DESCRIPTOR))
    key = signing_key()
    stated = str(descriptor["tryghedsoverblik"].get("signature", ""))
    trusted = bool(key) and hmac.compare_digest(stated.encode(), signature(descriptor, key).encode())
    if key and not trusted:
        raise StoreError(f"Pakken er ikke underskrevet med vores nøgle ({KEY}), så den kan ikke udgives her.")
    if sum(member.file_size for member in members) > (LARGEST_SIGNED if trusted else LARGEST):
        raise StoreError(_TOO_LARGE)
    return descriptor, trusted


def _documents(archive: zipfile.ZipFile, descriptor: Mapping[str, Any], name: str) -> dict[tuple[str, str], bytes]:
    """The release tables of each audience, as they were published."""
    documents: dict[tuple[str, str], bytes] = {}
    for resource, content in _resources(archive, descriptor, name, "audience"):
        ours = resource["tryghedsoverblik"]
        parquet = _parquet(content, resource["schema"], ours["pandas"])
        if checksum(parquet) != ours["parquet"]:
            raise StoreError(_CHANGED.format(path=resource["path"], file=name))
        documents[str(ours["audience"]), str(ours["table"])] = parquet
    if not documents:
        raise ValueError("the package holds no release")
    return documents


def _rows(archive: zipfile.ZipFile, descriptor: Mapping[str, Any], name: str) -> dict[str, pd.DataFrame]:
    """The loaded rows in a package, by kind; StoreError where it has none."""
    tables: dict[str, pd.DataFrame] = {}
    for resource, content in _resources(archive, descriptor, name, "rows"):
        kind = str(resource["tryghedsoverblik"]["rows"])
        if kind in source_tables:
            tables[kind] = table_of(content, resource["schema"]).to_pandas()
    if all(frame.empty for frame in tables.values()):
        if any("audience" in each.get("tryghedsoverblik", ()) for each in descriptor["resources"]):
            raise StoreError(
                "Pakken indeholder kun færdige tabeller. De kan kun udgives her, hvis pakken er underskrevet med en "
                f"nøgle, som begge steder har ({KEY}). Tag hele udgaven ud uden at vælge målgruppe, og prøv igen."
            )
        raise ValueError("the package holds no release")
    return tables


def _resources(
    archive: zipfile.ZipFile, descriptor: Mapping[str, Any], name: str, what: str
) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The files of one sort with their bytes, which have the checksums that are stated."""
    for resource in descriptor["resources"]:
        if what in (resource.get("tryghedsoverblik") or {}):
            content = archive.read(resource["path"])
            if checksum(content) != resource["hash"]:
                raise StoreError(_CHANGED.format(path=resource["path"], file=name))
            yield resource, content


def _published_anew(
    store: Store,
    rows: Mapping[str, pd.DataFrame],
    partnership: Partnership,
    by: str,
    note: str,
    meeting_date: dt.date | None,
) -> ReleaseHead:
    """Load the rows of a package in place of those that stand, and publish what follows, as with any other load."""
    incoming = []
    known = known_names({name: rows.get(name, pd.DataFrame()) for name in REFERRED}, partnership)
    for kind, frame in rows.items():
        # A file to load has rows; of what a whole package lists there may well be none yet, such as meetings.
        checked = frame if not len(frame) or kind not in CONTRACTS else _checked(frame, kind, known)
        if len(checked):
            content = hashlib.sha256(table_to_parquet(checked)).hexdigest()
            incoming.append(Incoming(kind, checked, note[:200], content))
        gone = _no_longer(store.loaded(kind), checked, source_keys[kind])
        if len(gone):
            content = hashlib.sha256(table_to_parquet(gone)).hexdigest()
            incoming.append(Incoming(kind, gone, note[:200], content, withdraws=True))
    from data.publishing.publish import publish  # with geopandas, which takes long to import

    return publish(store, partnership, by=by, note=note, meeting_date=meeting_date, incoming=incoming)


def _checked(frame: pd.DataFrame, kind: str, known: Any) -> pd.DataFrame:
    """Rows that keep their contract and hold no personal data; StoreError for others."""
    headings = {column.name: column.heading for column in CONTRACTS[kind].columns}
    missing = set(headings) - set(frame.columns)
    if missing:
        raise ValueError(f"{kind} lacks {sorted(missing)}")
    typed = frame[list(headings)].rename(columns=headings).map(as_typed).astype("str")
    problems: Sequence[Problem] = find_personal_data([Table("", "", typed)])
    try:
        if not problems:
            return check(typed, kind, known)
    except ContractError as error:
        problems = error.problems
    sentence = "; ".join(problem.sentence for problem in problems[:3])
    raise StoreError(f"Pakkens tabel »{CONTRACTS[kind].title}« kan ikke indlæses: {sentence}")


def _no_longer(standing: pd.DataFrame, coming: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """The rows that stand here and are not in the package."""
    names = list(key)
    there = pd.MultiIndex.from_frame(coming[names].astype(str)) if len(coming) else None
    rows = standing.drop(columns="load_id", errors="ignore")
    if there is None or rows.empty:
        return rows
    return rows[~pd.MultiIndex.from_frame(rows[names].astype(str)).isin(there)].reset_index(drop=True)


def _parquet(content: bytes, schema: Mapping[str, Any], pandas_metadata: str) -> bytes:
    table = table_of(content, schema)
    return arrow_to_parquet(table.replace_schema_metadata({"pandas": pandas_metadata} if pandas_metadata else None))
