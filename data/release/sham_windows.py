"""Tries each method on periods in which nothing was started: how often it finds an effect that cannot be there."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis import effects, rates, time_series
from data.records import records
from data.release.shelf import NO_SHELF, Shelf, key_of
from data.release.tables import SHAM_WINDOWS
from data.release.wide import final_quarters, wide_by
from data.sentences.cooperation import sham_sentence

Floats = NDArray[np.float64]

QUARTERS = 4
SPANS = (4, 8)
"""Lengths of the windows before and after, in quarters: those that effects are judged by."""
EVERY = 2
"""A window begins every other quarter; those between say almost the same."""
MOST_AREAS = 40
"""Of many areas of a level so many, evenly spread, say what all of them would."""
FALSE = 0.05
MOST_FALSE_ALARMS = 0.10
"""A method that is wrong more often than this is no evidence."""
FEWEST_WINDOWS = 40
MUNICIPALITY = "municipality"
METHODS = ("before_after", "comparison", "displacement", "survey_before_after", "time_series")
_KNOWN: dict[str, pd.DataFrame] = {}
_MOST_KNOWN = 32
_TRIED: dict[str, list[tuple[str, Floats]]] = {}
_MOST_TRIED = 256


@dataclass(frozen=True)
class History:
    """One category at one level: final counts and residents, areas x quarters of the calendar; NaN where masses lie.

    `idle` is true where no initiative began in the area that quarter.
    """

    area_ids: list[str]
    quarters: list[str]
    count: Floats
    residents: Floats
    idle: NDArray[np.bool_]

    def dispersion(self, span: int) -> tuple[float, int]:
        """φ of sums of so many quarters beside those before, and its degrees of freedom; (1, 0) where unknown."""
        phi, freedom = rates.dispersion(self.count, season=span, span=span)
        return (1.0, 0) if np.isnan(phi) else (phi, freedom)


def sham_table(tables: Mapping[str, pd.DataFrame], shelf: Shelf = NO_SHELF) -> pd.DataFrame:
    """One row per method and level: how many windows it was tried on, and the part in which it found an effect.

    Windows are all areas and categories of the level over this release's own history, in which no initiative began in
    the area from the first quarter to the last. A level with fewer than 40 of a method is judged by the municipalities.
    `evidence` is whether the method is wrong in no more than 10 %; one that cannot be tried on 40 windows is none. The
    same history gives the same table, worked out once, and the p-values of a history are kept on the `shelf` for the
    next publication.
    """
    initiatives, survey = tables["initiatives"], tables["survey"]
    incidents = tables["incidents"]
    levels = _levels(tables)
    if not levels:
        return pd.DataFrame(columns=list(SHAM_WINDOWS))
    rows = incidents[incidents["level"].isin([*levels, MUNICIPALITY])]
    used = rows[["category", "area_id", "period", "level", "count", "residents", "mass", "state"]]
    key = _digest(used, survey[["wave", "area_id", "indicator", "change_low", "change_high"]],
                  initiatives[["area_ids", "start"]], tables["neighbours"])  # fmt: skip
    if key not in _KNOWN:
        while len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.pop(next(iter(_KNOWN)))
        _KNOWN[key] = _tried(used, survey, initiatives, tables["neighbours"], levels, shelf)
    return _KNOWN[key].copy()


def histories(incidents: pd.DataFrame, initiatives: pd.DataFrame) -> dict[tuple[str, str], History]:
    """The history of each level and category with its final quarters; `incidents` and `initiatives` are releases'."""
    begun = _begun(initiatives)
    by_series = {}
    for (level, category), laid_out in wide_by(final_quarters(incidents), ("level", "category")):
        areas, calendar = laid_out.area_ids, laid_out.quarters
        idle = [[(area, quarter) not in begun for quarter in calendar] for area in areas]
        by_series[level, category] = History(areas, calendar, laid_out.count, laid_out.residents, np.array(idle))
    return by_series


def municipal_p_values(incidents: pd.DataFrame, initiatives: pd.DataFrame) -> dict[str, Floats]:
    """The p-values of each method on all idle windows of the municipalities; `incidents` and `initiatives` as above."""
    collected: dict[str, list[Floats]] = {}
    for history in histories(incidents[incidents["level"] == MUNICIPALITY], initiatives).values():
        for method, p_values in _p_values(history, {}):
            collected.setdefault(method, []).append(p_values[~np.isnan(p_values)])
    joined = {method: np.concatenate(p_values) for method, p_values in collected.items()}
    return {method: p_values for method, p_values in joined.items() if p_values.size}


def _levels(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    treated = {area for listed in tables["initiatives"]["area_ids"] for area in listed.split(";")}
    areas = tables["areas"]
    return sorted(areas.loc[areas["area_id"].isin(treated), "level"].unique())


def _begun(initiatives: pd.DataFrame) -> set[tuple[str, str]]:
    """Area and quarter of each beginning."""
    begun = set()
    for row in records(initiatives):
        start = pd.Timestamp(row["start"])
        begun |= {(area, f"{start.year}K{start.quarter}") for area in row["area_ids"].split(";")}
    return begun


def _digest(*frames: pd.DataFrame) -> str:
    digest = hashlib.sha256()
    for frame in frames:
        digest.update(pd.util.hash_pandas_object(frame.astype(object), index=False).to_numpy().tobytes())
    return digest.hexdigest()


class Judged(NamedTuple):
    """What a method is worth: on how many windows it was tried, how often it was wrong, and if it is evidence."""

    windows: int
    false_alarms: float
    evidence: bool


def judged(p_values: Floats) -> Judged:
    """Judge a method by its p-values where nothing was begun; on fewer than 40 it is not tried, and no evidence."""
    if p_values.size < FEWEST_WINDOWS:
        return Judged(0, np.nan, evidence=False)
    share = float((p_values < FALSE).mean())
    return Judged(int(p_values.size), share, share <= MOST_FALSE_ALARMS)


def _tried(
    incidents: pd.DataFrame,
    survey: pd.DataFrame,
    initiatives: pd.DataFrame,
    neighbours: pd.DataFrame,
    levels: list[str],
    shelf: Shelf,
) -> pd.DataFrame:
    near = {str(area): set(rows["neighbour_id"]) for area, rows in neighbours.groupby("area_id")}

    @lru_cache
    def tried(level: str) -> dict[str, Floats]:
        """The p-values of each method at one level."""
        alarms: dict[str, list[Floats]] = {}
        for history in histories(incidents[incidents["level"] == level], initiatives).values():
            for method, p_values in _known_p_values(history, near, shelf):
                alarms.setdefault(method, []).append(p_values[~np.isnan(p_values)])
        alarms["survey_before_after"] = [_survey(survey[survey["level"] == level], _begun(initiatives))]
        return {method: np.concatenate(p_values) for method, p_values in alarms.items()}

    rows: list[dict[str, Any]] = []
    for level in levels:
        for method in METHODS:
            p_values = tried(level).get(method, np.empty(0))
            if p_values.size < FEWEST_WINDOWS and level != MUNICIPALITY:
                p_values = tried(MUNICIPALITY).get(method, np.empty(0))
            row = {"method": method, "level": level, **judged(p_values)._asdict()}
            rows.append(row | {"sentence": sham_sentence(row)})
    return pd.DataFrame(rows, columns=list(SHAM_WINDOWS))


def _known_p_values(history: History, near: Mapping[str, set[str]], shelf: Shelf) -> list[tuple[str, Floats]]:
    """`_p_values`, worked out once for a history that several audiences, or publications, see alike."""
    key = _digest_of(history, near)
    if key not in _TRIED:
        while len(_TRIED) >= _MOST_TRIED:
            _TRIED.pop(next(iter(_TRIED)))
        _TRIED[key] = _from_shelf(key, history, near, shelf)
    return _TRIED[key]


def _from_shelf(key: str, history: History, near: Mapping[str, set[str]], shelf: Shelf) -> list[tuple[str, Floats]]:
    kept = key_of("p-values", key)
    found = shelf.find(kept)
    if found is not None:
        return [(name.split(" ")[1], np.frombuffer(content)) for name, content in found.items()]
    made = list(_p_values(history, near))
    shelf.keep(kept, {f"{number} {method}": values.tobytes() for number, (method, values) in enumerate(made)})
    return made


def _digest_of(history: History, near: Mapping[str, set[str]]) -> str:
    beside = [(area, sorted(near.get(area, set()))) for area in history.area_ids]
    digest = hashlib.sha256(repr((beside, history.quarters)).encode())
    for part in (history.count, history.residents, history.idle):
        digest.update(np.ascontiguousarray(part).tobytes())
    return digest.hexdigest()


def _p_values(history: History, near: Mapping[str, set[str]]) -> Iterator[tuple[str, Floats]]:
    """The p-values of each method on every idle window of one category at one level."""
    for span in SPANS:
        phi, _ = history.dispersion(span)
        for start in range(span, len(history.quarters) - span + 1, EVERY):
            before, after = slice(start - span, start), slice(start, start + span)
            idle = history.idle[:, start - span : start + span].all(axis=1)
            then, now = history.count[:, before].sum(axis=1), history.count[:, after].sum(axis=1)
            whole = ~np.isnan(then + now)
            chosen = np.flatnonzero(idle & whole)
            if not chosen.size:
                continue
            chosen = chosen[:: -(-chosen.size // MOST_AREAS)]
            size = np.where(np.isnan(history.residents), 1.0, history.residents)
            exposure = size[chosen, before].sum(axis=1), size[chosen, after].sum(axis=1)
            yield (
                "before_after",
                np.asarray(rates.rate_ratio(now[chosen], exposure[1], then[chosen], exposure[0], dispersion=phi)[3]),
            )
            yield from _compared(history, np.flatnonzero(whole), chosen, then, now, near)
            if start >= effects.QUARTERS_BEFORE:
                until = start + span
                steps = time_series.steps(history.count[chosen, :until], start, size[chosen, :until])
                yield "time_series", steps.p_value


def _compared(
    history: History,
    whole: NDArray[np.intp],
    chosen: NDArray[np.intp],
    then: Floats,
    now: Floats,
    near: Mapping[str, set[str]],
) -> Iterator[tuple[str, Floats]]:
    """Each area against the others of its level that are no neighbours, alone and together with its neighbours."""
    alone, together = [], []
    for area in chosen:
        beside = [index for index in whole if history.area_ids[index] in near.get(history.area_ids[area], set())]
        others = [index for index in whole if index != area and index not in beside]
        if len(others) < effects.FEWEST_COMPARISON_AREAS:
            continue
        ratio = effects.ratio_of_rate_ratios(then[area], now[area], then[others], now[others])
        alone.append(ratio.p_value)
        if beside:
            size = (then[area] + then[beside].sum()) / max(then[others].sum(), 1.0)
            together.append(
                effects.weighted_displacement_difference(
                    (then[others].sum(), now[others].sum()),
                    (then[area], now[area]),
                    treated_nearby=(then[beside].sum(), now[beside].sum()),
                    comparison_size=max(size, 1e-9),
                    dispersion=ratio.dispersion,
                    comparison_areas=len(others),
                ).p_value
            )
    yield "comparison", np.array(alone, dtype=float)
    yield "displacement", np.array(together, dtype=float)


def _survey(survey: pd.DataFrame, begun: set[tuple[str, str]]) -> Floats:
    """Each share against the wave before, in areas where nothing was begun that year or the year before."""
    years = {(area, quarter[:4]) for area, quarter in begun}
    rows = survey[survey["comparable"].astype(bool) & survey["change_low"].notna()]
    idle = [
        years.isdisjoint({(row["area_id"], row["wave"][:4]), (row["area_id"], row["previous_wave"][:4])})
        for row in records(rows)
    ]
    chosen = rows[np.array(idle, dtype=bool)]
    # The interval and the p-value are one: 0 lies outside exactly where p is below 5 %.
    low, high = chosen["change_low"].to_numpy(dtype=float), chosen["change_high"].to_numpy(dtype=float)
    return np.where((low > 0) | (high < 0), 0.0, 1.0)
