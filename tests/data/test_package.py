import datetime as dt
import hashlib
import json
import math
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.publishing.package import DESCRIPTOR, KEY, export
from data.publishing.package_import import LARGEST, load_package
from data.release import arrow_to_parquet, table_to_parquet
from data.store import Store, StoreError, migrate, open_store
from data.tabular import csv_of, schema_of, table_of

SIGNED_WITH = "a-key-for-tests-that-is-long-enough-000"


@pytest.fixture(scope="module")
def shipped_store(small_database: str) -> Iterator[Store]:
    opened = open_store(small_database)
    yield opened
    opened.engine.dispose()


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both houses sign with the same key, unless a test says otherwise."""
    monkeypatch.setenv(KEY, SIGNED_WITH)


@pytest.fixture(scope="module")
def exported(shipped_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second release as a package, signed with the key."""
    file = tmp_path_factory.mktemp("package") / "udgave.zip"
    with pytest.MonkeyPatch.context() as signing:
        signing.setenv(KEY, SIGNED_WITH)
        export(shipped_store, 2, file)
    return file


@pytest.fixture
def package(exported: Path, tmp_path: Path) -> Path:
    """The package in the test's own folder."""
    return Path(shutil.copy(exported, tmp_path))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Store]:
    """Another, empty store."""
    opened = open_store(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    migrate(opened)
    yield opened
    opened.engine.dispose()


def rewritten(package: Path, change: dict[str, tuple[bytes, bytes]]) -> Path:
    """A copy of the package in which bytes of some members were replaced."""
    copy = package.with_name("ændret.zip")
    with zipfile.ZipFile(package) as before, zipfile.ZipFile(copy, "w") as after:
        for name in before.namelist():
            old, new = change.get(name, (b"", b""))
            content = before.read(name)
            assert old in content
            after.writestr(name, content.replace(old, new, 1) if old else content)
    return copy


def test_every_document_of_the_release_comes_back_byte_for_byte(
    shipped_store: Store, package: Path, elsewhere: Store
) -> None:
    head = load_package(elsewhere, package, by="sekretariat")
    assert elsewhere.documents(head.id) == shipped_store.documents(2)


def test_the_same_release_gives_the_same_files(shipped_store: Store, package: Path, tmp_path: Path) -> None:
    export(shipped_store, 2, tmp_path / "igen.zip")
    with zipfile.ZipFile(package) as first, zipfile.ZipFile(tmp_path / "igen.zip") as second:
        names = [name for name in first.namelist() if name.endswith(".csv")]
        assert {name: first.read(name) for name in names} == {name: second.read(name) for name in names}


def test_the_loaded_release_says_where_it_came_from(package: Path, elsewhere: Store) -> None:
    head = load_package(elsewhere, package, by="sekretariat")
    assert (head.note, head.published_by, head.meeting_date) == (
        "Fra udgave.zip, udgave 2: Leverede data, andet møde", "sekretariat", dt.date(2026, 3, 4)
    )  # fmt: skip


def test_a_package_can_hold_one_audience_only(shipped_store: Store, tmp_path: Path) -> None:
    assert export(shipped_store, 2, tmp_path / "p.zip", ["ledelse"]) == ["ledelse"]
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        assert not [name for name in archive.namelist() if name.startswith("politi/")]


def test_an_audience_that_the_release_does_not_have_is_said(shipped_store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="målgruppen »borgerne«"):
        export(shipped_store, 2, tmp_path / "p.zip", ["borgerne"])
    assert not (tmp_path / "p.zip").exists()


def test_the_description_follows_the_frictionless_standard(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        described = json.loads(archive.read(DESCRIPTOR))
        names = [resource["name"] for resource in described["resources"]]
        assert len(set(names)) == len(names)
        assert {resource["path"] for resource in described["resources"]} == set(archive.namelist()) - {DESCRIPTOR}
    survey = next(each for each in described["resources"] if each["path"] == "ledelse/survey.csv")
    types = {field["name"]: field["type"] for field in survey["schema"]["fields"]}
    assert (types["wave"], types["share"], types["comparable"]) == ("string", "number", "boolean")


def test_the_areas_open_in_a_map_program(package: Path) -> None:
    areas = gpd.read_file(f"/vsizip/{package}/areas.gpkg").set_index("area_id")
    assert areas.crs.to_epsg() == 4326
    assert areas.loc["gladsaxe", "name"] == "Gladsaxe"
    assert areas.loc["gladsaxe"].geometry.is_valid


@pytest.mark.parametrize("member", ["ledelse/survey.csv", "ledelse/incidents.csv"])
def test_a_figure_changed_on_the_way_is_found_and_nothing_is_published(
    package: Path, elsewhere: Store, member: str
) -> None:
    spoilt = rewritten(package, {member: (b"0.8", b"0.9")})
    with pytest.raises(StoreError, match=f"{member} i ændret.zip er ændret"):
        load_package(elsewhere, spoilt, by="sekretariat")
    assert elsewhere.newest() is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"period,area_id\n"])
def test_a_file_that_is_no_package_is_refused(elsewhere: Store, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "p.zip").write_bytes(content)
    with pytest.raises(StoreError, match="ikke en hel datapakke"):
        load_package(elsewhere, tmp_path / "p.zip", by="sekretariat")


def test_a_zip_file_with_something_else_is_refused(elsewhere: Store, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        archive.writestr(DESCRIPTOR, json.dumps({"resources": []}))
    with pytest.raises(StoreError, match="ikke en hel datapakke"):
        load_package(elsewhere, tmp_path / "p.zip", by="sekretariat")


def test_an_existing_file_is_not_overwritten(shipped_store: Store, package: Path) -> None:
    before = package.read_bytes()
    with pytest.raises(StoreError, match="findes i forvejen"):
        export(shipped_store, 2, package)
    assert package.read_bytes() == before


# Without a common key ------------------------------------------------------------------------------------------------


def with_recomputed_checksums(package: Path, member: str, change: tuple[bytes, bytes]) -> Path:
    """A copy in which a table was changed by somebody who knows how its checksums are made."""
    copy = package.with_name("forfalsket.zip")
    with zipfile.ZipFile(package) as before, zipfile.ZipFile(copy, "w") as after:
        descriptor = json.loads(before.read(DESCRIPTOR))
        content = before.read(member)
        assert change[0] in content
        content = content.replace(*change, 1)
        for resource in descriptor["resources"]:
            if resource["path"] == member:
                table = table_of(content, resource["schema"])
                pandas = resource["tryghedsoverblik"]["pandas"]
                parquet = arrow_to_parquet(table.replace_schema_metadata({"pandas": pandas} if pandas else None))
                resource["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
                resource["tryghedsoverblik"]["parquet"] = f"sha256:{hashlib.sha256(parquet).hexdigest()}"
        after.writestr(DESCRIPTOR, json.dumps(descriptor))
        for name in before.namelist():
            if name != DESCRIPTOR:
                after.writestr(name, content if name == member else before.read(name))
    return copy


def test_a_forged_package_is_refused_where_packages_are_signed(package: Path, elsewhere: Store) -> None:
    forged = with_recomputed_checksums(package, "lokalraad-herlev/incidents.csv", (b",hidden,", b",published,"))
    with pytest.raises(StoreError, match="ikke underskrevet med vores nøgle"):
        load_package(elsewhere, forged, by="sekretariat")
    assert elsewhere.newest() is None


def test_without_a_key_the_rows_are_published_anew_through_the_same_protection(
    own_store: Store, tmp_path: Path, elsewhere: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(own_store, 2, tmp_path / "udgave.zip")
    monkeypatch.delenv(KEY)
    forged = with_recomputed_checksums(
        tmp_path / "udgave.zip", "lokalraad-herlev/incidents.csv", (b",hidden,", b",published,")
    )
    load_package(elsewhere, forged, by="sekretariat")
    here, there = (store.release(audience="lokalraad-herlev").incidents for store in (own_store, elsewhere))
    key = ["area_id", "period", "category"]
    both = here.merge(there, on=key, suffixes=("_here", "_there"))
    assert len(both) == len(here) == len(there)
    assert (both["state_there"] == "hidden").sum() > 100
    shown = both["count_here"].notna() & both["count_there"].notna()
    assert (both.loc[shown, "count_here"] == both.loc[shown, "count_there"]).all()
    # Which large counts hide a small one may differ, for there nothing was shown before; the small are hidden in both.
    truth = own_store.release(audience="ledelse").incidents.set_index(key)["count"]
    small = truth[(truth > 0) & (truth < 5)].index
    local = both["level_there"] == "housing_area"
    assert both.loc[local & pd.MultiIndex.from_frame(both[key]).isin(small), "count_there"].isna().all()


def test_without_a_key_ready_made_tables_alone_are_refused(
    shipped_store: Store, elsewhere: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(KEY)
    export(shipped_store, 2, tmp_path / "p.zip", ["lokalraad-herlev"])
    with pytest.raises(StoreError, match="kun færdige tabeller"):
        load_package(elsewhere, tmp_path / "p.zip", by="sekretariat")
    assert elsewhere.newest() is None


def test_what_others_see_has_no_rows_of_its_origin_with_it(shipped_store: Store, tmp_path: Path) -> None:
    export(shipped_store, 2, tmp_path / "p.zip", ["offentlig"])
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        assert not [name for name in archive.namelist() if name.startswith("kilder/")]


def test_a_package_that_unpacks_to_too_much_is_refused_before_it_is_read(
    elsewhere: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(KEY)
    with zipfile.ZipFile(tmp_path / "p.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        rows = [{"path": "a.csv", "tryghedsoverblik": {"rows": "incidents"}}]
        archive.writestr(DESCRIPTOR, json.dumps({"resources": rows, "tryghedsoverblik": {}}))
        archive.writestr("a.csv", bytes(LARGEST + 1))
    with pytest.raises(StoreError, match="for stor"):
        load_package(elsewhere, tmp_path / "p.zip", by="sekretariat")


@pytest.mark.parametrize("text", ["=1+1", "+45", "-2", "@sum", "'quoted", "\ttab"])
def test_a_text_is_no_formula_to_a_spreadsheet_and_comes_back_as_it_was(text: str) -> None:
    table = pa.table({"text": pa.array([text, None, "plain"], type=pa.large_string())})
    content = csv_of(table)
    assert not [
        line for line in content.decode().splitlines() if line.lstrip('"').startswith(("=", "+", "-", "@", "\t"))
    ]
    assert table_of(content, schema_of(table)) == table


FRAMES = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.none() | st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(["NA", "", "<NA>"]),
            "number": st.floats(allow_nan=False) | st.none(),
            "whole": st.integers(-(2**63), 2**63 - 1),
            "flag": st.booleans(),
            "day": st.dates() | st.none(),
            "moment": st.datetimes() | st.none(),
            "shape": st.binary() | st.none(),
            "nothing": st.none(),
        }
    )
)
SCHEMA = pa.schema(
    {
        "text": pa.large_string(), "number": pa.float64(), "whole": pa.int64(), "flag": pa.bool_(),
        "day": pa.date32(), "moment": pa.timestamp("us"), "shape": pa.binary(), "nothing": pa.null(),
    }
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FRAMES)
def test_no_cell_is_lost_or_changed_in_csv(rows: list[dict[str, object]]) -> None:
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    assert table_of(csv_of(table), schema_of(table)) == table


def test_a_number_is_read_back_to_its_last_binary_digit(elsewhere: Store, tmp_path: Path) -> None:
    numbers = [0.1 + 0.2, 1 / 3, math.nextafter(1, 2), 5e-324, -0.0, np.inf, -np.inf, None]
    table = pa.table({"number": pa.array(numbers, pa.float64())})
    again = table_of(csv_of(table), schema_of(table))
    assert [repr(value) for value in again["number"].to_pylist()] == [repr(value) for value in numbers]


def test_the_same_table_gives_the_same_parquet_bytes() -> None:
    frame = pd.DataFrame({"area_id": ["herlev", None], "share": [0.8, None]})
    assert table_to_parquet(frame) == table_to_parquet(frame.copy())
