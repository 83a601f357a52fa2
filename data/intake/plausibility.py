"""What is allowed in a file but worth a second look before it is published: warnings, apart from errors."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from shapely import from_wkb

from data import danish
from data.calendar import Period
from data.intake.examination import Examined
from data.intake.wholes import above_the_whole
from data.partnership import Partnership
from data.records import records
from data.release.plausibility import unusual_counts
from data.release.spans import quarters_of, waiting
from data.store import Incoming, Store

POPULATION_JUMP = 0.10
"""Part by which a number of residents may change from one period to the next."""
FEWER_ANSWERS = 0.5
"""Part of the previous wave's answers that are to be expected at least."""
SHARE_JUMP, SHARE_JUMP_CONFIDENCE = 0.10, 0.9999
"""Difference of two waves' shares that is worth a look where even so wide an interval leaves out 0."""
MOVED_OUTLINE = 0.01
"""Part of an area's surface that may change hands unnoticed."""
SEEN = "seen"
"""The kind of what was seen in a file: hidden rows, columns that are not read."""
TIMES = {"incidents": "period", "population": "period", "survey": "wave"}

Loaded = Mapping[str, pd.DataFrame]
Rule = Callable[..., Iterator["Caution"]]


@dataclass(frozen=True)
class Caution:
    """One thing worth a second look; `kind` groups those alike, `sentence` is Danish and whole."""

    kind: str
    area_id: str
    period: str
    sentence: str


def cautions(incoming: Sequence[Incoming], before: Loaded, after: Loaded, partnership: Partnership) -> list[Caution]:
    """Everything unusual in checked tables, held against what stands, in the order of the rules below.

    `before` and `after` map each kind to the rows that stand without and with the new tables (`Store.loaded` and
    `Store.trial`). Nothing is said of what there is no history for.
    """
    names = after["areas"].set_index("area_id")["name"]
    rules: list[tuple[str, Rule]] = [
        ("incidents", _unusual),
        ("incidents", _new_categories),
        ("incidents", _waiting),
        ("incidents", _above_the_whole),
        *((kind, _missing_areas(kind)) for kind in TIMES),
        ("population", _population_jumps),
        ("survey", _fewer_answers),
        ("survey", _share_jumps),
        ("boundaries", _moved_outlines),
        ("boundaries", _uncredited_outlines),
        ("activities", _counted_the_old_way),
    ]
    raised: list[Caution] = []
    for kind, rule in rules:
        frames = [table.frame for table in incoming if table.kind == kind]
        if frames:
            raised += rule(pd.concat(frames, ignore_index=True), before, after, names, partnership)
    return raised


def unusual_in(examined: Examined, store: Store, partnership: Partnership) -> list[Caution]:
    """What was seen in the files, then what is unusual in their figures: the same on page and command line."""
    seen = [Caution(SEEN, "", "", remark) for remark in examined.remarks]
    if not examined.incoming or examined.problems:
        return seen
    before, after = store.trial([])[1], store.trial(examined.incoming)[1]
    return seen + cautions(examined.incoming, before, after, partnership)


def _unusual(
    new: pd.DataFrame, _before: Loaded, after: Loaded, names: "pd.Series[str]", partnership: Partnership
) -> Iterator[Caution]:
    key = ["period", "area_id", "category"]
    for row in records(unusual_counts(quarters_of(after["incidents"])).merge(new[key], on=key)):
        where = f"{_title(row['category'], partnership)} i {names[row['area_id']]} i {danish.period(row['period'])}"
        count, usual = danish.number(row["count"]), danish.number(row["usual"])
        ending = " Det ligner en masseregistrering, som holdes ude af sammenligninger." if row["mass"] else ""
        yield Caution(
            "mass" if row["mass"] else "far_from_history",
            row["area_id"],
            row["period"],
            f"{where}: {count} er langt fra det sædvanlige, {usual}.{ending}",
        )


def _title(category: str, partnership: Partnership) -> str:
    return next((each.title for each in partnership.categories if each.id == category), category)


def _new_categories(
    new: pd.DataFrame, before: Loaded, _after: Loaded, _names: "pd.Series[str]", partnership: Partnership
) -> Iterator[Caution]:
    known = set(before["incidents"]["category"])
    for category in sorted(set(new["category"]) - known) if known else []:
        first = min(new.loc[new["category"] == category, "period"])
        yield Caution("new_category", "", first, f"{_title(category, partnership)} er en kategori, der ikke var før.")


def _waiting(
    new: pd.DataFrame, _before: Loaded, after: Loaded, _names: "pd.Series[str]", _partnership: Partnership
) -> Iterator[Caution]:
    brought = set(new["period"])
    for code in (each for each in waiting(after["incidents"]) if each in brought):
        whole = "kvartalet" if Period.parse(code).span == "month" else "året"
        words = danish.period(code)
        yield Caution("waits", "", code, f"{danish.opening(words)} kommer med, men vises først, når {whole} er helt.")


def _above_the_whole(
    new: pd.DataFrame, _before: Loaded, after: Loaded, names: "pd.Series[str]", partnership: Partnership
) -> Iterator[Caution]:
    for area, period, category, said in above_the_whole(new, after["incidents"], after["areas"], partnership.total):
        where = f"{_title(category, partnership)} i {names[area]} i {danish.period(period)}"
        yield Caution("above_whole", area, period, f"{where}: {said}.")


def _missing_areas(kind: str) -> Rule:
    time = TIMES[kind]

    def rule(
        new: pd.DataFrame, before: Loaded, after: Loaded, names: "pd.Series[str]", _partnership: Partnership
    ) -> Iterator[Caution]:
        for source in new["source_id"].unique():
            then, now = (frame[frame["source_id"] == source] for frame in (before[kind], after[kind]))
            newest = _latest(new.loc[new["source_id"] == source, time])
            spans = [Period.parse(code).span == newest.span for code in then[time]]
            alike = then[pd.Series(spans, index=then.index, dtype=bool)]
            before_it = [code for code in alike[time].unique() if Period.parse(code) < newest]
            if not before_it:
                continue
            last = _latest(before_it)
            gone = set(alike.loc[alike[time] == last.code, "area_id"])
            told = [Period.parse(code).last >= newest.first for code in now[time]]
            gone -= set(now.loc[pd.Series(told, index=now.index, dtype=bool), "area_id"])
            for area in sorted(gone):
                said = f"mangler i {danish.period(newest.code)}, men var med i {danish.period(last.code)}"
                yield Caution("missing_area", area, newest.code, f"{names[area]} {said}.")

    return rule


def _latest(codes: Iterable[str]) -> Period:
    return max(Period.parse(code) for code in codes)


def _population_jumps(
    new: pd.DataFrame, _before: Loaded, after: Loaded, names: "pd.Series[str]", _partnership: Partnership
) -> Iterator[Caution]:
    rows = after["population"].sort_values(["area_id", "period"])
    rows = rows.assign(
        then=rows.groupby("area_id")["residents"].shift(), since=rows.groupby("area_id")["period"].shift()
    )
    jumped = (rows["residents"] / rows["then"] - 1).abs() > POPULATION_JUMP
    for row in records(rows[jumped].merge(new[["area_id", "period"]], on=["area_id", "period"])):
        yield Caution(
            "population_jump",
            row["area_id"],
            row["period"],
            f"{names[row['area_id']]} går fra {danish.number(row['then'])} til {danish.number(row['residents'])} "
            f"indbyggere fra {danish.period(row['since'])} til {danish.period(row['period'])}.",
        )


def _fewer_answers(
    new: pd.DataFrame, _before: Loaded, after: Loaded, names: "pd.Series[str]", partnership: Partnership
) -> Iterator[Caution]:
    series = ["area_id", "indicator", "series"]
    rows = after["survey"].sort_values([*series, "wave"])
    grouped = rows.groupby(series)
    rows = rows.assign(then=grouped["n"].shift(), since=grouped["wave"].shift())
    fewer = rows["n"] < FEWER_ANSWERS * rows["then"]
    for row in records(rows[fewer].merge(new[[*series, "wave"]], on=[*series, "wave"])):
        title = partnership.indicator(row["indicator"]).title
        yield Caution(
            "fewer_answers",
            row["area_id"],
            row["wave"],
            f"{title} i {names[row['area_id']]}: {danish.number(row['n'])} svar {danish.in_period(row['wave'])} mod "
            f"{danish.number(row['then'])} {danish.in_period(row['since'])}. "
            "Så få svar kan gøre tallet for usikkert til at vise.",
        )


def _share_jumps(
    new: pd.DataFrame, _before: Loaded, after: Loaded, names: "pd.Series[str]", partnership: Partnership
) -> Iterator[Caution]:
    """Shares that differ from the wave before by far more than the answers can explain: another unit, another area."""
    from analysis.proportions import difference, effective_n  # with scipy, which takes long to import

    series = ["area_id", "indicator", "series"]
    rows = after["survey"].sort_values([*series, "wave"]).reset_index(drop=True)
    n, n_eff, deff, half, share = (
        rows[name].astype("float64") for name in ("n", "n_eff", "deff", "half_width", "share")
    )
    answers, _ = effective_n(n, n_eff, deff, half, share)
    rows = rows.assign(answers=answers)
    grouped = rows.groupby(series)
    rows = rows.assign(then=grouped["share"].shift(), since=grouped["wave"].shift(), had=grouped["answers"].shift())
    rows = rows[rows["then"].notna()].merge(new[[*series, "wave"]], on=[*series, "wave"])
    if rows.empty:
        return
    jumps = difference(rows["share"], rows["answers"], rows["then"], rows["had"], SHARE_JUMP_CONFIDENCE)
    gap, low, high = (pd.Series(each, index=rows.index, dtype="float64") for each in jumps)
    for row in records(rows[(gap.abs() > SHARE_JUMP) & ((low > 0) | (high < 0))]):
        yield Caution(
            "share_jump",
            row["area_id"],
            row["wave"],
            f"{partnership.indicator(row['indicator']).title} i {names[row['area_id']]}: fra "
            f"{danish.percent(row['then'])} i {danish.period(row['since'])} til {danish.percent(row['share'])} i "
            f"{danish.period(row['wave'])}. Det er langt mere, end usikkerheden i de to målinger kan forklare.",
        )


def _counted_the_old_way(
    new: pd.DataFrame, _before: Loaded, _after: Loaded, _names: "pd.Series[str]", _partnership: Partnership
) -> Iterator[Caution]:
    """Activities with the one count of older files, which may be times or participants."""
    old = new["count"].notna() & new["times"].isna() if "times" in new else new["count"].notna()
    several = new[old & (new["count"] > 1)]
    if len(several):
        yield Caution(
            "counted_the_old_way",
            "",
            "",
            f"{danish.plural(len(several), 'aktivitet', 'aktiviteter')} har kun »Antal«, der tælles som gange. "
            "Er det deltagere, så skriv dem under »Deltagere« i stedet.",
        )


def _moved_outlines(
    new: pd.DataFrame, before: Loaded, _after: Loaded, names: "pd.Series[str]", _partnership: Partnership
) -> Iterator[Caution]:
    standing = before["boundaries"].set_index("area_id")["geometry"]
    for area, geometry in zip(new["area_id"], new["geometry"], strict=True):
        if area not in standing.index:
            continue
        then, now = from_wkb(bytes(standing[area])), from_wkb(bytes(geometry))
        moved = then.symmetric_difference(now).area / then.area
        if moved > MOVED_OUTLINE:
            share = danish.percent(moved, 0)
            sentence = (
                f"{names[area]} har fået et andet omrids: en flade på {share} af den gamle er lagt til eller fra."
            )
            yield Caution("moved_outline", area, "", sentence)


def _uncredited_outlines(
    new: pd.DataFrame, _before: Loaded, _after: Loaded, _names: "pd.Series[str]", _partnership: Partnership
) -> Iterator[Caution]:
    nobodys = new[(new["outline"] == "official") & (new["credit"] == "")]
    if len(nobodys):
        yield Caution(
            "uncredited_outline",
            "",
            "",
            f"{danish.number(len(nobodys))} omrids nævner ingen, der skal krediteres. Skriv det i fladens "
            "egenskab »credit«, eller »approximate« i »outline«, hvis I selv har tegnet.",
        )
