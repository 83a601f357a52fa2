"""Subjects of the shipped data, and a small world in which a local council's counts are hidden and easy to look for."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from components.methods import METHODS
from data.intake.examination import check_files
from data.partnership import Partnership
from data.progress import ProgressCallback
from data.publishing.bootstrap import shipped_files
from data.publishing.publish import publish
from data.store import Store, migrate, open_store
from data.views.minutes import minutes
from data.views.nearest import nearest
from data.views.view import View
from reports.document import Subject

Take = Callable[..., Subject]
TODAY = dt.date(2026, 3, 1)
# Counts nobody would write by chance. All are of housing areas, and far below what the council may see there.
HIDDEN_COUNTS = (48611, 48619, 48623, 48647, 48649, 48661, 48673, 48677)
COUNCIL = "lokalraad-gladsaxe"


def subject(store: Store, partnership: Partnership, audience: str, **view: object) -> Subject:
    release = store.release(audience=audience)
    seen, _ = nearest(View(**view), release, partnership)  # type: ignore[arg-type]
    reader = partnership.audience(audience)
    agreed = minutes(store, reader, partnership) if reader.sees_local else None
    methods = tuple((method.question, method.answer) for method in METHODS)
    return Subject(seen, release, partnership, agreed, TODAY, methods)


@pytest.fixture(scope="session")
def take(shipped_database: str, partnership: Partnership) -> Iterator[Take]:
    """The subject of a view of the shipped data for an audience."""
    store = open_store(shipped_database)
    yield lambda audience="ledelse", **view: subject(store, partnership, audience, **view)
    store.engine.dispose()


@dataclass(frozen=True)
class World:
    """A store and the partnership it was published for."""

    store: Store
    partnership: Partnership

    def take(self, audience: str, **view: object) -> Subject:
        return subject(self.store, self.partnership, audience, **view)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory, partnership: Partnership) -> Iterator[World]:
    """The shipped data with other counts: huge ones, and a council that may see none below 300,000."""
    folder = tmp_path_factory.mktemp("world")
    strict = tuple(
        replace(each, threshold=300_000) if each.id == COUNCIL else each
        for each in partnership.audiences
        if each.id in ("ledelse", COUNCIL)
    )
    small = replace(partnership, audiences=strict)
    store = open_store(f"sqlite:///{folder / 'world.db'}")
    migrate(store)
    left_out = ("incidents_official.csv", "incidents_example.csv", "cells_example.csv", "hours_example.csv")
    files = [path for path in shipped_files() if path.name not in left_out]
    store.load(check_files([*files, _incidents(folder)], store, small), by="test")
    publish(store, small, by="test", meeting_date=dt.date(2026, 3, 4))
    yield World(store, small)
    store.engine.dispose()


def _incidents(folder: Path) -> Path:
    quarters = [f"{year}K{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4)]
    lines = ["period,area_id,category,count,provenance,source_id"]
    for place, period in enumerate(quarters):
        lines += [f"{period},{area},TOT,200000,example,eksempeldata" for area in ("gladsaxe", "herlev", "ballerup")]
        lines.append(f"{period},vaerebro-park,TOT,{HIDDEN_COUNTS[place]},example,eksempeldata")
        lines.append(f"{period},hoeje-gladsaxe,TOT,{HIDDEN_COUNTS[-1 - place] + 1000},example,eksempeldata")
    path = folder / "incidents.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def told() -> ProgressCallback:
    """Somebody who does not listen."""
    return lambda part, doing: None
