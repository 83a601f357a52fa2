"""Brings the outlines of our areas from an address or a file, e.g. DAGI from Datafordeleren (EPSG:25832)."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import pandas as pd

from data import danish
from data.contracts.validation import area_spellings
from data.intake.download import DownloadError, Patience, download
from data.intake.examination import Delivered, outlines, read_outlines
from data.store import Incoming, Store, StoreError
from geo.problems import Limits

ADDRESS = "TRYGHED_BOUNDARIES_URL"
"""The environment variable that names where outlines are fetched from: an address, or a file on the server."""
WHOSE = "Serveren med omrids"
WAITING = Patience()


@dataclass(frozen=True)
class FetchedOutlines:
    """The outlines that differ from those that stand (none when all stand already), and Danish sentences about it."""

    incoming: tuple[Incoming, ...]
    sentences: tuple[str, ...]


def configured() -> str:
    """The address or file that the installation is set to; "" where there is none."""
    return os.environ.get(ADDRESS, "").strip()


def fetch_outlines(store: Store, where: str, *, patience: Patience = WAITING) -> FetchedOutlines:
    """Read outlines from an http(s) address or a file, and keep those of areas in the store; loads nothing.

    A national file is fine: other areas are left out. Raises StoreError where it cannot be fetched, and ContractError
    with everything that is wrong with the file.
    """
    file = _delivered(where, patience)
    shapes = read_outlines(file)
    areas = store.loaded("areas")
    keys = shapes["area_id"].where(shapes["area_id"] != "", shapes["code"])
    keys = keys.where(keys != "", shapes["name"])
    ours = keys.isin(area_spellings(areas))
    if not ours.any():
        raise StoreError(
            f"{file.name} har ingen af vores områder: {danish.number(len(shapes))} andre er sprunget over."
        )
    standing = store.loaded("boundaries")
    fetched = outlines(file, shapes[ours], areas, standing)
    frame = _different(fetched.frame, standing)
    incoming = () if frame.empty else (Incoming(fetched.kind, frame, fetched.file_name, fetched.checksum),)
    return FetchedOutlines(incoming, tuple(_told(file.name, frame, ours)))


def _delivered(where: str, patience: Patience) -> Delivered:
    if not where.lower().startswith(("http://", "https://")):
        path = Path(where)
        if not path.is_file():
            raise StoreError(f"Filen {where} findes ikke. Ret adressen på omridsene.")
        return Delivered(path.name, path)
    try:
        answer = download(where, whose=WHOSE, largest=Limits().file_bytes, patience=patience)
    except DownloadError as error:
        raise StoreError(str(error)) from error
    if answer.status != HTTPStatus.OK:
        raise StoreError(f"{WHOSE} afviste spørgsmålet: fejl {answer.status}. Intet er hentet.")
    if answer.media_type == "text/html" or answer.content.lstrip()[:1] == b"<":
        raise StoreError(f"{WHOSE} svarede med en webside i stedet for omrids. Intet er hentet.")
    return Delivered(PurePosixPath(urlsplit(where).path).name or "omrids", answer.content)


def _different(fetched: pd.DataFrame, standing: pd.DataFrame) -> pd.DataFrame:
    then = dict(zip(standing["area_id"], map(bytes, standing["geometry"]), strict=True))
    same = [bytes(shape) == then.get(area) for area, shape in zip(fetched["area_id"], fetched["geometry"], strict=True)]
    return fetched[[not each for each in same]].reset_index(drop=True)


def _told(name: str, frame: pd.DataFrame, ours: "pd.Series[bool]") -> Iterator[str]:
    if frame.empty:
        yield f"{name}: alle vores områder har de samme omrids i forvejen."
    else:
        many = danish.plural(len(frame), "område har", "områder har")
        yield f"{name}: {many} fået nye omrids: {danish.join(danish.in_order(frame['name']))}."
    others = int((~ours).sum())
    if others:
        yield f"{name}: {danish.plural(others, 'område', 'områder')}, som ikke er vores, er sprunget over."
