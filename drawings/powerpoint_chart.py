"""Charts on slides that PowerPoint itself draws, each with its figures in a workbook one can open and edit."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils import get_column_letter
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.util import Pt

from data import danish
from drawings.model import Chart, Series
from drawings.paint import colour_of

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
FORMATS = {"pct.": '0" pct."', "pct.point": "+0.0;−0.0;0", "antal": "#,##0"}
NOTE = "Bemærkning"
LEAST_TYPE = 18.0
"""The least type in points that is read from the back of a room; everything on a slide is at least so large."""
NAMED_PERIODS = 5
"""As many quarters as have their name under a chart of type for a room."""
NAMED_YEARS = 7
"""As many years as stand beside each other there."""
Interval = tuple[float | None, float | None]
_REACHES = ("Op til øvre", "Ned til nedre")


def add_chart(slide: Any, chart: Chart, alt: str, box: tuple[Any, ...], size: float = LEAST_TYPE) -> None:
    """Put a chart on a slide: `box` is left, top, width and height in EMU, `size` the points of its type."""
    bars = chart.kind == "bars"
    data = CategoryChartData(number_format=FORMATS[chart.unit])
    data.categories = _named_bars(chart) if bars else chart.categories
    for series in chart.series:
        data.add_series(series.name, _order(chart, series.values))
    kind = XL_CHART_TYPE.BAR_CLUSTERED if bars else XL_CHART_TYPE.LINE_MARKERS
    frame = slide.shapes.add_chart(kind, *box, data)
    frame.name = "Diagram"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    made = frame.chart
    made.part.chart_workbook.update_from_xlsx_blob(_bars_workbook(chart) if bars else _workbook(chart))
    made.font.size, made.font.color.rgb = Pt(size), rgb("ink")
    made.has_title = False
    _axes(made, chart)
    for index, (drawn, series) in enumerate(zip(made.plots[0].series, chart.series, strict=True)):
        if bars:
            _bar(drawn, series, chart, size)
        else:
            _line(drawn, series)
        _interval_bars(drawn._element, chart, index)
    if bars:
        made.plots[0].gap_width = 70
    else:
        _leave_out(made.legend._element, [index for index, each in enumerate(chart.series) if each.colour == "faint"])


def rgb(role: str) -> RGBColor:
    """A colour by its role, or by value."""
    return RGBColor.from_string(colour_of(role).removeprefix("#").upper())


# Figures --------------------------------------------------------------------------------------------------------------


def _order(chart: Chart, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """PowerPoint draws the first bar at the bottom."""
    return values[::-1] if chart.kind == "bars" else values


def _named_bars(chart: Chart) -> list[str]:
    """What is not shown says so beside its name; around zero a bar is too short for its figure, which stands there."""

    def named(name: str, value: float | None, remark: str) -> str:
        if value is None:
            return f"{name}: {remark}" if remark else name
        return f"{name} {danish.decimal(value, signed=True)}" if chart.unit == "pct.point" else name

    return [named(*each) for each in zip(chart.categories, chart.series[0].values, chart.remarks, strict=True)][::-1]


def _bars_workbook(chart: Chart) -> bytes:
    (series,) = chart.series
    rows = [
        [name, value, low, high, *_ends(value, low, high), remark]
        for name, value, low, high, remark in zip(
            chart.categories, series.values, series.low, series.high, chart.remarks, strict=True
        )
    ]
    headings = [chart.category, series.name, "Nedre grænse", "Øvre grænse", *_REACHES, NOTE]
    return _saved(headings, rows[::-1], FORMATS[chart.unit])


def _ends(value: float | None, low: float | None, high: float | None) -> Interval:
    if value is None or low is None or high is None:
        return None, None
    return round(high - value, 1), round(value - low, 1)


def _series_ends(series: Series) -> list[Interval]:
    """How far each interval reaches above and below its value; none of a series without limits."""
    return [_ends(*each) for each in zip(series.values, series.low, series.high, strict=True)] if series.low else []


def _workbook(chart: Chart) -> bytes:
    """The values of each series, the remarks, and to the right of them how far the intervals reach."""
    limited = [series for series in chart.series if series.low]
    ends = [_series_ends(series) for series in limited]
    rows = [
        [
            category,
            *(series.values[index] for series in chart.series),
            chart.remarks[index] if chart.remarks else "",
            *(end for each in ends for end in each[index]),
        ]
        for index, category in enumerate(chart.categories)
    ]
    reaches = [f"{series.name}: {reach.lower()}" for series in limited for reach in _REACHES]
    headings = [chart.category, *(series.name for series in chart.series), NOTE, *reaches]
    return _saved(headings, rows, FORMATS[chart.unit])


def _reach_columns(chart: Chart, index: int) -> tuple[str, str]:
    """The columns of the workbook that say how far the intervals of a series reach up and down."""
    if chart.kind == "bars":
        return "E", "F"
    before = sum(bool(series.low) for series in chart.series[:index])
    first = len(chart.series) + 3 + 2 * before
    return get_column_letter(first), get_column_letter(first + 1)


def _saved(headings: list[str], rows: list[list[Any]], number_format: str) -> bytes:
    """The chart's figures as a workbook, named as PowerPoint looks for it; a hidden figure is a word beside a gap."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    for row in (headings, *rows):
        sheet.append(row)
    for cells in sheet.iter_rows():
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a name that begins with "=" is a name, never a formula
            if isinstance(cell.value, (int, float)):
                cell.number_format = number_format
    sheet.freeze_panes = "B2"
    sheet.column_dimensions["A"].width = 26
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


# Looks ----------------------------------------------------------------------------------------------------------------


def _axes(made: Any, chart: Chart) -> None:
    made.has_legend = chart.kind != "bars"
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    axis = made.value_axis
    axis.major_gridlines.format.line.color.rgb = rgb("line")
    axis.format.line.fill.background()
    axis.minimum_scale = chart.low
    if chart.high is not None:
        axis.maximum_scale = chart.high
    if chart.unit == "pct.":
        wide = (chart.high or 100) - chart.low > 50
        axis.major_unit = (50 if chart.kind == "bars" else 20) if wide else 10
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = FORMATS["pct."], False
    if chart.unit == "pct.point":
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "+0;−0;0", False
        axis.reverse_order = chart.turned
        made.category_axis.tick_label_position = (
            XL_TICK_LABEL_POSITION.HIGH if chart.turned else XL_TICK_LABEL_POSITION.LOW
        )
    if chart.kind == "columns":
        years = max(-(-len(chart.categories) // (4 * NAMED_PERIODS)), 1)
        _thin_out(made, 4 * years)
    elif chart.kind == "lines" and len(chart.categories) > NAMED_YEARS and all(map(str.strip, chart.categories)):
        _thin_out(made, 2)


def _bar(drawn: Any, series: Series, chart: Chart, size: float) -> None:
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = rgb(series.colour)
    for index, role in enumerate(_order(chart, series.fills)):
        point = drawn.points[index]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = rgb(role)
    if chart.unit == "pct.point":
        return
    labels = drawn.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, FORMATS[chart.unit], False
    labels.font.size, labels.font.bold = Pt(size), True
    labels.font.color.rgb = rgb("paper")
    labels.position = XL_LABEL_POSITION.INSIDE_BASE
    for index, hollow in enumerate(_order(chart, series.hollow)):
        if hollow:
            point = drawn.points[index]
            point.format.fill.solid()
            # Grey and not white: the figure inside is white.
            point.format.fill.fore_color.rgb = rgb("neutral")


def _line(drawn: Any, series: Series) -> None:
    drawn.smooth = False
    drawn.format.line.color.rgb, drawn.format.line.width = rgb(series.colour), Pt(series.width)
    if series.dash:
        drawn.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    drawn.marker.style = XL_MARKER_STYLE.CIRCLE if series.symbol else XL_MARKER_STYLE.NONE
    if not series.symbol:
        return
    drawn.marker.size = 6 if series.width >= 2 else 4
    _mark(drawn.marker, series.colour, series.colour)
    for index, hollow in enumerate(series.hollow):
        if hollow:
            marker = drawn.points[index].marker
            marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 7
            _mark(marker, "paper", series.colour)


def _mark(marker: Any, fill: str, edge: str) -> None:
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = rgb(fill)
    marker.format.line.color.rgb = rgb(edge)


def _thin_out(made: Any, each: int) -> None:
    """Only one period in so many is named on the axis: a quarter in every few years, every second year."""
    # Each is put right after lblOffset, the last one first: the schema has the labels before the marks.
    for name in ("tickMarkSkip", "tickLblSkip"):
        element = etree.SubElement(made.category_axis._element, f"{{{_CHART}}}{name}")
        element.set("val", str(each))
        made.category_axis._element.find(f"{{{_CHART}}}lblOffset").addnext(element)


def _leave_out(legend: Any, series: Sequence[int]) -> None:
    """Leave the names of grey lines out of the legend: the words beside the chart name them once."""
    place = legend.find(f"{{{_CHART}}}legendPos")
    for index in reversed(series):
        entry = etree.Element(f"{{{_CHART}}}legendEntry")
        for name, value in (("idx", index), ("delete", 1)):
            etree.SubElement(entry, f"{{{_CHART}}}{name}").set("val", str(value))
        place.addnext(entry)


def _interval_bars(element: Any, chart: Chart, index: int) -> None:
    """The 95 % intervals of a series as error bars that read from the chart's own workbook."""
    series = chart.series[index]
    ends = list(_order(chart, tuple(_series_ends(series))))
    if not ends:
        return
    parts = "".join(
        f"<c:{side}><c:numRef><c:f>Sheet1!${column}$2:${column}${len(ends) + 1}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(ends)}"/>'
        + "".join(
            f'<c:pt idx="{place}"><c:v>{each[end]}</c:v></c:pt>'
            for place, each in enumerate(ends)
            if each[end] is not None
        )
        + f"</c:numCache></c:numRef></c:{side}>"
        for side, column, end in zip(("plus", "minus"), _reach_columns(chart, index), (0, 1), strict=True)
    )
    upright = '<c:errDir val="y"/>' if chart.kind != "bars" else ""
    colour = rgb("ink") if chart.kind == "bars" else rgb(series.colour)
    bars = etree.fromstring(
        f'<c:errBars xmlns:c="{_CHART}" xmlns:a="{_DRAWING}">{upright}<c:errBarType val="both"/>'
        f'<c:errValType val="cust"/><c:noEndCap val="0"/>{parts}<c:spPr><a:ln w="19050"><a:solidFill>'
        f'<a:srgbClr val="{colour}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )
    element.find(f"{{{_CHART}}}cat").addprevious(bars)
