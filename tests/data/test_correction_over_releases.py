"""A correction in shipped data: what each audience is shown afterwards, and what the secretariat is told before."""

from dataclasses import replace

import pandas as pd
import pytest

from data.partnership import Partnership
from data.publishing.preview import WAITS, preview
from data.publishing.preview_rows import sections
from data.publishing.publish import protections, publish
from data.release.earlier import CELL
from data.release.shelf import Shelf
from data.sentences import incident_level
from data.store import Incoming, Store
from data.store.schema import source_tables

AREA, CATEGORY, QUARTER, BY = "moerkhoej-pileparken", "12", "2025K1", 2
RAISED = [(AREA, CATEGORY), (AREA, "TOT"), ("gladsaxe", CATEGORY), ("gladsaxe", "TOT")]
COUNCIL = "lokalraad-gladsaxe"


@pytest.fixture
def correction(small_store: Store) -> Incoming:
    """Mørkhøj/Pileparken's violence of a quarter was 0 and is 2; the totals follow."""
    rows = small_store.loaded("incidents").drop(columns="load_id")
    cells = pd.MultiIndex.from_frame(rows[["area_id", "category"]])
    frame = rows[cells.isin(RAISED) & (rows["period"] == QUARTER)].reset_index(drop=True)
    assert len(frame) == len(RAISED)
    assert frame.loc[(frame["area_id"] == AREA) & (frame["category"] == CATEGORY), "count"].item() == 0
    return Incoming("incidents", frame.assign(count=frame["count"] + BY), "rettelse.csv", "0" * 64)


def figure(store: Store, audience: str, area: str, period: str, category: str = CATEGORY) -> "pd.Series[object]":
    rows = store.release(audience=audience).incidents.set_index(CELL)
    return rows.loc[(area, period, category)]


def test_a_correction_from_nought_to_two_gives_nothing_away_and_says_so(
    small_store: Store, partnership: Partnership, correction: Incoming, shelf: Shelf
) -> None:
    told = preview(small_store, partnership, [correction], shelf=shelf)
    waiting = told.hidden[told.hidden["after"] == WAITS]
    assert {(AREA, "2025"), ("gladsaxe", QUARTER)} <= set(zip(waiting["area_id"], waiting["period"], strict=True))
    assert "Rettelser, der venter" in {section.title for section in sections(told)}

    publish(small_store, partnership, by="sekretariat", incoming=[correction], shelf=shelf)
    for area, period, category in [(AREA, QUARTER, CATEGORY), (AREA, "2025", CATEGORY), (AREA, QUARTER, "TOT"),
                                   ("gladsaxe", QUARTER, CATEGORY), ("gladsaxe", "2025", CATEGORY)]:  # fmt: skip
        row = figure(small_store, COUNCIL, area, period, category)
        assert (row["state"], bool(row["waits"])) == ("hidden", True), (area, period, category)
        assert pd.isna(row[["count", "rate", "low", "high"]].astype(float)).all()
    assert figure(small_store, "offentlig", "gladsaxe", QUARTER)["state"] == "hidden"
    assert figure(small_store, COUNCIL, "gladsaxe", "2025K2")["state"] == "published"
    assert figure(small_store, "ledelse", AREA, QUARTER)["count"] == BY

    loaded = {kind: small_store.loaded(kind) for kind in source_tables}
    for protected in protections(small_store, partnership, loaded).values():
        audit = protected.audit()
        cell = audit[(audit["area_id"] == AREA) & (audit["period"] == QUARTER) & (audit["category"] == CATEGORY)]
        assert ((cell["high"] - cell["low"]) >= protected.threshold - 1).all()
        assert audit["safe"].all()


def test_a_figure_whose_correction_waits_says_so_in_plain_words(partnership: Partnership) -> None:
    category = next(each for each in partnership.categories if each.id == CATEGORY)
    row = {"name": "Gladsaxe", "level": "municipality", "period": QUARTER, "state": "hidden", "waits": True}
    assert incident_level(row, category).endswith(
        "i Gladsaxe i 1. kvartal 2025 rettes, når rettelsen ikke kan røbe et lille antal."
    )
    assert incident_level(row | {"waits": False}, category).endswith("skjules (få hændelser).")


def test_an_audience_that_small_counts_are_hidden_from_has_no_grid_cells(
    small_store: Store, partnership: Partnership
) -> None:
    from data.release.audiences import for_audience

    loaded = {kind: small_store.loaded(kind) for kind in source_tables}
    protected = protections(small_store, partnership, loaded)
    council = replace(partnership.audience(COUNCIL), sees_cells=True)
    seen = for_audience(loaded, council, partnership, protected[council.threshold])
    assert (len(seen["cells"]), len(seen["hours"])) == (0, 0)
