"""The map of the view's indicator, alone or beside what was reported, and the chosen area in words."""

from functools import partial

import pandas as pd
import shapely
import streamlit as st

from components.map import AreaMap, area_map, layers
from components.map.readings import MapReading, perceived, recorded
from components.map.room import height_for
from components.map.streets import streets_of
from components.map.tiles import our_tiles
from components.navigation import link_to
from components.page import example_badge
from components.session import Screen, audience, choose
from components.tables import download_file
from components.text import plain, say
from data import danish
from data.records import records
from data.release import Release
from data.views.credits import credits_of
from data.views.trends import trend_said

# Maps that pan and zoom together.
TOGETHER = "oplevet_og_anmeldt"
MOST_NAMED = 5


def safety_map(screen: Screen, *, key: str, height: int) -> None:
    """The view's indicator on the map, in fixed classes; a click or Enter chooses the area everywhere."""
    draw(screen, perceived(screen), key=key, height=height)


def side_by_side(screen: Screen, *, height: int) -> None:
    """Perceived and recorded beside each other, two figures that are never made into one; they move together."""
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(screen.partnership.indicator(screen.view.indicator).title, anchor=False)
        reading = perceived(screen)
        draw(screen, reading, key="safety_map", height=height, sync=TOGETHER)
        download(screen, reading)
    with right:
        st.subheader(screen.partnership.category(screen.view.category).title, anchor=False)
        reading = recorded(screen)
        draw(screen, reading, key="recorded_map", height=height, sync=TOGETHER)
        say(reading.sentence)
        download(screen, reading)


def draw(screen: Screen, reading: MapReading, *, key: str, height: int, sync: str | None = None) -> None:
    """A reading on the live map; where no area has an outline, a word on how to add them."""
    without = without_outline(screen)
    if without:
        st.info(plain(without), icon=":material/map:")
    if not reading.layer.area_ids:
        return
    ground = layers.level_layer(screen.release, "municipality")
    ours = audience().sees or screen.partnership.members
    focus = [each for each in ours if each in (*ground.area_ids, *reading.layer.area_ids)]
    shown = AreaMap(
        reading.layer,
        reading.classes,
        reading.texts,
        reading.legend,
        alt=f"Kort: {reading.title}. {reading.sentence}",
        styles=reading.styles,
        selected=next((area for area in screen.view.areas if area in reading.layer.area_ids), None),
        base=ground if ground.area_ids else None,
        focus=focus,
        height=height_for(screen.release, focus, height),
        sync=sync,
        streets=streets_of(screen),
        tiles=our_tiles(),
    )
    area_map(shown, key=key, on_select=lambda area: choose(areas=(area,) if area else ()))


def without_outline(screen: Screen) -> str:
    """Which of our areas of the level cannot be drawn, and how to add their outlines; "" where all can."""
    view, areas, members = screen.view, screen.release.areas, set(screen.partnership.members)
    ours = areas[(areas["level"] == view.level) & (areas["parent_id"].isin(members) | areas["area_id"].isin(members))]
    lacking = danish.in_order(ours.loc[ours["geometry"].isna(), "name"])
    if not lacking:
        return ""
    named = danish.join(lacking[:MOST_NAMED] + [f"{len(lacking) - MOST_NAMED} til"] * (len(lacking) > MOST_NAMED))
    remedy = "Indlæs grænserne som GeoJSON, GeoPackage eller zippet Shapefile på siden Data."
    return f"{named} kan ikke tegnes på kortet, for grænserne er ikke indlæst. {remedy}"


def download(screen: Screen, reading: MapReading) -> None:
    """The map as a file that can be shown anywhere, made when asked for."""
    name = f"kort_{reading.file_name}.html"
    made_later = partial(map_html, screen.release, reading)
    download_file("Hent kort som HTML", made_later, name, "text/html", key=f"file_{reading.file_name}")


def map_html(release: Release, reading: MapReading) -> bytes:
    """A map as one HTML page; knows no session, so that it can be made in the background."""
    from components.exports.map_file import map_file  # folium is imported only by the process that writes a file

    areas = release.areas[release.areas["geometry"].notna()]
    outlines = dict(zip(areas["area_id"], shapely.from_wkb(areas["geometry"].to_numpy()), strict=True))
    ground = areas.loc[areas["level"] == "municipality", "area_id"]
    return map_file(
        reading,
        {area: outlines[area] for area in reading.layer.area_ids},
        {area: outlines[area] for area in ground},
        credits_of(release),
    )


def chosen_area(screen: Screen, rows: pd.DataFrame) -> None:
    """The chosen area in words, with the way to its trend; or how to choose one."""
    chosen = rows[rows["area_id"].isin(screen.view.areas)]
    if chosen.empty:
        st.markdown(":gray[Vælg et område på kortet for at læse tallet og se udviklingen.]")
        return
    for row in records(chosen):
        with st.container(border=True):
            st.subheader(plain(row["name"]), anchor=False)
            say(row["hover"], example_badge(chosen))
            if over_years := trend_said(screen, str(row["area_id"])):
                say(over_years)
            link_to("trends.py", f"Se udviklingen i {row['name']}", screen.view, areas=(row["area_id"],))
            link_to("area.py", f"Se området {row['name']}", screen.view, areas=(row["area_id"],))
