"""Which group is reached where, as a matrix: a dot where an initiative reaches it, a hollow ring where none does."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from drawings.paint import light_dark_css

STYLE = Path(__file__).with_name("gaps.css")


def gaps_html(
    profiles: Mapping[str, str],
    areas: Mapping[str, str],
    reached: Mapping[tuple[str, str], Sequence[str]],
    *,
    may_write: bool = False,
) -> str:
    """The matrix as a table: `profiles` and `areas` are titles by id, `reached` the initiatives of a cell, none: a gap.

    Whoever may write gets a button in each gap, which names what it begins.
    """
    heads = "".join(f'<th scope="col"><span>{escape(name)}</span></th>' for name in areas.values())
    rows = "".join(
        f'<tr><th scope="row">{escape(title)}</th>'
        + "".join(
            _cell(profile, area, title, name, reached.get((profile, area), ()), may_write)
            for area, name in areas.items()
        )
        + "</tr>"
        for profile, title in profiles.items()
    )
    return (
        '<table class="gaps"><caption>Risikoprofiler og områder med de indsatser, der når dem</caption>'
        f'<thead><tr><th scope="col">Risikoprofil</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        '<p class="gaps-legend"><span class="dot"></span> en indsats når gruppen (tallet: flere) '
        '<span class="ring"></span> ingen indsats når gruppen</p>'
    )


def gaps_style() -> str:
    """The style of the matrix in the palette's colours, light and dark."""
    return light_dark_css(".gaps-frame") + STYLE.read_text("utf-8")


def _cell(profile: str, area: str, title: str, name: str, initiatives: Sequence[str], may_write: bool) -> str:
    if initiatives:
        sentence = f"{', '.join(initiatives)} når gruppen"
        count = str(len(initiatives)) if len(initiatives) > 1 else ""
        return (
            f'<td title="{escape(sentence)}"><span class="dot" aria-hidden="true">{count}</span>'
            f'<span class="heard">{escape(sentence)}</span></td>'
        )
    if not may_write:
        return (
            '<td><span class="ring" aria-hidden="true"></span><span class="heard">Ingen indsats når gruppen</span></td>'
        )
    does = f"Opret indsats her: {title} i {name}"
    return (
        f'<td><button type="button" class="ring" data-profile="{escape(profile)}" data-area="{escape(area)}"'
        f' aria-label="{escape(does)}" title="{escape(does)}"></button></td>'
    )
