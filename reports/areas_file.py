"""Writes the areas of a view to a GeoPackage that opens in QGIS in the map's own colours."""

import pandas as pd

from data import danish
from data.calendar import year_of
from data.records import records
from data.states import SHOWN_STATES
from data.views import map_classes
from data.views.map_words import MapWords
from data.views.rows import incident_rows
from drawings.palette import map_colours
from drawings.words import OUTLINED
from reports import gather
from reports.document import Document, Subject
from reports.geopackage import Layer, written
from reports.qgis_style import Fill

LAYER, GROUND = "omraader", "kommuner"


def areas_geopackage(subject: Subject, document: Document) -> bytes:
    """Return a GeoPackage in EPSG:25832: the view's areas with their figures and classes, and the municipalities."""
    words = map_classes.perceived(subject, gather.view_rows(subject))
    shapes, ground = gather.outlines(subject, subject.view.level), gather.outlines(subject, "municipality")
    names = gather.names(subject)
    named = pd.DataFrame({"navn": [names[area] for area in ground]})
    layers = [
        Layer(LAYER, _rows(subject, words, list(shapes)), list(shapes.values()), _fills(words), "klasse"),
        Layer(GROUND, named, list(ground.values()), [Fill("", None, "Kommuner")]),
    ]
    return written(layers, f"{words.title}. {document.line}")


def _rows(subject: Subject, words: MapWords, areas: list[str]) -> pd.DataFrame:
    """A row for each area on the map; a figure that is not shown is empty, and its state says why."""
    view, release = subject.view, subject.release
    shares = {row["area_id"]: row for row in records(gather.view_rows(subject))}
    counts = incident_rows(subject, areas=tuple(areas), years=True, period=year_of(view.period))
    rates = {row["area_id"]: row for row in records(counts)}
    names = gather.names(subject)

    def share(area: str, column: str) -> float | None:
        row = shares.get(area)
        return float(row[column]) if row and row["state"] == "published" and pd.notna(row[column]) else None

    def rate(area: str, column: str) -> float | None:
        row = rates.get(area)
        known = row and row["state"] in SHOWN_STATES and pd.notna(row[column])
        return float(row[column]) if row and known else None

    marks = [words.marks[area] for area in areas]
    return pd.DataFrame(
        {
            "omraade_id": areas,
            "navn": [names[area] for area in areas],
            "emne": subject.partnership.indicator(view.indicator).title,
            "maaling": view.period,
            "klasse": [_class(words, area) for area in areas],
            "andel": [share(area, "share") for area in areas],
            "nedre": [share(area, "low") for area in areas],
            "oevre": [share(area, "high") for area in areas],
            "svar": [share(area, "n") for area in areas],
            "tilstand": [shares[area]["state"] if area in shares else "missing" for area in areas],
            "saetning": [mark.text for mark in marks],
            "anmeldelser": subject.partnership.category(view.category).title,
            "antal": [rate(area, "count") for area in areas],
            "pr_1000": [rate(area, "rate") for area in areas],
            "anmeldelser_tilstand": [rates[area]["state"] if area in rates else "missing" for area in areas],
            "maalgruppe": subject.audience.title,
            "udgave": str(release.head.id),
            "udgivet": danish.date(release.head.published_at),
        }
    )


def _class(words: MapWords, area: str) -> str:
    level = words.marks[area].class_index
    return OUTLINED if level is None else words.classes[level]


def _fills(words: MapWords) -> list[Fill]:
    colours = map_colours(words.scale, classes=len(words.classes))
    known = [
        Fill(label, colours[class_index], label)
        for class_index, label in zip(words.colours, words.classes, strict=True)
    ]
    return [*known, Fill(OUTLINED, None, OUTLINED)]
