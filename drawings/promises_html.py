"""Insecure places as a list that says what was promised and done, under the same marks as their map."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from data import danish
from drawings.paint import css_paint, light_dark_css
from drawings.place_map import SHAPES
from drawings.svg_marks import SHAPES as PATHS

STYLE = Path(__file__).with_name("promises.css")
SIZE = 22


class Promise(NamedTuple):
    """One place in words; `state` is what its mark shows, "" what is not said."""

    place_id: str
    number: int
    state: str
    title: str
    where: str
    noted: str
    promised: str
    agreed: str
    outcome: str
    late: bool


class Group(NamedTuple):
    """Places under a heading, with how many they are in words; `folded` ones are unfolded by the reader."""

    title: str
    size: str
    promises: tuple[Promise, ...]
    folded: bool = False


def promises_html(groups: Sequence[Group], *, may_write: bool = False) -> str:
    """The groups as headed lists, every word from data escaped; whoever may write gets a button in each place."""
    return "".join(_group(group, may_write) for group in groups if group.promises)


def promises_css() -> str:
    """The style of the list, for a page that has the palette's colours as variables."""
    return STYLE.read_text("utf-8")


def promises_style() -> str:
    """The style of the list with the palette's colours, light and dark."""
    return light_dark_css(".promises") + promises_css()


def mark_svg(state: str, number: int) -> str:
    """The mark of the map with its number, at the size of a line of text."""
    shape, colour = SHAPES[state]
    style = f'fill="{css_paint(colour)}"'
    form = f'<circle r="1" {style}/>' if shape == "circle" else f'<path d="{PATHS[shape]}" {style}/>'
    return (
        f'<svg class="pin" width="{SIZE + 4}" height="{SIZE + 4}" viewBox="-13 -13 26 26" aria-hidden="true">'
        f'<g transform="scale(10)">{form}</g><text y="4" text-anchor="middle" font-size="11.5" font-weight="700" '
        f'fill="{css_paint("paper")}">{number}</text></svg>'
    )


def _group(group: Group, may_write: bool) -> str:
    items = "".join(_promise(each, may_write) for each in group.promises)
    title = f"{escape(group.title)} · {escape(group.size)}"
    listed = f'<ul class="places">{items}</ul>'
    if group.folded:
        return f"<details><summary>{title}</summary>{listed}</details>"
    return f"<h3>{title}</h3>{listed}"


def _promise(each: Promise, may_write: bool) -> str:
    where = f' <span class="where">{escape(each.where)}</span>' if each.where else ""
    late = ' <span class="late">Over fristen</span>' if each.late else ""
    lines = [
        f"<p>Vi har lovet: {escape(each.promised)}</p>" if each.promised else "",
        f'<p class="agreed">{escape(each.agreed)}</p>' if each.agreed else "",
        f'<p class="outcome">Det gjorde vi: {escape(each.outcome)}</p>' if each.outcome else "",
        f'<p class="agreed">{escape(each.noted)}</p>' if each.noted else "",
    ]
    button = ""
    if may_write:
        name = escape(f"Følg op: {each.number}. {each.title}")
        button = f'<button type="button" data-place="{escape(each.place_id)}" aria-label="{name}">Følg op</button>'
    return (
        f'<li>{mark_svg(each.state, each.number)}<div><p class="title"><strong>{escape(each.title)}</strong>{where}'
        f' <span class="state">{escape(danish.opening(each.state))}</span>{late}</p>{"".join(lines)}</div>{button}</li>'
    )
