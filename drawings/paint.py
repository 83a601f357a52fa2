"""Colours by their role: as values for a file, as CSS variables for a page that decides between light and dark."""

from collections.abc import Callable
from dataclasses import fields

from drawings.palette import DARK, LIGHT, Palette

Paint = Callable[[str], str]
_FORCED_ROLES = {
    "CanvasText": ("ink", "muted", "primary", "better", "worse"),
    "Canvas": ("paper", "surface"),
    "GrayText": ("line", "neutral", "faint"),
    "LinkText": ("perceived",),
    "VisitedText": ("recorded",),
}
_FORCED = ("LinkText", "VisitedText", "CanvasText")


def hex_paint(colours: Palette = LIGHT) -> Paint:
    """Colours by value, for what has no style sheet."""
    return lambda role: colour_of(role, colours)


def css_paint(role: str) -> str:
    """Colours as CSS variables, so that a page decides between light and dark; a pair "#light/#dark" it takes from."""
    if role.startswith("#"):
        light, _, dark = role.partition("/")
        return f"light-dark({light},{dark})" if dark else light
    return f"var(--{role.replace('.', '-')})"


def colour_of(role: str, colours: Palette = LIGHT) -> str:
    """The value of a role: a colour of the palette by name, `series.0`–`series.4`, or what stands as "#light/#dark"."""
    if role.startswith("#"):
        light, _, dark = role.partition("/")
        return dark if dark and colours is DARK else light
    name, _, index = role.partition(".")
    colour = getattr(colours, name)
    return str(colour[int(index)] if index else colour)


def css_variables(colours: Palette) -> str:
    """The declarations that `css_paint` refers to."""
    lines = []
    for each in fields(colours):
        value = getattr(colours, each.name)
        if isinstance(value, str):
            lines.append(f"--{each.name}:{value}")
        elif each.name == "series":
            lines += [f"--series-{index}:{colour}" for index, colour in enumerate(value)]
    return ";".join(lines)


def light_dark_css(selector: str) -> str:
    """Both sets of colours at once, for a page that says itself whether it is light or dark (`color-scheme`)."""
    dark = dict(variable.split(":") for variable in css_variables(DARK).split(";"))
    light = (variable.split(":") for variable in css_variables(LIGHT).split(";"))
    return f"{selector}{{{';'.join(f'{name}:light-dark({value},{dark[name]})' for name, value in light)}}}"


def forced_css(selector: str) -> str:
    """The reader's own few colours (Windows' high contrast) for every role; shape and words tell what colour told."""
    series = ";".join(f"--series-{place}:{_FORCED[place % len(_FORCED)]}" for place in range(len(LIGHT.series)))
    own = ";".join(f"--{role}:{colour}" for colour, roles in _FORCED_ROLES.items() for role in roles)
    return f"@media (forced-colors:active){{{selector}{{{own};{series}}}}}"


def theme_css(selector: str = ":root") -> str:
    """Light colours, and dark ones for who has asked their machine for them; paper is always light."""
    dark = f"@media screen and (prefers-color-scheme:dark){{{selector}{{{css_variables(DARK)}}}}}"
    return f"{selector}{{{css_variables(LIGHT)}}}{dark}"
