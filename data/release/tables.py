"""The tables that every reader is given, with their columns, also from a release made before there was such a table.

Areas, survey, incidents, initiatives, activities, sources and criteria have been in every release; grid cells and
hotspots are in those of readers who may see them.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TypeVar, overload

import pandas as pd

from data.contracts.definitions import CONTRACTS
from data.release import table_from_parquet
from data.release.spans import UNFINISHED, UNFINISHED_COLUMNS

T = TypeVar("T")

# What the partnership writes down goes into the release as it stands, sorted by its key.
WRITTEN = ("meetings", "decisions", "dialogues", "insecure_places", "proposals", "risk_profiles", "coverage")

ORIGIN = ("provenance", "source_id")
CHANGES = ("kind", "subject", "area_id", "indicator", "tone", "crossing", "sentence", "rank")
SINCE = ("release_id", "meeting_date", "cell_year")
POINTS = ("period", "value", "low", "high", "n", "n_eff", "exposure", "series", "state", *ORIGIN)
RESIDENTS = ("area_id", "year", "residents")
TRENDS = (
    *("indicator", "area_id", "level", "series", "first_wave", "last_wave", "waves", "slope", "low", "high"),
    *("first_share", "last_share", "dispersion", "verdict", "reason", "sentence", *ORIGIN),
)
MODELLED = (
    *("wave", "area_id", "indicator", "level", "share", "model", "low", "high", "weight", "leans_on", "areas"),
    *("worst_chance", "sentence", *ORIGIN),
)
SHAM_WINDOWS = ("method", "level", "windows", "false_alarms", "evidence", "sentence")
SIMILAR = ("area_id", "indicator", "similar", "too_few")
REFERENCES = (
    *("wave", "area_id", "indicator", "level", "reference", "reference_name", "reference_share"),
    *("difference", "low", "high", "verdict", "reason", *ORIGIN),
)
NEIGHBOURS = ("area_id", "neighbour_id")
EFFECTS = (
    *("initiative_id", "measure", "indicator", "subject", "method"),
    *("before_from", "before_to", "after_from", "after_to", "before", "after"),
    *("comparison_area_ids", "comparison_areas", "comparison_kind", "comparison_before", "comparison_after"),
    *("neighbour_ids", "neighbours", "effect", "low", "high", "p_value", "placebo_rank", "placebo_p", "dispersion"),
    *("evidence_level", "note", "reason", "verdict", "main", "sentence", *ORIGIN),
    *("false_alarms", "sham_windows", "evidence", "areas_needed", "more_sentence", "dispersion_df"),
)
GAPS = ("profile_id", "initiative_id", "area_id", "state", "how", "evidence_level", "hole", "sentence", *ORIGIN)
OVERDUE = ("kind", "subject_id", "initiative_id", "due", "days", "sentence", *ORIGIN)
PURPOSES = ("purpose_id", "status", "criteria", "sentence")
PLACE_EFFECTS = "place_effects"
"""What was reported before and after in places that somebody acts on; for readers of grid cells alone."""
STATUS_HISTORY = ("criterion_id", "version", "release_id", "published", "meeting_date", "status")

LATER: Mapping[str, tuple[str, ...]] = {
    "changes": CHANGES, "since": SINCE, "criterion_points": (*POINTS, "confidence", "criterion_id"), "similar": SIMILAR,
    "residents": RESIDENTS, "trends": TRENDS, "modelled": MODELLED, "sham_windows": SHAM_WINDOWS,
    "references": REFERENCES, "neighbours": NEIGHBOURS, "effects": EFFECTS, "gaps": GAPS, "overdue": OVERDUE,
    "purposes": PURPOSES, UNFINISHED: UNFINISHED_COLUMNS, "status_history": STATUS_HISTORY,
    **{kind: tuple(column.name for column in CONTRACTS[kind].columns) for kind in WRITTEN},
}  # fmt: skip
"""The tables that came after the first releases, with their columns: an old release may lack them."""


class Tables(Mapping[str, pd.DataFrame]):
    """The tables of a release by name, each unpacked when first asked for; one made before there was such, is empty."""

    def __init__(self, packed: Mapping[str, bytes] = MappingProxyType({})) -> None:
        """Hold the Parquet bytes of each table."""
        self._packed = dict(packed)
        self._unpacked: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """The table; its columns and no rows where it came later; KeyError where the reader is not given such a one."""
        if name not in self._packed:
            return pd.DataFrame(columns=list(LATER[name]), dtype=object)
        if name not in self._unpacked:
            # Two sessions may unpack at once; both are handed the same table, which others may hold already.
            self._unpacked.setdefault(name, table_from_parquet(self._packed[name]))
        return self._unpacked[name]

    def __contains__(self, name: object) -> bool:
        """Whether the release has the table itself."""
        return name in self._packed

    def __iter__(self) -> Iterator[str]:
        """The names of the tables the release has itself."""
        return iter(self._packed)

    def __len__(self) -> int:
        """How many those are."""
        return len(self._packed)

    @overload
    def get(self, name: str, default: None = None, /) -> pd.DataFrame | None: ...
    @overload
    def get(self, name: str, default: T, /) -> pd.DataFrame | T: ...
    def get(self, name: str, default: object = None, /) -> object:
        """The table the release has itself, else the default."""
        return self[name] if name in self else default  # noqa: SIM401  what came later is not "there"


def lacks_tables(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether a release was made before there were all the tables there are now."""
    return any(name not in tables for name in LATER)
