"""Sets a document as one plain HTML page: no script, nothing fetched from elsewhere, light in bytes, good on paper."""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from drawings import html as drawn
from drawings.board_html import board_html, board_style, legend_html
from drawings.logo import HOUSE
from drawings.model import Drawing
from drawings.paint import theme_css
from drawings.palette import LIGHT
from reports.document import AreaMap, Beside, Block, Box, Document, Line, Lines, Picture, Section, Table, Text

MAP_WIDTH, MAP_HEIGHT = 640.0, 380.0
EXAMPLE = '<span class="badge">eksempeldata</span>'
CONTENT_CSS = (
    ".facts{display:flex;flex-wrap:wrap;font-size:.875rem;gap:.25rem 1.25rem;margin:0}"
    ".facts div{display:flex;gap:.35rem}.facts dt{color:var(--muted)}.facts dd{font-weight:600;margin:0}"
    ".lines{list-style:none;margin:0;padding:0}.lines li{margin:.6rem 0}"
    ".apart li{border-bottom:1px solid var(--line);color:var(--muted);font-size:.875rem;margin:0;padding:.65rem 0}"
    ".apart strong{color:var(--ink);display:block;font-size:1rem;font-weight:600}"
    ".mark{border:1px solid var(--line);border-radius:4px;font-size:.8125rem;font-weight:600;margin-right:.4rem;"
    "padding:.05rem .4rem;white-space:nowrap}.better{color:var(--better)}.worse,.late{color:var(--worse)}"
    ".neutral,.quiet,.credit{color:var(--muted)}.credit{font-size:.75rem}"
    ".badge{border:1px solid var(--series-4);border-radius:4px;color:var(--series-4);font-size:.75rem;padding:0 .35rem}"
    "details{margin:.5rem 0}summary{cursor:pointer;font-size:.875rem}.scroll{overflow-x:auto}"
    ".scroll table,details table{border-collapse:collapse;font-size:.8125rem;font-variant-numeric:tabular-nums;"
    "width:100%}:is(.scroll,details) :is(th,td){border-bottom:1px solid var(--line);padding:.3rem .5rem .3rem 0;"
    "text-align:left;vertical-align:top;white-space:pre-line}:is(.scroll,details) tbody th{font-weight:500}" + drawn.CSS
)
"""The styles of what stands in a document, wherever it stands."""
CSS = (
    theme_css() + ":root{color-scheme:light dark}@media print{:root{color-scheme:light}}"
    "*{box-sizing:border-box}body{background:var(--paper);color:var(--ink);margin:0;"
    "font:1rem/1.5 Inter,system-ui,-apple-system,'Segoe UI',sans-serif}"
    "main{margin:0 auto;max-width:52rem;padding:0 1rem 3rem}"
    "main:has(.board-frame){max-width:78rem}main :is(p,ul,dl,figure){max-width:50rem}"
    "main .board-frame *{max-width:none}"
    "h1{font-size:clamp(1.45rem,1.2rem + 1.4vw,2rem);hyphens:auto;letter-spacing:-.015em;line-height:1.2;"
    "margin:1.75rem 0 .75rem;overflow-wrap:break-word;text-wrap:balance}"
    "h2{border-bottom:1px solid var(--line);font-size:1.25rem;"
    "line-height:1.3;margin:2.25rem 0 .75rem;padding-bottom:.25rem}h3{font-size:1rem;margin:1.25rem 0 .5rem}"
    "p{margin:.5rem 0}a{color:var(--primary)}"
    ".banner{background:var(--surface);border-bottom:1px solid var(--line);border-top:4px solid var(--primary);"
    "padding:.75rem 1rem}.banner>div{margin:0 auto;max-width:50rem}body:has(.board-frame) .banner>div{max-width:76rem}"
    ".banner p{margin:.25rem 0}.banner .whose{align-items:center;display:flex;gap:.5rem}"
    ".house{color:var(--primary);flex:none;height:1.5rem;width:1.5rem}.house :not(:first-child){color:var(--surface)}"
    ".ways{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin-top:.25rem}"
    ".ways a{display:inline-block;padding:.3rem 0}"
    "@media print{.ways,details:not([open]){display:none}h2{break-after:avoid}figure{break-inside:avoid}}" + CONTENT_CSS
)


@dataclass(frozen=True)
class Banner:
    """What stands above a shared document: its title, what is said of it, and the ways on as (words, address).

    With `fold` those words stand alone, and what is said folds out of them.
    """

    title: str
    said: tuple[str, ...]
    ways: tuple[tuple[str, str], ...]
    fold: str = ""


@dataclass(frozen=True)
class Body:
    """A document as HTML without its banner, and the styles of its figures."""

    html: str
    css: str


def body(document: Document) -> Body:
    """The document's title, facts, sections and foot."""
    page = _Page()
    facts = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>"
        for label, value in (*document.facts, *document.filters)
    )
    parts = [f"<h1>{escape(document.title)}</h1>", f'<dl class="facts">{facts}</dl>' if facts else ""]
    for section in document.sections:
        if section.title:
            parts.append(f"<h2>{escape(section.title)}</h2>")
        parts += [page.block(block) for block in section.blocks]
    badge = f" {EXAMPLE}" if document.example else ""
    if document.line or badge:
        parts.append(f'<p class="credit">{escape(document.line)}{badge}</p>')
    return Body("".join(parts), "".join(page.styles))


def blocks_html(blocks: Sequence[Block | Beside | Section]) -> Body:
    """Blocks and sections alone, two columns beside each other where they are meant to be (`.beside`)."""
    page = _Page()
    return Body("".join(page.laid_out(block) for block in blocks), "".join(page.styles))


def page(content: Body, banner: Banner, organisation: str, *, sends: bool = False) -> tuple[str, str]:
    """The whole page, and the policy under which it needs nothing but its own style sheet.

    `sends` is whether it has forms, which are sent to us alone.
    """
    style = CSS + content.css
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    ways = "".join(f'<a href="{escape(address)}">{escape(words)}</a>' for words, address in banner.ways)
    sentence = "".join(f"<p>{escape(line)}</p>" for line in banner.said)
    if banner.fold:
        sentence = f"<details><summary>{escape(banner.fold)}</summary>{sentence}</details>"
    about = f"{organisation}: en delt visning. Åbn den for at se tallene."
    html = (
        '<!doctype html><html lang="da"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="robots" content="noindex"><meta name="theme-color" content="{LIGHT.primary}">'
        f"<title>{escape(banner.title)}</title>"
        f'<meta property="og:title" content="{escape(banner.title)}"><meta property="og:type" content="article">'
        f'<meta property="og:description" content="{escape(about)}">'
        f"<style>{style}</style></head><body>"
        f'<header class="banner"><div><p class="whose">{HOUSE}<strong>{escape(banner.title)}</strong></p>{sentence}'
        f'<nav class="ways">{ways}</nav></div></header><main>{content.html}</main></body></html>'
    )
    receiver = "'self'" if sends else "'none'"
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self'; base-uri 'none'; "
        f"form-action {receiver}; frame-ancestors 'none'"
    )
    return html, policy


class _Page:
    """The blocks of one page; each figure has a class of its own."""

    def __init__(self) -> None:
        self.styles: list[str] = []

    def laid_out(self, block: Block | Beside | Section) -> str:
        if isinstance(block, Section):
            return f"<h2>{escape(block.title)}</h2>{''.join(self.laid_out(each) for each in block.blocks)}"
        if isinstance(block, Beside):
            columns = ("".join(self.block(each) for each in column) for column in (block.left, block.right))
            return f'<div class="beside">{"".join(f"<div>{column}</div>" for column in columns)}</div>'
        return self.block(block)

    def block(self, block: Block | Beside) -> str:
        if isinstance(block, Beside):
            return "".join(self.block(each) for each in (*block.left, *block.right))
        if isinstance(block, Picture):
            return self._picture(block)
        if isinstance(block, Table):
            if block.board is not None:
                self.styles.append(board_style())
            return _table(block)
        if isinstance(block, Lines):
            kind = "lines apart" if block.apart else "lines"
            return f'<ul class="{kind}">{"".join(_line(line) for line in block.lines)}</ul>'
        if isinstance(block, Box):
            inside = "".join(_text(each) for each in block.paragraphs)
            return f"<details><summary>{escape(block.title)}</summary>{inside}</details>"
        return _text(block)

    def _picture(self, picture: Picture) -> str:
        name = f"f{len(self.styles)}"
        source = picture.drawn
        drawing: Drawing = source.drawing(MAP_WIDTH, MAP_HEIGHT) if isinstance(source, AreaMap) else source
        drawing = replace(drawing, sentence=picture.sentence)
        self.styles.append(drawn.figure_css(drawing, name))
        title = f"<h3>{escape(picture.title)}</h3>" if picture.title else ""
        badge = f" {EXAMPLE}" if picture.origin.example else ""
        credit = f'<p class="credit">{escape(picture.origin.credit)}{badge}</p>'
        return f"{title}{drawn.figure(drawing, name)}{credit}"


def _text(text: Text) -> str:
    strong = f"<strong>{escape(text.strong)}</strong> " if text.strong else ""
    kind = ' class="quiet"' if text.quiet else ""
    return f"<p{kind}>{strong}{escape(text.text)}</p>"


def _line(line: Line) -> str:
    mark = f'<span class="mark {escape(line.tone)}">{escape(line.mark)}</span>' if line.mark else ""
    strong = f"<strong>{escape(line.strong)}</strong> " if line.strong else ""
    return f"<li>{mark}{strong}{escape(line.text)}</li>"


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in table.headings)
    rows = "".join(f"<tr>{''.join(_cells(row))}</tr>" for row in table.rows)
    title = f"<h3>{escape(table.title)}</h3>" if table.title else ""
    if table.board is not None:
        goals = any(cell.goal is not None or cell.chips for row in table.board.rows for cell in row.cells)
        credit = table.origin.credit if table.origin else ""
        badge = f" {EXAMPLE}" if table.board.example else ""
        board = board_html(table.board, href=None) + legend_html(goals=goals)
        return f'<div class="board-frame">{board}</div><p class="credit">{escape(credit)}{badge}</p>'
    # A table wider than the page scrolls in its box, by keyboard too.
    name = escape(table.title or "Tabel", quote=True)
    box = f'<div class="scroll" tabindex="0" role="region" aria-label="{name}">'
    return f"{title}{box}<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"


def _cells(row: tuple[str, ...]) -> Iterator[str]:
    first, *rest = row
    yield f'<th scope="row">{escape(first)}</th>'
    yield from (f"<td>{escape(cell)}</td>" for cell in rest)
