"""A page for each municipality, and one for each area that the view has chosen."""

from dataclasses import replace

import pandas as pd

from data import danish, sentences
from data.partnership import our_partnership
from data.records import records
from data.sentences import areas as area_sentences
from data.views.lives import lives
from data.views.rows import compared_with, incident_rows, of_areas, survey_rows, within
from data.views.shifts import in_reading, spread_sentence
from data.views.trends import area_in_one_sentence, trend_said
from drawings.recorded import recorded
from drawings.trend import trend
from reports import gather
from reports.document import PAPER_PLOT, Beside, Block, Lines, Picture, Section, Subject, Text
from reports.sections import since

LATEST = 3
MOST_AREAS = 6
MOST_GOALS = 5
SAID_ON_A_SLIDE = 2
"""The newest share and the newest whole year; the quarter stands in the pack."""


def municipalities(subject: Subject) -> tuple[str, ...]:
    """The municipalities that have a page: the audience's own, and of these the ones the chosen areas lie in."""
    known = set(subject.release.areas["area_id"])
    own = tuple(area for area in subject.audience.sees or subject.partnership.members if area in known)
    parents = subject.release.areas.set_index("area_id")["parent_id"].to_dict()
    wanted = {home for area in subject.view.areas for home in (area, parents.get(area, ""))}
    return tuple(area for area in own if area in wanted) or own


def municipality(subject: Subject, area: str) -> Section:
    """One municipality: how safe, how much was reported, its housing areas on the map and with their intervals."""
    inside = tuple(each for each in within(subject, area) if each != area)
    here = gather.at_level(subject, gather.HOUSING if _measured(subject, inside) else "municipality")
    blocks: list[Block | Beside] = [Text(sentence) for sentence in said_of(subject, area)]
    shown = inside if here.view.level == gather.HOUSING else since.focus(subject)
    drawn = gather.perceived_map(here, (area,), inside if shown == inside else ())
    # Goals are as few lines as there is room for below the dots, so that a municipality is one page.
    blocks.append(Beside((drawn,), (since.dots(here, shown), *_goals(subject, (area, *inside))), 1.0))
    blocks += recorded_picture(subject, area)
    return Section(subject.release.name_of(area), tuple(blocks), one_page=True)


def _measured(subject: Subject, areas: tuple[str, ...]) -> bool:
    rows = subject.release.survey
    return bool(((rows["indicator"] == subject.view.indicator) & rows["area_id"].isin(areas)).any())


def said_of(subject: Subject, area: str, *, over_years: bool = False) -> list[str]:
    """The newest share and the newest whole year and final quarter of an area, in words."""
    release, view = subject.release, subject.view
    indicator, category = subject.partnership.indicator(view.indicator), subject.partnership.category(view.category)
    level = str(release.areas.set_index("area_id").at[area, "level"])
    shares = survey_rows(subject, areas=(area,))
    facts = []
    if shares.empty:
        facts.append(area_sentences.not_surveyed(release.name_of(area), level, indicator))
    else:
        facts += list(shares.tail(1)["hover"])
        facts += [moved] if over_years and (moved := trend_said(subject, area)) else []
        shown = shares[shares["state"] == "published"]
        if len(shown) and shown["wave"].iloc[-1] != shares["wave"].iloc[-1]:
            facts.append(area_sentences.newest_shown(records(shown.tail(1))[0], indicator))
    years = incident_rows(subject, areas=(area,), years=True)
    quarters = incident_rows(subject, areas=(area,))
    if years.empty:
        facts.append(area_sentences.not_recorded(release.name_of(area), level, category))
    facts += list(years.tail(1)["hover"])
    facts += list(quarters[quarters["state"] != "provisional"].tail(1)["hover"])
    return facts


def recorded_picture(subject: Subject, area: str) -> list[Block | Beside]:
    """What was reported in an area by quarter; [] where nothing is known of it."""
    category = subject.partnership.category(subject.view.category)
    rows = incident_rows(subject, areas=(area,))
    if rows.empty:
        return []
    newest = records(rows.tail(1))[0]
    title = f"{category.title} {sentences.place(newest['name'], newest['level'])}"
    return [
        Picture(
            title,
            newest["hover"],
            recorded(rows, noun=category.noun, lives=lives(subject, (area,)), plot=PAPER_PLOT),
            gather.origin(subject, rows),
        )
    ]


def _goals(subject: Subject, areas: tuple[str, ...]) -> list[Block]:
    """The criteria of areas, as many as a page has room for; all stand with their initiatives."""
    rows = of_areas(subject.release.criteria, areas)
    if rows.empty:
        return []
    shown = gather.pressing_first(rows)[:MOST_GOALS]
    more = len(rows) - len(shown)
    where = "" if subject.about else "; de står under »Indsatser og mål«"
    rest = [Text(f"Og {danish.number(more)} mål til{where}.", quiet=True)] if more else []
    return [Text("", "Mål her"), Lines(tuple(gather.short_line(row) for row in shown)), *rest]


def chosen(subject: Subject) -> tuple[Section, ...]:
    """A page for each of the chosen areas that is not a municipality with a page of its own."""
    have = municipalities(subject)
    areas = [area for area in subject.view.areas if area not in have][:MOST_AREAS]
    return tuple(area_page(subject, area) for area in areas)


def slide(subject: Subject, area: str) -> Section:
    """One area's newest share and newest year of offences, and its line over time: as much as a slide holds."""
    category = subject.partnership.category(subject.view.category)
    years = records(incident_rows(subject, areas=(area,), years=True).tail(1))
    counted = [row["hover"].removesuffix(sentences.incident_change(row, category)).strip() for row in years]
    words = tuple(Text(sentence) for sentence in (*said_of(subject, area)[:1], *counted))
    against = compared_with(replace(subject, view=replace(subject.view, areas=(area,))), (area,))
    rows = survey_rows(subject, areas=(area, *against))
    lines = (over_time(subject, area, rows),) if area in set(rows["area_id"]) else ()
    return Section(subject.release.name_of(area), (*words, *lines))


def municipality_slide(subject: Subject, area: str) -> Section:
    """One municipality in a few words and its areas on the map: as much as a slide holds."""
    inside = tuple(each for each in within(subject, area) if each != area)
    here = gather.at_level(subject, gather.HOUSING if _measured(subject, inside) else "municipality")
    only = inside if here.view.level == gather.HOUSING else ()
    words = tuple(Text(sentence) for sentence in said_of(subject, area)[:SAID_ON_A_SLIDE])
    drawn = gather.perceived_map(here, (area,), only)
    if only:
        rows = in_reading(here)
        drawn = replace(drawn, sentence=spread_sentence(here, rows[rows["area_id"].isin(only)], brief=True))
    return Section(subject.release.name_of(area), (*words, drawn))


def area_page(subject: Subject, area: str) -> Section:
    """One area: who lives there, what can be said, perceived and recorded over time, goals and what was done."""
    row = records(subject.release.areas[subject.release.areas["area_id"] == area])[0]
    blocks: list[Block | Beside] = [
        Text(_who(row), quiet=True),
        *(Text(sentence) for sentence in said_of(subject, area, over_years=not subject.about)),
    ]
    against = compared_with(replace(subject, view=replace(subject.view, areas=(area,))), (area,))
    rows = survey_rows(subject, areas=(area, *against))
    if area in set(rows["area_id"]):
        blocks.append(over_time(subject, area, rows))
    blocks += recorded_picture(subject, area)
    blocks += _goals(subject, (area,))
    blocks += _log(subject, area)
    return Section(str(row["name"]), tuple(blocks), one_page=True)


def own_ids(subject: Subject) -> tuple[str, ...]:
    """The housing areas of readers of one municipality alone; () for all others."""
    if len(subject.audience.sees) != 1:
        return ()
    rows = subject.release.areas
    own = rows[(rows["parent_id"] == subject.audience.sees[0]) & (rows["level"] == gather.HOUSING)]
    return tuple(own["area_id"])


def own_areas(subject: Subject) -> tuple[Section, ...]:
    """For readers of one municipality: each of its areas in a sentence of everyday words; () for all others."""
    names = subject.release.names
    said = [(names[area], sentence) for area in own_ids(subject) if (sentence := _everyday(subject, area))]
    if not said:
        return ()
    blocks = tuple(Text(sentence, strong=name) for name, sentence in said)
    return (Section("Dit område" if len(said) == 1 else "Dine områder", blocks, level=2),)


def _everyday(subject: Subject, area: str) -> str:
    shares, years = survey_rows(subject, areas=(area,)), incident_rows(subject, areas=(area,), years=True)
    newest, year = (next(iter(records(rows.tail(1))), None) for rows in (shares, years))
    return area_in_one_sentence(subject, "hverdag", newest, year)


def trend_of(subject: Subject, area: str) -> Picture | None:
    """One area's perceived safety over time, alone; None where it was never asked."""
    rows = survey_rows(subject, areas=(area,))
    return over_time(subject, area, rows) if len(rows) else None


def _who(row: gather.Row) -> str:
    residents: str = (
        danish.plural(row["residents"], "beboer", "beboere") if pd.notna(row["residents"]) else "beboertal ikke oplyst"
    )
    when = f" ({danish.period(row['residents_period'])})" if row["residents_period"] else ""
    if row["level"] != gather.HOUSING:
        return f"{residents}{when}."
    listed = area_sentences.list_memberships(row["lists"], our_partnership().lists)
    return " ".join([f"{residents}{when}.", *(f"{title}: {on}." for title, on in listed.items())])


def over_time(subject: Subject, area: str, rows: pd.DataFrame) -> Picture:
    """An area over the waves, those it is held against grey; `rows` are of all of them."""
    indicator = subject.partnership.indicator(subject.view.indicator)
    newest = records(rows[rows["area_id"] == area].tail(1))[0]
    others = danish.in_order(rows.loc[rows["area_id"] != area, "name"].unique())
    grey = f" Grå linjer: {danish.join(others)}." if others else ""
    title = f"{indicator.title} {sentences.place(newest['name'], newest['level'])} over tid"
    drawn = trend(
        rows, highlight=(area,), direction=indicator.direction, lives=lives(subject, (area,)), plot=PAPER_PLOT
    )
    return Picture(title, f"{newest['hover']}{grey}", drawn, gather.origin(subject, rows))


def _log(subject: Subject, area: str) -> list[Block | Beside]:
    done = subject.release.activities
    done = done[done["area_id"] == area].sort_values("date", ascending=False, kind="stable")
    if done.empty:
        return []
    titles = subject.release.initiatives.set_index("initiative_id")["title"].to_dict()
    entries = [
        Text(row["text"], f"{danish.date(row['date'])}. {titles.get(row['initiative_id'], '')}.")
        for row in records(done[:LATEST])
    ]
    return [Text("", "Det gjorde vi senest"), *entries]
