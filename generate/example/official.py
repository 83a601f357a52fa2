"""Writes the official CSV files from a folder of published figures.

    python -m generate.example.official FACTS_FOLDER

The folder holds four files as they were collected:
  straf11_vestegnen_2016_2025.csv  quarter, municipality_code, municipality, offence_code, offence,
                                   reported_offences
  folk1a_vestegnen_2016_2025.csv   quarter, municipality_code, municipality, population
  tryghed_published.csv            wave, area, level, indicator, value (pct.), rounded, note, source_url
  housing_areas.csv                name, municipality_code, dwellings, lists (others are not used)

Nothing is estimated here: a figure that was not published stays an empty cell.
"""

import re
import sys
from pathlib import Path

from data import danish
from generate.example.publications import FOLK1A, HOUSING_AREAS, OWN, PRESS, RETRIEVED, STRAF11, Publication
from generate.example.tables import EXAMPLE, EXAMPLE_SOURCE, FOLDER, OFFICIAL, Row, read, write

INDICATORS = ("tryg_i_nabolag", "tillid_til_politiet", "utryg_i_nabolag")
ANSWERS = "antal_besvarelser"
FIRST_WAVE_OF_MINISTRY = "2021"  # none in 2020; the police ran the survey up to 2019

DISTRICT = "koebenhavns-vestegn"
MUNICIPALITIES = {
    "165": "albertslund",
    "151": "ballerup",
    "153": "broendby",
    "159": "gladsaxe",
    "161": "glostrup",
    "163": "herlev",
    "167": "hvidovre",
    "169": "hoeje-taastrup",
    "183": "ishoej",
    "175": "roedovre",
    "187": "vallensbaek",
}
AREA_OF_CODE = {"000": "hele-landet", **MUNICIPALITIES}
# The name in the facts → area id and the name on screen.
HOUSING_AREA_OF_NAME = {
    "Høje Gladsaxe": ("hoeje-gladsaxe", "Høje Gladsaxe"),
    "Værebro Park": ("vaerebro-park", "Værebro Park"),
    "Pileparken": ("moerkhoej-pileparken", "Mørkhøj/Pileparken"),
    "Hede-Magleparken": ("hede-magleparken", "Hede-Magleparken"),
    "Grantoften": ("grantoften", "Grantoften"),
    "Hjortegården": ("hjortegaarden", "Hjortegården"),
    "Lille Birkholm": ("lille-birkholm", "Lille Birkholm"),
    "Højbjerg Vænge": ("hoejbjerg-vaenge", "Højbjerg Vænge"),
}
SURVEY_AREA_OF_NAME = {
    "Hele landet": "hele-landet",
    "Københavns Vestegns Politi": DISTRICT,
    "SUB-områder samlet": "sub-omraader",
    **{name: area_id for name, (area_id, _) in HOUSING_AREA_OF_NAME.items()},
}
NOTES = {
    "wave inferred from another figure on the same page": "Årgangen er udledt af et andet tal på samme side",
}
# Published as "over 42,000": the count is a lower bound.
LOWER_BOUNDS = {("2014", "hele-landet"), ("2019", "hele-landet")}


def area_rows(straf11: list[dict[str, str]], housing: list[dict[str, str]]) -> list[Row]:
    """Country, police district, area group, municipalities and housing areas.

    `residents` stays empty: it is not published for the housing areas, and municipalities have theirs
    in the population file.
    """
    names = {row["municipality_code"]: row["municipality"] for row in straf11}
    statistics = {"provenance": OFFICIAL, "source_id": STRAF11.source_id, "parent_id": DISTRICT}
    press = {"provenance": OFFICIAL, "parent_id": "hele-landet", "outline": "none"}
    rows: list[Row] = [
        {**statistics, "area_id": "hele-landet", "code": "000", "name": names["000"], "level": "country",
         "parent_id": "", "outline": "none"},
        {**press, "area_id": DISTRICT, "name": "Københavns Vestegn", "level": "police_district",
         "source_id": "rnn-2020"},
        {**press, "area_id": "sub-omraader", "name": "SUB-områder samlet", "level": "area_group",
         "source_id": "kristeligt-dagblad-2019"},
    ]  # fmt: skip
    rows += [
        {**statistics, "area_id": area_id, "code": code, "name": names[code], "level": "municipality",
         "outline": "official"}
        for code, area_id in MUNICIPALITIES.items()
    ]  # fmt: skip
    for fact in housing:
        area_id, name = HOUSING_AREA_OF_NAME[fact["name"]]
        rows.append(
            {
                "area_id": area_id,
                "name": name,
                "level": "housing_area",
                "parent_id": MUNICIPALITIES[fact["municipality_code"]],
                "dwellings": fact["dwellings"],
                "lists": _memberships(fact["lists"]),
                "outline": "approximate",
                "provenance": OFFICIAL,
                "source_id": HOUSING_AREAS.source_id,
            }
        )
    return rows


def _memberships(text: str) -> str:
    """Only what names a list the area stood on, each with its period; remarks are left out."""
    parts = [part.strip() for part in text.split(";")]
    named = [part for part in parts if re.match(r"SUB |forebyggelsesområde ", part)]
    with_dash = [re.sub(r"(\d{4})-(\d{4})$", r"\1–\2", part) for part in named]
    dated = [re.sub(r"(\d{4})-12-01$", r"1. december \1", part) for part in with_dash]
    return ";".join(danish.opening(part) for part in dated)


def population_rows(folk1a: list[dict[str, str]]) -> list[Row]:
    """Residents on the first day of the quarter."""
    return [
        {
            "period": fact["quarter"],
            "area_id": AREA_OF_CODE[fact["municipality_code"]],
            "residents": fact["population"],
            "provenance": OFFICIAL,
            "source_id": FOLK1A.source_id,
        }
        for fact in folk1a
    ]


def incident_rows(straf11: list[dict[str, str]]) -> list[Row]:
    """Reported offences by municipality, category and quarter; mass registrations stand as published."""
    return [
        {
            "period": fact["quarter"],
            "area_id": AREA_OF_CODE[fact["municipality_code"]],
            "category": fact["offence_code"],
            "count": fact["reported_offences"],
            "provenance": OFFICIAL,
            "source_id": STRAF11.source_id,
        }
        for fact in straf11
    ]


def survey_rows(published: list[dict[str, str]], areas: list[Row]) -> list[Row]:
    """Published shares as fractions, with the number of answers where that was published too.

    The answers of a wave and area hold for all its indicators. They often come from another
    publication than the share, which the note then names.
    """
    area_of_name = {str(row["name"]): str(row["area_id"]) for row in areas} | SURVEY_AREA_OF_NAME
    source_of_url = {publication.url: publication.source_id for publication in PRESS}
    answers = {
        (fact["wave"], area_of_name[fact["area"]]): (fact["value"], source_of_url[fact["source_url"]])
        for fact in published
        if fact["indicator"] == ANSWERS
    }
    rows: list[Row] = []
    for fact in published:
        if fact["indicator"] not in INDICATORS:
            continue
        key = (fact["wave"], area_of_name[fact["area"]])
        n, n_source = answers.get(key, ("", ""))
        source_id = source_of_url[fact["source_url"]]
        notes = [NOTES[fact["note"]]] if fact["note"] else []
        if n and key in LOWER_BOUNDS:
            notes.append(f"Antallet af svar er offentliggjort som »over {int(n):,}«".replace(",", "."))
        if n and n_source != source_id:
            notes.append(f"Antal svar fra kilden {n_source}")
        rows.append(
            {
                "wave": fact["wave"],
                "area_id": key[1],
                "indicator": fact["indicator"],
                "series": "jm" if fact["wave"] >= FIRST_WAVE_OF_MINISTRY else "pt",
                "share": f"{float(fact['value']) / 100:.3f}",
                "n": n,
                "rounded": fact["rounded"],
                "provenance": OFFICIAL,
                "source_id": source_id,
                "note": "; ".join(notes),
            }
        )
    return rows


def source_rows(published: list[dict[str, str]], straf11: list[dict[str, str]]) -> list[Row]:
    """One row per source of the shipped data, the constructed figures among them.

    Raises ValueError when a figure comes from an address that `publications` does not describe.
    """
    waves: dict[str, set[str]] = {}
    for fact in published:
        waves.setdefault(fact["source_url"], set()).add(fact["wave"])
    unknown = sorted(waves.keys() - {publication.url for publication in PRESS})
    if unknown:
        raise ValueError(f"Beskriv kilden i generate/example/publications.py: {', '.join(unknown)}")
    quarters = sorted({fact["quarter"] for fact in straf11})
    places = "elleve kommuner og hele landet"
    rows = [
        _source(STRAF11, f"{quarters[0]}–{quarters[-1]}, {places}"),
        _source(FOLK1A, f"1. kvartal {quarters[0][:4]}–{quarters[-1][:4]}, {places}"),
        _source(HOUSING_AREAS, "Otte boligområder"),
    ]
    rows += [_source(item, ", ".join(sorted(waves[item.url]))) for item in PRESS if item.url in waves]
    rows.append(_source(OWN, "Løbende"))
    rows.append(
        {
            "source_id": EXAMPLE_SOURCE,
            "title": "Konstruerede eksempeldata: ingen virkelige målinger, hændelser eller indsatser",
            "publisher": "Tryghedsoverblik",
            "licence": "Fri brug",
            "retrieved": RETRIEVED,
            "coverage": "Boligområder, kvadratnet og indsatser i Herlev, Ballerup og Gladsaxe, 2016–2025",
            "provenance": EXAMPLE,
        }
    )
    return rows


def _source(publication: Publication, coverage: str) -> Row:
    return {
        "source_id": publication.source_id,
        "title": publication.title,
        "publisher": publication.publisher,
        "licence": publication.licence,
        "retrieved": RETRIEVED,
        "url": publication.url,
        "coverage": coverage,
        "provenance": OFFICIAL,
    }


def write_official(facts: Path, target: Path = FOLDER) -> None:
    """Write the five official files into `target` from the facts folder."""
    straf11 = read(facts / "straf11_vestegnen_2016_2025.csv")
    published = read(facts / "tryghed_published.csv")
    areas = area_rows(straf11, read(facts / "housing_areas.csv"))
    write(target / "sources.csv", "sources", source_rows(published, straf11))
    write(target / "areas.csv", "areas", areas)
    write(
        target / "population.csv",
        "population",
        population_rows(read(facts / "folk1a_vestegnen_2016_2025.csv")),
    )
    write(target / "survey_official.csv", "survey", survey_rows(published, areas))
    write(target / "incidents_official.csv", "incidents", incident_rows(straf11))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Brug: python -m generate.example.official MAPPE_MED_TAL")
    write_official(Path(sys.argv[1]))
