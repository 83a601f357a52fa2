"""What the Danish square grid promises: ids, squares, parents and neighbours."""

import math

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import grid

# Denmark from Rømø to Bornholm and from Gedser to Skagen, in metres of EPSG:25832.
EASTINGS = st.floats(441_000, 893_000)
NORTHINGS = st.floats(6_049_000, 6_403_000)
SIZES = st.sampled_from(grid.SIZES)


@pytest.fixture(scope="module")
def hoeje_gladsaxe() -> tuple[float, float]:
    """The published point of Høje Gladsaxe (55.72917 N, 12.49167 E) in EPSG:25832."""
    return pyproj.Transformer.from_crs(4326, 25832, always_xy=True).transform(12.49167, 55.72917)


@pytest.mark.parametrize(
    ("size", "cell_id"), [(100, "100m_61814_7192"), (1000, "1km_6181_719"), (10000, "10km_618_71")]
)
def test_the_published_example_lies_in_the_published_cells(hoeje_gladsaxe, size, cell_id):
    assert grid.cell_of(*hoeje_gladsaxe, size) == cell_id


def test_a_250_m_id_gives_its_corner_in_tens_of_metres(hoeje_gladsaxe):
    cell = grid.parse(grid.cell_of(*hoeje_gladsaxe, 250))

    assert (cell.id, cell.northing, cell.easting) == ("250m_618125_71900", 6_181_250, 719_000)


def test_the_national_example_of_a_250_m_id_is_read():
    # Geodatastyrelsen's example, as the Python package kvadratnet repeats it.
    assert grid.parse("250m_622375_57550") == grid.Cell(250, 6_223_750, 575_500)


@given(EASTINGS, NORTHINGS, SIZES)
def test_every_point_in_denmark_lies_in_the_square_of_its_cell(easting, northing, size):
    cell = grid.parse(grid.cell_of(easting, northing, size))

    assert cell.easting <= easting < cell.easting + size
    assert cell.northing <= northing < cell.northing + size


@given(EASTINGS, NORTHINGS, SIZES)
def test_an_id_survives_the_way_through_its_square(easting, northing, size):
    cell_id = grid.cell_of(easting, northing, size)
    centre = grid.polygon(cell_id).centroid

    assert grid.cell_of(centre.x, centre.y, size) == cell_id
    assert grid.size_of(cell_id) == size
    assert math.isclose(grid.polygon(cell_id).area, size**2)


@given(EASTINGS, NORTHINGS, SIZES, SIZES)
def test_a_parent_covers_its_child_and_is_the_cell_of_the_same_point(easting, northing, size, larger):
    cell_id = grid.cell_of(easting, northing, size)
    if larger % size:
        with pytest.raises(ValueError, match=f"size is {larger}"):
            grid.parent(cell_id, larger)
        return

    parent = grid.parent(cell_id, larger)

    assert parent == grid.cell_of(easting, northing, larger)
    assert grid.polygon(parent).covers(grid.polygon(cell_id))


@given(EASTINGS, NORTHINGS, SIZES)
def test_the_eight_neighbours_make_a_square_of_nine_cells(easting, northing, size):
    cell_id = grid.cell_of(easting, northing, size)
    around = grid.neighbours(cell_id)
    nine = shapely.union_all([grid.polygon(one) for one in (cell_id, *around)])

    assert len(set(around) - {cell_id}) == 8
    assert nine.equals(shapely.box(*nine.bounds))
    assert math.isclose(nine.area, 9 * size**2)


def test_neighbours_come_row_by_row_from_the_north_west():
    assert grid.neighbours("1km_6181_719") == (
        "1km_6182_718", "1km_6182_719", "1km_6182_720",
        "1km_6181_718", "1km_6181_720",
        "1km_6180_718", "1km_6180_719", "1km_6180_720",
    )  # fmt: skip


def test_a_point_on_an_edge_belongs_to_the_cell_to_its_north_east():
    assert grid.cell_of(719_000.0, 6_181_000.0, 1000) == "1km_6181_719"
    assert grid.cell_of(np.nextafter(719_000.0, 0), np.nextafter(6_181_000.0, 0), 1000) == "1km_6180_718"


def test_a_hundred_metre_cell_has_no_parent_of_250_m_since_the_squares_do_not_nest():
    with pytest.raises(ValueError, match="size is 250 for '100m_61814_7192'; allowed are 100, 1000, 10000"):
        grid.parent("100m_61814_7192", 250)


def test_arrays_give_arrays():
    ids = grid.cell_of(np.array([719_296.0, 700_000.0]), np.array([6_181_459.0, 6_170_000.0]), 250)

    assert ids.tolist() == ["250m_618125_71925", "250m_617000_70000"]
    assert [square.bounds for square in grid.polygon(ids)][1] == (700_000, 6_170_000, 700_250, 6_170_250)
    assert grid.parent(ids, 1000).tolist() == ["1km_6181_719", "1km_6170_700"]
    assert grid.neighbours(ids)[0].tolist() == list(grid.neighbours("250m_618125_71925"))


def test_no_ids_give_no_squares_parents_or_neighbours():
    none = np.array([], dtype=str)

    assert len(grid.polygon(none)) == len(grid.parent(none, 1000)) == 0
    assert grid.neighbours(none).shape == (0, 8)


@pytest.mark.parametrize(
    ("easting", "northing", "named"),
    [
        (12.49, 55.73, "easting is 12.49; allowed is 400000 up to 950000"),
        (6_181_459.0, 719_296.0, "easting is 6181459.0"),
        (719_296.0, math.nan, "northing is nan; allowed is 6000000 up to 6500000"),
        (719_296.0, math.inf, "northing is inf"),
    ],
    ids=["degrees", "swapped", "nan", "infinite"],
)
def test_a_point_outside_the_grid_is_refused_by_name(easting, northing, named):
    with pytest.raises(ValueError, match=named):
        grid.cell_of(easting, northing, 100)


def test_one_point_outside_the_grid_is_found_among_many():
    with pytest.raises(ValueError, match=r"easting is 12\.5;"):
        grid.cell_of(np.array([719_296.0, 12.5]), np.array([6_181_459.0, 6_181_459.0]), 100)


def test_eastings_and_northings_must_belong_together():
    with pytest.raises(ValueError, match=r"northing has shape \(1,\)"):
        grid.cell_of(np.array([719_296.0, 719_300.0]), np.array([6_181_459.0]), 100)


def test_an_unknown_size_is_refused():
    with pytest.raises(ValueError, match="size is 500; allowed are 100, 250, 1000, 10000"):
        grid.cell_of(719_296.0, 6_181_459.0, 500)


@pytest.mark.parametrize(
    "cell_id",
    [
        "",
        "1km_6181",
        "500m_61814_7192",
        "1km_6181_719 ",
        "1km_719_6181",
        "250m_618120_71925",
        "100m_61814_719",
        "1km_٦١٨١_719",
        None,
    ],
)
def test_what_is_no_id_is_refused_and_shown(cell_id):
    with pytest.raises(ValueError, match="cell_id is"):
        grid.parse(cell_id)
