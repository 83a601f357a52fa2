"""What every section asks of a release: outlines in metres, where rows come from, and the view moved elsewhere."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from data.records import Row, records
from data.sentences import NEEDS_DECISION, STATUS_WORDS, criterion_goal, criterion_today
from data.views import map_classes, news
from data.views.map_words import MapWords
from data.views.minutes import DONE, about_area, actions
from data.views.nearest import waves
from data.views.provenance import credit, is_example
from data.views.rows import of_areas, survey_rows, within
from geo.projection import to_metres
from reports.document import AreaMap, Line, Origin, Picture, Subject

HOUSING = "housing_area"
_TONES = {"met": "better", "on_track": "better", "behind": "worse", "worsening": "worse", "not_met": "worse"}


def origin(subject: Subject, rows: pd.DataFrame) -> Origin:
    """Where the figures in rows come from."""
    return Origin(credit(subject, rows), is_example(rows))


def outlines(subject: Subject, level: str) -> Mapping[str, BaseGeometry]:
    """The outlines of the areas of a level that have one, in EPSG:25832, by area_id in the order of the ids."""
    areas = subject.release.areas
    areas = areas[(areas["level"] == level) & areas["geometry"].notna()].sort_values("area_id")
    if areas.empty:
        return {}
    return dict(zip(areas["area_id"], to_metres(list(shapely.from_wkb(areas["geometry"].to_numpy()))), strict=True))


def names(subject: Subject) -> dict[str, str]:
    """The name of every area this audience knows."""
    return dict(zip(subject.release.areas["area_id"], subject.release.areas["name"], strict=True))


def at_level(subject: Subject, level: str) -> Subject:
    """The subject with its view at a level, in the same wave where there is one, else the newest."""
    view = subject.view
    if level == view.level:
        return subject
    measured = waves(subject.release, view.indicator, level)
    period = view.period if view.period in measured else measured[-1]
    return replace(subject, view=replace(view, level=level, period=period))


def places(subject: Subject) -> tuple[str, ...]:
    """The areas that the page shows alone and those inside them; () where it shows them all."""
    return within(subject, subject.about) if subject.about else ()


def criteria(subject: Subject) -> pd.DataFrame:
    """The criteria of what the page shows."""
    here = places(subject)
    return of_areas(subject.release.criteria, here) if here else subject.release.criteria


def changes(subject: Subject) -> list[Row]:
    """What has moved since the last meeting of what the page shows, in the order of the news."""
    rows, here = news.in_order(subject), places(subject)
    own = set(criteria(subject)["criterion_id"])
    return [row for row in rows if not here or row["area_id"] in here or row["subject"] in own]


def pending(subject: Subject) -> pd.DataFrame:
    """The actions that are not done and concern what the page shows, the latest due first."""
    if subject.minutes is None:
        return pd.DataFrame()
    known = subject.minutes.decisions
    if subject.about:
        known = about_area(subject.minutes, subject.about, names(subject))
    rows = actions(known, subject.today)
    return rows[rows["state"] != DONE]


def view_rows(subject: Subject) -> pd.DataFrame:
    """The survey rows of the view's level and wave."""
    return survey_rows(subject, level=subject.view.level, wave=subject.view.period)


def map_picture(subject: Subject, words: MapWords, focus: tuple[str, ...], only: tuple[str, ...] = ()) -> Picture:
    """A map of the view's level (of all its areas, or only some) as a picture."""
    shapes = outlines(subject, subject.view.level)
    shown = {area: shape for area, shape in shapes.items() if not only or area in only}
    drawn = AreaMap(words, shown, outlines(subject, "municipality"), names(subject), focus)
    return Picture(words.title, words.sentence, drawn, origin(subject, words.cited))


def perceived_map(subject: Subject, focus: tuple[str, ...], only: tuple[str, ...] = ()) -> Picture:
    """The map of the view's indicator, read as the view says."""
    return map_picture(subject, map_classes.perceived(subject, view_rows(subject)), focus, only)


def criterion_line(row: Row) -> Line:
    """A criterion with its status: what was promised, the figure today, and what can be said of it."""
    goal, today = criterion_goal(row), criterion_today(row)
    verdict = str(row["sentence"]).removeprefix(goal).strip()
    sentence = " ".join(part for part in (goal, today, verdict) if part)
    return Line(STATUS_WORDS[row["status"]], _TONES.get(row["status"], "neutral"), sentence, f"{row['subject']}.")


def short_line(row: Row) -> Line:
    """A criterion with its status and what was promised."""
    return Line(
        STATUS_WORDS[row["status"]], _TONES.get(row["status"], "neutral"), criterion_goal(row), f"{row['subject']}."
    )


def pressing_first(criteria: pd.DataFrame) -> list[Row]:
    """The criteria, those that call for a decision first."""
    return sorted(records(criteria), key=lambda row: row["status"] not in NEEDS_DECISION)
