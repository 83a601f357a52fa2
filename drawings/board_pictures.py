"""The small picture of a cell of the board alone, for paper: the years above the interval, with its colours in it."""

from dataclasses import replace

from data.views.board_model import MISSING, BoardCell, BoardColumn
from drawings.board_html import SPARK_HEIGHT, SPARK_WIDTH, TICK_HEIGHT, interval_tick, spark
from drawings.palette import LIGHT

GAP = 4
WIDTH, HEIGHT = SPARK_WIDTH, SPARK_HEIGHT + GAP + TICK_HEIGHT
# As strong as the bars of the screen, which are mixed of the series and the paper there.
_BARS = {"share": "#8fb3c8", "rate": "#dfae8c"}


def cell_svg(cell: BoardCell, column: BoardColumn) -> str:
    """The picture as a whole SVG file; "" for a cell that has none."""
    if column.kind not in _BARS or cell.state == MISSING:
        return ""
    years = spark(cell.spark, replace(column, wide=False)) if len(cell.spark) > 1 else ""
    tick = interval_tick(cell, column)
    if not years and not tick:
        return ""
    below = tick.replace("<svg ", f'<svg y="{SPARK_HEIGHT + GAP}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"<style>{_style(column.kind)}</style>{years}{below}</svg>"
    )


def _style(kind: str) -> str:
    series = LIGHT.perceived if kind == "share" else LIGHT.recorded
    return (
        "path{fill:none;stroke-linecap:round;stroke-linejoin:round}"
        f".line{{stroke:{series};stroke-width:1.75}}"
        f".break{{stroke:{LIGHT.muted};stroke-width:1;stroke-dasharray:2 3}}circle{{fill:{series}}}"
        f"circle.hollow{{fill:{LIGHT.paper};stroke:{series};stroke-width:1.75}}"
        f".axis{{stroke:{LIGHT.line};stroke-width:1}}.bar{{stroke:{_BARS[kind]};stroke-width:5;stroke-linecap:butt}}"
        f"path.now{{stroke:{LIGHT.ink};stroke-width:2;stroke-linecap:butt}}"
    )
