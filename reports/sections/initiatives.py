"""The initiatives by focus area: what each is, what it promised, what the figures say of it, and before and after."""

import pandas as pd

from data import danish
from data.records import records
from data.sentences import no_criterion
from data.sentences.cooperation import EVIDENCE_WORDS, OTHER_EXPLANATIONS
from reports import gather
from reports.document import Beside, Block, Line, Lines, Section, Subject, Text


def initiatives(subject: Subject) -> tuple[Section, ...]:
    """A section for the whole, one for each focus area with initiatives, one for each of these."""
    shown = chosen(subject)
    if shown.empty:
        return ()
    lead = [Text(sentence) for sentence in subject.release.tables["purposes"]["sentence"].unique()]
    sections = [Section("Indsatser og mål", tuple(lead))]
    for focus_area in subject.partnership.focus_areas:
        rows = shown[shown["focus_area"] == focus_area.id]
        if len(rows):
            sections.append(Section(f"Indsatsområde {focus_area.id}: {focus_area.title}", (), level=2))
            sections += [_initiative(subject, row) for row in records(rows)]
    return tuple(sections)


def chosen(subject: Subject) -> pd.DataFrame:
    """The initiatives that reach one of the chosen areas, or lie in one; all where none is chosen."""
    rows, wanted = subject.release.initiatives, set(subject.view.areas)
    if not wanted:
        return rows
    parents = subject.release.areas.set_index("area_id")["parent_id"].to_dict()
    reached = [
        any(area in wanted or parents.get(area) in wanted for area in listed.split(";")) for listed in rows["area_ids"]
    ]
    return rows[pd.Series(reached, index=rows.index, dtype=bool)]


def _initiative(subject: Subject, row: gather.Row) -> Section:
    criteria = subject.release.criteria
    criteria = criteria[criteria["initiative_id"] == row["initiative_id"]]
    blocks: list[Block | Beside] = [Text(_facts(subject, row), quiet=True), Text(row["purpose"])]
    if criteria.empty:
        blocks.append(Text(no_criterion(sees_all=subject.partnership.sees_all(subject.audience)), quiet=True))
    else:
        blocks.append(Lines(tuple(gather.criterion_line(each) for each in gather.pressing_first(criteria))))
    return Section(str(row["title"]), (*blocks, *_effects(subject, row)), level=3)


def _facts(subject: Subject, row: gather.Row) -> str:
    names = gather.names(subject)
    areas = danish.join(names[area] for area in row["area_ids"].split(";") if area in names)
    end: str = "fortsætter" if pd.isna(row["end"]) else danish.date(row["end"])
    principles = {principle.id: principle.title.lower() for principle in subject.partnership.principles}
    named = danish.join(principles[each] for each in row["principles"].split(";") if each)
    lines = [areas, f"{danish.date(row['start'])} – {end}", named, row["lead"]]
    return " · ".join(part for part in lines if part)


def _effects(subject: Subject, row: gather.Row) -> tuple[Block, ...]:
    """What was seen before and after, with how much the statement is worth."""
    effects = subject.release.effects
    rows = effects[(effects["initiative_id"] == row["initiative_id"]) & effects["main"] & (effects["method"] != "")]
    if rows.empty:
        return ()
    # The surest answer, and every answer that came out.
    best = rows.sort_values("evidence_level", ascending=False, kind="stable").index[:1]
    rows = rows[rows.index.isin(best) | rows["verdict"].isin(["better", "worse"])]
    lines = [
        Line(
            f"Evidens {each['evidence_level']} af 3",
            "neutral",
            f"{EVIDENCE_WORDS[each['evidence_level']]}. {each['sentence']}",
        )
        for each in records(rows)
    ]
    sentence = " ".join(line.text for line in lines)
    note = () if OTHER_EXPLANATIONS in sentence else (Text(OTHER_EXPLANATIONS, quiet=True),)
    return (Lines(tuple(lines)), *note)
