"""Times a rerun of the live map beside other ways to draw the same areas: run `python -m benchmarks.maps`.

Each map is drawn by a real Streamlit script run. Server time is the time the drawing call takes in the script;
bytes are those of all messages the call sends to the browser. Areas, classes and labels are the same for all; under our
cells lie the shipped streets too, which a browser fetches once.
Where streamlit-folium is not installed, folium's own HTML is built and weighed instead. At last Chromium opens the live
map: the time to the first map that is drawn, and from a click to the map drawn anew.
"""

import hashlib
import importlib.util
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import folium
import numpy as np
import plotly.graph_objects as go
import shapely
import streamlit as st
from numpy.typing import NDArray
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx
from streamlit.testing.v1 import AppTest

from benchmarks.map_browser import wait
from benchmarks.results import Figure, Results
from components.map import AreaMap, GeometryLayer, Legend, LegendRow, Streets, area_map, publish_layer
from components.map.streets import streets_written
from data.streets import SHIPPED, StreetMap
from geo.road_files import read_landmarks, read_roads

SEED = 20250901
RUNS = 5
CELLS = 5_000
"""So many areas are cells: they carry counts, and streets lie under them."""
COLOURS = ("#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494")
LEGEND = Legend("Andel trygge", tuple(LegendRow(colour, f"klasse {row}") for row, colour in enumerate(COLOURS)))
# (areas, vertices each) -> most seconds and kilobytes a rerun of the live map may take; None: no target is set.
TARGETS: dict[tuple[int, int], tuple[float | None, float | None]] = {
    (20, 100): (0.020, 5.0),
    (2_000, 100): (None, None),
    (20_000, 4): (0.100, 150.0),
}
# How many times less server time and fewer bytes than a rival the live map takes at least, by size.
RATIOS = {(2_000, 100): {"streamlit-folium": 10.0}}
# Most seconds from a click to the map drawn anew, by size.
REDRAW_TARGETS = {(20_000, 4): 0.6}


@dataclass(frozen=True)
class Areas:
    """The areas of one benchmark: outlines in WGS84, and a class and label each."""

    ids: list[str]
    outlines: NDArray[np.object_]
    classes: list[int]
    labels: list[str]


@dataclass(frozen=True)
class Cost:
    """What one rerun costs: seconds on the server and bytes to the browser."""

    seconds: float
    size: int


@cache
def areas(count: int, vertices: int) -> Areas:
    """Make `count` areas of `vertices` vertices on a lattice, with seeded classes and labels as the app writes them."""
    index = np.arange(count)
    east, north = 12.15 + index % 170 * 0.005, 55.58 + index // 170 * 0.003
    turn = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    wave = 0.002 * (1 + 0.1 * np.sin(7 * turn))
    rings = np.stack([east[:, None] + wave * np.cos(turn), north[:, None] + wave * np.sin(turn) / 1.8], axis=-1)
    rng = np.random.default_rng(SEED)
    shares, answers = rng.uniform(0.6, 0.95, count), rng.integers(150, 300, count)
    percent = [f"{100 * share:.1f}".replace(".", ",") for share in shares]
    if count >= CELLS:  # cells carry counts
        counts, homes = rng.poisson(3, count), rng.integers(5, 60, count)
        labels = [f"{k} anmeldelser\n{n} husstande\nEksempeldata" for k, n in zip(counts, homes, strict=True)]
    else:
        figures = zip(percent, answers, strict=True)
        labels = [f"{p} pct. trygge (95 pct.: {p}–{p})\n{n} svar, kvalitet B\nEksempeldata" for p, n in figures]
    ids = [f"omraade-{number}" for number in index]
    return Areas(ids, shapely.polygons(rings), np.digitize(shares, [0.6, 0.7, 0.8, 0.9]).tolist(), labels)


@cache
def layer(count: int, vertices: int) -> GeometryLayer:
    """Write the geometry file of a benchmark to a temporary folder, as publishing a release does once."""
    made = areas(count, vertices)
    with tempfile.TemporaryDirectory() as folder:
        return publish_layer("benchmark", made.ids, made.ids, list(made.outlines), static=Path(folder))


@cache
def streets(folder: str) -> Streets | None:
    """The shipped streets as static files in a folder, as an app writes them once; they lie under maps of cells."""
    roads, marks = (SHIPPED / f"{name}.geojson" for name in ("roads", "landmarks"))
    checksum = hashlib.sha256(roads.read_bytes() + marks.read_bytes()).hexdigest()
    return streets_written(
        lambda: StreetMap(read_roads(roads), read_landmarks(marks), "GeoDanmark", checksum), checksum, Path(folder)
    )


def ground(count: int, folder: str) -> Streets | None:
    """What lies under so many areas: streets under cells, nothing under others."""
    return streets(folder) if count >= CELLS else None


@cache
def geojson(count: int, vertices: int) -> dict[str, Any]:
    """Return the same areas as GeoJSON, made once, as an app that uses folium or Plotly would keep it."""
    made = areas(count, vertices)
    shapes = zip(made.ids, made.outlines, strict=True)
    features = [
        {"type": "Feature", "id": area, "properties": {"id": area}, "geometry": shapely.geometry.mapping(outline)}
        for area, outline in shapes
    ]
    return {"type": "FeatureCollection", "features": features}


def draw_live_map(count: int, vertices: int) -> None:
    """Draw with the app's own component."""
    made = areas(count, vertices)
    shown = AreaMap(
        layer(count, vertices), made.classes, made.labels, LEGEND, "Kort.", streets=ground(count, tempfile.gettempdir())
    )
    area_map(shown, key="kort")


def draw_plotly(count: int, vertices: int) -> None:
    """Draw with Plotly's choropleth on MapLibre, geometry inline."""
    made = areas(count, vertices)
    trace = go.Choroplethmap(
        geojson=geojson(count, vertices), locations=made.ids, z=made.classes, customdata=made.labels
    )
    st.plotly_chart(go.Figure(trace, layout={"map": {"style": "white-bg"}}))


def folium_map(count: int, vertices: int) -> folium.Map:
    """Build the same map with folium."""
    made = areas(count, vertices)
    colour = {area: COLOURS[index] for area, index in zip(made.ids, made.classes, strict=True)}
    drawn = folium.Map(location=[55.7, 12.4], tiles=None)
    folium.GeoJson(
        geojson(count, vertices), style_function=lambda feature: {"fillColor": colour[feature["id"]]}
    ).add_to(drawn)
    return drawn


def draw_streamlit_folium(count: int, vertices: int) -> None:
    """Draw with streamlit-folium."""
    from streamlit_folium import st_folium

    st_folium(folium_map(count, vertices), key="folium")


def rerun(draw: Callable[[int, int], None], count: int, vertices: int, runs: int) -> Cost:
    """Run a script that draws, `runs` times after a first, and return the median cost of the drawing call."""
    script = f"from benchmarks import maps\nmaps.measured(maps.{draw.__name__}, {count}, {vertices})"
    at = AppTest.from_string(script, default_timeout=300)
    costs = []
    for _ in range(runs + 1):
        at.run()
        if at.exception:
            raise RuntimeError(at.exception[0].message)
        costs.append(at.session_state["cost"])
    later = costs[1:]
    return Cost(statistics.median(cost[0] for cost in later), int(statistics.median(cost[1] for cost in later)))


def measured(draw: Callable[[int, int], None], count: int, vertices: int) -> None:
    """Draw inside a script run and leave seconds and bytes in the session."""
    context = get_script_run_ctx()
    if context is None:
        raise RuntimeError("Kun i en Streamlit-kørsel.")
    areas(count, vertices), layer(count, vertices), geojson(count, vertices), ground(count, tempfile.gettempdir())
    sent: list[int] = []
    enqueue = context._enqueue

    def weigh(message: ForwardMsg) -> None:
        sent.append(message.ByteSize())
        enqueue(message)

    context._enqueue = weigh
    started = time.perf_counter()
    draw(count, vertices)
    seconds = time.perf_counter() - started
    context._enqueue = enqueue
    st.session_state["cost"] = (seconds, sum(sent))


def folium_html(count: int, vertices: int) -> Cost:
    """Build folium's HTML page and weigh it."""
    started = time.perf_counter()
    size = len(folium_map(count, vertices).get_root().render().encode())
    return Cost(time.perf_counter() - started, size)


def main() -> int:
    """Time every size, print the figures and keep them; returns how many targets were missed."""
    results = Results("maps")
    for count, vertices in TARGETS:
        one_size(results, count, vertices)
    return results.tell()


def one_size(results: Results, count: int, vertices: int) -> None:
    """Our map of so many areas beside Plotly's and folium's, and in Chromium."""
    named, (most_seconds, most_kb) = f"{count:,} areas of {vertices} vertices", TARGETS[count, vertices]
    own = rerun(draw_live_map, count, vertices, RUNS)
    results.add(Figure(f"{named}/rerun", own.seconds, "s", most_seconds))
    results.add(Figure(f"{named}/sent", own.size / 1000, "kB", most_kb))
    others = {"Plotly": rerun(draw_plotly, count, vertices, 1)}
    if importlib.util.find_spec("streamlit_folium"):
        others["streamlit-folium"] = rerun(draw_streamlit_folium, count, vertices, 1)
    else:
        others["folium's HTML alone"] = folium_html(count, vertices)
    least = RATIOS.get((count, vertices), {})
    for rival, cost in others.items():
        most = 1 / least[rival] if rival in least else None
        for what, ours, theirs, unit in (
            ("time", own.seconds, cost.seconds, "s"),
            ("bytes", own.size / 1000, cost.size / 1000, "kB"),
        ):
            results.add(Figure(f"{named}/{what} beside {rival}", ours, unit, most and most * theirs, rival, theirs))
    waited = wait(count, vertices)
    results.add(Figure(f"{named}/first map in Chromium", waited.first, "s"))
    results.add(Figure(f"{named}/drawn anew in Chromium", waited.redraw, "s", REDRAW_TARGETS.get((count, vertices))))


if __name__ == "__main__":
    sys.exit(main())
