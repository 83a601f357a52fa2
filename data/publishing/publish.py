"""Publishes what is loaded as a new release, protected for every audience, in one transaction."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from analysis.disclosure import REMAINDER
from data import clock, danish
from data.partnership import Audience, Partnership
from data.progress import ProgressCallback, silently
from data.publishing.damage import refuse_damaged
from data.publishing.prepared import Prepared, prepare
from data.publishing.told_before import told_before
from data.release import Release, ReleaseHead
from data.release.area_lattice import successions_apart
from data.release.audiences import for_audience
from data.release.audit import audit_report
from data.release.build import build_changes, build_figures, build_places
from data.release.clusters import LOG, LOOKS
from data.release.overdue import status_history
from data.release.protect import Protected, protect_incidents
from data.release.renamed import told_of, under_newest_names
from data.release.shelf import NO_SHELF, Shelf
from data.release.spans import as_told, settled
from data.release.totals import unknown_total
from data.retention import keep_as_settled
from data.settings.loaded import unsettled
from data.store import Incoming, Publication, Store, StoreError
from data.store.events import DESPITE_DAMAGE, record
from data.store.history import audiences_of, by_release
from data.store.turn import turn_to_publish
from data.streets import street_map

Tables = dict[str, pd.DataFrame]
NOTHING_LOADED = "Der er intet at udgive: ingen områder er indlæst. Begynd med filerne med kilder og områder."


def publish(
    store: Store,
    partnership: Partnership,
    *,
    by: str,
    note: str = "",
    meeting_date: dt.date | None = None,
    draft: bool = False,
    incoming: Sequence[Incoming] = (),
    today: dt.date | None = None,
    progress: ProgressCallback = silently,
    despite_damage: bool = False,
    prepared: Prepared | None = None,
    shelf: Shelf = NO_SHELF,
) -> ReleaseHead:
    """Build a release from all that is loaded and publish it; a reader sees the old release or the new, never both.

    `incoming` are checked tables that are loaded with it, in the same transaction: when publishing fails, nothing of
    them is kept. Each audience's tables are built from the figures that it may see, so nothing derived knows of the
    others. Raises StoreError, and publishes nothing, where a hidden count could be worked out too closely, or where the
    settings lack a name that loaded rows use. A draft is built and kept alike, but only the secretariat sees it until
    `Store.publish_draft`. Deadlines are seen from `today`; None: from the meeting, or from the day it is. Raises
    DamagedError where it would rest on damaged loads, or on damaged earlier releases without `despite_damage`.
    `prepared` comes from the preview, and spares the work done there where nothing has changed since; `shelf` has what
    an earlier publication worked out from the very same rows. Raises PublishConflictError, before anything is worked
    out, while somebody else publishes on this database.
    """
    with turn_to_publish(store.engine):
        return _publish(
            store, partnership, Publication(by, note, meeting_date, draft=draft, incoming=incoming), today, progress,
            despite_damage=despite_damage, prepared=prepared, shelf=shelf,
        )  # fmt: skip


def _publish(
    store: Store,
    partnership: Partnership,
    asked: Publication,
    today: dt.date | None,
    progress: ProgressCallback,
    *,
    despite_damage: bool,
    prepared: Prepared | None,
    shelf: Shelf,
) -> ReleaseHead:
    incoming, meeting_date = asked.incoming, asked.meeting_date
    progress(0.0, "Ser efter, at intet er beskadiget")
    passed_over = refuse_damaged(store, incoming, despite_damage=despite_damage)
    newest = store.newest()
    ready = prepare(store, partnership, incoming, progress, prepared, shelf)
    loaded, protected = ready.loaded, ready.protected
    if loaded["areas"].empty:
        raise StoreError(NOTHING_LOADED)
    previous = {audience.id: _previous_meeting(store, audience, meeting_date) for audience in partnership.audiences}
    streets = street_map(store, loaded["boundaries"], partnership.members).tables
    looks = {each.id: earlier_looks(store, each.id, newest) for each in partnership.audiences if each.sees_cells}
    tables = _built(partnership, loaded, streets, looks, protected, previous, today or meeting_date, progress, shelf)
    for audience_id, made in tables.items():
        made["overdue"] = overdue_for(partnership, partnership.audience(audience_id), made["overdue"])
        made["status_history"] = statuses_seen(store, audience_id, made["criteria"], newest, meeting_date)
    progress(0.9, "Gemmer udgaven")
    head = store.publish(
        tables,
        replace(asked, after=newest.id if newest else None, read_until=ready.read_until),
    )
    if not asked.draft:
        keep_as_settled(store, partnership, asked.by)
    if passed_over:
        record(store.engine, asked.by, DESPITE_DAMAGE, f"{head.id} (udgave {danish.join(passed_over)})")
    return head


def _built(
    partnership: Partnership,
    loaded: Mapping[str, pd.DataFrame],
    streets: Mapping[str, pd.DataFrame],
    looks: Mapping[str, Tables],
    protected: Mapping[int, Protected],
    previous: Mapping[str, Release | None],
    today: dt.date | None,
    progress: ProgressCallback,
    shelf: Shelf,
) -> dict[str, Tables]:
    """The release tables of each audience; what two of them see alike is built once, and they share the table."""
    figures: dict[tuple[frozenset[str], int], Tables] = {}
    places: dict[tuple[frozenset[str], int, bool], Tables] = {}
    tables: dict[str, Tables] = {}
    for number, audience in enumerate(partnership.audiences):
        progress(0.3 + 0.6 * number / len(partnership.audiences), f"Regner tallene ud for {audience.title}")
        alike = frozenset(audience.sees), audience.threshold
        alike_in_cells = *alike, audience.sees_cells
        if alike_in_cells not in places:
            seen = for_audience(loaded, audience, partnership, protected.get(audience.threshold))
            if alike not in figures:
                figures[alike] = build_figures(seen, partnership, today, shelf)
            places[alike_in_cells] = build_places({**seen, **streets}, figures[alike], looks.get(audience.id), shelf)
        tables[audience.id] = (
            figures[alike] | places[alike_in_cells] | build_changes(figures[alike], previous[audience.id], partnership)
        )
    return tables


def as_built(loaded: Mapping[str, pd.DataFrame], partnership: Partnership) -> tuple[Tables, Mapping[str, str]]:
    """All that is loaded as a release is built of it, with renamed areas under their newest names, and old id → newest.

    Raises StoreError where settings and rows do not fit each other.
    """
    refuse_unsettled(loaded, partnership)
    return under_newest_names(as_told(loaded))


def overdue_for(partnership: Partnership, audience: Audience, overdue: pd.DataFrame) -> pd.DataFrame:
    """What is overdue as an audience is told; who sees a part of the log cannot say from it that it has stopped."""
    told = overdue if partnership.sees_all(audience) else overdue[overdue["kind"] != "initiative"]
    return told.reset_index(drop=True)


def earlier_looks(store: Store, reader: str, newest: ReleaseHead | None) -> Tables:
    """What the newest release tells a reader of looks for clusters, and of what they found."""
    if newest is None:
        return {}
    told = {name: by_release(store.engine, reader, name).get(newest.id) for name in (LOOKS, LOG)}
    return {name: table for name, table in told.items() if table is not None}


def audit(store: Store, partnership: Partnership) -> Iterator[str]:
    """How well each audience would be protected if all that is loaded were published now, one line per audience.

    Raises StoreError after the last line where a hidden count could be worked out too closely.
    """
    loaded = {kind: store.loaded(kind) for kind in ("areas", "incidents", "boundaries")}
    loaded["incidents"] = settled(loaded["incidents"])
    loaded, newest_names = under_newest_names(loaded)
    protected = protections(store, partnership, loaded, newest_names)
    yield from audit_report(loaded["areas"], partnership, protected)
    for each in protected.values():
        refuse_unsafe(each)


def protections(
    store: Store,
    partnership: Partnership,
    loaded: Mapping[str, pd.DataFrame],
    newest_names: Mapping[str, str] | None = None,
    shelf: Shelf = NO_SHELF,
) -> dict[int, Protected]:
    """The protected counts by threshold, for the thresholds above 0 that audiences have.

    `newest_names` maps areas that were renamed to the ids they have in `loaded` (`data.release.renamed`).

    All audiences of a threshold share them, so that two of them together know no more than either would of its own
    areas; a stricter one hides all that a less strict one hides. Earlier releases to these audiences count in. What
    `shelf` has of them is not worked out again. Raises StoreError where it is not known which category is the total.
    """
    unknown = unknown_total(loaded["incidents"], loaded["areas"], partnership)
    if unknown:
        raise StoreError(unknown)
    by_threshold: dict[int, Protected] = {}
    hidden: list[pd.DataFrame] = []
    for threshold in sorted({audience.threshold for audience in partnership.audiences} - {0}):
        readers = [audience.id for audience in partnership.audiences if audience.threshold >= threshold]
        others = [audience.id for audience in partnership.audiences if audience.threshold < threshold]
        protected = protect_incidents(
            loaded["incidents"],
            loaded["areas"],
            threshold,
            [*told_of(told_before(store, readers, others), newest_names or {}), *hidden],
            outlines=loaded.get("boundaries"),
            total=partnership.total,
            shelf=shelf,
        )
        cells = protected.cells
        now_hidden = cells[cells["state"] == "hidden"]
        hidden.append(now_hidden.assign(stood=now_hidden["count"], count=float("nan")))
        by_threshold[threshold] = protected
    return by_threshold


def statuses_seen(
    store: Store, reader: str, criteria: pd.DataFrame, newest: ReleaseHead | None, meeting_date: dt.date | None
) -> pd.DataFrame:
    """The statuses a reader has seen, release by release, this one included."""
    now = ReleaseHead((newest.id if newest else 0) + 1, clock.now(), "", "", meeting_date, None, 0)
    earlier = by_release(store.engine, reader, "criteria")
    return status_history(
        [*((head, earlier[head.id]) for head in store.releases() if head.id in earlier), (now, criteria)]
    )


def refuse_unsettled(loaded: Mapping[str, pd.DataFrame], partnership: Partnership) -> None:
    """Raise StoreError, one sentence a line, where loaded rows use names that the settings lack, or an area has come
    after one in another municipality.
    """
    problems = [*unsettled(loaded, partnership), *successions_apart(loaded["areas"])]
    if problems:
        raise StoreError("\n".join(["Tallene kan ikke udgives, før indstillinger og tal passer sammen:", *problems]))


def refuse_unsafe(protected: Protected) -> None:
    """Raise StoreError where a hidden count could be worked out too closely."""
    audit = protected.audit()
    unsafe = audit[~audit["safe"]]
    if len(unsafe):
        many = danish.plural(len(unsafe), "skjult tal kan", "skjulte tal kan")
        # Remainders come last: they are in no table that anyone could look up.
        row = unsafe.sort_values("asked", ascending=False, kind="stable").iloc[0]
        area, category = (str(row[name]).removeprefix(REMAINDER) for name in ("area_id", "category"))
        raise StoreError(
            f"Tallene kan ikke udgives: {many} regnes ud for tæt, blandt andet {category} i {area} i "
            f"{danish.period(row['period'])}."
        )


def _previous_meeting(store: Store, audience: Audience, meeting_date: dt.date | None) -> Release | None:
    """The newest release made for an earlier meeting; where meetings are not stated, simply the newest.

    None where the audience had no release then.
    """
    heads = store.releases()
    if meeting_date is not None:
        heads = [head for head in heads if head.meeting_date is None or head.meeting_date < meeting_date]
    if not heads or audience.id not in audiences_of(store.engine, heads[0].id):
        return None
    return store.release(heads[0].id, audience=audience.id)
