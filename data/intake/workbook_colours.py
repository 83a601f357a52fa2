"""The colours of an .xlsx as red, green and blue, to tell writing in the colour of its own background."""

import colorsys
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

from data.intake.ooxml import root_of

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_IN_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
_INDEXED = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF") * 2
_OF_THE_SYSTEM = {64: (0, 0, 0), 65: (255, 255, 255)}
CLOSE = 10
"""Most by which each of red, green and blue may differ in two colours that nobody tells apart."""
WHITE: "Colour" = (255, 255, 255)

Colour = tuple[int, int, int]
Theme = Mapping[int, Colour]


def theme_of(archive: zipfile.ZipFile) -> Theme:
    """The colours of a workbook's theme by number; nothing where it has none."""
    try:
        scheme = root_of(archive, "xl/theme/theme1.xml").find(f".//{_DRAWING}clrScheme")
    except KeyError:
        return {}
    colours = {}
    for number, name in enumerate(_IN_THEME):
        named = None if scheme is None else scheme.find(f"{_DRAWING}{name}")
        said = None if named is None or not len(named) else named[0].get("lastClr") or named[0].get("val")
        if (colour := _of_hex(said or "")) is not None:
            colours[number] = colour
    return colours


def colour_of(attributes: Mapping[str, str], theme: Theme) -> Colour | None:
    """The colour that the attributes of an element say; None for one that only the program knows."""
    rgb, number, indexed = attributes.get("rgb", ""), attributes.get("theme", ""), attributes.get("indexed", "")
    colour = _of_hex(rgb)
    if number.isdigit():
        colour = theme.get(int(number))
    elif indexed.isdigit():
        at = int(indexed)
        colour = _of_hex(_INDEXED[at]) if at < len(_INDEXED) else _OF_THE_SYSTEM.get(at)
    if colour is None:
        return None
    try:
        tint = max(-1.0, min(1.0, float(attributes.get("tint", "0"))))
    except ValueError:
        return colour
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    red, green, blue = (round(part * 255) for part in colorsys.hls_to_rgb(hue, min(1.0, light), saturation))
    return red, green, blue


def background(fill: ElementTree.Element | None, theme: Theme, *, of_condition: bool = False) -> Colour | None:
    """The colour behind the writing in a fill: white where there is none, None for patterns.

    A condition's fill has its colour where a cell's has the pattern's second one.
    """
    pattern = None if fill is None else fill.find(f"{_MAIN}patternFill")
    if pattern is None:
        return WHITE if fill is None else None
    kind = pattern.get("patternType", "solid" if of_condition else "none")
    if kind == "none":
        return WHITE
    colour = pattern.find(f"{_MAIN}{'bg' if of_condition else 'fg'}Color")
    return colour_of(colour.attrib, theme) if kind == "solid" and colour is not None else None


def written_in(font: ElementTree.Element | None, theme: Theme) -> Colour | None:
    """The colour of a font; None where it says none, which is black on white."""
    colour = None if font is None else font.find(f"{_MAIN}color")
    return None if colour is None else colour_of(colour.attrib, theme)


def unseen(writing: Colour | None, behind: Colour | None) -> bool:
    """Whether writing in a colour cannot be told from what is behind it."""
    if writing is None or behind is None:
        return False
    return all(abs(one - other) <= CLOSE for one, other in zip(writing, behind, strict=True))


def _of_hex(text: str) -> Colour | None:
    try:
        red, green, blue = (int(text[-6:][at : at + 2], 16) for at in (0, 2, 4))
    except ValueError:
        return None
    return red, green, blue
