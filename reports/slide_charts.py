"""Charts on slides that PowerPoint itself draws, each with its figures in a workbook one can open and edit."""

import io
from typing import Any

import openpyxl
import pandas as pd
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.util import Pt

from data import danish
from data.release import records
from data.sentences import HIDDEN_COUNT
from drawings.palette import LIGHT
from reports.document import Dots, Quarters, Trend
from reports.drawings.dots import limits, state_word

PERCENT = '0" pct."'
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
NOTE = "Bemærkning"


def chart(slide: Any, drawn: Dots | Trend | Quarters, alt: str, place: tuple[Any, ...], scale: float) -> None:
    """Put a chart on a slide: `place` is left, top, width and height in EMU."""
    if isinstance(drawn, Dots):
        data, kind, sheet = _dots(drawn)
    elif isinstance(drawn, Trend):
        data, kind, sheet = _trend(drawn)
    else:
        data, kind, sheet = _quarters(drawn)
    frame = slide.shapes.add_chart(kind, *place, data)
    frame.name = "Diagram"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    made = frame.chart
    made.part.chart_workbook.update_from_xlsx_blob(sheet)
    made.font.size, made.font.color.rgb = Pt(11 * scale), _rgb(LIGHT.ink)
    made.has_title = False
    _style(made, drawn)


def _dots(drawn: Dots) -> tuple[CategoryChartData, Any, bytes]:
    rows = records(drawn.rows.iloc[::-1])
    data = CategoryChartData(number_format=PERCENT)
    data.categories = [f"{row['name']}: {word}" if (word := state_word(row)) else row["name"] for row in rows]
    data.add_series("Andel", [_percent(row["share"]) for row in rows])
    sheet = _workbook(
        ["Område", "Andel", "Nedre grænse", "Øvre grænse", "Op til øvre", "Ned til nedre", NOTE],
        [
            [
                row["name"], _percent(row["share"]), _percent(row["low"]), _percent(row["high"]),
                _percent(row["high"] - row["share"]), _percent(row["share"] - row["low"]), state_word(row),
            ]
            for row in rows
        ],
        PERCENT,
    )  # fmt: skip
    return data, XL_CHART_TYPE.BAR_CLUSTERED, sheet


def _trend(drawn: Trend) -> tuple[CategoryChartData, Any, bytes]:
    waves = sorted(drawn.rows["wave"].unique())
    shares = {(row["area_id"], row["wave"]): _percent(row["share"]) for row in records(drawn.rows)}
    names = dict(zip(drawn.rows["area_id"], drawn.rows["name"], strict=True))
    order = [*drawn.shown, *(area for area in names if area not in drawn.shown)]
    order = [area for area in order if area in names]
    data = CategoryChartData(number_format=PERCENT)
    data.categories = waves
    for area in order:
        data.add_series(names[area], [shares.get((area, wave)) for wave in waves])
    table = [[wave, *(shares.get((area, wave)) for area in order)] for wave in waves]
    return data, XL_CHART_TYPE.LINE_MARKERS, _workbook(["Måling", *(names[area] for area in order)], table, PERCENT)


def _quarters(drawn: Quarters) -> tuple[CategoryChartData, Any, bytes]:
    rows = records(drawn.rows.sort_values("period"))
    data = CategoryChartData(number_format="#,##0")
    data.categories = [row["period"] for row in rows]
    data.add_series(drawn.noun, [_number(row["count"]) for row in rows])
    data.add_series("Gennemsnit", [_number(row["mean"]) for row in rows])
    sheet = _workbook(
        ["Kvartal", drawn.noun, "Gennemsnit", "Fra (sædvanlige udsving)", "Til (sædvanlige udsving)", NOTE],
        [
            [row["period"], _number(row["count"]), _number(row["mean"]), _number(row["lower"]), _number(row["upper"]),
             _note(row)]
            for row in rows
        ],
        "#,##0",
    )  # fmt: skip
    return data, XL_CHART_TYPE.LINE_MARKERS, sheet


def _note(row: dict[str, Any]) -> str:
    word = {"hidden": HIDDEN_COUNT, "missing": danish.NOT_REPORTED, "provisional": "foreløbigt"}.get(row["state"], "")
    return "; ".join(part for part in (word, "masseregistrering" if row["mass"] else "") if part)


def _workbook(headings: list[str], rows: list[list[Any]], number_format: str) -> bytes:
    """The chart's figures as a workbook, named as PowerPoint looks for it; a hidden figure is a word beside a gap."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    sheet.append(headings)
    for row in rows:
        sheet.append(row)
    for cells in sheet.iter_rows(min_row=2, min_col=2):
        for cell in cells:
            if isinstance(cell.value, (int, float)):
                cell.number_format = number_format
    sheet.freeze_panes = "B2"
    sheet.column_dimensions["A"].width = 26
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


# Looks ----------------------------------------------------------------------------------------------------------------


def _style(made: Any, drawn: Dots | Trend | Quarters) -> None:
    made.has_legend = not isinstance(drawn, Dots)
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    axis = made.value_axis
    axis.major_gridlines.format.line.color.rgb = _rgb(LIGHT.line)
    axis.format.line.fill.background()
    if isinstance(drawn, Quarters):
        axis.minimum_scale = 0
        made.category_axis.tick_labels.font.size = Pt(9)
        _thin_out(made)
    else:
        # A bar is read from zero.
        low, high = (0.0, 1.0) if isinstance(drawn, Dots) else limits(drawn.rows)
        axis.minimum_scale, axis.maximum_scale = 100 * low, 100 * high
        axis.major_unit = 20 if high - low > 0.5 else 10
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = PERCENT, False
    for place, series in enumerate(made.plots[0].series):
        _series(series, drawn, place)
    if isinstance(drawn, Dots):
        made.plots[0].gap_width = 70
        _intervals(made, drawn)


def _series(series: Any, drawn: Dots | Trend | Quarters, place: int) -> None:
    if isinstance(drawn, Dots):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _rgb(LIGHT.perceived)
        plot_labels = series.data_labels
        plot_labels.show_value, plot_labels.number_format, plot_labels.number_format_is_linked = True, PERCENT, False
        plot_labels.font.size = Pt(11)
        plot_labels.font.color.rgb = _rgb(LIGHT.paper)
        plot_labels.font.bold = True
        plot_labels.position = XL_LABEL_POSITION.INSIDE_BASE
        return
    if isinstance(drawn, Quarters):
        colour, width = (LIGHT.recorded, 2.0) if place == 0 else (LIGHT.neutral, 1.0)
    else:
        shown = place < len(drawn.shown)
        colour, width = (LIGHT.series[place % 5], 2.5) if shown else (LIGHT.faint, 1.25)
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = _rgb(colour), Pt(width)
    marked = place == 0 or not isinstance(drawn, Quarters)
    series.marker.style = XL_MARKER_STYLE.CIRCLE if marked else XL_MARKER_STYLE.NONE
    if marked:
        series.marker.size = 6 if width > 2 else 4
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = _rgb(colour)
        series.marker.format.line.color.rgb = _rgb(colour)


def _thin_out(made: Any) -> None:
    """One quarter a year is named on the axis."""
    for name in ("tickLblSkip", "tickMarkSkip"):
        element = etree.SubElement(made.category_axis._element, f"{{{_CHART}}}{name}")
        element.set("val", "4")
        made.category_axis._element.find(f"{{{_CHART}}}lblOffset").addnext(element)


def _intervals(made: Any, drawn: Dots) -> None:
    """The 95 % intervals as error bars that read from the chart's own workbook (columns E and F)."""
    rows = records(drawn.rows.iloc[::-1])
    series = made.plots[0].series[0]._element
    ends = {
        "plus": ("E", [_percent(row["high"] - row["share"]) for row in rows]),
        "minus": ("F", [_percent(row["share"] - row["low"]) for row in rows]),
    }
    parts = "".join(
        f"<c:{side}><c:numRef><c:f>Sheet1!${column}$2:${column}${len(rows) + 1}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(rows)}"/>'
        + "".join(
            f'<c:pt idx="{place}"><c:v>{value}</c:v></c:pt>' for place, value in enumerate(values) if value is not None
        )
        + f"</c:numCache></c:numRef></c:{side}>"
        for side, (column, values) in ends.items()
    )
    bars = etree.fromstring(
        f'<c:errBars xmlns:c="{_CHART}" xmlns:a="{_DRAWING}"><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="0"/>{parts}<c:spPr><a:ln w="19050"><a:solidFill>'
        f'<a:srgbClr val="{LIGHT.ink[1:].upper()}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )
    series.find(f"{{{_CHART}}}cat").addprevious(bars)


def _percent(share: float) -> float | None:
    return None if pd.isna(share) else round(100 * float(share), 1)


def _number(value: float) -> float | None:
    return None if pd.isna(value) else round(float(value), 1)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#").upper())
