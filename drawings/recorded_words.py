"""What the picture of recorded offences says in words: headings, numbers above the plot, names of limits and marks."""

from collections.abc import Callable, Iterator, Sequence

import pandas as pd

from data import danish
from data.sentences.recorded import limits_sentence
from drawings.model import LINE_HEIGHT, Axis, Line, Mark, Text
from drawings.periods import LEFT, RIGHT, short_name
from drawings.placing import spread
from drawings.quarters import Quarter
from drawings.words import PROVISIONAL

Scale = Callable[[float], float]

# The part of a phone's axis that a mass registration's number takes.
MASS_LABEL = 0.2
SIGNALS = {
    "outside": ("diamond", "◆ uden for grænserne"),
    "shift": ("circle", "● flere i træk på samme side af midten"),
    "trend": ("triangle-up", "▲ flere i træk i samme retning"),
    "three_of_three": ("square", "■ tre i træk tæt på samme grænse"),
    "two_of_three": ("square", "■ to af tre tæt på grænsen"),
}
STATES = {"hidden": "skjules (få hændelser)", "missing": danish.NOT_REPORTED, "provisional": "foreløbigt tal"}


def remark(quarter: Quarter) -> str:
    """What is special about a quarter; "" for most."""
    signal = SIGNALS.get(quarter.signal, ("", ""))[1].partition(" ")[2]
    parts = (STATES.get(quarter.state, ""), "masseregistrering" if quarter.mass else "", signal)
    return ", ".join(filter(None, parts))


def headings(shown: Sequence[Quarter], counted: str, above: float) -> Iterator[Mark]:
    """Say above the plot what is counted ("anmeldelser pr. kvartal"), and what the newest quarter shows."""
    heading = danish.opening(counted)
    y = -above - 8
    yield Text("overskrift", (heading,), 0, y - LINE_HEIGHT, dx=-LEFT, level="bottom", colour="muted")
    if shown:
        newest = shown[-1]
        state = f" ({PROVISIONAL})" if newest.state == "provisional" else ""
        words = f"{short_name(newest.period)}: {danish.number(newest.count)}{state}"
        yield Text("nyeste", (words,), 1, y, dx=RIGHT - 6, anchor="end", level="bottom", colour="muted", bold=True)


def mass_labels(masses: Sequence[Quarter], time: Axis, y: Scale) -> tuple[list[Mark], int]:
    """Number each mass registration above the plot, a thin line down to its own column; gives the levels.

    Where two stand close the later takes a level of its own. A number ends at its column, so that the line of a
    later column passes it by; only where there is no room to the left does it begin there.
    """
    marks: list[Mark] = []
    taken: list[float] = []  # per level, how far along the axis it is taken, as a part of its length
    for quarter in masses:
        part = time.part(quarter.x)
        early = part < MASS_LABEL
        start, end = (part, part + MASS_LABEL) if early else (part - MASS_LABEL, part)
        level = next((index for index, until in enumerate(taken) if until < start), len(taken))
        taken[level : level + 1] = [end]
        above = -LINE_HEIGHT * level - 3
        name = f"masseregistrering {quarter.period}"
        marks += [
            Line(name, ((part, y(quarter.count or 0)), (part, above)), "muted"),
            Text(name, (danish.number(quarter.count),), part, above, dx=-3 if early else 3,
                 anchor="start" if early else "end", level="bottom", bold=True),
        ]  # fmt: skip
    return marks, len(taken)


def limit_labels(data: Sequence[Quarter], y: Scale) -> Iterator[Mark]:
    """Name the mean and the limits to the right of where they end."""
    words = {"upper": "grænse", "mean": "middel", "lower": "grænse"}
    known = {name: [value for quarter in data if (value := getattr(quarter, name)) is not None] for name in words}
    labelled = [(words[name], values[-1]) for name, values in known.items() if values]
    placed = spread([y(value) for _, value in labelled], [LINE_HEIGHT] * len(labelled))
    for (word, value), spot in zip(labelled, placed, strict=True):
        colour = "ink" if word == "middel" else "muted"
        yield Text("grænse", (f"{word} {danish.number(value)}",), 1, spot, dx=6, colour=colour)


def captions(
    data: Sequence[Quarter], masses: Sequence[Quarter], clipped: Sequence[Quarter], rows: pd.DataFrame
) -> Iterator[str]:
    """Say what each mark that is drawn means, and from when and on how many quarters of `rows` the limits rest."""
    signals = {quarter.signal for quarter in data if quarter.count is not None}
    states = {quarter.state for quarter in data}
    yield from (words for name, (_, words) in SIGNALS.items() if name in signals)
    if masses:
        yield "Tal over en søjle: masseregistrering"
    if clipped:
        yield "Søjle med to snit: skåret af"
    if "provisional" in states:
        yield "Hul søjle: foreløbigt tal"
    if any(quarter.count == 0 for quarter in data):
        yield "– nul"
    if "missing" in states:
        yield "× ikke indberettet"
    if "hidden" in states:
        yield "□ skjules (få hændelser)"
    if sentence := limits_sentence(rows):
        yield sentence
