"""Counts that are larger than the whole they are a part of: all offences, the municipality, the year."""

from collections.abc import Iterator

import pandas as pd

from data import danish
from data.calendar import spans_of

KEY = ["period", "area_id", "category"]
Said = tuple[str, str, str, str]
"""Area, period and category of a count, and a Danish clause that follows the place of it."""


def above_the_whole(new: pd.DataFrame, after: pd.DataFrame, areas: pd.DataFrame, total: str) -> Iterator[Said]:
    """Each count among `after` that is more than its whole, where one of the two is among the `new` rows."""
    brought = pd.MultiIndex.from_frame(new[KEY])
    counts = after.dropna(subset=["count"])[[*KEY, "count"]].astype({"count": "int64"})
    of_all = counts[counts["category"] == total].drop(columns="category")
    kinds = counts[counts["category"] != total].merge(of_all, on=["period", "area_id"], suffixes=("", "_whole"))
    for row in _larger(kinds.assign(whole_category=total, whole_area=kinds["area_id"]), brought):
        yield *row[:3], f"{row[3]} er flere end alle anmeldelser der, {row[4]}; se efter, om tallene er byttet om"
    if "parent_id" in areas:
        parents, names = areas.set_index("area_id")["parent_id"], areas.set_index("area_id")["name"]
        inside = counts.assign(whole_area=counts["area_id"].map(parents))
        wholes = counts.rename(columns={"area_id": "whole_area", "count": "count_whole"})
        held = inside.merge(wholes, on=["period", "whole_area", "category"])
        for row in _larger(held.assign(whole_category=held["category"]), brought):
            yield *row[:3], f"{row[3]} er flere end i hele {names[row[5]]}, {row[4]}"
    yield from _years(counts, brought)


def _larger(pairs: pd.DataFrame, brought: pd.MultiIndex) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Area, period, category, count, the whole's count and area of each pair of which the part is the larger."""
    pairs = pairs[pairs["count"] > pairs["count_whole"]]
    wholes = pairs[["period", "whole_area", "whole_category"]].set_axis(KEY, axis=1)
    ours = pd.MultiIndex.from_frame(pairs[KEY]).isin(brought) | pd.MultiIndex.from_frame(wholes).isin(brought)
    columns = ("area_id", "period", "category", "count", "count_whole", "whole_area")
    for area, period, category, count, whole, over in zip(*(pairs.loc[ours, each] for each in columns), strict=True):
        yield area, period, category, danish.number(count), danish.number(whole), over


def _years(counts: pd.DataFrame, brought: pd.MultiIndex) -> Iterator[Said]:
    """Years of fewer than the quarters that are told of them."""
    spans = spans_of(counts["period"])
    quarters = counts[spans == "quarter"]
    new = pd.MultiIndex.from_frame(quarters[KEY]).isin(brought)
    summed = (
        quarters.assign(period=quarters["period"].str[:4], new=new).groupby(KEY).agg({"count": "sum", "new": "any"})
    )
    held = counts[spans == "year"].merge(summed.reset_index(), on=KEY, suffixes=("", "_parts"))
    held["new"] |= pd.MultiIndex.from_frame(held[KEY]).isin(brought)
    held = held[held["new"] & (held["count"] < held["count_parts"])]
    columns = ("area_id", "period", "category", "count", "count_parts")
    for area, period, category, count, parts in zip(*(held[each] for each in columns), strict=True):
        said = f"{danish.number(count)} er færre end de kvartaler, der er oplyst, tilsammen, {danish.number(parts)}"
        yield area, period, category, said
