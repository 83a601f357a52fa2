import pandas as pd
import pytest

from data.partnership import Partnership
from data.progress import silently
from data.publishing.prepared import prepare
from data.publishing.preview import GONE, NEW, REVISED, Preview, compare, preview
from data.publishing.publish import publish
from data.release import Release
from data.store import Incoming, Store, open_store

SURVEY = pd.DataFrame(
    {
        "area_id": ["grantoften"], "indicator": ["tryg_i_nabolag"], "wave": ["2025"], "series": ["jm"],
        "share": [0.80], "changed": ["unclear"], "state": ["published"],
    }
)  # fmt: skip
INCIDENTS = pd.DataFrame(
    {
        "area_id": ["herlev", "herlev"], "category": ["12", "12"], "period": ["2025K3", "2025K4"],
        "count": [40.0, 7.0], "changed": ["", ""], "state": ["published", "provisional"],
    }
)  # fmt: skip
CRITERIA = pd.DataFrame(
    {"criterion_id": ["grantoften-tryg"], "area_ids": ["grantoften"], "status": ["behind"], "value_period": ["2025"]}
)
BEFORE = {"survey": SURVEY, "incidents": INCIDENTS, "criteria": CRITERIA}


def said(table: pd.DataFrame) -> list[tuple[object, ...]]:
    return [tuple(row) for row in table.drop(columns="table").itertuples(index=False)]


def with_incidents(**columns: object) -> dict[str, pd.DataFrame]:
    return BEFORE | {"incidents": INCIDENTS.assign(**columns)}


def test_the_same_tables_change_nothing() -> None:
    assert compare(BEFORE, BEFORE).is_empty


def test_a_figure_that_was_not_there_is_new() -> None:
    changes = compare(BEFORE | {"incidents": INCIDENTS.iloc[:1]}, BEFORE)
    ((area, category, period, before, after, change),) = said(changes.figures)
    assert (area, category, period, pd.isna(before), after, change) == ("herlev", "12", "2025K4", True, 7, NEW)


def test_a_revised_figure_has_its_old_and_new_value() -> None:
    changes = compare(BEFORE, with_incidents(count=[40.0, 9.0]))
    assert said(changes.figures) == [("herlev", "12", "2025K4", 7, 9, REVISED)]


def test_a_figure_that_becomes_missing_is_revised() -> None:
    changes = compare(BEFORE, with_incidents(count=[40.0, None]))
    assert (changes.count(REVISED), changes.figures["before"].tolist()) == (1, [7])


def test_a_figure_that_is_no_longer_there_is_gone() -> None:
    changes = compare(BEFORE, BEFORE | {"survey": SURVEY.iloc[:0]})
    assert (changes.count(GONE), changes.figures["area_id"].tolist()) == (1, ["grantoften"])


def test_without_a_release_before_every_figure_is_new() -> None:
    changes = compare(None, BEFORE)
    assert (changes.count(NEW), changes.count(REVISED), changes.count(GONE)) == (3, 0, 0)


def test_a_verdict_that_changes_is_listed_even_where_the_figure_does_not() -> None:
    changes = compare(BEFORE, BEFORE | {"survey": SURVEY.assign(changed="worse")})
    assert changes.figures.empty
    assert said(changes.verdicts) == [("grantoften", "tryg_i_nabolag", "2025", "unclear", "worse")]


def test_a_count_that_becomes_hidden_is_listed() -> None:
    changes = compare(BEFORE, with_incidents(state=["published", "hidden"]))
    assert said(changes.hidden) == [("herlev", "12", "2025K4", "provisional", "hidden")]


def test_a_count_that_becomes_final_is_not_among_the_hidden() -> None:
    assert compare(BEFORE, with_incidents(state=["published", "published"])).hidden.empty


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (CRITERIA.assign(status="met"), ("behind", "met")),
        (CRITERIA.iloc[:0], ("behind", "")),
    ],
)
def test_a_criterion_whose_status_changes_is_listed(after: pd.DataFrame, expected: tuple[str, str]) -> None:
    changes = compare(BEFORE, BEFORE | {"criteria": after})
    assert said(changes.criteria) == [("grantoften", "grantoften-tryg", "2025", *expected)]


# On the shipped data cut down ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def preview_of_one_more_quarter(small_database: str, partnership: Partnership) -> tuple[Preview, int]:
    """What a revised figure and a new quarter of one area would change for the first audience; loads kept."""
    store = open_store(small_database)
    before = store.release(audience=partnership.audiences[0].id)
    incoming = _incoming(before)
    found = preview(store, partnership, incoming)
    loads = [load.file_name for load in store.loads()].count("ny.csv")
    store.engine.dispose()
    return found, loads


def _incoming(release: Release) -> list[Incoming]:
    newest = release.incidents[release.incidents["period"] == "2025K4"]
    row = newest[(newest["area_id"] == "herlev") & (newest["category"] == "TOT")].iloc[0]
    frame = pd.DataFrame(
        {
            "period": ["2025K4", "2026K1"], "area_id": "herlev", "category": "TOT",
            "count": [int(row["count"]) + 5, 512], "provenance": "official", "source_id": "dst-straf11",
        }
    )  # fmt: skip
    return [Incoming("incidents", frame, "ny.csv", "0" * 64)]


def test_a_new_quarter_is_previewed_with_what_it_revises(preview_of_one_more_quarter: tuple[Preview, int]) -> None:
    figures = preview_of_one_more_quarter[0].figures
    total = figures[(figures["area_id"] == "herlev") & (figures["subject"] == "TOT")].set_index("period")
    assert total.loc["2026K1", ["change", "after"]].tolist() == [NEW, 512]
    assert total.loc["2025K4", "change"] == REVISED
    assert total.loc["2025K4", "after"] - total.loc["2025K4", "before"] == 5


def test_a_preview_keeps_nothing(preview_of_one_more_quarter: tuple[Preview, int]) -> None:
    assert preview_of_one_more_quarter[1] == 0


def test_a_trial_shows_what_would_stand_and_leaves_no_row(store: Store) -> None:
    frame = pd.DataFrame({"period": ["2025K1"], "area_id": ["herlev"], "residents": [28_000]})
    _, tried = store.trial([Incoming("population", frame, "folketal.csv", "0" * 64)])
    assert tried["population"]["residents"].tolist() == [28_000]
    assert (store.loads(), len(store.loaded("population"))) == ([], 0)


def test_a_publication_after_its_preview_is_the_same_as_one_without(
    small_store: Store, partnership: Partnership
) -> None:
    ready = prepare(small_store, partnership, (), silently)
    assert prepare(small_store, partnership, (), silently, ready) is ready
    published = publish(small_store, partnership, by="a", prepared=ready)
    for audience in ("ledelse", "lokalraad-herlev"):
        without, with_it = (small_store.release(number, audience=audience) for number in (2, published.id))
        pd.testing.assert_frame_equal(without.incidents, with_it.incidents)
    assert not ready.holds(small_store, ())  # what has been published since must be reckoned with
