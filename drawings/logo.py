"""The mark and the name of the product, for the head of every page."""

import base64
import re
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from data.partnership import PRODUCT

STATIC = Path(__file__).parents[1] / "static"
HOUSE = (
    '<svg class="house" viewBox="0 0 28 28" aria-hidden="true" focusable="false">'
    '<path d="M3 12.2 14 3l11 9.2V25H3z" fill="currentColor"/>'
    '<path d="M8 17.5h12" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>'
    '<circle cx="14" cy="17.5" r="3.6" fill="currentColor"/></svg>'
)
"""The mark alone in the colours of the page it stands on; what follows the house itself is light on it."""
_NAME = re.compile(r"<path d=\"[^\"]{1000,}\" fill=\"(#[0-9a-f]{6})\"/>")
"""The name in the drawn logo: the one long path."""
DRAWN_WIDTH = 197
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
    wide = _width(product)
    style = 'x="34" y="21" font-family="Inter, system-ui, sans-serif" font-size="18" font-weight="600"'
    told = _NAME.sub(
        lambda match: f'<text {style} fill="{match[1]}">{escape(product)}</text>', drawn.read_text(encoding="utf-8")
    )
    told = told.replace(
        f'viewBox="0 0 {DRAWN_WIDTH} 28" width="{DRAWN_WIDTH}"', f'viewBox="0 0 {wide} 28" width="{wide}"'
    )
    return told.replace(f"aria-label={quoteattr(PRODUCT)}", f"aria-label={quoteattr(product)}")


def logo_picture(product: str, static: str) -> str:
    """The logo as HTML that follows the reader's light or dark; `static` is the address of static/."""
    light, dark = (_address(logo(product, dark=dark), static) for dark in (False, True))
    return (
        f'<picture><source srcset="{dark}" media="(prefers-color-scheme:dark)">'
        f'<img src="{light}" alt={quoteattr(product)} width="{_width(product)}" height="28"></picture>'
    )


def _address(made: str, static: str) -> str:
    if made.startswith("<"):
        return f"data:image/svg+xml;base64,{base64.b64encode(made.encode()).decode()}"
    return f"{static}/{Path(made).name}"


def _width(product: str) -> int:
    return DRAWN_WIDTH if product == PRODUCT else round(34 + _LETTER * len(product))
