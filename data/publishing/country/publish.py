"""Publishes many partnerships as one release; only pieces whose inputs or code have changed are built anew."""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import pandas as pd

from data.partnership import Audience, Partnership
from data.publishing.country.pieces import (
    FIGURES,
    LANDMARKS,
    PLACES,
    PROTECT,
    ROADS,
    Packed,
    Piece,
    Rejoined,
    build,
    packed,
)
from data.publishing.country.readers import knowing_shares, overdue_of, statuses_of
from data.publishing.publish import as_built, earlier_looks
from data.publishing.told_before import shares_before, told_before
from data.release import ReleaseHead, table_from_parquet
from data.release.audiences import OF_CELLS, SHARES_BEFORE, for_audience
from data.release.earlier import CELL, with_release
from data.release.earlier import COLUMNS as EARLIER
from data.release.renamed import told_of
from data.release.totals import unknown_total
from data.store import Publication, Store, StoreError

Tables = Mapping[str, pd.DataFrame]
Mapper = Callable[[Callable[[Piece], Packed], Sequence[Piece]], Iterable[Packed]]
"""Applies a function to each of many pieces and gives the answers in their order."""
Kind = tuple[str, frozenset[str], int]
"""Readers who see the same figures: of a partnership, these municipalities, at a threshold."""
RESIDENTS = ["residents", "residents_provenance", "residents_source_id", "residents_period"]


@dataclass(frozen=True)
class Member:
    """One partnership of the country: its settings and everything it has loaded, by kind."""

    name: str
    partnership: Partnership
    loaded: Tables


@dataclass
class Done:
    """How many pieces were built and how many were there already."""

    built: int = 0
    kept: int = 0


class Shelf:
    """Pieces that have been built, in a folder, by what they rest on."""

    def __init__(self, folder: Path) -> None:
        """Keep pieces in a folder, which is made where there is none."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.done = Done()

    def build(self, pieces: Sequence[Piece], over: Mapper) -> list[Packed]:
        """The answers to the pieces, in their order; those not on the shelf are built and put there."""
        missing = {piece.key: piece for piece in pieces if not self._place(piece.key).exists()}
        for key, answer in zip(missing, over(build, list(missing.values())), strict=True):
            half = self._place(key).with_suffix(".part")
            half.write_bytes(pickle.dumps(dict(answer)))
            half.replace(self._place(key))
        self.done.built += len(missing)
        self.done.kept += len(pieces) - len(missing)
        # Written by ourselves, into our own folder: nobody else's bytes are unpickled.
        return [pickle.loads(self._place(piece.key).read_bytes()) for piece in pieces]

    def found(self, piece: Piece) -> Packed | None:
        """The answer to a piece, where it is on the shelf."""
        file = self._place(piece.key)
        return pickle.loads(file.read_bytes()) if file.exists() else None

    def _place(self, key: str) -> Path:
        return self.folder / f"{key}.piece"


@contextmanager
def on_all_cores(workers: int | None = None) -> Iterator[Mapper]:
    """Map over so many processes of this machine (None: one for each core)."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield lambda function, pieces: pool.map(function, pieces, chunksize=1)


def one_by_one(function: Callable[[Piece], Packed], pieces: Sequence[Piece]) -> Iterator[Packed]:
    """Map in this process alone."""
    return map(function, pieces)


def publish_country(
    store: Store, members: Sequence[Member], shelf: Shelf, over: Mapper, *, by: str, note: str = ""
) -> ReleaseHead:
    """Publish all partnerships in one transaction; raises StoreError, and publishes nothing, where one is unsafe.

    Readers are named "partnership:audience". What earlier releases have hidden stays hidden.
    """
    newest = store.newest()
    built = build_country(store, members, shelf, over)
    documents = {
        (reader, name): content
        for reader, tables in built.items()
        for name, content in {**tables, **statuses_of(store, reader, tables, newest)}.items()
    }
    return store.publish_documents(documents, Publication(by=by, note=note, after=newest.id if newest else None))


def build_country(store: Store, members: Sequence[Member], shelf: Shelf, over: Mapper) -> dict[str, Packed]:
    """The packed release tables of every reader ("partnership:audience"), but for the statuses it has seen over time.

    In three steps, each over all partnerships at once so that every core has something to do: the protected counts,
    the figures that rest on them, and the grid cells.
    """
    newest = store.newest()
    members, newest_names = _as_built(store, members)
    protected = _protected(store, members, newest_names, shelf, over)

    def seen_by(member: Member, audience: Audience) -> dict[str, pd.DataFrame]:
        told = {table: rows for table, rows in member.loaded.items() if table not in (ROADS, LANDMARKS)}
        return for_audience(told, audience, member.partnership, protected.get((member.name, audience.threshold)))

    asked: dict[Kind, Piece] = {}
    for member in members:
        for kind, audience in _kinds(member).items():
            seen = seen_by(member, audience)
            before = seen.pop(SHARES_BEFORE)
            without_cells = seen | {name: seen[name].iloc[:0] for name in OF_CELLS if name in seen}
            piece = Piece(FIGURES, f"{member.name}/{audience.id}", packed(without_cells), member.partnership, kind[2])
            asked[kind] = knowing_shares(piece, before, shelf.found(piece))
    figures = dict(zip(asked, shelf.build(list(asked.values()), over), strict=True))
    with_cells = {
        kind: _places(member, seen_by(member, audience), figures[kind],
                      earlier_looks(store, _reader(member, audience), newest))
        for member in members
        for kind, audience in {
            _kind(member, each): each for each in member.partnership.audiences if each.sees_cells
        }.items()
    }  # fmt: skip
    places = dict(zip(with_cells, shelf.build(list(with_cells.values()), over), strict=True))
    return {
        _reader(member, audience): {
            **figures[_kind(member, audience)],
            **(places[_kind(member, audience)] if audience.sees_cells else {}),
            **overdue_of(member.partnership, audience, figures[_kind(member, audience)]),
        }
        for member in members
        for audience in member.partnership.audiences
    }


def _as_built(store: Store, members: Sequence[Member]) -> tuple[list[Member], dict[str, Mapping[str, str]]]:
    """Each member with what it has loaded as a release is built of it, and by member the newest names of its areas."""
    made, names = [], {}
    for member in members:
        loaded, names[member.name] = as_built(member.loaded, member.partnership)
        if unknown := unknown_total(loaded["incidents"], loaded["areas"], member.partnership):
            raise StoreError(unknown)
        readers = [_reader(member, each) for each in member.partnership.audiences]
        loaded[SHARES_BEFORE] = shares_before(store, readers, names[member.name])
        made.append(replace(member, loaded=loaded))
    return made, names


def _reader(member: Member, audience: Audience) -> str:
    return f"{member.name}:{audience.id}"


def _kind(member: Member, audience: Audience) -> Kind:
    return member.name, frozenset(audience.sees), audience.threshold


def _kinds(member: Member) -> dict[Kind, Audience]:
    """One audience of each kind that sees the same figures; grid cells are a matter of their own."""
    kinds: dict[Kind, Audience] = {}
    for audience in member.partnership.audiences:
        kinds.setdefault(_kind(member, audience), audience)
    return kinds


def _places(member: Member, seen: Tables, figures: Packed, looks: Tables) -> Piece:
    """The grid cells with what they rest on, and no more: a new quarter of another year changes nothing of theirs."""
    cells = seen["cells"]
    incidents, areas = table_from_parquet(figures["incidents"]), table_from_parquet(figures["areas"])
    inputs = {
        **{kind: seen[kind] for kind in OF_CELLS if kind in seen},
        **{name: rows for name, rows in looks.items() if len(rows)},
        "incidents": incidents[incidents["period"].str[:4].isin(set(cells["year"].str[:4]))].reset_index(drop=True),
        "areas": areas.drop(columns=RESIDENTS),
        **{kind: member.loaded[kind] for kind in (ROADS, LANDMARKS) if kind in member.loaded},
    }
    return Piece(PLACES, f"{member.name}/cells", packed(inputs), member.partnership)


def _protected(
    store: Store, members: Sequence[Member], newest_names: Mapping[str, Mapping[str, str]], shelf: Shelf, over: Mapper
) -> dict[tuple[str, int], Rejoined]:
    """The protected counts by partnership and threshold, made year by year.

    A stricter threshold hides all that a less strict one hides, so the thresholds follow one another.
    """
    protected: dict[tuple[str, int], Rejoined] = {}
    hidden: dict[str, list[pd.DataFrame]] = {member.name: [] for member in members}
    for threshold in sorted({each.threshold for member in members for each in member.partnership.audiences} - {0}):
        pieces = {
            member.name: _years(store, member, threshold, hidden[member.name], newest_names[member.name], shelf)
            for member in members
            if any(each.threshold == threshold for each in member.partnership.audiences)
        }
        answers = iter(shelf.build([piece for years in pieces.values() for piece in years], over))
        for name, years in pieces.items():
            tables = tuple(table_from_parquet(next(answers)["protected"]) for _ in years)
            protected[name, threshold] = Rejoined(threshold, (), tables)
            cells = protected[name, threshold].cells
            now_hidden = cells[cells["state"] == "hidden"]
            hidden[name].append(now_hidden.assign(stood=now_hidden["count"], count=float("nan")))
    return protected


def _years(
    store: Store, member: Member, threshold: int, hidden: Sequence[pd.DataFrame], names: Mapping[str, str], shelf: Shelf
) -> list[Piece]:
    """The pieces of one partnership's protection: a year is protected on its own, like the years of `Protected`."""
    incidents = member.loaded["incidents"]
    areas = member.loaded["areas"][["area_id", "level", "parent_id"]].reset_index(drop=True)
    audiences = member.partnership.audiences
    readers = [f"{member.name}:{each.id}" for each in audiences if each.threshold >= threshold]
    others = [f"{member.name}:{each.id}" for each in audiences if each.threshold < threshold]
    hidden = [each[EARLIER] for each in hidden]
    earlier = with_release([*told_of(told_before(store, readers, others), names), *hidden])
    of_earlier = dict(iter(earlier.groupby(earlier["period"].str[:4])))
    pieces = []
    for year, rows in incidents.groupby(incidents["period"].str[:4]):
        inputs = {
            "incidents": rows[[*CELL, "count"]].reset_index(drop=True),
            "areas": areas,
            "earlier": of_earlier.get(year, earlier.iloc[:0]).reset_index(drop=True),
            "boundaries": _local_outlines(member),
        }
        as_if_new = {**inputs, "earlier": earlier.iloc[:0]}
        unknown, known = (
            Piece(PROTECT, f"{member.name}/{year}", packed(each), member.partnership, threshold)
            for each in (as_if_new, inputs)
        )
        answer = shelf.found(unknown)
        pieces.append(unknown if answer and _agrees(answer, inputs["incidents"], inputs["earlier"]) else known)
    return pieces


def _local_outlines(member: Member) -> pd.DataFrame:
    local = member.loaded["areas"].loc[member.loaded["areas"]["level"] == "housing_area", "area_id"]
    outlines = member.loaded["boundaries"]
    return outlines.loc[outlines["area_id"].isin(local), ["area_id", "geometry"]].reset_index(drop=True)


def _agrees(answer: Packed, incidents: pd.DataFrame, earlier: pd.DataFrame) -> bool:
    """Whether counts that were protected without a thought of earlier releases tell and hide all that these did.

    And whether they are the counts that stood then. Then nothing has to be made anew: the answer was safe with all that
    it tells, and readers know no more than that.
    """
    cells = table_from_parquet(answer["protected"])
    both = cells.merge(earlier, on=CELL, suffixes=("", "_then"))
    was_hidden, hidden = both["state_then"] == "hidden", both["state"] == "hidden"
    if not hidden[was_hidden].all() or hidden[both["count_then"].notna() & ~was_hidden].any():
        return False
    years = incidents.assign(period=incidents["period"].str[:4]).groupby(CELL, as_index=False)["count"].sum()
    now = pd.concat([incidents, years])[[*CELL, "count"]].rename(columns={"count": "now"})
    known = earlier[earlier["stood"].notna()].merge(now, on=CELL, how="left")
    return bool((known["stood"] == known["now"]).all())
