"""Which areas are made of which: by what they lie in, by their outlines, by which came after which, and as declared.

An area that is the sum of others is an equation that anyone can solve: counts are protected over all of them at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import pandas as pd

from analysis.disclosure import Sum, is_unseen, overlap
from data.succession import declared_sums, redrawn_pairs, successions

LOCAL = "housing_area"
# Of the smaller area: this much of it inside makes it a part, and less than this is how outlines are drawn.
INSIDE, TOUCHES = 0.9, 0.05


@dataclass(frozen=True)
class Family:
    """Everything local beneath one area whose counts are published nationally (`whole`, mostly a municipality).

    `members` are the local areas, `sums` how they and the whole are made of each other.
    """

    whole: str
    members: tuple[str, ...]
    sums: tuple[Sum, ...]


def families(
    areas: pd.DataFrame,
    outlines: pd.DataFrame | None = None,
    declared: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[Family]:
    """The families of local areas, each protected on its own: nothing known of one says anything of another.

    `areas` has area_id, level and parent_id, and may say which came after which (`data.succession`); `outlines` has
    area_id and geometry (WKB in WGS84). `declared` names other areas that are the sum of others.
    """
    local = set(areas.loc[areas["level"] == LOCAL, "area_id"])
    parents = dict(zip(areas["area_id"], areas["parent_id"], strict=True))
    within = {area: parents[area] for area in sorted(local)}
    roots = {area: _root(area, parents, local) for area in within}
    said = declared_sums(areas) | dict(declared or {})
    parts = {total: tuple(part for part in each if part in local) for total, each in said.items() if total in local}
    redrawn = redrawn_pairs(areas)
    within |= {part: total for total, each in parts.items() for part in each if part in local and part != total}
    for whole in sorted(set(roots.values())):
        members = [area for area in within if roots[area] == whole]
        shapes = _shapes(outlines, members)
        own = {area: within[area] for area in members}
        own |= {small: large for small, large in _contained(shapes).items() if within[small] == whole}
        common = _overlaps(shapes, [area for area in shapes if area not in {*own.values(), *parts}])
        common += [
            pair for pair in redrawn if _side_by_side(pair, own) and not any({*pair} <= {*each} for each in common)
        ]
        sums = []
        for total in (whole, *members):
            # A part may be one of several: of the area that was split, and of the one it was merged into.
            inside = [area for area in parts.get(total, members) if area in own and total in (own[area], *parts)]
            pieces = [] if total in parts else [overlap(*each) for each in common if total in each]
            if inside or pieces:
                sums.append(Sum(total, (*inside, *pieces), complete=total in parts and len(inside) == len(said[total])))
        yield Family(whole, tuple(members), tuple(sums))


def successions_apart(areas: pd.DataFrame) -> list[str]:
    """One Danish sentence for each area that came after one in another municipality.

    Each municipality's counts are protected on their own, and such a pair would tie two of them together.
    """
    local = set(areas.loc[areas["level"] == LOCAL, "area_id"])
    parents, names = (dict(zip(areas["area_id"], areas[column], strict=True)) for column in ("parent_id", "name"))
    return [
        f"»{names[each.area_id]}« og dets efterfølger »{names[successor]}« ligger i hver sin kommune. Lad det ene "
        "ophøre uden efterfølger, og opret det andet som et nyt område."
        for each in successions(areas)
        for successor in each.successors
        if {each.area_id, successor} <= local
        and _root(each.area_id, parents, local) != _root(successor, parents, local)
    ]


def above(areas: pd.DataFrame) -> tuple[Sum, ...]:
    """How the areas above the local ones are made of each other: municipalities, districts, the country."""
    upper = areas[(areas["level"] != LOCAL) & (areas["parent_id"] != "")]
    groups = upper.groupby("parent_id")["area_id"]
    return tuple(Sum(str(total), tuple(sorted(inside)), complete=False) for total, inside in groups)


def judged_by_counts(sums: Sequence[Sum], counts: pd.DataFrame) -> list[Sum]:
    """The sums, complete where two or more parts make up the total wherever all are counted: everybody can see that.

    `counts` has area_id, period, category and count.
    """
    return [each if each.complete else replace(each, complete=_fills(each, counts)) for each in sums]


def _root(area: str, parents: Mapping[str, str], local: set[str]) -> str:
    seen = set()
    while area in local and area not in seen:
        seen.add(area)
        area = str(parents[area])
    return area


def _fills(each: Sum, counts: pd.DataFrame) -> bool:
    if len(each.parts) < 2 or any(is_unseen(part) for part in each.parts):
        return False
    rows = counts[counts["area_id"].isin([each.total, *each.parts])]
    wide = rows.pivot_table(index=["period", "category"], columns="area_id", values="count", aggfunc="first").dropna()
    if not {each.total, *each.parts} <= set(wide.columns) or wide.empty:
        return False
    return bool((wide[each.total] == wide[list(each.parts)].sum(axis=1)).all() and wide[each.total].sum() > 0)


def _shapes(outlines: pd.DataFrame | None, members: Sequence[str]) -> dict[str, object]:
    if outlines is None or outlines.empty or len(members) < 2:
        return {}
    import shapely  # takes long, and only those who publish need it

    rows = outlines[outlines["area_id"].isin(members) & outlines["geometry"].notna()]
    shapes = {str(area): shapely.make_valid(shapely.from_wkb(bytes(content)))
              for area, content in zip(rows["area_id"], rows["geometry"], strict=True)}  # fmt: skip
    return {area: shape for area, shape in shapes.items() if shape.area > 0}


def _share_inside(one: object, other: object) -> float:
    """How much of the smaller of two outlines lies in the other."""
    import shapely

    if not shapely.intersects(one, other):
        return 0.0
    smaller = min(shapely.area(one), shapely.area(other))
    return float(shapely.area(shapely.intersection(one, other)) / smaller)


def _contained(shapes: Mapping[str, object]) -> dict[str, str]:
    """The smallest area that each area lies in by its outline."""
    import shapely

    sizes = {area: float(shapely.area(shape)) for area, shape in shapes.items()}
    inside: dict[str, str] = {}
    for small in shapes:
        larger = [
            area
            for area in shapes
            if (sizes[area], area) > (sizes[small], small) and _share_inside(shapes[small], shapes[area]) >= INSIDE
        ]
        if larger:
            inside[small] = min(larger, key=lambda area: (sizes[area], area))
    return inside


def _side_by_side(pair: tuple[str, str], within: Mapping[str, str]) -> bool:
    """Whether two areas of a family are no part of each other."""
    one, other = pair
    return one in within and other in within and within[one] != other and within[other] != one


def _overlaps(shapes: Mapping[str, object], inner: Iterable[str]) -> list[tuple[str, ...]]:
    """The areas that share a piece of ground, piece by piece, of `inner`: those that hold no other area.

    Where three lie over the same spot that is a piece of its own, apart from what each two of them share besides.
    """
    import shapely

    pairs = [
        pair for pair in combinations(sorted(inner), 2) if _share_inside(shapes[pair[0]], shapes[pair[1]]) > TOUCHES
    ]
    ground: dict[tuple[str, ...], object] = {}
    for area in sorted({area for pair in pairs for area in pair}):
        left = shapes[area]
        for members, piece in list(ground.items()):
            both = shapely.intersection(piece, shapes[area])
            ground[members] = shapely.difference(piece, shapes[area])
            if not both.is_empty:
                ground[(*members, area)] = both
            left = shapely.difference(left, piece)
        ground[(area,)] = left
    share = {
        members: float(shapely.area(piece)) / min(float(shapely.area(shapes[area])) for area in members)
        for members, piece in ground.items()
        if len(members) > 1
    }
    kept = {members for members, size in share.items() if size > TOUCHES}
    for pair in pairs:
        # What two share may lie in pieces of which none is large by itself.
        own = [members for members in share if set(pair) <= set(members)]
        if own and kept.isdisjoint(own):
            kept.add(max(own, key=lambda members: share[members]))
    return sorted(kept)
