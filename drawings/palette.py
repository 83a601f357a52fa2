"""The one place where colours are decided, in light and dark, for charts, maps, status marks and reports.

Perceived safety is always blue, recorded offences always rust, better teal and worse brown: never red against
green, which a reader with deuteranopia cannot tell apart. The tests hold every pair to WCAG 2.2 contrast (4.5 for
text, 3 for graphics) and the status colours to a colour distance that survives deuteranopia.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """The colours of one setting, each as `#rrggbb`.

    `ink` and `muted` are for text, `line` for rules and gridlines, `paper` and `surface` for backgrounds.
    `neutral` and `faint` are for graphics only: neutral for what is uncertain, faint for context behind the
    message. `series` tells up to five areas apart where they share a chart, always beside a direct label.
    The classes of maps (ColorBrewer, low to high, diverging worse to better) turn in the dark, so that what is
    strongest stands out from the ground there too.
    """

    ink: str
    muted: str
    line: str
    paper: str
    surface: str
    primary: str
    perceived: str
    recorded: str
    better: str
    worse: str
    neutral: str
    faint: str
    series: tuple[str, ...]
    sequential_perceived: tuple[str, ...] = ("#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494")  # YlGnBu
    sequential_recorded: tuple[str, ...] = ("#ffffd4", "#fed98e", "#fe9929", "#d95f0e", "#993404")  # YlOrBr
    diverging: tuple[str, ...] = ("#a6611a", "#dfc27d", "#f5f5f5", "#80cdc1", "#018571")  # BrBG


LIGHT = Palette(
    ink="#1b2a3a",
    muted="#56636f",
    line="#d9dfe5",
    paper="#ffffff",
    surface="#f4f6f8",
    primary="#14506e",
    perceived="#1f6f9f",
    recorded="#a65a1b",
    better="#01665e",
    worse="#8c510a",
    # Light enough to stand apart from `better` for a reader with deuteranopia; #6b7680 did not.
    neutral="#7d868e",
    faint="#b3bdc6",
    series=("#1f6f9f", "#b0437a", "#6f7a00", "#1b2a3a", "#4a1d6b"),
)

DARK = Palette(
    ink="#e6edf2",
    muted="#a3b1bd",
    line="#2c3a45",
    paper="#10181f",
    surface="#18232c",
    primary="#6fb7d6",
    perceived="#6fb7d6",
    recorded="#e0a46e",
    better="#7fd8cc",
    worse="#d8b365",
    neutral="#7b8792",
    faint="#4d5c69",
    series=("#6fb7d6", "#d86aa0", "#a8b545", "#e6edf2", "#9d8cff"),
    sequential_perceived=LIGHT.sequential_perceived[::-1],
    sequential_recorded=LIGHT.sequential_recorded[::-1],
    diverging=("#dfc27d", "#a6611a", "#4d5c69", "#018571", "#80cdc1"),
)


def palette(dark: bool = False) -> Palette:
    """Give the colours of the dark or the light setting."""
    return DARK if dark else LIGHT


def map_colours(scale: str, dark: bool = False, classes: int = 0) -> tuple[str, ...]:
    """Give the colours of a map's classes: "perceived" and "recorded" from low to high, "verdict" better to worse.

    A map of more classes than the five of the scale gets colours between them, from the same lowest to the same
    highest.
    """
    colours = palette(dark)
    if scale == "verdict":
        worse, *_, better = colours.diverging
        return better, colours.faint, worse
    drawn = {"perceived": colours.sequential_perceived, "recorded": colours.sequential_recorded}[scale]
    return drawn if classes <= len(drawn) else tuple(_between(drawn, index / (classes - 1)) for index in range(classes))


def map_pairs(scale: str, classes: int = 0) -> tuple[str, ...]:
    """Give the colours of a map's classes as `map_colours` does, each as "light/dark" for a page that decides."""
    both = (map_colours(scale, dark, classes) for dark in (False, True))
    return tuple(f"{light}/{dark}" for light, dark in zip(*both, strict=True))


def _between(ramp: tuple[str, ...], at: float) -> str:
    """The colour a part (0 to 1) of the way along a ramp."""
    index = min(int(at * (len(ramp) - 1)), len(ramp) - 2)
    part = at * (len(ramp) - 1) - index
    ends = ([int(colour[start : start + 2], 16) for start in (1, 3, 5)] for colour in ramp[index : index + 2])
    return "#" + "".join(f"{round(low + part * (high - low)):02x}" for low, high in zip(*ends, strict=True))


def fade(colour: str, opacity: float) -> str:
    """Give `#rrggbb` as an `rgba(…)` text with an opacity from 0 to 1, as CSS and Plotly read it."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"
