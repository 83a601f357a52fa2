"""Where the life of an area begins or ends on a time axis: a dashed rule with its words at the top of the plot."""

from collections.abc import Iterator, Sequence

from drawings.model import Anchor, Axis, Line, Mark, Text
from drawings.periods import moment

Life = tuple[str, str]
"""The day (ISO) on which an area began or ended, and what is said of it: "Havnen ophørte"."""
CAPTION = "Lang stiplet streg: området begyndte eller ophørte"
FROM_TOP = 11


def on_axis(lives: Sequence[Life], time: Axis) -> list[Life]:
    """Those whose day lies on the axis."""
    return [each for each in lives if time.low < moment(each[0]) < time.high]


def life_marks(lives: Sequence[Life], time: Axis, plot: float) -> Iterator[Mark]:
    """A rule at each day, in the order given; words stand on the side with more room, each on a line of its own."""
    for index, (day, words) in enumerate(on_axis(lives, time)):
        part = time.part(moment(day))
        side: Anchor = "start" if part < 0.5 else "end"
        yield Line("områdets liv", ((part, 0), (part, plot)), "muted", 1.25, dash="7 4")
        beside = 4 if side == "start" else -4
        yield Text(
            "områdets liv", (words,), part, FROM_TOP * (index + 1), dx=beside, anchor=side, colour="muted", halo=True
        )
