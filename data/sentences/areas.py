"""Sentences about one area: its lists, its likes and neighbours, and what stands side by side without a cause.

Rows are as in `data.sentences`, whose rules hold here too.
"""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from data import danish, sentences
from data.partnership import Category, Indicator
from data.records import Row
from data.settings.nouns import AreaList

NO_LISTS = "Ingen kendte optagelser på lister"
NOTHING_MEASURED = "Der er ingen måling af områderne. Den indlæses på siden Data."
NO_RESIDENTS = "Indbyggertal mangler, så anmeldelser kan ikke sammenlignes. De indlæses på siden Data."
NOTHING_RECORDED = "Der er ingen anmeldelser i områderne. De indlæses på siden Data."
NOTHING_TO_COMPARE = "Der er intet i samme måling at sammenligne med."
NO_OPEN_CRITERIA = "Der er ingen åbne mål for området."
BESIDE_NOTE = "Oplevet og anmeldt er to tal, som aldrig gøres til ét; det ene forklarer ikke det andet."
NO_LOG = "Der er ikke ført log for området."
NOTHING_DECIDED = "Ingen beslutning handler om området."
# How the share of an area lies against its reference, in as few words as a card has room for.
REFERENCE_WORDS = {
    "above": "Klart højere",
    "unchanged": "Ingen klar forskel",
    "below": "Klart lavere",
    "": "Kan ikke sammenlignes",
}


def list_memberships(memberships: str, lists: Sequence[AreaList]) -> dict[str, str]:
    """What is known of each of the partnership's lists by its title, kept apart: they measure different things.

    `memberships` are such as "SUB 2014–2018", with ";" between them; one belongs to the list with whose word it
    begins, or to the list for all others where there is one.
    """
    left = [entry.strip() for entry in memberships.split(";") if entry.strip()]
    found: dict[str, list[str]] = {each.title: [] for each in lists}
    for each in sorted(lists, key=lambda each: -len(each.begins)):
        found[each.title] = [entry for entry in left if not each.begins or f"{entry} ".startswith(f"{each.begins} ")]
        left = [entry for entry in left if entry not in found[each.title]]
    return {title: danish.join(entries) or NO_LISTS for title, entries in found.items()}


def life(area: Row, areas: pd.DataFrame, names: Mapping[str, str]) -> str:
    """When an area ended and what came instead, or when it began and after what; "" for one that has always been.

    `areas` are the areas of the release; one made before areas could end says nothing of it.
    """
    told: list[str] = []
    first, last = (area.get(name) for name in ("first_day", "last_day"))
    if first is not None and pd.notna(first):
        before = [names[old] for old in _predecessors(str(area["area_id"]), areas) if old in names]
        after = f" efter {danish.join(before)}" if before else ""
        told.append(f"Området begyndte {danish.date(first)}{after}; tal fra før den dag hører til det, der var.")
    if last is not None and pd.notna(last):
        heirs = danish.join([names[each] for each in str(area["successors"]).split(";") if each in names])
        how = _SUCCESSIONS[str(area["succession"])].format(heirs) if heirs else ""
        told.append(f"Området ophørte {danish.date(last)}{how}.")
    return " ".join(told)


_SUCCESSIONS = {
    "renamed": " og hedder nu {}", "split": " og er delt i {}", "merged": " og er lagt sammen med andre i {}",
    "redrawn": ", da grænsen blev flyttet; {} kom i stedet",
}  # fmt: skip


def _predecessors(area: str, areas: pd.DataFrame) -> list[str]:
    if "successors" not in areas:
        return []
    return [
        str(old) for old, listed in zip(areas["area_id"], areas["successors"].fillna(""), strict=True)
        if area in str(listed).split(";")
    ]  # fmt: skip


def area_title(area: Row, indicator: Indicator, category: Category) -> str:
    """What an area sheet shows: "Høje Gladsaxe: tryghed i nabolaget og anmeldte forbrydelser i alt"."""
    return f"{area['name']}: {danish.inside(indicator.title)} og {danish.inside(category.title)}"


def not_surveyed(name: str, level: str, indicator: Indicator) -> str:
    """That an area was never asked: "Der er ingen måling af tillid til politiet i Herlev."."""
    return f"Der er ingen måling af {danish.inside(indicator.title)} {sentences.place(name, level)}."


def not_recorded(name: str, level: str, category: Category) -> str:
    """That offences are not counted for an area: "Indbrud i beboelser opgøres ikke i SUB-områder samlet."."""
    return f"{category.title} opgøres ikke {sentences.place(name, level)}."


def newest_shown(row: Row, indicator: Indicator) -> str:
    """The newest share that can be shown, where the newest of all is hidden."""
    return (
        f"Det nyeste tal, der kan vises, er fra {danish.period(row['wave'])}. {sentences.survey_figure(row, indicator)}"
    )


def rates_alike(row: Row, low: float, high: float, category: Category) -> str:
    """How many are reported per 1,000 residents here and in the areas that are alike, side by side."""
    provisional = " (foreløbigt)" if row["state"] == "provisional" else ""
    return (
        f"{category.title} pr. 1.000 indbyggere i {danish.period(row['period'])}{provisional}: "
        f"{danish.decimal(row['rate'])} {sentences.place(row['name'], row['level'])} og "
        f"{danish.decimal(low)}–{danish.decimal(high)} i de lignende områder."
    )


def alike_note(names: list[str], too_few: bool) -> str:
    """Which areas are alike, and that there are too few where there are."""
    if not names:
        return "Der er ingen områder, der ligner nok til en sammenligning."
    sentence = f"De ligner mest i niveau, størrelse og kommunetype: {danish.join(names)}."
    return f"Der er for få områder, der ligner, til en god sammenligning. {sentence}" if too_few else sentence


def same_time(name: str, level: str, indicator: Indicator, category: Category, years: tuple[int, int]) -> str:
    """What stands on the one time axis of an area, and that it explains nothing."""
    return (
        f"{indicator.title} og {danish.inside(category.title)} {sentences.place(name, level)}, {years[0]}–{years[1]}, "
        "på én tidsakse med indsatserne. Det viser, hvad der skete i samme tid, ikke hvorfor."
    )


def panels(title: str, areas: str, periods: Iterable[str]) -> str:
    """What small panels show: "Tryghed i nabolaget i boligområder, 2016–2025"; "" where there are no periods."""
    years = sorted(period[:4] for period in periods)
    if not years:
        return ""
    return f"{title} i {areas}, {years[0]}–{years[-1]}." if years[0] < years[-1] else f"{title} i {areas}, {years[0]}."


def neighbour_note(names: list[str], approximate: bool) -> str:
    """Which areas lie beside this one, and what standing side by side does not show."""
    if not names:
        return "Der er ingen områder af samme slags inden for 1 km."
    outlines = " efter omtrentlige afgrænsninger" if approximate else ""
    return (
        f"{danish.join(names)} ligger inden for 1 km{outlines}. "
        "Tallene står side om side; de viser ikke, om noget er flyttet fra det ene område til det andet."
    )


def incident_move(row: Row, category: Category) -> str:
    """The move since last year, or the count alone where there is nothing to compare with."""
    return sentences.incident_change(row, category) or sentences.incident_level(row, category)


def both_figures(perceived: Row, recorded: Row, indicator: Indicator, category: Category) -> str:
    """Perceived and recorded of one area in one sentence, never made into one figure."""
    provisional = " (foreløbigt)" if recorded["state"] == "provisional" else ""
    return (
        f"{sentences.share(perceived)} {indicator.statement} {sentences.place(perceived['name'], perceived['level'])} "
        f"({danish.period(perceived['wave'])}), og der er {danish.decimal(recorded['rate'])} {category.noun} "
        f"pr. 1.000 indbyggere i {danish.period(recorded['period'])}{provisional}."
    )


def side_by_side(areas: str, indicator: Indicator, category: Category, year: str) -> str:
    """What the picture of perceived against recorded shows, where the area itself cannot be placed in it."""
    return f"{indicator.title} og {danish.inside(category.title)} i {areas}, {year}, side om side."


def earlier_entries(more: int) -> str:
    """How many entries of the log are not shown; empty for none."""
    return f"Og {danish.plural(more, 'tidligere post', 'tidligere poster')}." if more else ""


def earlier_decisions(more: int) -> str:
    """How many older decisions are not shown; empty for none."""
    return f"Og {danish.plural(more, 'ældre', 'ældre')}; alle står under Møde." if more > 0 else ""


def bands_left_out(shown: int, more: int) -> str:
    """That older initiatives have no band in the picture; empty where all have."""
    if more <= 0:
        return ""
    return f"De {shown} nyeste indsatser er vist; {danish.number(more)} ældre står under Indsatser."


def closed_criteria(met: int, not_met: int) -> str:
    """How the criteria went whose deadline has passed; empty where there are none."""
    parts = [f"{danish.number(met)} opfyldt"] * (met > 0) + [f"{danish.number(not_met)} ikke opfyldt"] * (not_met > 0)
    return f"Mål med udløbet frist: {danish.join(parts)}." if parts else ""
