"""Pictures for paper as plain SVG, one a kind; one unit is one point."""

from reports.document import AreaMap, Dots, Quarters, Trend
from reports.drawings.area_map import area_map_svg
from reports.drawings.dots import dots_svg
from reports.drawings.quarters import quarters_svg
from reports.drawings.trend import trend_svg


def svg(drawn: Dots | Trend | Quarters | AreaMap, width: float, height: float = 0) -> str:
    """The picture as SVG of a width in points; `height` is that of the map or plot where it is not the rows' own."""
    if isinstance(drawn, Dots):
        return dots_svg(drawn, width)
    if isinstance(drawn, Trend):
        return trend_svg(drawn, width, height or 120)
    if isinstance(drawn, Quarters):
        return quarters_svg(drawn, width, height or 110)
    return area_map_svg(drawn, width, height or 200)
