"""Roads in pieces: what is kept, what is seen from afar and from near, and that nothing is lost on the way."""

import geopandas
import pytest
import shapely
from shapely.geometry import LineString, Point, box

from geo.grid import EPSG
from geo.packing import DECIMALS, packed
from geo.streets import MARGIN, clip, pieces

TOWN = box(710_000, 6_180_000, 714_000, 6_184_000)


def roads(*rows: tuple[str, int, LineString]) -> geopandas.GeoDataFrame:
    frame = geopandas.GeoDataFrame({"name": [row[0] for row in rows], "rank": [row[1] for row in rows]})
    return frame.set_geometry([row[2] for row in rows], crs=EPSG).to_crs(4326)


def landmarks(*rows: tuple[str, Point]) -> geopandas.GeoDataFrame:
    frame = geopandas.GeoDataFrame({"name": [row[0] for row in rows], "kind": "sight", "source": "test"})
    return frame.set_geometry([row[1] for row in rows], crs=EPSG).to_crs(4326)


def line(*points: tuple[float, float]) -> LineString:
    return LineString([(710_000 + x, 6_180_000 + y) for x, y in points])


NONE = landmarks()
SHORT = roads(("Kort Vej", 3, line((100, 100), (500, 100))))


class TestClip:
    def test_a_road_is_cut_at_the_margin(self) -> None:
        long = clip(roads(("Langvej", 1, line((2000, 2000), (20_000, 2000)))), [TOWN]).to_crs(EPSG)
        assert long.total_bounds[2] == pytest.approx(714_000 + MARGIN, abs=2)

    def test_roads_elsewhere_are_left_out(self) -> None:
        assert clip(roads(("Fjernvej", 1, line((50_000, 0), (51_000, 0)))), [TOWN]).empty

    def test_pieces_of_one_street_become_one_line(self) -> None:
        found = clip(roads(("A", 3, line((0, 0), (100, 0))), ("A", 3, line((100, 0), (200, 50)))), [TOWN])
        assert list(found["name"]) == ["A"]

    def test_streets_of_different_names_stay_apart(self) -> None:
        found = clip(roads(("A", 3, line((0, 0), (100, 0))), ("B", 3, line((100, 0), (200, 0)))), [TOWN])
        assert sorted(found["name"]) == ["A", "B"]

    def test_landmarks_keep_their_columns(self) -> None:
        found = clip(landmarks(("Fortet", Point(711_000, 6_181_000)), ("Langt væk", Point(800_000, 6_181_000))), [TOWN])
        assert list(found["name"]) == ["Fortet"]
        assert list(found["source"]) == ["test"]


class TestPieces:
    def test_only_large_roads_are_seen_from_afar(self) -> None:
        town = roads(("Motorvejen", 0, line((0, 900), (3000, 900))), ("Stien", 4, line((0, 950), (300, 950))))
        seen = {piece.step: set(piece.names) for piece in pieces(town, NONE)}
        assert seen == {0: {"Motorvejen"}, 1: {"Motorvejen"}, 2: {"Motorvejen", "Stien"}}

    def test_a_road_through_several_squares_is_whole_when_they_are_laid_together(self) -> None:
        road = line((100, 100), (12_000, 3_000))
        cut = [piece for piece in pieces(roads(("Langvej", 3, road)), NONE) if piece.step == 2]
        assert len(cut) > 1
        length = sum(geopandas.GeoSeries(piece.lines, crs=4326).to_crs(EPSG).length.sum() for piece in cut)
        assert length == pytest.approx(road.length, rel=1e-4)

    def test_each_piece_knows_where_it_lies(self) -> None:
        for piece in pieces(SHORT, NONE):
            assert all(shapely.box(*piece.bounds).buffer(1e-6).contains(road) for road in piece.lines)

    def test_landmarks_are_seen_from_the_second_step_on(self) -> None:
        marks = landmarks(("Fortet", Point(710_200, 6_180_200)))
        with_it = {piece.step for piece in pieces(SHORT, marks) if piece.landmarks}
        assert with_it == {1, 2}

    def test_no_roads_and_no_landmarks_are_no_pieces(self) -> None:
        assert list(pieces(roads(), NONE)) == []


class TestPacking:
    def test_lines_are_read_back_as_they_were(self) -> None:
        bent = LineString([(12.4, 55.7), (12.40012, 55.70034), (12.39, 55.71)])
        lines = [bent, LineString([(12.5, 55.6), (12.4, 55.8)])]
        assert unpacked(packed(lines)) == [
            [(round(y * 10**DECIMALS), round(x * 10**DECIMALS)) for x, y in line.coords] for line in lines
        ]

    def test_nothing_is_packed_as_nothing(self) -> None:
        assert packed([]) == ""


def unpacked(text: str) -> list[list[tuple[int, int]]]:
    """Read packed lines back, digit by digit, as the browser does."""
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    lat = lng = 0
    lines = []
    for part in text.split(" "):
        values, value, shift = [], 0, 0
        for letter in part:
            digit = digits.index(letter)
            value, shift = value + ((digit & 31) << shift), shift + 5
            if not digit & 32:
                values.append(value >> 1 if not value & 1 else -(value + 1) // 2)
                value, shift = 0, 0
        points = []
        for up, right in zip(values[::2], values[1::2], strict=True):
            lat, lng = lat + up, lng + right
            points.append((lat, lng))
        lines.append(points)
    return lines
