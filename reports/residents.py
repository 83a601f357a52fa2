"""An area's page for those who live there: how safe they feel, what was said and done, and when one meets next."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import segno

from data import danish
from data.records import Row
from data.sentences.meetings import PROPOSAL_WORDS, forum_name, meeting_time
from data.store.submissions import Submission
from data.suggestions import KINDS
from drawings import html as drawn
from drawings.model import Drawing
from drawings.promises_html import Group, promises_css, promises_html
from reports.document import Document, Picture, Section, Text
from reports.html import EXAMPLE, Banner, Body, body, page
from reports.resident_forms import CSS as FORMS_CSS
from reports.resident_forms import Forms, forms_html

MAP = "stedkort"
CSS = (
    ".qr{align-items:center;display:flex;flex-wrap:wrap;gap:1rem;margin-top:2rem}.qr svg{background:#fff;flex:none}"
    ".qr p{min-width:0;overflow-wrap:anywhere}.promises{font-size:1rem}h1{text-wrap:balance}"
    "@media print{@page{margin:14mm}.banner{border:0;padding:0 1rem}.banner,h1{max-width:78%}h1{margin-top:.75rem}"
    "html{font-size:88%}main{position:relative}figure .stedkort{max-width:86mm}.promises{columns:2;column-gap:1.5rem}"
    "h2{margin-top:1.5rem}main .promises{font-size:.9rem}main .promises .places li{break-inside:avoid;padding:.3rem 0}"
    ".promises h3{break-after:avoid}"
    ".qr{align-items:flex-end;flex-direction:column;gap:0;margin:0;position:absolute;right:1rem;top:-4.25rem}"
    ".qr p{font-size:.6rem;max-width:12rem;text-align:right}}"
)


@dataclass(frozen=True)
class ResidentPage:
    """What an area's page says; `sentence` is "" and `picture` None where nothing is measured or shown."""

    area: str
    sentence: str
    picture: Picture | None
    places: str
    groups: Sequence[Group]
    place_map: Drawing | None
    example: bool
    proposals: Sequence[Row]
    meeting: Row | None
    names: dict[str, str]
    release: str
    line: str


def resident_html(
    content: ResidentPage,
    address: str,
    organisation: str,
    statement: str,
    *,
    forms: Forms | None = None,
    refused: Sequence[Submission] = (),
) -> tuple[str, str]:
    """The page and the policy it stands under; `address` is the page's own, which its QR code leads to.

    `forms` are what its readers may send in (None: nothing), `refused` what was sent in and not taken.
    """
    measured = (Text(content.sentence), *((content.picture,) if content.picture else ()))
    sections = (Section("Hvor trygge er vi?", measured, level=2),) if content.sentence else ()
    line, example = ("", False) if content.picture else (content.line, content.example)  # a picture says its own origin
    title = f"{content.area}: det sagde I, det gjorde vi"
    top = body(Document("Til beboerne", title, (), (), sections, "", line, example, organisation))
    sends = forms_html(forms) if forms is not None else ""
    parts = [top.html, _promises(content), _proposals(content.proposals), _refused(refused), sends, _meeting(content),
             _code(address)]  # fmt: skip
    css = [top.css, CSS, promises_css(), FORMS_CSS if sends else ""]
    if content.place_map is not None:
        css.append(drawn.figure_css(content.place_map, MAP))
    banner = Banner(f"Til jer, der bor i {content.area}", (f"Fra {content.release}. Skrevet ud kan siden hænges op.",),
                    (("Tilgængelighed", statement),))  # fmt: skip
    return page(Body("".join(parts), "".join(css)), banner, organisation, sends=bool(sends))


def _promises(content: ResidentPage) -> str:
    badge = f" {EXAMPLE}" if content.example else ""
    figure = drawn.figure(content.place_map, MAP) if content.place_map is not None else ""
    listed = promises_html(content.groups)
    told = (
        f"<p>{escape(content.places)}{badge}</p>"
        if content.places
        else "<p>Der er ikke noteret utrygge steder her.</p>"
    )
    return f'<h2>Det sagde I, det gjorde vi</h2>{told}{figure}<div class="promises">{listed}</div>'


def _proposals(rows: Sequence[Row]) -> str:
    """What the area's residents have proposed, and what the partnership says to it."""
    lines = [
        f"<li><strong>{escape(row['title'])}</strong> ({escape(PROPOSAL_WORDS[row['status']])}, "
        f"{danish.date(row['date'])}). {escape(row['text'])}"
        + (f"<br>Svar: {escape(row['answer'])}" if row["answer"] else "")
        + "</li>"
        for row in rows
    ]
    return f"<h2>Det har I foreslået</h2><ul>{''.join(lines)}</ul>" if lines else ""


def _refused(refused: Sequence[Submission]) -> str:
    """Why something was not taken; what it said is erased."""
    lines = [
        f"<li>{escape(KINDS[each.kind])} sendt {danish.date(each.received_on)}: {escape(each.reason)}</li>"
        for each in refused
    ]
    return f"<h2>Det er ikke taget med</h2><ul>{''.join(lines)}</ul>" if lines else ""


def _meeting(content: ResidentPage) -> str:
    row = content.meeting
    if row is None:
        return "<h2>Næste møde</h2><p>Der er ikke planlagt noget møde.</p>"
    when = " ".join(part for part in (f"{danish.date(row['date'])}.", meeting_time(row)) if part)
    return f"<h2>Næste møde</h2><p><strong>{escape(forum_name(row, content.names))}</strong>, {escape(when)}</p>"


def _code(address: str) -> str:
    """The page's own address, and the same as a code for a phone."""
    made = io.BytesIO()
    segno.make(address, error="m", micro=False).save(made, kind="svg", scale=3, xmldecl=False, svgns=True,
                                                     title="QR-kode med sidens adresse", omitsize=False)  # fmt: skip
    return f'<div class="qr">{made.getvalue().decode()}<p>Læs siden på telefonen:<br>{escape(address)}</p></div>'
