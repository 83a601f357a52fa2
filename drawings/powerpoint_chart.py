"""Charts on slides that PowerPoint itself draws, each with its figures in a workbook one can open and edit."""

import io
from typing import Any

import openpyxl
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.util import Pt

from drawings.model import Chart, Series
from drawings.paint import colour_of

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
FORMATS = {"pct.": '0" pct."', "antal": "#,##0"}
NOTE = "Bemærkning"
Interval = tuple[float | None, float | None]


def add_chart(slide: Any, chart: Chart, alt: str, box: tuple[Any, ...], scale: float) -> None:
    """Put a chart on a slide: `place` is left, top, width and height in EMU, `scale` sizes its type."""
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
    made.font.size, made.font.color.rgb = Pt(11 * scale), rgb("ink")
    made.has_title = False
    _axes(made, chart)
    for drawn, series in zip(made.plots[0].series, chart.series, strict=True):
        if bars:
            _bar(drawn, series, chart)
        else:
            _line(drawn, series)
    if bars:
        made.plots[0].gap_width = 70
        _intervals(made, chart)


def rgb(role: str) -> RGBColor:
    """A colour by its role, or by value."""
    colour = role if role.startswith("#") else colour_of(role)
    return RGBColor.from_string(colour.removeprefix("#").upper())


# Figures --------------------------------------------------------------------------------------------------------------


def _order(chart: Chart, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """PowerPoint draws the first bar at the bottom."""
    return values[::-1] if chart.kind == "bars" else values


def _named_bars(chart: Chart) -> list[str]:
    """What is not shown says so beside its name."""
    bars = zip(chart.categories, chart.series[0].values, chart.remarks, strict=True)
    return [f"{name}: {remark}" if value is None and remark else name for name, value, remark in bars][::-1]


def _bars_workbook(chart: Chart) -> bytes:
    (series,) = chart.series
    rows = [
        [name, value, low, high, *_ends(value, low, high), remark]
        for name, value, low, high, remark in zip(
            chart.categories, series.values, series.low, series.high, chart.remarks, strict=True
        )
    ]
    headings = [chart.category, series.name, "Nedre grænse", "Øvre grænse", "Op til øvre", "Ned til nedre", NOTE]
    return _saved(headings, rows[::-1], FORMATS[chart.unit])


def _ends(value: float | None, low: float | None, high: float | None) -> Interval:
    if value is None or low is None or high is None:
        return None, None
    return round(high - value, 1), round(value - low, 1)


def _workbook(chart: Chart) -> bytes:
    rows = [
        [category, *(series.values[index] for series in chart.series), chart.remarks[index] if chart.remarks else ""]
        for index, category in enumerate(chart.categories)
    ]
    return _saved([chart.category, *(series.name for series in chart.series), NOTE], rows, FORMATS[chart.unit])


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
        axis.major_unit = 20 if (chart.high or 100) - chart.low > 50 else 10
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = FORMATS["pct."], False
    if chart.kind == "columns":
        made.category_axis.tick_labels.font.size = Pt(9)
        _thin_out(made)


def _bar(drawn: Any, series: Series, chart: Chart) -> None:
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = rgb(series.colour)
    labels = drawn.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, FORMATS[chart.unit], False
    labels.font.size, labels.font.bold = Pt(11), True
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


def _thin_out(made: Any) -> None:
    """One quarter a year is named on the axis."""
    for name in ("tickLblSkip", "tickMarkSkip"):
        element = etree.SubElement(made.category_axis._element, f"{{{_CHART}}}{name}")
        element.set("val", "4")
        made.category_axis._element.find(f"{{{_CHART}}}lblOffset").addnext(element)


def _intervals(made: Any, chart: Chart) -> None:
    """The 95 % intervals as error bars that read from the chart's own workbook (columns E and F)."""
    (series,) = chart.series
    ends = [_ends(*each) for each in zip(series.values, series.low, series.high, strict=True)][::-1]
    parts = "".join(
        f"<c:{side}><c:numRef><c:f>Sheet1!${column}$2:${column}${len(ends) + 1}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(ends)}"/>'
        + "".join(
            f'<c:pt idx="{index}"><c:v>{each[end]}</c:v></c:pt>'
            for index, each in enumerate(ends)
            if each[end] is not None
        )
        + f"</c:numCache></c:numRef></c:{side}>"
        for side, column, end in (("plus", "E", 0), ("minus", "F", 1))
    )
    bars = etree.fromstring(
        f'<c:errBars xmlns:c="{_CHART}" xmlns:a="{_DRAWING}"><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="0"/>{parts}<c:spPr><a:ln w="19050"><a:solidFill>'
        f'<a:srgbClr val="{rgb("ink")}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )
    made.plots[0].series[0]._element.find(f"{{{_CHART}}}cat").addprevious(bars)
