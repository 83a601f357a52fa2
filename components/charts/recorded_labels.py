"""What the picture of recorded offences says in words: headings, numbers above the plot, names of limits and marks."""

from collections.abc import Sequence
from typing import Any

from components.charts.labels import spread
from components.charts.periods import LEFT, RIGHT, Span, quarter_name
from components.charts.quarters import Quarter
from components.charts.style import LINE_HEIGHT, SMALL, escape, figures, note
from data import danish
from drawings.palette import Palette

# What a heading may fill beside the newest figure, and the part of a phone's axis that a mass registration's number
# takes.
HEADING_CHARACTERS = 26
MASS_LABEL = 0.2
# How far the value axis runs on above its top.
ABOVE_TOP = 1.02
SIGNALS = {
    "outside": ("diamond", "◆ uden for grænserne"),
    "shift": ("circle", "● flere i træk på samme side af midten"),
    "trend": ("triangle-up", "▲ flere i træk i samme retning"),
    "two_of_three": ("square", "■ to af tre tæt på grænsen"),
}


def headings(shown: Sequence[Quarter], noun: str, above: float, colours: Palette) -> list[dict[str, Any]]:
    """Say above the plot what is counted, and what the newest quarter shows."""
    place = {"y": 1, "yref": "paper", "yanchor": "bottom", "yshift": above + 8, "xref": "paper"}
    font = {"size": SMALL, "color": colours.muted}
    heading = f"{noun[:1].upper()}{noun[1:]} pr. kvartal"
    labels = [note(escape(heading), **place, x=0, xanchor="left", xshift=-LEFT, font=font)]
    # A long name of an offence takes the whole line on a phone, so the newest figure is left to the plot.
    if shown and len(heading) <= HEADING_CHARACTERS:
        newest = shown[-1]
        state = " (foreløbig)" if newest.state == "provisional" else ""
        text = f"{quarter_name(newest.period)}: <b>{figures(danish.number(newest.count))}</b>{state}"
        labels.append(note(text, **place, x=1, xanchor="right", xshift=RIGHT - 6, font=font))
    return labels


def mass_labels(
    masses: Sequence[Quarter], top: float, plot: float, span: Span, colours: Palette
) -> tuple[list[dict[str, Any]], int]:
    """Number each mass registration above the plot, a thin line down to its own column; gives the levels.

    Where two stand close the later takes a level of its own. A number ends at its column, so that the line of a
    later column passes it by; only where there is no room to the left does it begin there.
    """
    labels: list[dict[str, Any]] = []
    taken: list[float] = []  # per level, how far along the axis it is taken, as a part of its length
    for quarter in masses:
        part = (quarter.x - span[0]) / (span[1] - span[0])
        early = part < MASS_LABEL
        start, end = (part, part + MASS_LABEL) if early else (part - MASS_LABEL, part)
        level = next((index for index, until in enumerate(taken) if until < start), len(taken))
        taken[level : level + 1] = [end]
        height = min(quarter.count or 0, top)
        labels.append(
            {
                "text": f"<b>{figures(danish.number(quarter.count))}</b>",
                "name": f"masseregistrering {quarter.period}",
                "x": quarter.x,
                "y": height,
                "xanchor": "left" if early else "right",
                "yanchor": "bottom",
                "ax": -4 if early else 4,
                "ay": -plot * (1 - height / (ABOVE_TOP * top)) - LINE_HEIGHT * level - 3,
                "arrowhead": 0,
                "arrowwidth": 1,
                "arrowcolor": colours.muted,
                "borderpad": 0,
                "font": {"size": SMALL, "color": colours.ink},
            }
        )
    return labels, len(taken)


def limit_labels(data: Sequence[Quarter], top: float, plot: float, colours: Palette) -> list[dict[str, Any]]:
    """Name the mean and the limits to the right of where they end."""
    words = {"upper": "grænse", "mean": "middel", "lower": "grænse"}
    known = {name: [value for quarter in data if (value := getattr(quarter, name)) is not None] for name in words}
    labelled = [(words[name], values[-1]) for name, values in known.items() if values]
    placed = spread([value / top * plot for _, value in labelled], [float(LINE_HEIGHT)] * len(labelled))
    return [
        note(
            f"{word} {figures(danish.number(value))}",
            x=1,
            xref="paper",
            xanchor="left",
            xshift=6,
            y=place / plot * top,
            yanchor="middle",
            font={"size": SMALL, "color": colours.ink if word == "middel" else colours.muted},
        )
        for (word, value), place in zip(labelled, placed, strict=True)
    ]


def captions(data: Sequence[Quarter], masses: Sequence[Quarter], clipped: Sequence[Quarter]) -> list[str]:
    """Say what each mark that is drawn means."""
    signals = {quarter.signal for quarter in data if quarter.count is not None}
    states = {quarter.state for quarter in data}
    parts = [words for name, (_, words) in SIGNALS.items() if name in signals]
    if masses:
        parts.append("Tal over en søjle: masseregistrering")
    if clipped:
        parts.append("Søjle med to snit: skåret af")
    if "provisional" in states:
        parts.append("Hul søjle: foreløbigt tal")
    if any(quarter.count == 0 for quarter in data):
        parts.append("– nul")
    if "missing" in states:
        parts.append("× ikke indberettet")
    if "hidden" in states:
        parts.append("□ skjules (få hændelser)")
    return parts
