"""Streets: what is shipped stands until something is loaded, and what is loaded is clipped and credited."""

from pathlib import Path

import geopandas
import pytest
from shapely.geometry import LineString, Point

from data.intake.streets import load_streets
from data.partnership import Partnership
from data.store import Store, StoreError
from data.store.events import logged
from data.streets import street_map

BALLERUP = (12.36, 55.73)


def file_of(path: Path, rows: dict[str, LineString | Point], **columns: str) -> Path:
    geopandas.GeoDataFrame({"name": list(rows), **columns}, geometry=list(rows.values()), crs=4326).to_file(path)
    return path


@pytest.fixture
def road_file(tmp_path: Path) -> Path:
    east, north = BALLERUP
    rows = {
        "Hold-an Vej": LineString([(east, north), (east + 0.005, north)]),
        "Nyhavn": LineString([(12.59, 55.68), (12.592, 55.68)]),
    }
    return file_of(tmp_path / "veje.gpkg", rows, highway="tertiary")


def test_the_shipped_roads_and_landmarks_stand_at_first(own_store: Store, partnership: Partnership) -> None:
    found = street_map(own_store, own_store.loaded("boundaries"), partnership.members)
    assert len(found.roads) > 1000
    assert "Malmparken Station" in set(found.landmarks["name"])
    assert "GeoDanmark" in found.credit
    assert "OpenStreetMap" in found.credit


def test_loaded_roads_take_their_place_clipped_to_our_municipalities(
    own_store: Store, partnership: Partnership, road_file: Path
) -> None:
    said = load_streets(own_store, partnership, road_file, road_file.name, credit="osm", by="test")
    found = street_map(own_store, own_store.loaded("boundaries"), partnership.members)
    assert list(found.roads["name"]) == ["Hold-an Vej"]
    assert found.credit.startswith("© OpenStreetMap contributors")
    assert said == "veje.gpkg: 1 vej er indlæst, 1 med navn."
    assert logged(own_store.engine, 1)[0].about == "roads veje.gpkg"


def test_a_new_file_changes_what_browsers_keep(own_store: Store, partnership: Partnership, road_file: Path) -> None:
    before = street_map(own_store, own_store.loaded("boundaries"), partnership.members).checksum
    load_streets(own_store, partnership, road_file, road_file.name, credit="osm", by="test")
    assert street_map(own_store, own_store.loaded("boundaries"), partnership.members).checksum != before


def test_landmarks_are_told_from_roads(own_store: Store, partnership: Partnership, tmp_path: Path) -> None:
    path = file_of(tmp_path / "steder.geojson", {"Ballerup St.": Point(BALLERUP)}, kind="station")
    load_streets(own_store, partnership, path, path.name, credit="Kommunen", by="test")
    found = street_map(own_store, own_store.loaded("boundaries"), partnership.members)
    assert list(found.landmarks["name"]) == ["Ballerup Station"]
    assert len(found.roads) > 1000
    assert "Kommunen" in found.credit


def test_a_file_of_somewhere_else_is_refused(own_store: Store, partnership: Partnership, tmp_path: Path) -> None:
    path = file_of(tmp_path / "veje.gpkg", {"Nyhavn": LineString([(12.59, 55.68), (12.592, 55.68)])})
    with pytest.raises(StoreError, match="ingen veje i vores kommuner"):
        load_streets(own_store, partnership, path, path.name, credit="osm", by="test")
