"""The common page (fællesside): what each of several partnerships lets the others read, frozen when it says yes to it.

It is made of the release of the audience that sees least, so nothing can come along that is hidden from anybody.
Whoever reads the page reads these documents alone, and no other partnership's database.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from data import clock, danish
from data.calendar import is_year
from data.partnership import Audience, Partnership
from data.records import Row, records
from data.release import Release
from data.settings.several import served_name
from data.states import SHOWN_STATES
from data.store import Store, StoreError
from data.store.common import Consent, put, remove
from data.store.events import JOINED, LEFT, record

VERSION = 1
NO_AUDIENCE = (
    "Der er ingen målgruppe, som alle andre ser mindst lige så meget som, og som små tal er skjult for. Kun dens tal "
    "kan stå på fællessiden."
)


@dataclass(frozen=True)
class Perceived:
    """A share as published: whose, of what question, when; `low` and `high` are None where they are not known."""

    title: str
    statement: str
    question: str
    scale: str
    area: str
    wave: str
    share: float | None
    low: float | None
    high: float | None
    answers: float | None
    state: str
    source: str
    example: bool


@dataclass(frozen=True)
class Recorded:
    """All reported offences of an area in a year, per 1,000 residents; figures are None where they are not shown."""

    category: str
    area: str
    year: str
    rate: float | None
    low: float | None
    high: float | None
    state: str
    source: str
    example: bool


@dataclass(frozen=True)
class Outcome:
    """What became of a success criterion of an initiative, in a sentence of the release."""

    initiative: str
    status: str
    sentence: str
    example: bool


@dataclass(frozen=True)
class Contribution:
    """What one partnership shows on the common page."""

    partnership: str
    audience: str
    release: int
    published: str
    perceived: tuple[Perceived, ...]
    recorded: tuple[Recorded, ...]
    outcomes: tuple[Outcome, ...]
    learnt: tuple[str, ...]
    version: int = VERSION

    @property
    def is_example(self) -> bool:
        """Whether anything of it is invented."""
        told: tuple[Perceived | Recorded | Outcome, ...] = (*self.perceived, *self.recorded, *self.outcomes)
        return any(each.example for each in told)


def least_audience(partnership: Partnership) -> Audience | None:
    """The audience that sees no more than any other and that small counts are hidden from; None for no such one."""
    alike = [
        each
        for each in partnership.audiences
        if each.threshold > 0 and not each.sees_cells and all(other.covers(each) for other in partnership.audiences)
    ]
    return alike[-1] if alike else None


def contribution(release: Release, partnership: Partnership) -> Contribution:
    """What a release shows of our municipalities; ValueError unless it is of the audience that sees least."""
    least = least_audience(partnership)
    if least is None or release.audience != least.id:
        raise ValueError("only what everybody sees can be shown to others")
    sources = {row["source_id"]: f"{row['publisher']}: {row['title']}" for row in records(release.sources)}
    criteria, effects = release.criteria, release.effects
    titles = {row["initiative_id"]: row["title"] for row in records(release.initiatives)}
    sure = effects[effects["main"].astype(bool) & effects["verdict"].isin(("better", "worse"))]
    learnt = (f"{titles.get(row['initiative_id'], '')}: {row['sentence']}" for row in records(sure))
    return Contribution(
        partnership=partnership.name,
        audience=least.title,
        release=release.head.id,
        published=clock.here(release.head.published_at).date().isoformat(),
        perceived=tuple(_perceived(row, release, partnership, sources) for row in _newest_shares(release, partnership)),
        recorded=tuple(_recorded(row, release, partnership, sources) for row in _newest_rates(release, partnership)),
        outcomes=tuple(
            Outcome(
                titles.get(row["initiative_id"], ""), row["status"], row["sentence"], row["provenance"] == "example"
            )
            for row in records(criteria)
        ),
        learnt=tuple(sentence.lstrip(": ") for sentence in learnt),
    )


def _newest_shares(release: Release, partnership: Partnership) -> list[Row]:
    """Of each municipality of ours and indicator the share of the newest wave, in the order of the settings."""
    rows = release.survey[release.survey["area_id"].isin(partnership.members)]
    newest = rows.sort_values("wave", kind="stable").drop_duplicates(["indicator", "area_id"], keep="last")
    order = {each.id: place for place, each in enumerate(partnership.indicators)}
    known = [row for row in records(newest) if row["indicator"] in order]
    return sorted(known, key=lambda row: (order[row["indicator"]], danish.sort_key(release.name_of(row["area_id"]))))


def _newest_rates(release: Release, partnership: Partnership) -> list[Row]:
    """Of each municipality of ours all offences of the newest whole year; none where no category is the total."""
    rows = release.incidents
    ours = rows["area_id"].isin(partnership.members) & (rows["category"] == (partnership.total or None))
    years = rows[ours & is_year(rows["period"].astype(str))]
    newest = years.sort_values("period", kind="stable").drop_duplicates("area_id", keep="last")
    return sorted(records(newest), key=lambda row: danish.sort_key(release.name_of(row["area_id"])))


def _perceived(row: Row, release: Release, partnership: Partnership, sources: Mapping[str, str]) -> Perceived:
    asked = partnership.indicator(row["indicator"])
    shown = row["state"] in SHOWN_STATES
    return Perceived(
        asked.title, asked.statement, asked.question, asked.scale, release.name_of(row["area_id"]), str(row["wave"]),
        _number(row["share"], shown), _number(row["low"], shown), _number(row["high"], shown),
        _number(row["n"], shown), row["state"], sources.get(row["source_id"], ""), row["provenance"] == "example",
    )  # fmt: skip


def _recorded(row: Row, release: Release, partnership: Partnership, sources: Mapping[str, str]) -> Recorded:
    shown = row["state"] in SHOWN_STATES
    return Recorded(
        partnership.category(row["category"]).title, release.name_of(row["area_id"]), str(row["period"]),
        _number(row["rate"], shown), _number(row["low"], shown), _number(row["high"], shown), row["state"],
        sources.get(row["source_id"], ""), row["provenance"] == "example",
    )  # fmt: skip


def _number(value: object, shown: bool) -> float | None:
    return None if not shown or pd.isna(value) else float(value)  # type: ignore[call-overload,arg-type]


# As text --------------------------------------------------------------------------------------------------------------


def to_text(shown: Contribution) -> str:
    """The document as it is kept: JSON."""
    return json.dumps(asdict(shown), ensure_ascii=False, allow_nan=False, sort_keys=True)


def from_text(text: str) -> Contribution:
    """The document of a text; ValueError for one that is none of ours or of a later version."""
    try:
        told: dict[str, Any] = json.loads(text)
        if told["version"] != VERSION:
            raise ValueError("a document of another version")
        parts = {"perceived": Perceived, "recorded": Recorded, "outcomes": Outcome}
        lists = {name: tuple(kind(**row) for row in told[name]) for name, kind in parts.items()}
        return Contribution(**{**told, **lists, "learnt": tuple(map(str, told["learnt"]))})
    except (KeyError, TypeError) as error:
        raise ValueError("no document of the common page") from error


# Consent --------------------------------------------------------------------------------------------------------------


def offered(store: Store, partnership: Partnership) -> Contribution:
    """What the partnership would show now; raises StoreError where it has no audience for it or no release."""
    least = least_audience(partnership)
    if least is None:
        raise StoreError(NO_AUDIENCE)
    return contribution(store.release(audience=least.id), partnership)


def consent(store: Store, partnership: Partnership, *, by: str, role: str, release: int) -> None:
    """Show what the newest release tells on the common page, in place of what stood there; the log says who agreed.

    `role` is what others are told of who agreed. Raises StoreError where the newest is no longer the release that was
    agreed to.
    """
    shown = offered(store, partnership)
    if shown.release != release:
        raise StoreError("Der er udgivet nye tal imens. Se dem igennem, og sig ja til dem.")
    record(store.engine, by, JOINED, f"udgave {shown.release}, som {shown.audience} ser den")
    put(store.engine, Consent(served_name(), partnership.name, role, clock.now(), to_text(shown)))


def withdraw(store: Store, *, by: str) -> None:
    """Take the partnership off the common page at once; the log says who did."""
    if remove(store.engine, served_name()):
        record(store.engine, by, LEFT, "")
