"""What is done in places: before and after in the next release, for those alone who may see its cells."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
import shapely

from data import entries
from data.calendar import Period
from data.contracts.validation import CONTRACTS, ContractError, check
from data.partnership import OF_PLACES, Partnership
from data.publishing.publish import publish
from data.release import Release
from data.release.hotspot_places import Whereabouts
from data.release.place_actions import EFFECT_COLUMNS, action_tables
from data.release.tables import PLACE_EFFECTS
from data.rights import ELSEWHERE, READERS, refusal
from data.store import Store
from geo.grid import cell_of

SIDE, WEST, SOUTH = 12, 716_000, 6_180_000
TOWN = Whereabouts({"byen": "Byen"}, {"byen": shapely.box(WEST, SOUTH, WEST + 250 * SIDE, SOUTH + 250 * SIDE)}, {})
LAST = Period.parse("2025U52")
BEGUN = dt.date(2025, 9, 1)  # the Monday of week 36


def cell(column: int, row: int) -> str:
    return str(cell_of(WEST + 250 * column + 125, SOUTH + 250 * row + 125, 250))


def weeks(after_a_week: int, before_a_week: int = 2) -> pd.DataFrame:
    """Two years of ten incidents a week that fall by chance, and in the cell (7, 7) some before and after `BEGUN`."""
    rng, rows = np.random.default_rng(1), []
    for back in range(103, -1, -1):
        week = LAST.moved(-back)
        rows += [(week.code, cell(*rng.integers(0, SIDE, 2)), 1) for _ in range(10)]
        rows.append((week.code, cell(7, 7), after_a_week if week.first >= BEGUN else before_a_week))
    told = pd.DataFrame(rows, columns=["year", "cell_id", "count"]).groupby(["year", "cell_id"], as_index=False).sum()
    return told.assign(area_id="byen", category="1320", provenance="example", source_id="eksempeldata")


def action(**changed: object) -> pd.DataFrame:
    row = {
        "action_id": "patrulje-1", "initiative_id": "hotspotpatrulje", "area_id": "byen", "category": "1320",
        "cells": cell(7, 7), "start": BEGUN, "end": None, "text": "Patrulje fredag aften", "provenance": "example",
        "source_id": "eksempeldata",
    }  # fmt: skip
    return pd.DataFrame([row | changed])


def told(rows: pd.DataFrame, **changed: object) -> pd.Series:
    made = action_tables({"cells": rows, OF_PLACES: action(**changed)}, TOWN)[PLACE_EFFECTS]
    return made.iloc[0]


def words_of(frame: pd.DataFrame) -> list[str]:
    """Every text that stands in a table, once a column."""
    return [str(word) for column in frame.select_dtypes(["object", "string"]) for word in frame[column].unique()]


def test_fewer_than_the_rest_of_the_town_leads_one_to_expect_is_told_with_its_share_of_false_alarms() -> None:
    row = told(weeks(after_a_week=0))
    assert (row["verdict"], row["span"], bool(row["evidence"])) == ("fewer", "week", True)
    assert (row["before_from"], row["before_to"]) == ("2024-09-02", "2025-08-31")
    assert (row["after_from"], row["after_to"]) == ("2025-09-01", "2025-12-28")
    assert row["after"] < 3 < row["expected"]
    assert row["sham_windows"] >= 40
    assert "Samme opgørelse slår fejlagtigt ud på" in row["sentence"]
    assert "Det er klart færre end ventet." in row["sentence"]
    assert row["where"] == "Byen: midten"


def test_the_week_in_which_it_began_is_neither_before_nor_after() -> None:
    row = told(weeks(after_a_week=0), start=BEGUN + dt.timedelta(days=2))
    assert (row["before_to"], row["after_from"]) == ("2025-08-31", "2025-09-08")


def test_as_many_as_before_is_undecided() -> None:
    row = told(weeks(after_a_week=2))
    assert row["verdict"] == "undecided"
    assert "Forskellen kan være tilfældig." in row["sentence"]


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"start": dt.date(2025, 12, 8)}, "too_early"),
        ({"start": dt.date(2026, 3, 2)}, "too_early"),
        ({"start": dt.date(2020, 1, 6)}, "missing"),
        ({"start": dt.date(2024, 1, 29)}, "missing"),
        ({"category": "3210"}, "missing"),
        ({"cells": cell(40, 40)}, "missing"),
    ],
)
def test_what_cannot_be_told_yet_or_at_all_is_said_without_a_figure(changed: dict[str, object], verdict: str) -> None:
    row = told(weeks(after_a_week=0), **changed)
    assert row["verdict"] == verdict
    assert pd.isna(row["before"])
    assert row["sentence"].startswith("Før og efter k")


def test_a_place_told_by_a_kilometre_holds_the_finer_cells_within_it() -> None:
    row = told(weeks(after_a_week=0), cells=str(cell_of(WEST + 250 * 7 + 125, SOUTH + 250 * 7 + 125, 1000)))
    assert row["verdict"] == "fewer"


def test_without_actions_there_is_an_empty_table() -> None:
    assert list(action_tables({"cells": weeks(2)}, TOWN)[PLACE_EFFECTS].columns) == EFFECT_COLUMNS


def test_a_cell_that_does_not_exist_is_refused() -> None:
    typed = {column.heading: [column.example] for column in CONTRACTS[OF_PLACES].columns}
    typed["Stedets felter"] = ["250m_618125_71925;250m_618126_71925"]
    with pytest.raises(ContractError, match="feltet findes ikke"):
        check(pd.DataFrame(typed, dtype="str"), OF_PLACES)


@pytest.mark.parametrize(
    ("audience", "area", "said"),
    [
        ("politi", "ballerup", ""),
        ("politi", "andetsteds", ELSEWHERE),
        ("ledelse", "ballerup", READERS),
        ("sekretariat", "ballerup", READERS),
        ("lokalraad-ballerup", "ballerup", READERS),
        ("offentlig", "ballerup", READERS),
    ],
)
def test_only_who_sees_cells_writes_of_places(partnership: Partnership, audience: str, area: str, said: str) -> None:
    assert refusal(partnership.audience(audience), OF_PLACES, {"area_id": area}, account="betjent") == said


def test_what_is_noted_on_a_place_is_in_the_next_release_of_the_police_alone(
    own_store: Store, partnership: Partnership
) -> None:
    hot = own_store.release(audience="politi").tables["hotspots"]
    place = hot[(hot["size"] == 250) & (hot["year"] == "2025") & (hot["category"] == "12")].sort_values("rank").iloc[0]
    row = {
        "action_id": "patrulje-1", "initiative_id": "hotspotpatrulje", "area_id": place["area_id"], "category": "12",
        "cells": place["cells"], "start": "2025-06-02", "text": "Patrulje fredag aften ved noget hemmeligt",
    }  # fmt: skip
    entries.save(own_store, partnership, OF_PLACES, row, by="politi", based_on=None)
    publish(own_store, partnership, by="test")
    made = own_store.release(audience="politi").tables[PLACE_EFFECTS].set_index("action_id").loc["patrulje-1"]
    assert (made["where"], made["provenance"]) == (place["where"], "example")
    assert made["verdict"] in ("fewer", "more", "undecided")
    for audience in partnership.audiences:
        if audience.sees_cells:
            continue
        tables = own_store.release(audience=audience.id).tables
        assert PLACE_EFFECTS not in tables
        assert not any("hemmeligt" in word for frame in tables.values() for word in words_of(frame))


def test_the_shipped_release_tells_of_a_place_by_chance_fewer_and_too_early(police: Release) -> None:
    rows = police.tables[PLACE_EFFECTS].set_index("action_id")
    assert set(rows["verdict"]) == {"undecided", "fewer", "too_early"}
    assert set(rows["provenance"]) == {"example"}
    assert rows.loc["hotspotpatrulje-skovlunde-2025", "evidence"]
    assert rows["where"].str.startswith(("Gladsaxe: ", "Ballerup: ", "Herlev: ")).all()
