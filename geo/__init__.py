"""Everything about place: boundaries, the Danish square grid, and who borders on whom.

The catalogue, by the question each module answers:

- `geo.grid`: which cell of the Danish square grid holds this point, and what are its square, parent and
  neighbours?
- `geo.boundaries`: what outlines does this file hold, and if it cannot be used, exactly why and what to do?
- `geo.road_files`: what roads and landmarks does this file hold, under whatever headings?
- `geo.streets`: which of them does a map show from how far away, and in which pieces does a browser fetch them?
- `geo.place_names`: what would one call this place: by its streets, or by landmark, distance and direction?
- `geo.neighbours`: which areas touch, or lie within so many metres of, each other?
- `generate.boundaries`: how were the shipped municipal outlines made? (``python -m generate.boundaries``)
- `generate.outlines`: how were the approximate outlines of the housing areas drawn? (``python -m generate.outlines``)

Behind `geo.boundaries` stand `geo.problems` (what can be wrong with a file), `geo.geojson` and
`geo.containers` (reading the formats safely), `geo.keys` (which area is this?) and `geo.shapes` (is this a
usable polygon in Denmark?).

The package imports neither Streamlit, nor SQLAlchemy, nor anything else of this project.
"""
