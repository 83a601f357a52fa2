"""Turns weighted answers into shares by area, wave and question, with Kish's effective number of answers.

Share = Σw·[counts] / Σw over the base. n = unweighted answers in the base, n_eff = (Σw)² / Σw² and the design effect
n / n_eff, both over the base. Source: Kish (1965), Survey Sampling, §8.2 and §11.7.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from data import danish
from data.aggregate.case_format import numbers
from data.aggregate.errors import AggregateError
from data.aggregate.raw_rows import RawRows, listed
from data.contracts.columns import same_heading
from data.partnership import Indicator

FEWEST = 10
"""With fewer answers a share says too much of those who gave them, and stays on the machine."""
COLUMNS = ("wave", "area_id", "indicator", "series", "share", "n", "n_eff", "deff", "half_width", "rounded")
_IN, _OUT, _NONE = 1, 0, -1


@dataclass(frozen=True)
class SurveySettings:
    """What is decided beforehand: series, provenance and source of the figures, and the wave where no column has it."""

    source_id: str
    series: str
    provenance: str = "official"
    wave: str = ""


@dataclass
class Shares:
    """The table "survey", an account of every row (by question where it differs), and Danish sentences."""

    table: pd.DataFrame
    account: list[tuple[str, int]]
    sentences: list[str] = field(default_factory=list)


def survey_shares(
    rows: RawRows,
    columns: Mapping[str, str],
    items: Mapping[str, str],
    indicators: Sequence[Indicator],
    areas: Mapping[str, str],
    settings: SurveySettings,
) -> Shares:
    """Shares of each indicator for which `items` names the column of its question.

    `columns` are the headings of wave, area and weight; without a weight each answer counts 1. `areas` maps what a file
    may call an area (see `same_heading`) to its id. Raises AggregateError where nothing can be counted.
    """
    used = [*dict.fromkeys([*columns.values(), *items.values()])]
    frame = rows.frame(used)
    weight = _weights(frame, columns.get("weight"))
    area, strangers = _areas(frame[columns["area"]], areas, rows.labels.get(columns["area"], {}))
    wave = _waves(frame, columns, settings)
    account = [("Rækker i filen", len(frame) + rows.skipped + rows.blank)]
    kept = (area != "") & (wave != "") & (weight > 0)
    reasons = (
        ("området kendes ikke eller mangler", area == ""),
        ("målingens år mangler eller kan ikke læses", (area != "") & (wave == "")),
        ("vægten mangler, er 0 eller kan ikke læses", (area != "") & (wave != "") & ~(weight > 0)),
    )
    account += [("Talt med", int(kept.sum()))]
    account += [(f"Ikke med: {reason}", int(hit.sum())) for reason, hit in reasons if hit.any()]
    if rows.skipped:
        account.append(("Ikke med: rækken har ikke lige så mange felter som overskriften", rows.skipped))
    if rows.blank:
        account.append(("Ikke med: rækken er tom", rows.blank))
    if not kept.any():
        raise AggregateError(
            "Ingen af svarene kan bruges: " + danish.join(f"i {danish.plural(n, 'række', 'rækker')}: {reason[10:]}"
            for reason, n in account[2:]) + ". Se efter, om det er de rigtige kolonner."
        )  # fmt: skip
    by_id = {indicator.id: indicator for indicator in indicators}
    frames: list[pd.DataFrame] = []
    sentences = list(_strangers(strangers))
    for name, heading in items.items():
        if not by_id[name].counts or not by_id[name].of:
            raise AggregateError(f"Der står ikke i partnership.toml, hvilke svar der tæller i {name} (counts og of).")
        judged = _judged(frame[heading], by_id[name], rows.labels.get(heading, {}), rows.missing.get(heading, set()))
        account.append((f"{by_id[name].title}: intet gyldigt svar", int((kept & (judged == _NONE)).sum())))
        inside = kept & (judged != _NONE)
        if not inside.any():
            raise AggregateError(
                f"Ingen svar i kolonnen »{heading}« er blandt dem, der kan gives til {name} "
                f"({', '.join(by_id[name].of)}). Ret kolonnen med --item {name}=OVERSKRIFT, eller svarene i "
                "partnership.toml."
            )
        frames.append(_shares(wave[inside], area[inside], weight[inside], judged[inside] == _IN).assign(indicator=name))
    table = pd.concat(frames, ignore_index=True)
    few = table["n"] < FEWEST
    if few.any():
        many = danish.plural(int(few.sum()), "andel er", "andele er")
        sentences.append(f"{many} udeladt: de hviler på færre end {FEWEST} svar, og så få kan sige for meget om nogen.")
    table = table[~few].assign(
        series=settings.series, half_width=np.nan, rounded=0, provenance=settings.provenance,
        source_id=settings.source_id, note="",
    )  # fmt: skip
    order = [*COLUMNS, "provenance", "source_id", "note"]
    return Shares(table.sort_values(["wave", "indicator", "area_id"])[order].reset_index(drop=True), account, sentences)


def _shares(
    wave: "pd.Series[str]", area: "pd.Series[str]", weight: "pd.Series[float]", counts: "pd.Series[bool]"
) -> pd.DataFrame:
    rows = pd.DataFrame({"wave": wave, "area_id": area, "w": weight, "ww": weight**2, "wc": weight * counts})
    sums = rows.groupby(["wave", "area_id"]).agg(n=("w", "size"), w=("w", "sum"), ww=("ww", "sum"), wc=("wc", "sum"))
    # Rounding of sums may put n_eff a hair above n, which no weights can.
    n_eff = (sums["w"] ** 2 / sums["ww"]).clip(upper=sums["n"])
    made = pd.DataFrame({"share": (sums["wc"] / sums["w"]).clip(0, 1), "n": sums["n"], "n_eff": n_eff})
    return made.assign(deff=(sums["n"] / n_eff).clip(lower=1.0)).reset_index()


def _judged(
    answers: "pd.Series[str]", indicator: Indicator, labels: Mapping[str, str], missing: set[str]
) -> "pd.Series[int]":
    """Whether each answer counts, is in the base only, or is no answer; codes and labels alike."""
    judged = {}
    for answer in answers.unique():
        word = answer.strip().removesuffix(".0").removesuffix(",0")
        words = {word.casefold(), labels.get(answer, "").casefold()} - {""}
        listed_as = {name: words & {each.casefold() for each in getattr(indicator, name)} for name in _LISTS}
        if listed_as["unsure"]:
            judged[answer] = _OUT if indicator.unsure_in_base else _NONE
        elif answer in missing or not (listed_as["of"] or listed_as["counts"]):
            judged[answer] = _NONE
        else:
            judged[answer] = _IN if listed_as["counts"] else _OUT
    return answers.map(judged)


_LISTS = ("counts", "of", "unsure")


def _weights(frame: pd.DataFrame, heading: str | None) -> "pd.Series[float]":
    return pd.Series(1.0, index=frame.index) if heading is None else numbers(frame[heading]).fillna(0.0)


def _areas(
    cells: "pd.Series[str]", areas: Mapping[str, str], labels: Mapping[str, str]
) -> tuple["pd.Series[str]", dict[str, int]]:
    """The area_id of each row ("" where not known), and the names that are not known with their rows."""
    known = {same_heading(word): area for word, area in areas.items()}
    area_of: dict[str, str] = {}
    for cell in cells.unique():
        words = (same_heading(cell), same_heading(labels.get(cell, "")))
        area_of[cell] = next((known[word] for word in words if word in known), "")
    named = cells.map(area_of)
    strangers = cells[(named == "") & (cells.str.strip() != "")].value_counts()
    return named, {labels.get(str(cell), str(cell)): int(count) for cell, count in strangers.items()}


def _strangers(strangers: Mapping[str, int]) -> Iterator[str]:
    """The areas that are not known, where they look like areas: many answers under one short name."""
    shown = {name: count for name, count in strangers.items() if count >= FEWEST and len(name) <= 40}
    if shown:
        named = listed([f"{name}" for name in list(shown)[:10]])
        yield f"Områder, der ikke kendes: {named}. Sig, hvilke de er, med --area NAVN=OMRÅDE-ID."


def _waves(frame: pd.DataFrame, columns: Mapping[str, str], settings: SurveySettings) -> "pd.Series[str]":
    if settings.wave:
        return pd.Series(settings.wave, index=frame.index)
    if "wave" not in columns:
        raise AggregateError("Det kan ikke ses, hvilket år svarene er fra. Skriv --wave 2025 eller --column måling=…")
    years = frame[columns["wave"]].str.extract(r"((?:19|20)\d{2})", expand=False)
    return years.fillna("")
