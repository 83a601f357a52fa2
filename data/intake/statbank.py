"""Brings reported offences (STRAF11) and population (FOLK1A) from Statistics Denmark's StatBank, ready to be loaded.

The format: POST a selection as JSON, get text with codes (see `data.intake.bulk`). Licence CC BY 4.0.
"""

import datetime as dt
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import pandas as pd

from data import danish
from data.contracts.columns import Known
from data.contracts.validation import CONTRACTS, area_spellings, check
from data.intake.bulk import AREA, TIME, TOTAL, UNKNOWN_MUNICIPALITY, VALUE, StatbankError, read_bulk
from data.intake.download import DownloadError, Patience, download
from data.partnership import Partnership
from data.store import Incoming, Store

BASE_URL = "https://api.statbank.dk/v1"
ADDRESS = "TRYGHED_STATBANK_URL"
"""The environment variable that names another address of the API, e.g. of a mirror."""
WHOSE = "Danmarks Statistik"
LARGEST = 50_000_000
"""Bytes of one answer; the eleven municipalities over twenty years are half a megabyte."""
FIRST_QUARTER = "2016K1"
"""Where a store without official figures begins."""
LEVELS = ("country", "municipality")
COUNTRY = "000"
OFFENCE = "OVERTRÆD"
WAITING = Patience()


@dataclass(frozen=True)
class StatbankTable:
    """A table of StatBank: the contract its rows keep, its source, and the codes that stand for "all" in the rest."""

    id: str
    kind: str
    figure: str
    source_id: str
    title: str
    fixed: Mapping[str, str] = field(default_factory=dict)


STRAF11 = StatbankTable(
    "STRAF11",
    "incidents",
    "count",
    "dst-straf11",
    "Danmarks Statistik, STRAF11: Anmeldte forbrydelser efter område, overtrædelsens art og kvartal",
)
FOLK1A = StatbankTable(
    "FOLK1A",
    "population",
    "residents",
    "dst-folk1a",
    "Danmarks Statistik, FOLK1A: Folketal den 1. i kvartalet efter område",
    {"KØN": "TOT", "ALDER": "IALT", "CIVILSTAND": "TOT"},
)


@dataclass(frozen=True)
class Fetched:
    """What is new: tables ready for `Store.load` (none when all stands already), and Danish sentences about it."""

    incoming: tuple[Incoming, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class _Information:
    """What StatBank says of a table: when it was last published, and the codes of each variable."""

    updated: dt.date
    time: str
    codes: Mapping[str, Sequence[str]]


def fetch(store: Store, partnership: Partnership, *, today: dt.date, patience: Patience = WAITING) -> Fetched:
    """Ask Statistics Denmark for what has come or been revised since what stands in the store; loads nothing.

    The areas are those in the store that are the country or a municipality and have a code. A table is read when it
    has been published since we last did; only rows that differ from those that stand are returned.
    Raises StatbankError when there is no network or the answer cannot be trusted.
    """
    areas = store.loaded("areas")
    coded = areas[areas["level"].isin(LEVELS) & (areas["code"] != "")]
    if coded.empty:
        raise StatbankError("Der er ingen kommuner med en kommunekode. Indlæs områderne først.")
    incoming: list[Incoming] = []
    sentences: list[str] = []
    for table in (STRAF11, FOLK1A):
        tables, told = _Reading(table, store, partnership, coded, today, patience).run()
        incoming += tables
        sentences += told
    return Fetched(tuple(incoming), tuple(sentences))


@dataclass(frozen=True)
class _Reading:
    """One table read once: from what stands in the store to what is new."""

    table: StatbankTable
    store: Store
    partnership: Partnership
    areas: pd.DataFrame
    today: dt.date
    patience: Patience

    def run(self) -> tuple[list[Incoming], list[str]]:
        """The new rows with their source, and sentences about them."""
        table = self.table
        information = self._information()
        standing = self._standing()
        quarters = _quarters(information.codes[information.time], set(standing["period"]))
        sources = self.store.loaded("sources").set_index("source_id")
        read_at = sources["retrieved"].get(table.source_id)
        seen = not pd.isna(read_at) and pd.Timestamp(read_at).date() > information.updated
        if seen and set(quarters) <= set(standing["period"]):
            return [], [f"{table.id}: alt til og med {danish.period(quarters[-1])} er hentet i forvejen."]
        codes = self._selection(information, quarters)
        content = self._ask("data", _question(table, codes))
        rows = read_bulk(content, table.id, codes)
        changed = _changed(self._as_contract(rows), standing, table)
        lines = [_told(table, changed, set(standing["period"])), *_told_unplaced(table, rows)]
        if changed.empty:
            return [], lines
        known = Known(
            areas=area_spellings(self.areas),
            categories=frozenset(category.id for category in self.partnership.categories),
            sources=frozenset([table.source_id]),
        )
        name, checksum = f"{table.id}.csv", hashlib.sha256(content).hexdigest()
        tables = (("sources", self._source(quarters)), (table.kind, changed))
        return [
            Incoming(kind, check(frame, kind, known=known, file=name, today=self.today), name, checksum)
            for kind, frame in tables
        ], lines

    def _standing(self) -> pd.DataFrame:
        """The official rows of this table that stand in the store."""
        rows = self.store.loaded(self.table.kind)
        return rows[(rows["source_id"] == self.table.source_id) & rows["area_id"].isin(self.areas["area_id"])]

    def _information(self) -> _Information:
        content = self._ask(f"tableinfo/{self.table.id}?lang=da&format=JSON")
        try:
            answer = json.loads(content)
            codes = {each["id"]: [value["id"] for value in each["values"]] for each in answer["variables"]}
            time = next(each["id"] for each in answer["variables"] if each["time"])
            updated = dt.datetime.fromisoformat(answer["updated"]).date()
        except (ValueError, KeyError, TypeError, StopIteration) as error:
            raise StatbankError(f"Oplysningerne om {self.table.id} kan ikke læses. Intet er hentet.") from error
        ours = {AREA, *self.table.fixed, *([OFFENCE] if self.table is STRAF11 else []), time}
        if set(codes) != ours or not codes[time]:
            raise StatbankError(
                f"{self.table.id} er ikke længere inddelt efter {danish.join(sorted(ours))}. "
                "Intet er hentet; programmet skal tilpasses."
            )
        return _Information(updated, time, codes)

    def _selection(self, information: _Information, quarters: Sequence[str]) -> dict[str, list[str]]:
        """The codes to ask for in each variable: those of ours that the table has, as it writes them."""
        areas = [*self.areas["code"], UNKNOWN_MUNICIPALITY]
        wanted = {AREA: [code for code in information.codes[AREA] if code in areas]}
        if self.table is STRAF11:
            ours = {TOTAL, *(category.id for category in self.partnership.categories)}
            wanted[OFFENCE] = [code for code in information.codes[OFFENCE] if code in ours]
        return wanted | {name: [code] for name, code in self.table.fixed.items()} | {information.time: list(quarters)}

    def _ask(self, path: str, question: Mapping[str, Any] | None = None) -> bytes:
        address = os.environ.get(ADDRESS) or BASE_URL
        try:
            answer = download(
                f"{address.rstrip('/')}/{path}", whose=WHOSE, largest=LARGEST, body=question, patience=self.patience
            )
        except DownloadError as error:
            raise StatbankError(str(error)) from error
        if answer.media_type == "text/html" or answer.content.lstrip()[:1] == b"<":
            raise StatbankError(
                f"{WHOSE} svarede med en webside i stedet for tal. Måske kræver netværket, at man logger på. "
                "Intet er hentet."
            )
        if answer.status != HTTPStatus.OK:
            raise StatbankError(
                f"{WHOSE} afviste spørgsmålet: {_reason(answer.content, answer.status)} Intet er hentet."
            )
        return answer.content

    def _as_contract(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows of our areas in the columns of their contract; the unknown municipality is none of them."""
        area_of = self.areas.set_index("code")["area_id"]
        ours = rows[rows[AREA].isin(area_of.index)]
        frame = pd.DataFrame({"period": ours[TIME], "area_id": ours[AREA].map(area_of)})
        if self.table is STRAF11:
            frame["category"] = ours[OFFENCE]
            frame = frame[frame["category"].isin([category.id for category in self.partnership.categories])]
        frame[self.table.figure] = ours[VALUE]
        if CONTRACTS[self.table.kind].column(self.table.figure).empty_means is None:
            frame = frame.dropna(subset=[self.table.figure])
        return frame.assign(provenance="official", source_id=self.table.source_id).reset_index(drop=True)

    def _source(self, quarters: Sequence[str]) -> pd.DataFrame:
        return pd.DataFrame(
            [
                {
                    "source_id": self.table.source_id,
                    "title": self.table.title,
                    "publisher": WHOSE,
                    "licence": "CC BY 4.0",
                    "retrieved": self.today.isoformat(),
                    "url": f"https://www.statbank.dk/{self.table.id}",
                    "coverage": f"{quarters[0]}–{quarters[-1]}, {danish.plural(len(self.areas), 'område', 'områder')}",
                    "provenance": "official",
                }
            ]
        )


def _question(table: StatbankTable, codes: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The selection as the API takes it; BULK wants every variable of the table named."""
    return {
        "table": table.id,
        "format": "BULK",
        "lang": "da",
        "valuePresentation": "Code",
        "variables": [{"code": name, "values": list(chosen)} for name, chosen in codes.items()],
    }


def _reason(content: bytes, status: int) -> str:
    try:
        return str(json.loads(content)["message"]).rstrip(".")[:200] + "."
    except (ValueError, KeyError, TypeError):
        return f"fejl {status}."


def _quarters(available: Sequence[str], standing: set[str]) -> list[str]:
    """The quarters to read: those that stand (they may have been revised) and all that are newer."""
    since = max(standing, default="")
    wanted = [quarter for quarter in available if quarter in standing or quarter > since]
    return sorted(quarter for quarter in wanted if standing or quarter >= FIRST_QUARTER)


def _changed(rows: pd.DataFrame, standing: pd.DataFrame, table: StatbankTable) -> pd.DataFrame:
    """The rows that do not stand already with the same figure."""
    key = list(CONTRACTS[table.kind].key)
    then = standing.set_index(key)[table.figure].astype("Int64")
    now = rows.set_index(key)[table.figure].astype("Int64")
    before = then.reindex(now.index)
    same = now.index.isin(then.index) & ((now == before).fillna(False) | (now.isna() & before.isna())).to_numpy(
        dtype=bool
    )
    return rows[~same].reset_index(drop=True)


def _told(table: StatbankTable, changed: pd.DataFrame, standing: set[str]) -> str:
    if changed.empty:
        return f"{table.id}: ingen nye eller ændrede tal."
    revised = changed["period"].isin(standing)
    parts = []
    if (~revised).any():
        newest = danish.period(changed["period"].max())
        parts.append(f"{danish.plural(int((~revised).sum()), 'nyt tal', 'nye tal')} til og med {newest}")
    if revised.any():
        parts.append(
            f"{danish.plural(int(revised.sum()), 'ændret tal', 'ændrede tal')} i kvartaler, der stod i forvejen"
        )
    return f"{table.id}: {danish.join(parts)}."


def _told_unplaced(table: StatbankTable, rows: pd.DataFrame) -> list[str]:
    """How many reports of the newest quarter have no known municipality; they belong to none of ours."""
    if table is not STRAF11:
        return []
    newest = rows[(rows[TIME] == rows[TIME].max()) & (rows[OFFENCE] == TOTAL)].set_index(AREA)[VALUE]
    unplaced, country = newest.get(UNKNOWN_MUNICIPALITY), newest.get(COUNTRY)
    if pd.isna(unplaced) or pd.isna(country) or not country:
        return []
    share = danish.percent(unplaced / country)
    return [
        f"{table.id}: {danish.number(unplaced)} anmeldelser i {danish.period(rows[TIME].max())} ({share} af alle) "
        "har ingen kendt kommune og er ikke lagt til nogen."
    ]
