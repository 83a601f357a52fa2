"""That a boundary file cannot hurt whoever reads it: archives, databases and files made to be too much."""

import sqlite3
import time
from collections.abc import Callable

import geopandas
import pytest
import shapely

from geo.boundaries import BoundaryError, Limits, read
from tests.geo.boundary_files import OTHER, RING, collection, only_problem, polygon, problems_of, zipped


def test_a_zip_must_hold_one_layer():
    two = zipped({"a.geojson": collection(polygon("163", RING)), "b.geojson": collection(polygon("159", OTHER))})

    assert "netop ét lag; den rummer 2" in only_problem(two).message
    assert "netop ét lag; den rummer 0" in only_problem(zipped({"a.txt": b"hej"})).message


def test_a_zip_in_a_zip_is_not_unpacked():
    inner = zipped({"a.geojson": collection(polygon("163", RING))})

    assert "ikke gyldig GeoJSON" in only_problem(zipped({"a.geojson": inner})).message


def test_a_zip_bomb_is_stopped_while_it_unpacks():
    bomb = zipped({"lag.geojson": b" " * 30_000_000})
    lying = bomb.replace((30_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))

    for content in (bomb, lying):
        assert len(content) < 100_000
        assert problems_of(content, Limits(unpacked_bytes=1_000_000))[0].message in (
            "Udpakket fylder filen mere end 1 MB.",
            "Zip-filen er beskadiget eller låst med adgangskode.",
        )


def test_a_zip_of_very_many_files_is_refused():
    many = zipped({f"{number}.txt": b"" for number in range(201)})

    assert only_problem(many).message == "Zip-filen rummer 201 filer; der må højst være 200."


def layer_of(change: Callable[[sqlite3.Connection], object], folder) -> bytes:
    path = folder / "lag.gpkg"
    geopandas.GeoDataFrame({"kode": ["163"]}, geometry=[shapely.Polygon(RING)], crs=4326).to_file(path)
    database = sqlite3.connect(path)
    for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute(f'DROP TRIGGER "{trigger}"')  # they call functions that only GDAL has
    change(database)
    database.commit()
    database.close()
    return path.read_bytes()


def test_a_geopackage_whose_layer_is_a_program_is_not_run(tmp_path):
    endless = "CREATE VIEW lag AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n"

    def replace(database: sqlite3.Connection) -> None:
        database.execute("DROP TABLE lag")
        database.execute(endless)

    assert "almindelig tabel" in only_problem(layer_of(replace, tmp_path)).message


def test_a_geopackage_with_two_layers_is_refused_with_their_names(tmp_path):
    def add(database: sqlite3.Connection) -> None:
        database.execute("CREATE TABLE andet (fid INTEGER)")
        database.execute("INSERT INTO gpkg_contents (table_name, data_type, srs_id) VALUES ('andet', 'features', 4326)")

    assert only_problem(layer_of(add, tmp_path)).value == "lag, andet"


def test_a_file_above_the_limits_is_refused_before_it_is_read():
    content = collection(polygon("163", RING), polygon("159", OTHER))

    assert "må højst fylde 0 MB" in only_problem(content, Limits(file_bytes=100)).message
    assert "der kan højst læses 1" in only_problem(content, Limits(features=1)).message
    assert "der kan højst læses 8" in only_problem(content, Limits(vertices=8)).message


def test_a_file_above_200_mb_on_disk_is_refused_without_being_read(tmp_path):
    with (tmp_path / "stor.geojson").open("wb") as file:
        file.truncate(200_000_000)

    with pytest.raises(BoundaryError, match="fylder 200 MB; den må højst fylde 50 MB"):
        read(tmp_path / "stor.geojson")


def slow_polygon(corners: int) -> dict[str, object]:
    """A comb whose long parallel teeth lie in one another's bounding boxes: the slowest to check."""
    ring = []
    for tooth in range(corners // 2 - 2):
        ring += [[12.40 + tooth * 1e-6, 55.70], [12.45 + tooth * 1e-6, 55.80]]
    return polygon("163", [*ring, [12.60, 55.81], [12.30, 55.81], ring[0]])


def test_the_slowest_polygon_is_checked_in_time():
    # The time grows with the square of the corners, so a fifth of the limit may take a 25th of ten seconds
    # or so.
    begun = time.perf_counter()
    read(collection(slow_polygon(Limits().feature_vertices // 5)))

    assert time.perf_counter() - begun < 3


def test_checking_stops_when_the_time_is_spent():
    problem = only_problem(collection(slow_polygon(1000), polygon("159", OTHER)), Limits(seconds=0))

    assert problem.message == "Fladerne kunne ikke kontrolleres på 0 sekunder."
