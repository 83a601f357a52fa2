"""Whatever kinds of tables a partnership has, and lacks, its figures are published and every page draws.

By default each kind is taken alone, and all together; EVERY_COMBINATION=1 takes every combination there is.
"""

import os
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from components.navigation import PAGES, is_for
from data.intake.examination import Delivered, examine
from data.partnership import Partnership, our_partnership, read_partnership
from data.publishing.publish import publish
from data.release.shelf import Shelf
from data.store import Store, open_store
from tests.copies import SQLITE, copied
from tests.journeys import fjordby
from tests.pages.conftest import DrawFrom, seen_by, words

PARTS = {
    "survey": ("survey",), "incidents": ("incidents",), "population": ("population",), "cells": ("cells",),
    "hours": ("hours",),
    "plans": ("initiatives", "activities", "criteria"), "outlines": ("outlines",), "meetings": ("meetings",),
}  # fmt: skip
EVERY = [subset for many in range(len(PARTS) + 1) for subset in combinations(PARTS, many)]
TAKEN = EVERY if os.environ.get("EVERY_COMBINATION") else [*[(each,) for each in PARTS], tuple(PARTS)]
WAYS: dict[str, dict[str, Any]] = {
    **{f"counted by {span}": {"span": span} for span in fjordby.SPANS if span != "quarter"},
    "a half-year that waits for the other": {"span": "half_year", "short": 1},
    **{f"asked by {wave}": {"wave": wave} for wave in fjordby.WAVES if wave != "year"},
    "one wave": {"waves": 1}, "one area": {"districts": 1}, "no area but the municipality": {"districts": 0},
    "an area that began and one that ended": {"lives": True},
}  # fmt: skip
"""Ways in which the kinds may come."""
CODE = re.compile(r".{30}\b20\d\d(?:[HKTM]\d|-\d\d-\d\d).{20}")
"""A period as it is stored, which nobody is to read."""


@pytest.fixture
def fjordby_partnership(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Partnership]:
    file = tmp_path / "partnership.toml"
    file.write_text(fjordby.SETTINGS, encoding="utf-8")
    monkeypatch.setenv("TRYGHED_PARTNERSHIP", str(file))
    our_partnership.cache_clear()
    yield read_partnership(file)
    our_partnership.cache_clear()


@pytest.fixture
def url(migrated_file: Path, tmp_path: Path) -> str:
    """The address of a database with empty tables."""
    return copied(f"{SQLITE}{migrated_file}", tmp_path / "store.db")


def published(url: str, partnership: Partnership, subset: tuple[str, ...], shelf: Shelf, **way: Any) -> Store:
    """A store at an address with what some kinds hold, published."""
    store = open_store(url)
    kinds = [kind for part in subset for kind in PARTS[part]]
    delivered = [Delivered(name, content) for name, content in fjordby.files(kinds, **way).items()]
    examined = examine(delivered, store, partnership)
    assert [problem.sentence for problem in examined.problems] == []
    store.load(list(examined.incoming), by="test")
    publish(store, partnership, by="test", shelf=shelf)
    return store


@pytest.mark.parametrize("subset", TAKEN, ids="+".join)
def test_any_subset_is_published_and_every_page_draws(
    subset: tuple[str, ...], fjordby_partnership: Partnership, url: str, draw_from: DrawFrom, shelf: Shelf
) -> None:
    store = published(url, fjordby_partnership, subset, shelf)
    draw_from(url)
    assert faults(fjordby_partnership) == {}
    store.engine.dispose()


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_every_page_draws_however_the_figures_come(
    way: dict[str, Any], fjordby_partnership: Partnership, url: str, draw_from: DrawFrom, shelf: Shelf
) -> None:
    parts = tuple(part for part in PARTS if part not in ("plans", "outlines") or way.get("districts", 1))
    store = published(url, fjordby_partnership, parts, shelf, **way)
    draw_from(url)
    assert faults(fjordby_partnership) == {}
    store.engine.dispose()


@pytest.mark.parametrize(
    ("span", "short", "said"),
    [
        ("half_year", 1, "Anmeldelser fra 1. halvår 2025 er modtaget for Fjordby, Havnen, Midtbyen og Skovparken, men "
         "vises først, når 2. halvår 2025 også er modtaget. Det, der er opgjort pr. halvår, vises kun som hele år."),
        ("month", 1, "Anmeldelser fra oktober 2025 og november 2025 er modtaget for Fjordby, Havnen, Midtbyen og "
         "Skovparken, men vises først, når december 2025 også er modtaget. Det, der er opgjort pr. måned, vises "
         "kun som hele kvartaler."),
    ],
)  # fmt: skip
def test_pages_say_which_figures_wait_for_the_rest_of_their_year(
    span: str, short: int, said: str, fjordby_partnership: Partnership, url: str, draw_from: DrawFrom, shelf: Shelf
) -> None:
    store = published(url, fjordby_partnership, ("survey", "incidents", "population"), shelf, span=span, short=short)
    draw_from(url)
    entries = {entry.title: entry for entry in PAGES}
    for audience in fjordby_partnership.audiences:
        assert said in words(seen_by(audience.id, entries["Overblik"]))
    every = "Fjordby, Havnen, Midtbyen og Skovparken"
    for title, shown in (("Udvikling", "Fjordby og Havnen"), ("Område", "Havnen")):
        assert said.replace(every, shown) in words(seen_by("sekretariat", entries[title], omraade="havnen"))
    store.engine.dispose()


def faults(partnership: Partnership) -> dict[tuple[str, str], list[str]]:
    """What went wrong on each page, by audience and page."""
    failed: dict[tuple[str, str], list[str]] = {}
    for audience in partnership.audiences:
        for entry in PAGES:
            if is_for(entry, audience):
                app = seen_by(audience.id, entry)
                said = [f"{error.message} {error.stack_trace}" for error in app.exception]
                if said or app.error:
                    failed[audience.id, entry.title] = said or [error.value for error in app.error]
                if "nan" in words(app).lower().split():
                    failed[audience.id, entry.title] = ["nan stands on the page"]
                if raw := CODE.findall(words(app)):
                    failed[audience.id, entry.title] = raw
    return failed
