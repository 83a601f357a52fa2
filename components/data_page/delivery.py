"""What a session is about to load: its files, how they are to be understood, and what came of checking them.

Everything lies in memory until it is published. A file with personal data is let go of at once: only what was wrong
with it is kept, and that is masked.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components.data_page.publishing_job import Job, begin
from components.session import account, audience, choose, our_store
from data.contracts.problems import Problem
from data.intake.examination import Delivered, Examined, Shapes, examine
from data.intake.plausibility import Caution, unusual_in
from data.intake.wide import Answer
from data.partnership import our_partnership
from data.progress import ProgressCallback
from data.publishing.prepared import Prepared, prepare
from data.publishing.preview import Preview, preview
from data.release import ReleaseHead
from data.release.shelf import our_shelf
from data.store import Incoming, StoreError
from data.store.headings import remembered

_DELIVERY = "delivery"
Key = tuple[Any, ...]


@dataclass
class Delivery:
    """Files by name with their checksum, tables fetched elsewhere, and what came of them.

    `kinds` are corrections of what was recognised, `heading_rows`, `wide` and `units` what was said of how tables lie
    and what their shares are written in. `refused` has the problems of files that were let go of. `checked` and
    `previewed` say what the check and the preview were made from: once something else, they are made again.
    """

    files: dict[str, tuple[Delivered, str]] = field(default_factory=dict)
    fetched: dict[str, tuple[Incoming, ...]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    kinds: dict[tuple[str, str], str] = field(default_factory=dict)
    heading_rows: dict[tuple[str, str], int] = field(default_factory=dict)
    wide: dict[tuple[str, str], Answer] = field(default_factory=dict)
    units: dict[tuple[str, str], str] = field(default_factory=dict)
    refused: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    examined: Examined = field(default_factory=Examined)
    cautions: tuple[Caution, ...] = ()
    preview: Preview | None = None
    prepared: Prepared | None = None
    checked: Key = ()
    previewed: Key = ()
    serial: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to load."""
        return not self.files and not any(self.fetched.values())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that stands in the way, files that were let go of included."""
        return (*(problem for each in self.refused.values() for problem in each), *self.examined.problems)

    @property
    def incoming(self) -> tuple[Incoming, ...]:
        """The tables that are ready to be loaded, what others refer to first."""
        return (*(table for tables in self.fetched.values() for table in tables), *self.examined.incoming)


def delivery() -> Delivery:
    """The delivery of this session."""
    current: Delivery = st.session_state.setdefault(_DELIVERY, Delivery())
    return current


def refuse_readers() -> None:
    """Raise StoreError for who may not publish; the page does not exist for them, and this holds without it."""
    if not audience().publishes:
        raise StoreError("Du kan læse tallene, men ikke indlæse eller udgive dem.")


def take_in(dropped: Sequence[Any]) -> None:
    """Take uploaded files into the delivery and out of Streamlit's hands; one of the same name replaces the earlier."""
    refuse_readers()
    made = delivery()
    for file in dropped:
        taken = Delivered(str(file.name), bytes(file.getvalue()))
        made.refused.pop(taken.name, None)
        made.files[taken.name] = (taken, taken.checksum)
        let_go(file)
    made.serial += 1  # A new drop zone, without the files.


def let_go(file: Any) -> None:
    """Take an uploaded file out of Streamlit's hands."""
    context = get_script_run_ctx()
    remove = getattr(context and context.uploaded_file_mgr, "remove_file", None)
    if context is not None and remove is not None and hasattr(file, "file_id"):
        remove(context.session_id, file.file_id)


def drop(name: str) -> None:
    """Leave a file, or what was fetched under that name, out of the delivery."""
    made = delivery()
    for held in (made.files, made.fetched, made.refused):
        held.pop(name, None)
    for told in (made.kinds, made.heading_rows, made.wide, made.units):
        for place in [place for place in told if place[0] == name]:
            told.pop(place, None)


def needs_check() -> bool:
    """Whether the delivery or what it is checked against is another than when it was last checked."""
    return delivery().checked != _now()


def check(tell: ProgressCallback) -> None:
    """Check the delivery; files with personal data are let go of, and warnings are found where nothing is wrong."""
    made, store, partnership = delivery(), our_store(), our_partnership()
    if made.is_empty:
        made.examined, made.cautions, made.checked = Examined(), (), _now()
        return
    beside = tuple(table for tables in made.fetched.values() for table in tables)
    files = [file for file, _ in made.files.values()]
    shapes = Shapes(made.heading_rows, made.wide, made.units)
    examined = examine(files, store, partnership, made.kinds, beside, tell, shapes)
    for name in examined.personal:
        made.refused[name] = tuple(problem for problem in examined.problems if problem.file == name)
        made.files.pop(name, None)
    kept = tuple(problem for problem in examined.problems if problem.file not in examined.personal)
    made.examined = replace(examined, problems=kept)
    made.cautions = ()
    if made.incoming and not made.problems:
        tell(0.9, "Holder tallene op mod dem, der står")
        made.cautions = tuple(unusual_in(replace(made.examined, incoming=made.incoming), store, partnership))
    made.checked = _now()


def is_previewed() -> bool:
    """Whether the preview shows what publishing would do now."""
    made = delivery()
    return made.preview is not None and made.previewed == _now()


def make_preview(tell: ProgressCallback) -> None:
    """Work out what publishing would change; raises StoreError where it cannot be published."""
    made = delivery()
    store, partnership = our_store(), our_partnership()
    made.prepared = prepare(store, partnership, made.incoming, tell, made.prepared, our_shelf())
    made.preview = preview(store, partnership, made.prepared.incoming, tell, made.prepared, our_shelf())
    made.previewed = _now()


def begin_to_publish(note: str, meeting_date: dt.date | None, *, draft: bool, despite_damage: bool = False) -> Job:
    """Begin to load the delivery and publish all that is loaded, in one transaction, beside the pages.

    Raises StoreError, and begins nothing, where it may not or cannot be published.
    """
    refuse_readers()
    made, store, partnership, by = delivery(), our_store(), our_partnership(), account()
    if made.problems or not is_previewed():
        raise StoreError("Tallene er ikke kontrolleret og vist på forhånd. Gør det først.")
    prepared = made.prepared

    def work(tell: ProgressCallback) -> ReleaseHead:
        from data.publishing.publish import publish  # with all the statistics, which come when they are needed

        return publish(
            store, partnership, by=by, note=note, meeting_date=meeting_date, draft=draft, progress=tell,
            incoming=prepared.incoming if prepared else made.incoming, despite_damage=despite_damage, prepared=prepared,
            shelf=our_shelf(),
        )  # fmt: skip

    return begin(by, work)


def published() -> None:
    """What was in the delivery is published: the next one is empty."""
    st.session_state[_DELIVERY] = Delivery(serial=delivery().serial + 1)
    choose(release=None)


def _now() -> Key:
    """What a check or a preview rests on: the delivery, the headings that are known, and what stands in the store."""
    made, store = delivery(), our_store()
    newest = store.newest()
    return (
        tuple(sorted((name, checksum) for name, (_, checksum) in made.files.items())),
        tuple(sorted((name, *(table.checksum for table in tables)) for name, tables in made.fetched.items())),
        tuple(sorted(made.kinds.items())),
        tuple(sorted(made.heading_rows.items())),
        tuple(sorted(made.units.items())),
        tuple((place, answer.kind, *sorted(answer.values.items())) for place, answer in sorted(made.wide.items())),
        tuple((kind, *sorted(known.items())) for kind, known in remembered(store.engine).items()),
        store.newest_load(),
        newest.id if newest else None,
    )
