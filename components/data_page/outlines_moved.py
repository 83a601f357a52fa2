"""The outlines that a delivery replaces, old and new on a small map for each area."""

import pandas as pd
import shapely
import streamlit as st

from components.data_page.delivery import Delivery
from components.pictures.element import Foot, Picture, mount_picture
from components.session import our_store
from components.text import plain
from data.intake.examination import OUTLINES
from data.intake.plausibility import MOVED_OUTLINE
from drawings.moved_outline import moved_outline
from geo.projection import to_metres

MOST_MAPS = 12
"""Maps that are drawn; the moved outlines beyond them are told in the warnings."""


def outlines_moved(made: Delivery) -> None:
    """A map for each area whose outline the delivery replaces by another; nothing where there is none."""
    frames = [table.frame for table in made.incoming if table.kind == OUTLINES]
    if not frames:
        return
    moved = replaced(pd.concat(frames, ignore_index=True), our_store().loaded(OUTLINES))
    if not moved:
        return
    st.markdown("**Omrids, der skiftes ud**")
    with st.container(horizontal=True, key="outlines_moved"):
        for area, (name, old, new) in list(moved.items())[:MOST_MAPS]:
            with st.container(width=380):
                st.markdown(plain(name))
                then, now = to_metres([old, new])
                sentence = f"{name}: det nye omrids over det gamle."
                picture = Picture.of(moved_outline(then, now, sentence=sentence), Foot("", example=False))
                mount_picture(picture, sentence, f"omrids_{area}", take=False)


def replaced(new: pd.DataFrame, standing: pd.DataFrame) -> dict[str, tuple[str, shapely.Geometry, shapely.Geometry]]:
    """Area → its name, old and new outline in degrees, for those of which more than a trifle moves."""
    before = standing.drop_duplicates("area_id", keep="last").set_index("area_id")["geometry"]
    moved = {}
    for area, name, geometry in zip(new["area_id"], new["name"], new["geometry"], strict=True):
        if area not in before.index:
            continue
        old, drawn = shapely.from_wkb(bytes(before[area])), shapely.from_wkb(bytes(geometry))
        if old.symmetric_difference(drawn).area > MOVED_OUTLINE * old.area:
            moved[str(area)] = (str(name or area), old, drawn)
    return moved
