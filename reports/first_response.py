"""Sets what a page says as the HTML that stands before the live page: its look and its places are the live page's."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from drawings.logo import logo_picture
from drawings.paint import light_dark_css
from reports.document import Beside, Block, Section
from reports.html import CONTENT_CSS, EXAMPLE, blocks_html

SCOPE = "#first-response"
WAITS = "Henter valg og knapper …"
LATE = "Valg og knapper kunne ikke hentes endnu. Tallene her gælder; siden prøver selv igen."
NO_SCRIPT = "Valg og knapper kræver JavaScript. Tallene her er dem, du må se."
# Named otherwise than the page's own typeface, so that nothing is set anew when Streamlit states that one; until it is
# here, one that every machine has, made as wide and a hair higher: what is read first is no smaller than what follows.
TYPEFACE = (
    '@font-face{font-family:"Inter first";font-weight:100 900;font-display:optional;'
    'src:url("./app/static/vendor/inter/inter-latin.woff2") format("woff2")}'
)
LIKE_IT = (
    '@font-face{font-family:"Like Inter";src:local("Arial"),local("Liberation Sans"),local("Helvetica");'
    "ascent-override:90.5%;descent-override:22.43%;line-gap-override:0%;size-adjust:107.64%}"
)
# As wide as the live page's 72ch in its own typeface: in another one a character is not as wide.
LONGEST_LINE = "45.42em"
# What Streamlit's style sheet says of every element when it comes (scrollbars, lists) stands here from the beginning.
CSS = (
    f"{LIKE_IT}{light_dark_css(SCOPE)}{SCOPE} ~ #root,"
    f"{SCOPE} ~ #root *{{visibility:hidden!important}}"
    f"html:has({SCOPE}){{color-scheme:light dark}}"
    f":where({SCOPE}) :is(p,ul,li){{font-size:inherit;line-height:inherit}}"
    f"{SCOPE}{{background:var(--paper);box-sizing:border-box;color:var(--ink);color-scheme:light dark;"
    "--st-font:'Inter first','Like Inter',system-ui,sans-serif;font:1rem/1.6 var(--st-font);"
    "inset:0;overflow-y:auto;position:fixed;scrollbar-width:thin;z-index:999991;"
    "& *{box-sizing:border-box}"
    "& .top{align-items:center;background:var(--paper);display:flex;gap:1rem;height:60px;padding:0 1rem;"
    "position:sticky;top:0;z-index:1}"
    "& .top img{display:block;height:32px;margin-left:3px;width:auto}"
    "& .top nav{display:flex;flex-wrap:wrap;gap:0 4px;height:28px;overflow:hidden}"
    "& .top nav a{border-radius:4px;color:var(--ink);font-size:.875rem;line-height:28px;padding:0 8px 0 32px;"
    "text-decoration:none}"
    "& .top nav [aria-current]{background:var(--surface);font-weight:600}"
    "& main{margin:0 auto;max-width:1240px;padding:8px 5rem 3rem}& main.wide{max-width:1380px}"
    "& .state{color:var(--muted);font-size:.875rem;height:36px;line-height:40px;margin:0;overflow:hidden;"
    "max-width:none;text-align:right;text-overflow:ellipsis;white-space:nowrap}"
    "& h1{font-size:1.75rem;font-weight:650;letter-spacing:-.012em;line-height:1.2;margin:0;padding:1.25rem 0 1rem;"
    "text-wrap:balance}"
    "& h2{font-size:1.3125rem;line-height:1.2;margin:1.5rem 0 .75rem}& h3{font-size:1.0625rem;margin:1.25rem 0 .5rem}"
    f"& p{{margin:0 0 1rem;max-width:{LONGEST_LINE};text-wrap:pretty}}"
    "& .fresh{font-size:.875rem;color:var(--muted);max-width:none;min-height:59.75px;margin:0 0 1rem}"
    "& .notice{background:var(--surface);border-radius:4px;padding:1rem}"
    "& .hint{background:var(--surface);border-radius:4px;font-size:.9375rem;max-width:none;"
    "padding:.65rem 5rem .65rem .9rem}"
    "& .foot{color:var(--muted);font-size:.875rem;margin-top:3rem;max-width:none}"
    "& a{color:var(--primary)}& .beside{display:grid;gap:2.5rem;grid-template-columns:1fr 1fr}"
    "& .beside>*{min-width:0}"
    f"{CONTENT_CSS}}}"
    f"@media(max-width:768px){{{SCOPE}{{& .top nav{{display:none}}& main{{padding-inline:1rem}}"
    "& .beside{grid-template-columns:1fr}& .fresh{min-height:163.3px}}}}"
    f"@media(scripting:none){{{SCOPE} .state{{visibility:hidden}}}}"
    f"@media print{{{SCOPE}{{position:static;overflow:visible}}{SCOPE} .state{{display:none}}}}"
)


@dataclass(frozen=True)
class Place:
    """A page in the menu: its words, its address, and whether it is the one that is shown."""

    words: str
    address: str
    here: bool


@dataclass(frozen=True)
class Markup:
    """A picture in markup of its own (the board, a matrix, a list), made and escaped by `drawings`, with its style.

    `frame` is the class that the style is written for; a `wide` one takes the room that the board has.
    """

    html: str
    style: str
    frame: str
    wide: bool = False


@dataclass(frozen=True)
class Said:
    """What a page says at first: notices, its title, the sentence below, how fresh it is, and what it opens with.

    `made` is what the page shows in markup of its own, `hint` the help a first visit gets, `blocks` all that follows.
    """

    title: str
    lead: str = ""
    notices: tuple[str, ...] = ()
    fresh: str = ""
    example: bool = False
    made: Markup | None = None
    hint: str = ""
    blocks: tuple[Block | Beside | Section, ...] = ()
    credit: str = ""


def content(page: Said, foot: str, about: Sequence[tuple[str, str]]) -> str:
    """The main part of the page; `foot` stands below it, then the pages `about` it as (words, address)."""
    parts = [f'<p class="notice">{escape(each)}</p>' for each in page.notices]
    parts.append(f"<h1>{escape(page.title)}</h1>")
    if page.lead:
        parts.append(f"<p>{escape(page.lead)}</p>")
    badge = f" {EXAMPLE}" if page.example else ""
    if page.fresh:
        parts.append(f'<p class="fresh">{escape(page.fresh)}{badge}</p>')
    styles = page.made.style if page.made else ""
    if page.made:
        parts.append(f'<div class="{page.made.frame}">{page.made.html}</div>')
    if page.hint:
        parts.append(f'<p class="hint">Tip: {escape(page.hint)}</p>')
    blocks = blocks_html(page.blocks)
    parts.append(blocks.html)
    if page.credit or (badge and not page.fresh):
        parts.append(f'<p class="credit">{escape(page.credit)}{badge}</p>')
    links = "".join(f' · <a href="{escape(address)}">{escape(words)}</a>' for words, address in about)
    parts.append(f'<p class="foot">{escape(foot)}{links}</p>')
    wide = ' class="wide"' if page.made and page.made.wide else ""
    return (
        f"<style data-typeface>{TYPEFACE}</style><style>{CSS}{styles}{SCOPE}{{{blocks.css}}}</style>"
        f'<main{wide}><p class="state" role="status" data-late="{escape(LATE)}">{WAITS}</p>'
        f"<noscript><p>{NO_SCRIPT}</p></noscript>{''.join(parts)}</main>"
    )


def first_html(main: str, places: Sequence[Place], product: str) -> str:
    """The whole of it: the head with the menu, and the main part."""
    here = ' aria-current="page"'
    links = "".join(
        f'<a href="{escape(link.address)}"{here if link.here else ""}>{escape(link.words)}</a>' for link in places
    )
    logo = logo_picture(product, "./app/static")
    return f'<header class="top">{logo}<nav aria-label="Sider">{links}</nav></header>{main}'
