"""The pandera schemas of contracts, and what pandera finds wrong said as problems with a remedy.

Imported only where a table is checked: pandera takes a while to import, and no page needs it to be shown.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrorReason, SchemaErrors

from data.calendar import Period
from data.contracts.columns import Baseline, Column, Contract, Known, Rule
from data.contracts.faults import Faults
from data.contracts.reading import DTYPES, TEXT, spellings
from data.contracts.values import items
from data.danish import join


def validate(typed: pd.DataFrame, contract: Contract, known: Known, today: dt.date, faults: Faults) -> None:
    """Put everything that a typed table has against its contract among the faults."""
    try:
        schema(contract, known, today, typed.columns).validate(typed, lazy=True)
    except SchemaErrors as errors:
        _translate(errors, typed, known, _rules_of_settings(contract, known), faults)


def schema(contract: Contract, known: Known, today: dt.date | None, present: Iterable[str]) -> pa.DataFrameSchema:
    """The schema of a contract's typed table; words are checked against `known`, periods against `today`.

    Integers are Int64, decimals and shares float64, dates datetime64[us] without a time; these are missing
    where the cell was empty. All else is text, and "" where it was empty. Rules across columns are left out where
    one of the table's columns is not `present`.
    """
    there = frozenset(present)
    rules = [*contract.rules, *_rules_of_settings(contract, known)]
    checks = [_rule_check(rule) for rule in rules] if there.issuperset(_names(contract)) else []
    if there.issuperset(contract.key):
        checks.append(_key_check(contract.key))
    return pa.DataFrameSchema(
        {column.name: _pandera_column(column, known, today) for column in contract.columns}, checks=checks
    )


def _names(contract: Contract) -> list[str]:
    return [column.name for column in contract.columns]


# Checks across columns answer for the table as a whole, and the rows are found when the fault is explained:
# pandera would list every cell of every failing row, which for a million rows takes minutes and gigabytes.


def _rule_check(rule: Rule) -> pa.Check:
    return pa.Check(lambda frame: bool(rule.holds(frame).all()), error=rule.name)


def _key_check(key: tuple[str, ...]) -> pa.Check:
    return pa.Check(lambda frame: not frame.duplicated(list(key)).any(), error="key")


def _pandera_column(column: Column, known: Known, today: dt.date | None) -> pa.Column:
    checks: list[pa.Check] = []
    textual = column.kind not in DTYPES
    blank = [""] if column.empty_means is not None else []
    if textual and column.empty_means is None:
        checks.append(pa.Check.str_length(min_value=1, error="empty"))
    if column.minimum is not None:
        checks.append(pa.Check.ge(column.minimum, error="minimum"))
    if column.maximum is not None:
        checks.append(pa.Check.le(column.maximum, error="maximum"))
    if column.choices:
        allowed = [int(value) for value in column.choices] if column.kind == "integer" else [*column.choices, *blank]
        checks.append(pa.Check.isin(allowed, error="choice"))
    if column.pattern:
        optional = "|" if blank else ""
        checks.append(pa.Check.str_matches(rf"^(?:{column.pattern}{optional})$", error="pattern"))
    if today is not None and not column.future and column.kind in ("period", "date"):
        checks.append(_not_after(today, column.kind))
    ids = known.ids(column.refers) if column.refers else None
    if ids is not None:
        numbers = [int(each) for each in ids] if column.kind == "integer" else [*ids, *blank]
        checks.append(_known_words(ids) if column.kind == "list" else pa.Check.isin(numbers, error="known"))
    nullable = textual or column.empty_means is not None
    return pa.Column(TEXT if textual else DTYPES[column.kind], checks=checks, nullable=nullable)


def _not_after(today: dt.date, kind: str) -> pa.Check:
    if kind == "date":
        return pa.Check.le(pd.Timestamp(today), error="future")

    def begun(periods: "pd.Series[str]") -> "pd.Series[bool]":
        late = [text for text in periods.unique() if text and Period.parse(text).first > today]
        return ~periods.isin(late)

    return pa.Check(begun, error="future")


def _known_words(ids: frozenset[str]) -> pa.Check:
    def all_known(lists: "pd.Series[str]") -> "pd.Series[bool]":
        return ~lists.isin([text for text in lists.unique() if not ids.issuperset(items(text))])

    return pa.Check(all_known, error="known")


def _rules_of_settings(contract: Contract, known: Known) -> list[Rule]:
    if contract.kind == "meetings" and known.forums is not None:
        return [_forum_and_area(known.forums)]
    if contract.kind != "criteria":
        return []
    # What a criterion's indicator must be depends on what it is measured with, so no single column can say it.
    asked = (("survey", known.indicators, "indikatoren"), ("incidents", known.categories, "kategorien"))
    rules = [_known_if_measured_by(measure, ids, word) for measure, ids, word in asked if ids is not None]
    if known.directions is not None:
        rules.append(_direction_of_indicator(known.directions))
    if known.baseline is not None:
        rules.append(_better_than_the_baseline(known.baseline))
    return rules


def _forum_and_area(forums: Mapping[str, bool]) -> Rule:
    """A forum of one municipality names it, and the whole partnership's own names none."""
    own = next((forum for forum, local in forums.items() if not local), "")
    local = [forum for forum, of_one in forums.items() if of_one]

    def holds(frame: pd.DataFrame) -> "pd.Series[bool]":
        named = frame["area_id"] != ""
        return ~(frame["forum"].isin(local) & ~named) & ~((frame["forum"] == own) & named)

    remedy = f"Lad cellen være tom for {own}"
    if local:
        remedy = f"Skriv kommunen for {join(local, 'eller')}, eller lad cellen være tom for {own}"
    return Rule("forum_and_area", "area_id", holds,
                "et forum for én kommune skal have sin kommune, og det fælles har ingen", remedy)  # fmt: skip


def _direction_of_indicator(directions: Mapping[str, int]) -> Rule:
    def holds(frame: pd.DataFrame) -> "pd.Series[bool]":
        agreed = frame["indicator"].map(directions)
        return (frame["measure"] != "survey") | agreed.isna() | (agreed == frame["direction"])

    return Rule("direction_of_indicator", "direction", holds, "retningen er en anden end indikatorens",
                "Skriv den retning, der er aftalt for indikatoren, eller vælg en anden indikator")  # fmt: skip


def _better_than_the_baseline(baseline: Baseline) -> Rule:
    """A target on the wrong side would be met by standing still, and by getting worse."""

    def wrong(row: Mapping[str, Any]) -> bool:
        if row["measure"] == "activity" or pd.isna(row["target"]) or pd.isna(row["direction"]):
            return False
        stood = baseline(row["measure"], row["indicator"], items(row["area_ids"]), row["baseline_period"])
        return stood is not None and row["direction"] * (row["target"] - stood) < -1e-9

    def holds(frame: pd.DataFrame) -> "pd.Series[bool]":
        names = [str(name) for name in frame.columns]
        rows = zip(*(frame[name] for name in names), strict=True)
        right = [not wrong(dict(zip(names, row, strict=True))) for row in rows]
        return pd.Series(right, index=frame.index, dtype="bool")

    return Rule("better_than_the_baseline", "target", holds, "målet ligger på den forkerte side af udgangspunktet",
                "Skriv et mål, der er bedre end udgangspunktet, eller ret retningen")  # fmt: skip


def _known_if_measured_by(measure: str, ids: frozenset[str], word: str) -> Rule:
    def holds(frame: pd.DataFrame) -> "pd.Series[bool]":
        return (frame["measure"] != measure) | frame["indicator"].isin(ids)

    return Rule(f"known_{measure}", "indicator", holds, f"{word} kendes ikke", f"Skriv {join(sorted(ids), 'eller')}")


def _translate(
    errors: SchemaErrors, typed: pd.DataFrame, known: Known, extra_rules: list[Rule], faults: Faults
) -> None:
    """Turn pandera's failure cases into problems."""
    contract = faults.contract
    rules = {rule.name: rule for rule in (*contract.rules, *extra_rules)}
    for error in errors.schema_errors:
        reason = error.reason_code
        if reason == SchemaErrorReason.COLUMN_NOT_IN_DATAFRAME:
            faults.missing_column(contract.column(str(error.failure_cases)))
        elif reason == SchemaErrorReason.SERIES_CONTAINS_NULLS:
            faults.broken(contract.column(error.schema.name), "empty", error.failure_cases["index"], {})
        elif reason == SchemaErrorReason.DATAFRAME_CHECK and error.check.error in rules:
            rule = rules[error.check.error]
            faults.add(rule.column, typed.index[~rule.holds(typed)], rule.message, rule.remedy)
        elif reason == SchemaErrorReason.DATAFRAME_CHECK and error.check.error == "key":
            faults.repeated_keys(typed)
        elif reason == SchemaErrorReason.DATAFRAME_CHECK:
            column = contract.column(error.schema.name)
            faults.broken(column, error.check.error, error.failure_cases["index"], spellings(column, known))
        else:
            raise error
