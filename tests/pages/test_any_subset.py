"""Whatever kinds of tables a partnership has, and lacks, its figures are published and every page draws.

By default each kind is taken alone, and all together; EVERY_COMBINATION=1 takes every combination there is.
"""

import os
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from components.navigation import PAGES, is_for
from data.intake.examination import Delivered, examine
from data.partnership import Partnership, our_partnership, read_partnership
from data.publishing.publish import publish
from data.store import Store, migrate, open_store
from tests.journeys import fjordby
from tests.pages.conftest import DrawFrom, seen_by, words

PARTS = {
    "survey": ("survey",), "incidents": ("incidents",), "population": ("population",), "cells": ("cells",),
    "plans": ("initiatives", "activities", "criteria"), "outlines": ("outlines",), "meetings": ("meetings",),
}  # fmt: skip
EVERY = [subset for many in range(len(PARTS) + 1) for subset in combinations(PARTS, many)]
TAKEN = EVERY if os.environ.get("EVERY_COMBINATION") else [*[(each,) for each in PARTS], tuple(PARTS)]


@pytest.fixture
def fjordby_partnership(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Partnership]:
    file = tmp_path / "partnership.toml"
    file.write_text(fjordby.SETTINGS, encoding="utf-8")
    monkeypatch.setenv("TRYGHED_PARTNERSHIP", str(file))
    our_partnership.cache_clear()
    yield read_partnership(file)
    our_partnership.cache_clear()


def published(url: str, partnership: Partnership, subset: tuple[str, ...]) -> Store:
    """A store at an address with what some kinds hold, published."""
    store = open_store(url)
    migrate(store)
    kinds = [kind for part in subset for kind in PARTS[part]]
    delivered = [Delivered(name, content) for name, content in fjordby.files(kinds).items()]
    examined = examine(delivered, store, partnership)
    assert [problem.sentence for problem in examined.problems] == []
    store.load(list(examined.incoming), by="test")
    publish(store, partnership, by="test")
    return store


@pytest.mark.parametrize("subset", TAKEN, ids="+".join)
def test_any_subset_is_published_and_every_page_draws(
    subset: tuple[str, ...], fjordby_partnership: Partnership, tmp_path: Path, draw_from: DrawFrom
) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = published(url, fjordby_partnership, subset)
    draw_from(url)
    failed = {}
    for audience in fjordby_partnership.audiences:
        for entry in PAGES:
            if is_for(entry, audience):
                app = seen_by(audience.id, entry)
                said = [f"{error.message} {error.stack_trace}" for error in app.exception]
                if said or app.error:
                    failed[audience.id, entry.title] = said or [error.value for error in app.error]
                assert "nan" not in words(app).lower().split(), (audience.id, entry.title)
    store.engine.dispose()
    assert failed == {}
