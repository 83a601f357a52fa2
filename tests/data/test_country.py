"""Publishing many partnerships in pieces: the same figures as in one go, on any worker, and only what changed anew."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.country_counts import INVENTED, Size, country, quarters
from benchmarks.country_data import members
from data.intake.examination import check_files
from data.partnership import Partnership
from data.publishing.bootstrap import shipped_files
from data.publishing.country.pieces import PROTECT, Piece, build, packed
from data.publishing.country.publish import Member, Shelf, build_country, on_all_cores, one_by_one, publish_country
from data.publishing.publish import publish
from data.release import table_from_parquet
from data.release.earlier import CELL, with_release
from data.release.protect import protect_incidents
from data.store import Store, StoreError, migrate, open_store
from data.streets import street_map
from tests.copies import SQLITE, copied
from tests.shipped import cut

SMALL = Size(municipalities=14, housing_areas=40, cells=300, cell_years=2, waves=3)
NEWEST_YEARS = "2024K1"


def lately(member: Member) -> Member:
    """The same partnership with the counts of the last years alone: small enough for a test."""
    incidents = member.loaded["incidents"]
    rows = incidents[incidents["period"] >= NEWEST_YEARS].reset_index(drop=True)
    return replace(member, loaded={**member.loaded, "incidents": rows})


@pytest.fixture(scope="module")
def shipped_store(shipped_database: str) -> Iterator[Store]:
    opened = open_store(shipped_database)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'country.db'}")
    migrate(opened)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="module")
def two(shipped_store: Store, partnership: Partnership) -> list[Member]:
    """Two partnerships: our own municipalities, and three others."""
    return [lately(each) for each in members(shipped_store, partnership, SMALL)[:2]]


def without_newest_quarter(member: Member) -> Member:
    incidents = member.loaded["incidents"]
    rows = incidents[incidents["period"] < quarters()[-1]].reset_index(drop=True)
    return replace(member, loaded={**member.loaded, "incidents": rows})


# The data set ------------------------------------------------------------------------------------------------------


def test_the_country_keeps_the_counts_that_are_known(shipped_store: Store) -> None:
    whole = country(shipped_store, SMALL)
    official = shipped_store.loaded("incidents")
    official = official[official["area_id"] == "hele-landet"].set_index(["period", "category"])["count"]
    sums = pd.DataFrame(whole.counts.sum(axis=2), index=whole.quarters, columns=whole.categories)
    for (period, category), count in official.items():
        assert sums.at[period, category] == count
    gladsaxe = whole.counts[whole.quarters.index("2025K4"), 0, whole.municipalities.index("gladsaxe")]
    published = shipped_store.loaded("incidents").set_index(["period", "area_id", "category"])["count"]
    assert gladsaxe == published["2025K4", "gladsaxe", "TOT"]


def test_nothing_invented_is_called_official(two: Sequence[Member]) -> None:
    rows = pd.concat([member.loaded["incidents"] for member in two])
    real = rows[rows["provenance"] == "official"]
    assert not real["area_id"].str.contains("bolig|eksempel").any()
    assert not real["category"].isin(INVENTED).any()
    assert set(rows.loc[rows["area_id"].str.contains("bolig"), "provenance"]) == {"example"}


# The pieces --------------------------------------------------------------------------------------------------------


def test_a_year_protected_on_its_own_is_the_year_protected_with_all_others(two: Sequence[Member]) -> None:
    loaded = two[0].loaded
    whole = protect_incidents(loaded["incidents"], loaded["areas"], 5).cells
    of_year = loaded["incidents"][loaded["incidents"]["period"].str[:4] == "2024"]
    inputs = {"incidents": of_year[[*CELL, "count"]], "areas": loaded["areas"][["area_id", "level", "parent_id"]]}
    earlier = with_release([])
    piece = Piece(PROTECT, "p00/2024", packed(inputs | {"earlier": earlier}), two[0].partnership, 5)
    alone = table_from_parquet(build(piece)["protected"])
    together = whole[whole["period"].str[:4] == "2024"].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, together, check_dtype=False)


def test_two_workers_give_the_very_bytes_that_one_process_gives(
    two: Sequence[Member], store: Store, tmp_path: Path
) -> None:
    alone = build_country(store, two[:1], Shelf(tmp_path / "alone"), one_by_one)
    with on_all_cores(2) as over:
        assert build_country(store, two[:1], Shelf(tmp_path / "workers"), over) == alone


def test_two_workers_of_dask_give_them_too(two: Sequence[Member], store: Store, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="Dask stands in requirements-bench.txt")
    from benchmarks.country import on_dask

    alone = build_country(store, two[:1], Shelf(tmp_path / "alone"), one_by_one)
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        assert build_country(store, two[:1], Shelf(tmp_path / "dask"), on_dask(client)) == alone


def test_the_next_quarter_builds_only_what_it_touches(two: Sequence[Member], store: Store, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    publish_country(store, [without_newest_quarter(two[0]), two[1]], shelf, one_by_one, by="sekretariat")
    first = shelf.done.built
    publish_country(store, two, shelf, one_by_one, by="sekretariat")
    anew = shelf.done.built - first
    kinds = len({(frozenset(each.sees), each.threshold) for each in two[0].partnership.audiences})
    # The newest year of the partnership that has a new quarter, what its readers see, and its cells of that year.
    assert anew == 1 + kinds + 1


def test_a_member_is_given_the_very_tables_that_it_publishes_by_itself(
    store: Store, migrated_file: Path, partnership: Partnership, tmp_path: Path
) -> None:
    store.load([cut(table) for table in check_files(shipped_files(), store, partnership)], by="sekretariat")
    loaded = dict(store.trial([])[1])
    publish(store, partnership, by="sekretariat")
    streets = street_map(store, loaded["boundaries"], partnership.members).tables
    elsewhere = open_store(copied(f"{SQLITE}{migrated_file}", tmp_path / "elsewhere.db"))
    member = Member("p00", partnership, loaded | dict(streets))
    publish_country(elsewhere, [member], Shelf(tmp_path / "shelf"), one_by_one, by="sekretariat")
    for audience in partnership.audiences:
        own, given = (opened.release(audience=reader).tables for opened, reader in
                      ((store, audience.id), (elsewhere, f"p00:{audience.id}")))  # fmt: skip
        assert set(own) == set(given), audience.id
        for name in own:
            mine, theirs = (each[name].drop(columns="published", errors="ignore") for each in (own, given))
            pd.testing.assert_frame_equal(mine, theirs, check_dtype=False, obj=f"{audience.id}: {name}")
    elsewhere.engine.dispose()


def test_readers_get_what_their_audience_may_see_and_no_more(
    two: Sequence[Member], store: Store, tmp_path: Path
) -> None:
    publish_country(store, two[:1], Shelf(tmp_path / "shelf"), one_by_one, by="sekretariat")
    police, public = (store.release(audience=f"p00:{each}") for each in ("politi", "offentlig"))
    assert len(police.tables["cells"])
    assert "cells" not in public.tables
    # Places are named by the streets that the member has loaded, which are no table of any reader's.
    assert police.tables["cell_names"]["where"].str.contains(r": ved .* (?:vej|gade) \d").mean() > 0.5
    assert {"roads", "landmarks"}.isdisjoint({*police.tables, *public.tables})
    assert (police.areas["level"] == "housing_area").any()
    assert not (public.areas["level"] == "housing_area").any()


def test_one_unsafe_partnership_stops_the_publication_of_all(
    two: Sequence[Member], store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_protected: object) -> None:
        raise StoreError("Tallene kan ikke udgives")

    monkeypatch.setattr("data.publishing.country.pieces.refuse_unsafe", refuse)
    with pytest.raises(StoreError):
        publish_country(store, two, Shelf(tmp_path / "shelf"), one_by_one, by="sekretariat")
    assert store.newest() is None
