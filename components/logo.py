"""The mark and the name of the product, for the head of every page."""

import re
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from data.partnership import PRODUCT

STATIC = Path(__file__).parents[1] / "static"
_NAME = re.compile(r"<path d=\"[^\"]{1000,}\" fill=\"(#[0-9a-f]{6})\"/>")
"""The name in the drawn logo: the one long path."""
_LETTER = 9.8
"""Pixels that a letter of the name takes on average, in a typeface of 18 px."""


@cache
def logo(product: str, *, dark: bool) -> str:
    """The path of the drawn logo; for a product of another name, an SVG with the same mark and that name as text.

    A picture cannot reach the page's own typeface, so a name of one's own is set in that of the reader's system.
    """
    drawn = STATIC / ("logo-dark.svg" if dark else "logo.svg")
    if product == PRODUCT:
        return str(drawn)
    wide = round(34 + _LETTER * len(product))
    name = (
        f'<text x="34" y="21" font-family="Inter, system-ui, sans-serif" font-size="18" font-weight="600" '
        f'fill="\\1">{escape(product)}</text>'
    )
    told = _NAME.sub(name, drawn.read_text(encoding="utf-8"))
    told = told.replace('viewBox="0 0 197 28" width="197"', f'viewBox="0 0 {wide} 28" width="{wide}"')
    return told.replace(f"aria-label={quoteattr(PRODUCT)}", f"aria-label={quoteattr(product)}")
