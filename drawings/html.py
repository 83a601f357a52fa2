"""A drawing as HTML: the picture with its legend, its signs explained and its table, without a script."""

from html import escape

from drawings.model import Drawing, Legend, Twin
from drawings.paint import css_paint
from drawings.svg import OVERLAYS, fluid, fluid_css

CSS = (
    ".picture{margin:0}.picture svg{font-variant-numeric:tabular-nums}"
    ".signs{color:var(--muted);font-size:.75rem;line-height:1.4;margin:.25rem 0 0}"
    ".legend{display:flex;flex-wrap:wrap;font-size:.8125rem;gap:.25rem 1rem;list-style:none;margin:.5rem 0 0;padding:0}"
    ".legend li{align-items:center;display:flex;gap:.4rem}.legend svg{flex:none}"
)
"""What every figure needs of a style sheet, beside `fluid_css` of each."""


def figure(drawing: Drawing, name: str, *, stops: bool = False, twin: bool = True) -> str:
    """The drawing as `<figure>`; `name` is its class, for which the page's style sheet holds `fluid_css`."""
    parts = [fluid(drawing, name, stops=stops)]
    if drawing.legend:
        parts.append(_legend(drawing.legend))
    if drawing.caption:
        parts.append(f'<figcaption class="signs">{escape(" · ".join(drawing.caption))}</figcaption>')
    if twin and drawing.twin:
        parts.append(f"<details><summary>Vis som tabel</summary>{table(drawing.twin)}</details>")
    return f'<figure class="picture">{"".join(parts)}</figure>'


def figure_css(drawing: Drawing, name: str) -> str:
    """The style of one figure."""
    return fluid_css(drawing, name)


def table(twin: Twin) -> str:
    """The picture's table."""
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in twin.headings)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for first, *cells in twin.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _legend(legend: Legend) -> str:
    rows = "".join(
        f'<li><svg width="20" height="12" aria-hidden="true">{_swatch(colour, kind)}</svg>{escape(words)}</li>'
        for colour, kind, words in legend.rows
    )
    title = escape(f"{legend.title}. {legend.note}".strip())
    return f'<p class="signs"><strong>{title}</strong></p><ul class="legend">{rows}</ul>'


def _swatch(colour: str, kind: str) -> str:
    fill = css_paint("neutral") if kind == "hatched" else css_paint(colour) if colour else "none"
    dash = ' stroke-dasharray="3 2"' if kind == "dashed" else ""
    box = 'x=".5" y=".5" width="19" height="11"'
    over = f'<rect {box} fill="url(#{OVERLAYS[kind]})"/>' if kind in OVERLAYS else ""
    return f'<rect {box} fill="{fill}" stroke="{css_paint("muted")}"{dash}/>{over}'
