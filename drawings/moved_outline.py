"""An area's old outline under its new one, so that one sees what is lost and what is won before it is published."""

from shapely.geometry.base import BaseGeometry

from drawings.area_map import framed
from drawings.model import Area, Bar, Drawing, Margin

CAPTION = ("Fyldt flade med fuldt optrukket kant: det nye omrids. Stiplet kant: det gamle.",)


def moved_outline(
    old: BaseGeometry, new: BaseGeometry, *, sentence: str, width: float = 360.0, height: float = 240.0
) -> Drawing:
    """Draw two outlines in metres over each other, told apart by fill and dashes, not by colour alone."""
    frame = framed([old, new], width, height)
    marks = (
        Bar("bund", 0, 1, 0, height, "surface"),
        Area("nyt omrids", frame.rings(new, width), "primary", 0.25, "primary", 2.0),
        Area("gammelt omrids", frame.rings(old, width), edge="ink", edge_width=1.6, dash="5 4"),
    )
    return Drawing("map", height, Margin(0, 0, 0, 0), marks, caption=CAPTION, sentence=sentence, width=width)
