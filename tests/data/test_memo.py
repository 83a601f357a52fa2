"""What follows from a release is worked out once, and what is read from the loads is read again only after a load."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from data.lru_cache import MOST_ENTRIES
from data.partnership import Partnership
from data.records import records
from data.release import Release, ReleaseHead, rows_of
from data.store import ANSWERS_FROM_LOADS, Incoming, Store
from data.views.memo import memoized_by_view
from data.views.view import View

HEAD = ReleaseHead(1, dt.datetime(2026, 3, 4, tzinfo=dt.UTC), "sekretariat", "", None, None, 1)


@dataclass(frozen=True)
class Look:
    view: View
    release: Release
    partnership: Partnership


@pytest.fixture
def release() -> Release:
    areas = pd.DataFrame({"area_id": ["herlev", "ballerup"], "name": ["Herlev", "Ballerup"], "level": ["a", "b"]})
    return Release(HEAD, "ledelse", {"areas": areas})


def test_an_answer_is_made_once(release: Release) -> None:
    made = []
    for _ in range(3):
        assert release.get_or_make("svar", lambda: made.append(1) or len(made)) == 1
    assert len(made) == 1


def test_the_oldest_answer_gives_way(release: Release) -> None:
    for number in range(MOST_ENTRIES + 1):
        release.get_or_make(number, lambda: "første")
    assert release.get_or_make(0, lambda: "igen") == "igen"
    assert release.get_or_make(MOST_ENTRIES, lambda: "igen") == "første"


def test_a_kept_function_is_asked_anew_only_for_another_view_or_argument(
    release: Release, partnership: Partnership
) -> None:
    asked = []

    @memoized_by_view("indicator")
    def rows(context: Look, level: str) -> str:
        asked.append((context.view.indicator, level))
        return f"{context.view.indicator} {level}"

    tryg, tillid = (View(indicator=each) for each in ("tryg_i_nabolag", "tillid_til_politiet"))
    for view, level in (
        (tryg, "a"),
        (tryg, "a"),
        (tillid, "a"),
        (tryg, "b"),
        (View(indicator=tryg.indicator, category="12"), "a"),
    ):
        assert rows(Look(view, release, partnership), level) == f"{view.indicator} {level}"
    assert asked == [(tryg.indicator, "a"), (tillid.indicator, "a"), (tryg.indicator, "b")]


def test_rows_of_a_value_are_those_of_the_table_in_its_order(release: Release) -> None:
    assert rows_of(release, "areas", "area_id", "ballerup")["name"].tolist() == ["Ballerup"]
    assert rows_of(release, "areas", "area_id", "ukendt").empty


def test_records_are_what_pandas_gives() -> None:
    table = pd.DataFrame(
        {
            "text": ["a", None],
            "number": [1, 2],
            "share": [0.5, np.nan],
            "day": pd.to_datetime(["2026-01-01", None]),
            "thing": pd.Series([np.int64(3), dt.date(2026, 1, 1)], dtype=object),
            "true": [True, False],
        }
    )
    expected = table.to_dict("records")
    for mine, theirs in zip(records(table), expected, strict=True):
        assert [type(value) for value in mine.values()] == [type(value) for value in theirs.values()]
        assert repr(mine) == repr(theirs)
    assert records(table.iloc[:0]) == []


def test_what_stands_is_read_again_after_a_load_and_only_then(store: Store) -> None:
    def rows(residents: int) -> Incoming:
        frame = pd.DataFrame({"period": ["2025K1"], "area_id": ["herlev"], "residents": [residents]})
        return Incoming("population", frame, "folketal.csv", "0" * 64)

    def newest() -> int:
        return int(store.once_loaded("folketal", lambda: store.loaded("population"))["residents"].iloc[-1])

    store.load([rows(28_000)], by="sekretariat")
    assert newest() == 28_000
    assert store.once_loaded("folketal", pd.DataFrame) is store.once_loaded("folketal", pd.DataFrame)
    store.load([rows(28_100)], by="sekretariat")
    assert newest() == 28_100


def test_answers_from_the_loads_are_no_more_than_there_is_room_for(store: Store) -> None:
    asked: list[int] = []
    for number in (*range(ANSWERS_FROM_LOADS + 1), ANSWERS_FROM_LOADS, 0):
        store.once_loaded(number, lambda number=number: asked.append(number))  # type: ignore[misc]
    assert asked == [*range(ANSWERS_FROM_LOADS + 1), 0]
