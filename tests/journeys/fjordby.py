"""A second partnership of our own making: one municipality, fewer is better, own categories, no local council.

Every figure is invented. `files` gives what it delivers, one CSV a kind, as its secretariat would send them.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from data.settings.new import Answers, Level, Measured, settings_text

ANSWERS = Answers(
    name="Trygt Fjordby",
    municipalities=("Fjordby",),
    level=Level("bydel", "bydelen", "bydele"),
    indicator=Measured("Utryghed om aftenen", "føler sig utrygge om aftenen", more_is_better=False),
    audiences=("Sekretariat", "Borgerråd"),
    categories=("Alle anmeldelser", "Tyveri", "Vold"),
    total="Alle anmeldelser",
)
SETTINGS = (
    settings_text(ANSWERS, dt.date(2026, 3, 4))
    + """
[[audiences]]
id = "politi"
title = "Politi"
sees = ["fjordby"]
threshold = 0
sees_cells = true
"""
)
DISTRICTS = {"havnen": "Havnen", "skovparken": "Skovparken", "midtbyen": "Midtbyen"}
YEARS = (2023, 2024, 2025)
ORIGIN = ("eksempel", "panel")

Table = list[list[object]]


def _sources() -> Table:
    return [
        ["Kilde-id", "Titel", "Udgiver", "Licens", "Hentet", "Webadresse", "Dækning", "Oprindelse"],
        ["panel", "Opdigtede tal", "Fjordby Kommune", "", "2026-01-15", "", "", "eksempel"],
    ]


LIVES = {"havnen": ("", "2025-06-30"), "midtbyen": ("2023-07-01", "")}
"""The first and the last day of districts that have not always been, or are no more."""


def _areas(*, lives: bool = False) -> Table:
    days = LIVES if lives else {}
    districts: Table = [
        [area, "", name, "boligområde", "fjordby", "intet", *days.get(area, ("", "")), *ORIGIN]
        for area, name in DISTRICTS.items()
    ]
    return [
        ["Område-id", "Kode", "Navn", "Niveau", "Hører under", "Omrids", "Første dag", "Sidste dag", "Oprindelse",
         "Kilde-id"],
        ["fjordby", "", "Fjordby", "kommune", "", "intet", "", "", *ORIGIN],
        *districts,
    ]  # fmt: skip


def _population() -> Table:
    residents = {"fjordby": 24000, "havnen": 3100, "skovparken": 2400, "midtbyen": 5200}
    return [
        ["Periode", "Område", "Indbyggere", "Oprindelse", "Kilde-id"],
        *([f"{year}K1", area, many, *ORIGIN] for year in YEARS for area, many in residents.items()),
    ]


WAVES = {
    "year": ("{year}",), "half_year": ("{year}H1", "2. halvår {year}"), "quarter": ("{year}K1", "{year}K3"),
    "month": ("april {year}", "{year}M10"), "day": ("{year}-04-15", "01-10-{year}"),
    "named day": ("{year}-04-15 forår {year}", "efterår {year} (01-10-{year})"),
}  # fmt: skip
"""When people may be asked, as files write it: a wave in a year or two, the earlier first."""


def _survey(wave: str = "year") -> Table:
    shares = {"fjordby": 18, "havnen": 31, "skovparken": 22, "midtbyen": 14}
    return [
        ["Måling", "Område", "Indikator", "Serie", "Andel", "Antal svar", "Afrundet", "Oprindelse", "Kilde-id"],
        *(
            [
                when.format(year=year),
                area,
                "utryghed-om-aftenen",
                "maaling",
                f"0,{share - (year - 2023)}",
                400,
                0,
                *ORIGIN,
            ]
            for year in YEARS
            for when in WAVES[wave]
            for area, share in shares.items()
        ),
    ]


SPANS = {
    "month": tuple(f"M{number:02d}" for number in range(1, 13)), "quarter": ("K1", "K2", "K3", "K4"),
    "four_months": ("T1", "T2", "T3"), "half_year": ("H1", "H2"), "year": ("",),
}  # fmt: skip
"""The parts of a year in which offences may be counted."""


def _incidents(span: str = "quarter", short: int = 0) -> Table:
    usual = {"havnen": (24, 6), "skovparken": (11, 3), "midtbyen": (40, 9), "fjordby": (160, 31)}
    rows = []
    for year in YEARS:
        told = SPANS[span][: len(SPANS[span]) - short * (year == YEARS[-1])]
        for quarter, part in enumerate(told, start=1):
            for area, (thefts, assaults) in usual.items():
                stolen, beaten = thefts + (year + 3 * quarter) % 5, max(0, assaults - (year * quarter) % 4)
                stolen, beaten = (many * len(SPANS["quarter"]) // len(SPANS[span]) for many in (stolen, beaten))
                counts = {"ALLE-ANMELDELSER": stolen + beaten, "TYVERI": stolen, "VOLD": beaten}
                rows += [[f"{year}{part}", area, category, count, *ORIGIN] for category, count in counts.items()]
    return [["Periode", "Område", "Kategori", "Antal", "Oprindelse", "Kilde-id"], *rows]


def _initiatives() -> Table:
    return [
        ["Indsats-id", "Titel", "Indsatsområde", "Principper", "Områder", "Start", "Slut", "Arbejdsgruppe", "Ansvarlig",
         "Formål-id", "Formål", "Målgruppe", "Metode", "Årsværk", "Midler (kr.)", "Oprindelse", "Kilde-id"],
        ["lys", "Mere lys på havnen", 1, "", "havnen", "2024-02-01", "", "Byrum", "Vej og Park", "tryghed",
         "Færre utrygge om aftenen", "Beboere", "Nye lamper", "", "", *ORIGIN],
    ]  # fmt: skip


def _activities() -> Table:
    return [
        ["Indsats-id", "Dato", "Område", "Slags", "Det gjorde vi", "Antal", "Oprindelse", "Kilde-id"],
        ["lys", "2025-03-12", "havnen", "aftenvandring", "Gik en tur med beboerne", 1, *ORIGIN],
    ]


def _criteria(wave: str = "year") -> Table:
    began = WAVES[wave][0].format(year=YEARS[0])
    return [
        ["Kriterium-id", "Version", "Indsats-id", "Måles med", "Indikator", "Områder", "Udgangspunkt", "Mål", "Retning",
         "Frist", "Margen", "Formål-id", "Stillet af", "Vedtaget", "Begrundelse", "Oprindelse", "Kilde-id"],
        ["lys-utryghed", 1, "lys", "måling", "utryghed-om-aftenen", "havnen", began, "0,22", -1, 2027, "", "tryghed",
         "Byrum", "2024-02-01", "", *ORIGIN],
        ["lys-tyveri", 1, "lys", "anmeldelser", "TYVERI", "havnen", 2023, 80, -1, 2027, "", "tryghed", "Byrum",
         "2024-02-01", "", *ORIGIN],
        ["lys-ture", 1, "lys", "aktivitet", "aftenvandring", "havnen", "", 12, 1, 2027, "", "tryghed", "Byrum",
         "2024-02-01", "", *ORIGIN],
    ]  # fmt: skip


def _cells() -> Table:
    return [
        ["År", "Felt", "Område", "Kategori", "Antal", "Husstande", "Oprindelse", "Kilde-id"],
        *(
            [
                year,
                f"250m_6{east:05d}_{71925 + 25 * north}",
                "fjordby",
                "TYVERI",
                (3 * east + north + year) % 9,
                40,
                *ORIGIN,
            ]
            for year in YEARS
            for east in (18125, 18150, 18175)
            for north in (0, 1)
        ),
    ]


def _hours() -> Table:
    return [
        ["År", "Område", "Kategori", "Ugedag", "Tidsrum", "Antal", "Oprindelse", "Kilde-id"],
        *(
            [year, "fjordby", "TYVERI", weekday, band, (weekday * band + year) % 5, *ORIGIN]
            for year in YEARS
            for weekday in range(1, 8)
            for band in range(6)
        ),
    ]


def _meetings() -> Table:
    return [
        [
            "Møde-id",
            "Dato",
            "Forum",
            "Område",
            "Formand",
            "Titel",
            "Dagsorden",
            "Udgave",
            "Status",
            "Oprindelse",
            "Kilde-id",
        ],
        ["moede-1", "2026-03-04", "partnerskab", "", "fjordby", "Første møde", "Siden sidst", "", "afholdt", *ORIGIN],
    ]


def outlines(left_out: Sequence[str] = ()) -> str:
    """Rectangles for the municipality and two of its three districts, as GeoJSON."""
    squares = {"fjordby": (12.3, 55.6, 12.7, 55.9), "havnen": (12.32, 55.62, 12.36, 55.65),
               "midtbyen": (12.6, 55.8, 12.66, 55.85)}  # fmt: skip
    features = [
        f'{{"type":"Feature","properties":{{"area_id":"{area}","name":"{area}","outline":"approximate","basis":"Tegnet"}},'
        f'"geometry":{{"type":"Polygon","coordinates":[[[{w},{s}],[{e},{s}],[{e},{n}],[{w},{n}],[{w},{s}]]]}}}}'
        for area, (w, s, e, n) in squares.items()
        if area not in left_out
    ]
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'


TABLES = {
    "sources": _sources, "areas": _areas, "population": _population, "survey": _survey, "incidents": _incidents,
    "cells": _cells, "hours": _hours, "initiatives": _initiatives, "activities": _activities, "criteria": _criteria,
    "meetings": _meetings,
}  # fmt: skip


def csv(table: Table) -> bytes:
    """A table as Danish Excel saves it: semicolons, and a byte order mark in front."""
    return ("\ufeff" + "".join(";".join(map(str, row)) + "\r\n" for row in table)).encode()


def files(
    kinds: Iterable[str],
    *,
    span: str = "quarter",
    short: int = 0,
    wave: str = "year",
    waves: int = len(YEARS),
    districts: int = len(DISTRICTS),
    lives: bool = False,
) -> dict[str, bytes]:
    """The files of some kinds by name, those that others refer to first; "outlines" is a GeoJSON file.

    Offences are counted by `span`, the newest year without its last `short` parts; people are asked by `wave`. Of the
    waves the years of the newest, and of the districts the first, are delivered. With `lives` one district begins late
    and one ends.
    """
    wanted = {"sources", "areas", *kinds}
    tables = {kind: make() for kind, make in TABLES.items() if kind in wanted}
    tables["areas"] = _areas(lives=lives)
    if "incidents" in tables:
        tables["incidents"] = _incidents(span, short)
    if "survey" in tables:
        heading, *rows = _survey(wave)
        newest = YEARS[len(YEARS) - waves :]
        tables["survey"] = [heading, *(row for row in rows if any(str(year) in str(row[0]) for year in newest))]
    if "criteria" in tables:
        tables["criteria"] = _criteria(wave)
    left_out = list(DISTRICTS)[districts:]
    found = {
        f"{kind}.csv": csv([row for row in table if not any(area in row for area in left_out)])
        for kind, table in tables.items()
    }
    return found | ({"outlines.geojson": outlines(left_out).encode()} if "outlines" in wanted else {})
