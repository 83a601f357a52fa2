"""Builds the release's incident table: each count with rate, interval, comparison, control limits and verdict."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis import comparisons, mass_registrations, rates
from data.calendar import Period, is_year, periods_between
from data.release.control_limits import control_limits
from data.release.count_grid import QUARTERS, Floats, Grid

PER = 1000  # Rates are per 1,000 residents.
SERIES = ["category", "area_id"]
COLUMNS = {
    **dict.fromkeys(("category", "area_id", "period", "level"), "str"),
    **dict.fromkeys(("count", "residents", "count_low", "count_high", "rate", "low", "high"), "float64"),
    "dispersion": "float64", "dispersion_df": "float64",
    "last_year": "float64", "last_year_mass": "bool",
    **dict.fromkeys(("ratio", "ratio_low", "ratio_high"), "float64"),
    "mass": "bool", "state": "str",
    **dict.fromkeys(("mean", "lower", "upper", "season", "limits_n"), "float64"),
    "limits_moved": "bool",
    **dict.fromkeys(("signal", "limits_from", "changed", "provenance", "source_id"), "str"),
}  # fmt: skip
"""The columns of the table and their types."""


def incident_table(
    incidents: pd.DataFrame,
    population: pd.DataFrame,
    levels: pd.Series,
    years: pd.DataFrame | None = None,
    provisional: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """The incident rows of a release: one per quarter and one per whole year, per area and category.

    Counts that came as years (`data.release.spans`) have no quarters. A year that came as one is final unless its
    source says otherwise.

    `incidents` and `population` have the columns of their contracts; `levels` maps area_id to level. Fewer is better.
    The newest quarter is provisional, as is a year that holds it, unless `provisional` (source_id to number) says how
    many of its newest periods a source may still change; a provisional figure gets no verdict. Counts with a
    mass registration are flagged, shown, and kept out of baselines and verdicts. Where counts are hidden from the
    reader, `incidents` says so in a column `hidden` and has no number there; `years` (period, area_id, category,
    count, hidden) then gives the years, which may be shown where one of their quarters is not, or the reverse.
    """
    if incidents.empty:
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in COLUMNS.items()})
    came_as_years = is_year(incidents["period"])
    quarters = _quarters(incidents[~came_as_years], population, levels, provisional or {})
    origin = incidents.drop_duplicates(SERIES, keep="last").set_index(SERIES)[["provenance", "source_id"]]
    sums = _years(quarters)
    if came_as_years.any():
        sums = _with_whole_years(sums, incidents[came_as_years], population, levels, provisional or {})
    yearly = sums if years is None else _with_given(sums, years)
    grids = [grid for grid in (quarters, yearly) if grid.count.size]
    if not grids:
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in COLUMNS.items()})
    rows = pd.concat([_rows(grid, _dispersion(grid)) for grid in grids], ignore_index=True)
    return rows.join(origin, on=SERIES)


def _quarters(
    incidents: pd.DataFrame, population: pd.DataFrame, levels: pd.Series, provisional: Mapping[str, int]
) -> Grid:
    wide = incidents.pivot(index=SERIES, columns="period", values="count").astype(float)
    if len(wide.columns):
        wide = wide.reindex(columns=_calendar(list(wide.columns)))
    hidden = incidents["hidden"] if "hidden" in incidents else pd.Series(False, index=incidents.index)
    periods = list(wide.columns)
    count = wide.to_numpy()
    area_ids = wide.index.get_level_values("area_id")
    flagged = mass_registrations.mass_registrations(count)[0] if count.size else np.zeros(count.shape, dtype=bool)
    return Grid(
        series=wide.index,
        periods=periods,
        levels=levels.reindex(area_ids).to_numpy(dtype=str),
        count=count,
        hidden=_flags(incidents.assign(hidden=hidden), wide),
        residents=_residents(population, area_ids, periods),
        mass=np.asarray(flagged),
        provisional=_provisional(incidents, wide, provisional, 1),
        season=QUARTERS,
    )


def _provisional(incidents: pd.DataFrame, wide: pd.DataFrame, many: Mapping[str, int], usual: int) -> NDArray[np.bool_]:
    """Which counts may still change: the `usual` newest periods, or as many of its newest as a series' source says."""
    found = np.zeros(wide.shape, dtype=bool)
    found[:, max(0, wide.shape[1] - usual) :] = True
    sources = incidents.drop_duplicates(SERIES, keep="last").set_index(SERIES)["source_id"].reindex(wide.index)
    for source, newest in many.items():
        periods = incidents.loc[incidents["source_id"] == source, "period"]
        if len(periods):
            end = list(wide.columns).index(periods.max()) + 1
            of_source = np.zeros(wide.shape[1], dtype=bool)
            of_source[max(0, end - newest) : end] = True
            found[(sources == source).to_numpy()] = of_source
    return found


def _calendar(quarters: list[str]) -> list[str]:
    """Every quarter from the first to the last of some, also those that nobody has reported."""
    first, last = Period.parse(min(quarters)), Period.parse(max(quarters))
    return [period.code for period in periods_between(first, last)]


def _flags(rows: pd.DataFrame, wide: pd.DataFrame) -> NDArray[np.bool_]:
    """The column `hidden` laid out like a table of series x periods."""
    flagged = rows[rows["hidden"]].assign(one=1.0).pivot(index=SERIES, columns="period", values="one")
    return flagged.reindex(index=wide.index, columns=wide.columns).notna().to_numpy()


def _residents(population: pd.DataFrame, area_ids: pd.Index, periods: list[str]) -> Floats:
    """Residents on the first day of each period's year, series x periods; where nobody lives there is no rate: NaN."""
    population = population[population["residents"] > 0]
    first = population.sort_values("period").assign(year=population["period"].str[:4])
    first = first.drop_duplicates(["area_id", "year"]).pivot(index="area_id", columns="year", values="residents")
    years = [period[:4] for period in periods]
    return first.reindex(index=area_ids, columns=years).to_numpy(dtype=float, na_value=np.nan)


def _years(quarters: Grid) -> Grid:
    """Sums of four quarters; missing where one of them is. A year that the calendar has not filled is not yet one."""
    years = sorted({period[:4] for period in quarters.periods})
    whole = [year for year in years if sum(period[:4] == year for period in quarters.periods) == QUARTERS]
    places = [[place for place, period in enumerate(quarters.periods) if period[:4] == year] for year in whole]
    columns = np.array(places, dtype=np.intp).reshape(len(whole), QUARTERS)

    return Grid(
        series=quarters.series,
        periods=whole,
        levels=quarters.levels,
        # Indexed by these columns an array becomes series x years x quarters.
        count=quarters.count[:, columns].sum(axis=2),
        hidden=np.zeros((len(quarters.series), len(whole)), dtype=bool),
        residents=quarters.residents[:, columns][:, :, 0],
        mass=np.asarray(quarters.mass[:, columns].any(axis=2)),
        provisional=np.asarray(quarters.provisional[:, columns].any(axis=2)),
        season=1,
    )


def _with_whole_years(
    sums: Grid, incidents: pd.DataFrame, population: pd.DataFrame, levels: pd.Series, provisional: Mapping[str, int]
) -> Grid:
    """The years with those that came as years; no series has the same year from both."""
    came = incidents.pivot(index=SERIES, columns="period", values="count").astype(float)
    index = sums.series.union(came.index)
    index.names = SERIES
    periods = _calendar([*sums.periods, *came.columns])
    summed = pd.DataFrame(sums.count, index=sums.series, columns=sums.periods).reindex(index=index, columns=periods)
    came = came.reindex(index=index, columns=periods)
    hidden = incidents["hidden"] if "hidden" in incidents else pd.Series(False, index=incidents.index)

    def beside(flags: NDArray[np.bool_], own: NDArray[np.bool_]) -> NDArray[np.bool_]:
        of_sums = pd.DataFrame(flags.astype(float), index=sums.series, columns=sums.periods)
        return (of_sums.reindex(index=index, columns=periods).to_numpy() == 1) | own

    area_ids = index.get_level_values("area_id")
    own = _provisional(incidents, came, provisional, 0) & came.notna().to_numpy()
    return Grid(
        series=index,
        periods=periods,
        levels=levels.reindex(area_ids).to_numpy(dtype=str),
        count=summed.where(summed.notna(), came).to_numpy(dtype=float),
        hidden=beside(sums.hidden, _flags(incidents.assign(hidden=hidden), came)),
        residents=_residents(population, area_ids, periods),
        mass=beside(sums.mass, np.zeros(came.shape, dtype=bool)),
        provisional=beside(sums.provisional, own),
        season=1,
    )


def _with_given(years: Grid, given: pd.DataFrame) -> Grid:
    """The years with the counts that are given for some of them, or hidden."""
    wide = pd.DataFrame(years.count, index=years.series, columns=years.periods)
    counts = given.pivot(index=SERIES, columns="period", values="count").reindex_like(wide).to_numpy(dtype=float)
    hidden = _flags(given, wide)
    known = np.where(np.isnan(counts), years.count, counts)
    return replace(years, count=np.where(hidden, np.nan, known), hidden=hidden)


def _rows(grid: Grid, overdispersion: tuple[Floats, Floats]) -> pd.DataFrame:
    """The grid as tidy rows with every statistic; `overdispersion`: of each series, and its degrees of freedom."""
    dispersion_of_series, degrees = overdispersion
    category = grid.series.get_level_values("category").to_numpy(dtype=str)
    shape = grid.count.shape
    dispersion = np.broadcast_to(dispersion_of_series[:, None], shape)
    low, high = rates.count_interval(grid.count, dispersion=dispersion)
    earlier, residents_then = _earlier(grid.count, grid.season), _earlier(grid.residents, grid.season)
    mass_then = _earlier(grid.mass.astype(float), grid.season) == 1
    ratio, ratio_low, ratio_high, p_value = rates.rate_ratio(
        grid.count, grid.residents, earlier, residents_then, dispersion=dispersion
    )
    undecided = grid.mass | mass_then | grid.provisional
    limits = control_limits(grid, dispersion_of_series)
    columns: dict[str, NDArray[np.generic]] = {
        "category": np.broadcast_to(category[:, None], shape),
        "area_id": np.broadcast_to(grid.series.get_level_values("area_id").to_numpy(dtype=str)[:, None], shape),
        "period": np.broadcast_to(np.array(grid.periods), shape),
        "level": np.broadcast_to(grid.levels[:, None], shape),
        "count": grid.count,
        "residents": grid.residents,
        "count_low": low,
        "count_high": high,
        "rate": PER * grid.count / grid.residents,
        "low": PER * low / grid.residents,
        "high": PER * high / grid.residents,
        "dispersion": dispersion,
        "dispersion_df": np.broadcast_to(degrees[:, None], shape),
        "last_year": earlier,
        "last_year_mass": mass_then,
        "ratio": ratio,
        "ratio_low": ratio_low,
        "ratio_high": ratio_high,
        "p_value": np.where(undecided, np.nan, p_value),
        "mass": grid.mass,
        "state": np.select(
            [grid.hidden, np.isnan(grid.count), grid.provisional], ["hidden", "missing", "provisional"], "published"
        ),
        **limits,
    }
    rows = pd.DataFrame({name: array.reshape(-1) for name, array in columns.items()})
    family = rows["period"] + "|" + rows["category"] + "|" + rows["level"]
    with np.errstate(divide="ignore"):
        moved = np.log(rows["ratio"].to_numpy())
    rows["changed"] = comparisons.verdicts(moved, rows["p_value"].to_numpy(), family.to_numpy(), direction=-1)
    return rows.drop(columns="p_value")


def _earlier(array: Floats, season: int) -> Floats:
    """The same time of year one year before, NaN in the first year."""
    shifted = np.full(array.shape, np.nan)
    shifted[:, season:] = array[:, :-season]
    return shifted


def _dispersion(grid: Grid) -> tuple[Floats, Floats]:
    """Per series, the dispersion of its category at its level and its degrees of freedom; mass registrations left out.

    At the span that is compared: quarters with the same quarter, years with years.
    """
    category = grid.series.get_level_values("category").to_numpy(dtype=str)
    usual = np.where(grid.mass, np.nan, grid.count)
    factor, degrees = np.ones(len(category)), np.zeros(len(category))
    kind = np.char.add(np.char.add(category, "|"), grid.levels)
    for each in np.unique(kind):
        members = kind == each
        ratio, degrees[members] = rates.dispersion(usual[members], season=grid.season)
        factor[members] = 1.0 if np.isnan(ratio) else ratio
    return factor, degrees
