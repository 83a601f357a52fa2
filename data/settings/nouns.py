"""What a partnership's settings name: its kinds of activity, focus areas, levels, lists and forums."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ActivityKind:
    """A kind of activity that criteria count, with the word for many of them."""

    id: str
    many: str


@dataclass(frozen=True)
class Named:
    """A purpose, principle or survey series: an id and the words for it."""

    id: str
    title: str


@dataclass(frozen=True)
class FocusArea:
    """One of the agreement's focus areas (indsatsområder)."""

    id: int
    title: str


@dataclass(frozen=True)
class LevelWords:
    """What areas of a level are called: one of them, in the definite form, and many; all in lower case."""

    one: str
    definite: str
    many: str


@dataclass(frozen=True)
class AreaList:
    """A list that areas may stand on: what its memberships begin with ("" for all others), and its title."""

    begins: str
    title: str


@dataclass(frozen=True)
class Forum:
    """A kind of meeting; a local one belongs to one municipality."""

    id: str
    title: str
    local: bool = False
