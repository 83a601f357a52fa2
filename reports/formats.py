"""The forms in which one can take a view along, each with its name, its icon and how it is made."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from data.calendar import is_year
from data.progress import ProgressCallback
from reports.document import Subject
from reports.documents import meeting_pack, one_page, slide_pack
from reports.pdf import pdf


@dataclass(frozen=True)
class Format:
    """One form: its id, what it is called, how its file ends, its media type and the name of its icon.

    `whole`: it is of every area, whatever the page shows.
    """

    id: str
    label: str
    ending: str
    mime: str
    icon: str
    prefix: str = "tryghed"
    whole: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = (
    Format("moedebilag", "Mødebilag (PDF)", "pdf", "application/pdf", "picture_as_pdf"),
    Format("et-ark", "Ét ark (PDF)", "pdf", "application/pdf", "description", "tryghed-et-ark"),
    Format("slides", "Slides (PowerPoint)", "pptx", f"{_OFFICE}.presentationml.presentation", "slideshow"),
    Format("excel", "Excel", "xlsx", f"{_OFFICE}.spreadsheetml.sheet", "table_view"),
    Format("csv", "CSV til dansk Excel", "csv", "text/csv", "csv"),
    Format("raa-csv", "CSV til andre programmer", "csv", "text/csv", "csv", "tryghed-raa"),
    Format("json", "JSON", "json", "application/json", "data_object"),
    Format("parquet", "Parquet", "parquet", "application/vnd.apache.parquet", "database"),
    Format("geopackage", "GeoPackage til QGIS", "gpkg", "application/geopackage+sqlite3", "map", whole=True),
    Format("kort", "Kort som HTML", "html", "text/html", "public", "tryghed-kort", whole=True),
)
GROUPS = {
    "Papir og slides": ("moedebilag", "et-ark", "slides"),
    "Tal": ("excel", "csv", "raa-csv", "json", "parquet"),
    "Kort": ("geopackage", "kort"),
}


def make(chosen: Format, subject: Subject, told: ProgressCallback) -> bytes:
    """Return the file, of any form but the live map's, which is drawn as on the screen. Raises what `told` raises."""
    told(0.02, "Læser udgaven")
    subject = of_all(subject) if chosen.whole else subject
    makers: dict[str, Callable[[], bytes]] = {
        "moedebilag": lambda: pdf(meeting_pack(subject), told),
        "et-ark": lambda: pdf(one_page(subject), told),
        "slides": lambda: _slides(subject, told),
        "excel": lambda: _workbook(subject, told),
        "csv": lambda: _csv(subject, danish=True),
        "raa-csv": lambda: _csv(subject, danish=False),
        "json": lambda: _json(subject),
        "parquet": lambda: _parquet(subject),
        "geopackage": lambda: _geopackage(subject),
    }
    return makers[chosen.id]()


def of_all(subject: Subject) -> Subject:
    """The subject without the one area that the page shows; areas chosen by hand stay chosen."""
    return replace(subject, view=replace(subject.view, areas=()), about="") if subject.about else subject


# Each is imported when somebody wants the file: together they take a second and a half.


def _slides(subject: Subject, told: ProgressCallback) -> bytes:
    from reports.slides import slides

    return slides(slide_pack(subject), told, subject.partnership.slide_template)


def _workbook(subject: Subject, told: ProgressCallback) -> bytes:
    from reports.workbook import workbook

    return workbook(subject, one_page(subject), told)


def _csv(subject: Subject, *, danish: bool) -> bytes:
    from reports.data_files import danish_csv, plain_csv

    return danish_csv(subject) if danish else plain_csv(subject)


def _json(subject: Subject) -> bytes:
    from reports.data_files import as_json

    return as_json(subject, one_page(subject))


def _parquet(subject: Subject) -> bytes:
    from reports.data_files import parquet

    return parquet(subject)


def _geopackage(subject: Subject) -> bytes:
    from reports.areas_file import areas_geopackage

    return areas_geopackage(subject, one_page(subject))


def file_name(chosen: Format, subject: Subject) -> str:
    """A name that tells two exports apart: indicator and wave, category, place, quarter and reader.

    "tryghed_tryg-i-nabolag-2025_indbrud_vaerebro-park_2025-k4_lokalraad-gladsaxe.pdf".
    """
    subject = of_all(subject) if chosen.whole else subject
    view, incidents = subject.view, subject.release.incidents
    quarters = incidents.loc[~is_year(incidents["period"]), "period"]
    newest = str(quarters.max() if len(quarters) else view.period)
    when = newest.replace("K", "-k").lower()
    where = "-".join(view.areas) if 0 < len(view.areas) <= 2 else f"{len(view.areas)}-omraader"
    where = where if view.areas else subject.partnership.level_title(view.level)
    asked = "-".join(each for each in (view.indicator, view.period) if each)
    counted = subject.partnership.category(view.category).title if view.category else ""
    parts = [chosen.prefix, asked, counted, where, when, subject.release.audience]
    return f"{'_'.join(_plain(part) for part in parts if part)}.{chosen.ending}"


def _plain(words: str) -> str:
    for letter, written in (("æ", "ae"), ("ø", "oe"), ("å", "aa"), (" ", "-"), ("_", "-")):
        words = words.lower().replace(letter, written)
    return words
