"""Sets a document as PDF on A4: tagged, with bookmarks and alt texts, drawn without a browser, by Typst."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from data import danish
from data.progress import ProgressCallback, silently
from data.sentences import STATUS_WORDS
from data.views.board_model import ARROWS, SHOWN, Board, BoardCell
from drawings.board_html import MOVING_WORDS
from drawings.board_pictures import cell_svg
from drawings.palette import LIGHT
from drawings.svg import fixed
from reports.document import AreaMap, Beside, Block, Box, Document, Lines, Picture, Section, Table
from reports.typeface import families
from reports.typesetting import typeset

TEMPLATE = Path(__file__).parent / "document.typ"
# Points: the width of the text, the gap between columns, and the heights of maps, in a pack and on the one page.
WIDE, GAP = 493.0, 16.0
MAP_HEIGHT, LOW_MAP_HEIGHT = 175.0, 165.0
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
        "one_page": section.one_page,
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
    if isinstance(block, Table) and block.board is not None:
        return _board(block.board) | {"wide": block.wide, "origin": asdict(block.origin) if block.origin else None}
    if isinstance(block, Table):
        return {"kind": "table"} | asdict(replace(block, board=None))
    if isinstance(block, Lines):
        return {"kind": "lines", "lines": [asdict(line) for line in block.lines]}
    if isinstance(block, Box):
        return {"kind": "box", "title": block.title, "paragraphs": [asdict(each) for each in block.paragraphs]}
    return {"kind": "text"} | asdict(block)


def _board(board: Board) -> dict[str, Any]:
    """The board as a table of its own: value and limits beside the small picture, the goal below them."""
    return {
        "kind": "board",
        "headings": [
            {"title": "Område", "under": ""},
            *({"title": each.title, "under": each.under} for each in board.columns),
        ],
        "rows": [
            {
                "name": row.name,
                "cells": [
                    _board_cell(cell) | {"svg": cell_svg(cell, column)}
                    for cell, column in zip(row.cells, board.columns, strict=True)
                ],
            }
            for row in board.rows
        ],
    }


def _board_cell(cell: BoardCell) -> dict[str, Any]:
    """The words of a cell of the board: its value, its note, how it moves and its goal, each "" for none."""
    moves = cell.state == SHOWN and cell.moving is not None and cell.moving.points != 0
    tone = cell.moving.kind.partition("_")[0] if moves and cell.moving is not None else ""
    return {
        "value": "" if cell.chips else cell.text,
        "shown": cell.state == SHOWN,
        "note": danish.join(f"{count} {STATUS_WORDS[status].lower()}" for status, count in cell.chips) or cell.note,
        "arrow": ARROWS[cell.moving.points] if moves and cell.moving is not None else "",
        "moves": MOVING_WORDS[cell.moving.kind].lower() if moves and cell.moving is not None else "",
        "tone": tone if tone in ("better", "worse") else "neutral",
        "goal": f"Mål: {STATUS_WORDS[cell.goal.kind].lower()}" if cell.goal else "",
    }
