"""Sets a document as PDF on A4: tagged, with bookmarks and alt texts, drawn without a browser, by Typst."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from data.progress import ProgressCallback, silently
from drawings.board_pictures import cell_svg
from drawings.palette import LIGHT
from drawings.svg import fixed
from reports.document import AreaMap, Beside, Block, Box, Document, Lines, Picture, Section, Table
from reports.typeface import families
from reports.typesetting import typeset

TEMPLATE = Path(__file__).parent / "document.typ"
# Points: the width of the text, the gap between columns, and the heights of maps, in a pack and on the one page.
WIDE, GAP = 493.0, 16.0
MAP_HEIGHT, LOW_MAP_HEIGHT = 200.0, 165.0
# Points of a px of a drawing: its type is 13 and 11.5 px.
PX = 0.6
TONES = {"better": LIGHT.better, "worse": LIGHT.worse, "late": LIGHT.worse, "neutral": LIGHT.muted}


def pdf(document: Document, told: ProgressCallback = silently) -> bytes:
    """Return the document as PDF. Raises what `told` raises, between two pictures."""
    sections = []
    for index, section in enumerate(document.sections):
        told(0.1 + 0.6 * index / len(document.sections), f"Tegner: {section.title or document.kind}")
        sections.append(_section(section, LOW_MAP_HEIGHT if document.fits_a_page else MAP_HEIGHT))
    told(0.75, "Sætter siderne")
    words = {
        "document": asdict(document) | {"sections": sections},
        "colours": {name: getattr(LIGHT, name) for name in ("ink", "muted", "line", "surface", "primary", "series")}
        | {"tones": TONES},
    }
    made = typeset(TEMPLATE, words)
    told(1.0, "Færdig")
    return made


def _section(section: Section, height: float) -> dict[str, Any]:
    return {
        "title": section.title,
        "level": section.level,
        "blocks": [_block(block, WIDE, height) for block in section.blocks],
    }


def _block(block: Block | Beside, width: float, height: float) -> dict[str, Any]:
    if isinstance(block, Beside):
        left = (width - GAP) * block.ratio / (1 + block.ratio)
        return {
            "kind": "beside",
            "ratio": block.ratio,
            "left": [_block(each, left, height) for each in block.left],
            "right": [_block(each, width - GAP - left, height) for each in block.right],
        }
    if isinstance(block, Picture):
        drawn = block.drawn
        drawing = drawn.drawing(width / PX, height / PX) if isinstance(drawn, AreaMap) else drawn
        return {
            "kind": "picture",
            "title": block.title,
            "svg": fixed(drawing, width / PX, family=", ".join(families())),
            "width": width,
            "alt": block.alt,
            "credit": block.origin.credit,
            "example": block.origin.example,
        }
    if isinstance(block, Table):
        return {"kind": "table", "pictures": _pictures(block)} | asdict(replace(block, board=None))
    if isinstance(block, Lines):
        return {"kind": "lines", "lines": [asdict(line) for line in block.lines]}
    if isinstance(block, Box):
        return {"kind": "box", "title": block.title, "paragraphs": [asdict(each) for each in block.paragraphs]}
    return {"kind": "text"} | asdict(block)


def _pictures(table: Table) -> list[list[str]]:
    """By row and column the small picture below the words, "" for none; [] for a table without any."""
    if table.board is None:
        return []
    columns = table.board.columns
    return [
        ["", *(cell_svg(cell, column) for cell, column in zip(row.cells, columns, strict=True))]
        for row in table.board.rows
    ]
