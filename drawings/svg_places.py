"""Where marks of a drawing come to stand in SVG: in a picture of a known width, or of any."""

from collections.abc import Iterable
from typing import NamedTuple

from drawings.model import Bar, Line, Points, Symbol, Text

# Fluid lines are drawn in a box so many units wide, which the browser stretches to the plot.
UNITS = 1000


class Fixed(NamedTuple):
    """How parts and px become px of a picture of known width."""

    left: float
    top: float
    inner: float

    def x(self, part: float, dx: float = 0.0) -> str:
        """A part across with a shift as a coordinate."""
        return short(self.left + part * self.inner + dx)

    def y(self, px: float) -> str:
        """A distance down as a coordinate."""
        return short(self.top + px)

    def line(self, mark: Line, style: str) -> str:
        """A line in a style."""
        points = " ".join(f"{self.x(x)},{self.y(y)}" for x, y in mark.points)
        return f'<polyline points="{points}" {style}/>'

    def area(self, rings: Iterable[Points], style: str, closed: bool = True) -> str:
        """Rings in a style."""
        end = "Z" if closed else ""
        path = "".join("M" + " ".join(f"{self.x(x)},{self.y(y)}" for x, y in ring) + end for ring in rings)
        return f'<path d="{path}" {style}/>'

    def move(self, part: float, px: float) -> str:
        """How far a copy stands from what it copies."""
        return f'x="{short(part * self.inner)}" y="{short(px)}"'

    def bar(self, mark: Bar, style: str) -> str:
        """A rectangle in a style."""
        wide = (mark.right - mark.left) * self.inner
        return (
            f'<rect x="{self.x(mark.left)}" y="{self.y(mark.top)}" width="{short(wide)}" '
            f'height="{short(mark.bottom - mark.top)}" {style}/>'
        )

    def circle(self, mark: Symbol, style: str) -> str:
        """A disc in a style."""
        return f'<circle cx="{self.x(mark.x, mark.dx)}" cy="{self.y(mark.y)}" r="{short(mark.size / 2)}" {style}/>'

    def symbol(self, mark: Symbol, inside: str) -> str:
        """What stands around a point."""
        return f'<g transform="translate({self.x(mark.x, mark.dx)} {self.y(mark.y)})">{inside}</g>'

    def text(self, mark: Text, y: float, words: str, style: str) -> str:
        """A line of words whose baseline is `y` px down."""
        return f'<text x="{self.x(mark.x, mark.dx)}" y="{self.y(y)}" {style}>{words}</text>'


class Fluid(NamedTuple):
    """How parts and px become per cent and px of a picture of any width."""

    plot: float

    def x(self, part: float, dx: float = 0.0) -> str:
        """A part across with a shift as a coordinate."""
        return f"{short(100 * part, 2)}%"

    def y(self, px: float) -> str:
        """A distance down as a coordinate."""
        return short(px)

    def line(self, mark: Line, style: str) -> str:
        """A line in a style."""
        if len(mark.points) == 2:
            (x1, y1), (x2, y2) = mark.points
            return f'<line x1="{self.x(x1)}" y1="{short(y1)}" x2="{self.x(x2)}" y2="{short(y2)}" {style}/>'
        points = " ".join(f"{short(UNITS * x)},{short(y)}" for x, y in mark.points)
        return f'<polyline points="{points}" vector-effect="non-scaling-stroke" {style}/>'

    def area(self, rings: Iterable[Points], style: str, closed: bool = True) -> str:
        """Rings in a style."""
        end = "Z" if closed else ""
        path = "".join("M" + " ".join(f"{short(UNITS * x)},{short(y)}" for x, y in ring) + end for ring in rings)
        return f'<path d="{path}" vector-effect="non-scaling-stroke" {style}/>'

    def move(self, part: float, px: float) -> str:
        """How far a copy stands from what it copies."""
        return f'x="{short(UNITS * part)}" y="{short(px)}"'

    def bar(self, mark: Bar, style: str) -> str:
        """A rectangle in a style."""
        return (
            f'<rect x="{self.x(mark.left)}" y="{short(mark.top)}" width="{short(100 * (mark.right - mark.left), 2)}%" '
            f'height="{short(mark.bottom - mark.top)}" {style}/>'
        )

    def circle(self, mark: Symbol, style: str) -> str:
        """A disc in a style."""
        moved = f' transform="translate({short(mark.dx)} 0)"' if mark.dx else ""
        return f'<circle cx="{self.x(mark.x)}" cy="{short(mark.y)}" r="{short(mark.size / 2)}" {style}{moved}/>'

    def symbol(self, mark: Symbol, inside: str) -> str:
        """What stands around a point."""
        moved = f'<g transform="translate({short(mark.dx)} 0)">{inside}</g>' if mark.dx else inside
        return f'<svg x="{self.x(mark.x)}" y="{short(mark.y)}" overflow="visible">{moved}</svg>'

    def text(self, mark: Text, y: float, words: str, style: str) -> str:
        """A line of words whose baseline is `y` px down."""
        shift = f' dx="{short(mark.dx)}"' if mark.dx else ""
        return f'<text x="{self.x(mark.x)}" y="{short(y)}"{shift} {style}>{words}</text>'


def short(value: float, decimals: int = 1) -> str:
    """A coordinate as short as it is exact enough."""
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{value:.0f}"
    return "0" if text == "-0" else text
