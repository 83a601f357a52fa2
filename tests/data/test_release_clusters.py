"""What the release says of clusters that grow now: the alarm, where it is, and the log of what came of it."""

import numpy as np
import pandas as pd
import pytest
import shapely

from data.calendar import Period
from data.release.clusters import ALARM_DAYS, cluster_tables, recent_cells
from data.release.hotspot_places import Whereabouts
from geo.grid import cell_of

SIDE = 12
WEST, SOUTH = 716_000, 6_180_000
TOWN = Whereabouts({"byen": "Byen"}, {"byen": shapely.box(WEST, SOUTH, WEST + 250 * SIDE, SOUTH + 250 * SIDE)}, {})
LAST = Period.parse("2025U52")


def cell(column: int, row: int) -> str:
    return str(cell_of(WEST + 250 * column + 125, SOUTH + 250 * row + 125, 250))


def weeks(planted: dict[str, int], last: Period = LAST, seed: int = 1) -> pd.DataFrame:
    """Two years of 500 incidents a year that fall by chance; the cell (7, 7) gets more in the weeks named."""
    rng = np.random.default_rng(seed)
    codes = [last.moved(-back).code for back in range(103, -1, -1)]
    fallen = pd.DataFrame(
        {
            "year": rng.choice([LAST.moved(-back).code for back in range(-8, 104)], 1080),
            "cell_id": [cell(*rng.integers(0, SIDE, 2)) for _ in range(1080)],
            "count": 1,
        }
    )
    more = pd.DataFrame({"year": list(planted), "cell_id": cell(7, 7), "count": list(planted.values())})
    rows = pd.concat([fallen, more]).groupby(["year", "cell_id"], as_index=False)["count"].sum()
    return rows[rows["year"].isin(codes)].assign(
        area_id="byen", category="1320", provenance="example", source_id="eksempeldata"
    )


GROWS = {"2025U51": 4, "2025U52": 5}


def test_a_cell_that_fills_up_in_the_last_two_weeks_is_an_alarm_with_its_place_and_its_rarity() -> None:
    found = cluster_tables(weeks(GROWS), TOWN, {})
    alarm = found["clusters"].iloc[0]
    assert cell(7, 7) in alarm["cells"]
    assert alarm["cell_id"] == cell(7, 7)
    assert (alarm["days"], alarm["look"]) == (14, "2025U52")
    assert alarm["observed"] >= 9 > alarm["expected"]
    assert alarm["recurrence_days"] >= ALARM_DAYS
    assert alarm["where"] == "Byen: midten"


def test_an_even_town_gives_no_alarm_and_the_look_is_told_all_the_same() -> None:
    found = cluster_tables(weeks({}), TOWN, {})
    assert found["clusters"].empty
    look = found["cluster_looks"].iloc[0]
    assert (look["look"], look["alarms"], look["analyses"]) == ("2025U52", 0, 1)


def test_looking_twice_at_the_same_weeks_is_one_look() -> None:
    first = cluster_tables(weeks(GROWS), TOWN, {})
    again = cluster_tables(weeks(GROWS), TOWN, first)
    assert len(again["cluster_looks"]) == 1
    assert len(again["cluster_log"]) == len(first["cluster_log"])


def test_the_days_between_looks_are_those_since_the_last_one() -> None:
    first = cluster_tables(weeks({}), TOWN, {})
    later = cluster_tables(weeks({}, LAST.moved(2)), TOWN, first)
    assert list(later["cluster_looks"]["days_between"]) == [7, 14]


@pytest.mark.parametrize(
    ("after", "outcome"),
    [({}, "ended"), ({"2026U01": 3, "2026U02": 3}, "lasted")],
)
def test_the_log_says_what_came_of_an_alarm(after: dict[str, int], outcome: str) -> None:
    first = cluster_tables(weeks(GROWS), TOWN, {})
    later = cluster_tables(weeks(GROWS | after, LAST.moved(2)), TOWN, first)
    followed = later["cluster_log"].iloc[0]
    assert (followed["look"], followed["outcome"]) == ("2025U52", outcome)


def test_what_has_seen_no_more_since_the_last_look_is_no_alarm_again() -> None:
    first = cluster_tables(weeks(GROWS), TOWN, {})
    quiet = weeks(GROWS, LAST.moved(1))
    quiet = quiet[~((quiet["cell_id"].isin(first["clusters"]["cells"].iloc[0].split(";"))) & (quiet["year"] > "2026"))]
    later = cluster_tables(quiet, TOWN, first)
    assert later["clusters"].empty
    assert later["cluster_log"]["outcome"].iloc[0] == "open"


def test_years_alone_make_no_look() -> None:
    assert cluster_tables(weeks(GROWS).assign(year="2025"), TOWN, {}) == {}


def test_a_week_of_which_a_municipality_told_nothing_is_not_a_week_without_incidents() -> None:
    silent = weeks(GROWS)
    found = recent_cells(silent[silent["year"] != "2025U30"])
    assert found is not None
    assert np.isnan(found.count[0, :, [period.code for period in found.periods].index("2025U30")]).all()


def test_a_cell_that_a_municipality_did_not_name_had_none_that_week() -> None:
    found = recent_cells(weeks(GROWS))
    assert found is not None
    assert (found.count == 0).any()
    assert len(found.periods) == 52
