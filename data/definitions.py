"""The contracts themselves: which columns each kind of table has, what they mean and what may stand in them."""

import numpy as np
import pandas as pd

from data.columns import LARGEST, Column, Contract, Rule

# Pieces that several contracts share ------------------------------------------------------------------------

SLUG = r"[a-z0-9]+(?:[-_][a-z0-9]+)*"
SLUG_FORM = "små bogstaver a–z, cifre og bindestreger, fx hoeje-gladsaxe"
CELL = r"100m_\d{5}_\d{4}|250m_\d{6}_\d{5}|1km_\d{4}_\d{3}"

PROVENANCE = Column(
    "provenance", "Oprindelse", "choice", "Om rækken er officielle tal eller opdigtede eksempeldata",
    "eksempel", choices={"official": "officiel", "example": "eksempel"},
)  # fmt: skip
SOURCE = Column(
    "source_id",
    "Kilde-id",
    "text",
    "Kilden, som den hedder i tabellen over kilder",
    "eksempeldata",
    refers="sources",
)
ORIGIN = (PROVENANCE, SOURCE)
AREA = Column("area_id", "Område", "text", "Området: dets id, officielle kode eller navn", "gladsaxe", refers="areas")
AREAS = Column(
    "area_ids",
    "Områder",
    "list",
    "Områderne, adskilt af semikolon",
    "hoeje-gladsaxe;vaerebro-park",
    refers="areas",
)
QUARTER = Column("period", "Periode", "period", "Kvartalet", "2025K1", periods=("quarter",))
CATEGORY = Column("category", "Kategori", "text", "Lovovertrædelsens kode i STRAF11", "TOT", refers="categories")
INITIATIVE = Column(
    "initiative_id", "Indsats-id", "text", "Indsatsen, som den hedder i tabellen over indsatser",
    "din-betjent", refers="initiatives",
)  # fmt: skip
PURPOSE = Column(
    "purpose_id",
    "Formål-id",
    "text",
    "Hvilket af partnerskabets formål den tjener",
    "tryghed",
    refers="purposes",
)


def _year(period: "pd.Series[str]") -> "pd.Series[float]":
    return pd.to_numeric(period.str.slice(0, 4), errors="coerce")


def _deadline_after_baseline(frame: pd.DataFrame) -> "pd.Series[bool]":
    # A year and a quarter are compared by year; two of the same length by their text, which sorts in time.
    start, end = frame["baseline_period"], frame["deadline"]
    later = np.where(start.str.len() == end.str.len(), end > start, _year(end) >= _year(start))
    return pd.Series(later, index=frame.index) | (start == "") | (end == "")


def _parents_other_than_self(frame: pd.DataFrame) -> "pd.Series[bool]":
    return frame["parent_id"] != frame["area_id"]


CONTRACTS: dict[str, Contract] = {
    contract.kind: contract
    for contract in (
        Contract(
            "sources", "Kilder",
            (
                Column("source_id", "Kilde-id", "text", "Kort id, som de andre tabeller henviser til",
                       "eksempeldata", pattern=SLUG, form=SLUG_FORM),
                Column("title", "Titel", "text", "Kildens titel", "Eksempeldata til afprøvning"),
                Column("publisher", "Udgiver", "text", "Hvem der har udgivet tallene",
                       "Tryghedspartnerskabet"),
                Column("licence", "Licens", "text", "Vilkår for brug", "CC BY 4.0",
                       empty_means="ikke oplyst"),
                Column("retrieved", "Hentet", "date", "Dagen, hvor tallene blev hentet", "2026-01-15",
                       empty_means="ikke oplyst"),
                Column("url", "Webadresse", "text", "Hvor kilden kan findes", "https://www.dst.dk/straf11",
                       empty_means="findes ikke på nettet"),
                Column("coverage", "Dækning", "text", "Områder og perioder, kilden dækker",
                       "Boligområderne, 2016 til 2025", empty_means="ikke oplyst"),
                PROVENANCE,
            ),
            ("source_id",),
        ),
        Contract(
            "areas", "Områder",
            (
                Column("area_id", "Område-id", "text", "Kort id, som de andre tabeller henviser til",
                       "hoeje-gladsaxe", pattern=SLUG, form=SLUG_FORM),
                Column("code", "Kode", "text", "Officiel kode, fx kommunekode", "", empty_means="ingen kode",
                       pattern=r"\d{3}", form="tre eller fire cifre, fx 159 eller 0159", digits=3),
                Column("name", "Navn", "text", "Områdets navn, som det skal stå på skærmen", "Høje Gladsaxe"),
                Column("level", "Niveau", "choice", "Hvilken slags område det er", "boligområde",
                       choices={"country": "land", "police_district": "politikreds", "municipality": "kommune",
                                "area_group": "områdegruppe", "housing_area": "boligområde"}),
                Column("parent_id", "Hører under", "text", "Området, som dette ligger i", "", refers="areas",
                       empty_means="ligger ikke i et andet område"),
                Column("dwellings", "Boliger", "integer", "Antal boliger", "1921", required=False,
                       empty_means="ukendt", minimum=0, maximum=LARGEST),
                Column("residents", "Beboere", "integer", "Antal beboere (kun boligområder)", "3900",
                       required=False, empty_means="ukendt eller står i tabellen over befolkning",
                       minimum=0, maximum=LARGEST),
                Column("lists", "Lister", "list", "Lister, området har stået på, adskilt af semikolon",
                       "SUB 2014–2018", required=False, empty_means="ingen lister"),
                Column("outline", "Omrids", "choice", "Om områdets grænse er officiel eller anslået",
                       "anslået",
                       choices={"official": "officiel", "approximate": "anslået", "none": "intet"}),
                *ORIGIN,
            ),
            ("area_id",),
            (Rule("own_parent", "parent_id", _parents_other_than_self, "området kan ikke høre under sig selv",
                  "Skriv det større område, eller lad cellen være tom"),
             Rule("own_code", "code",
                  lambda frame: ~frame["code"].duplicated(keep=False) | (frame["code"] == ""),
                  "koden bruges af flere områder i filen",
                  "Lad kun området, som koden er givet til, have den")),
        ),
        Contract(
            "population", "Befolkning",
            (
                QUARTER, AREA,
                Column("residents", "Indbyggere", "integer", "Antal indbyggere den første dag i kvartalet",
                       "69200", minimum=0, maximum=LARGEST),
                *ORIGIN,
            ),
            ("period", "area_id"),
        ),
        Contract(
            "survey", "Tryghedsmåling",
            (
                Column("wave", "Måling", "period", "Året for målingen", "2025", periods=("year",)),
                AREA,
                Column("indicator", "Indikator", "text", "Spørgsmålet, der er målt", "tryg_i_nabolag",
                       refers="indicators"),
                Column("series", "Serie", "text", "Undersøgelsen; andele sammenlignes kun i samme serie",
                       "jm", refers="series"),
                Column("share", "Andel", "share", "Vægtet andel mellem 0 og 1", "0,79", minimum=0, maximum=1),
                Column("n", "Antal svar", "integer", "Antal personer, der har svaret (uvægtet)", "290",
                       empty_means="ukendt; andelen vises uden usikkerhed", minimum=0, maximum=LARGEST),
                Column("n_eff", "Effektivt antal svar", "decimal", "Antal svar efter vægtning", "193,3",
                       required=False, empty_means="regnes ud af det, der ellers er oplyst", minimum=0,
                       maximum=LARGEST),
                Column("deff", "Designeffekt", "decimal", "Antal svar divideret med effektivt antal svar",
                       "1,5", required=False, empty_means="regnes ud eller antages", minimum=1, maximum=50),
                Column("half_width", "Usikkerhed", "share",
                       "Offentliggjort usikkerhed til hver side (95 pct.), som andel", "", required=False,
                       empty_means="ikke offentliggjort", minimum=0, maximum=0.5),
                Column("rounded", "Afrundet", "integer",
                       "1, hvis andelen er offentliggjort i hele procent; ellers 0",
                       "0", minimum=0, maximum=1),
                *ORIGIN,
                Column("note", "Bemærkning", "text", "Det, en læser skal vide om tallet", "", required=False,
                       empty_means="ingen bemærkning"),
            ),
            ("wave", "area_id", "indicator", "series"),
            (Rule("n_eff_within_n", "n_eff", lambda frame: ~(frame["n_eff"] > frame["n"].astype("float64")),
                  "det effektive antal svar er større end antallet af svar",
                  "Ret tallene; det effektive antal er højst så stort som antallet af svar"),),
        ),
        Contract(
            "incidents", "Anmeldelser",
            (
                QUARTER, AREA, CATEGORY,
                Column("count", "Antal", "integer", "Antal anmeldelser; 0 betyder ingen", "541",
                       empty_means="ikke indberettet", minimum=0, maximum=LARGEST),
                *ORIGIN,
            ),
            ("period", "area_id", "category"),
        ),
        Contract(
            "cells", "Kvadratnet",
            (
                Column("year", "År", "period", "Kalenderåret", "2025", periods=("year",)),
                Column("cell_id", "Felt", "text", "Feltet i Det Danske Kvadratnet", "250m_618125_71925",
                       pattern=CELL, form="feltets navn i Det Danske Kvadratnet, fx 250m_618125_71925"),
                AREA, CATEGORY,
                Column("count", "Antal", "integer", "Antal hændelser; 0 betyder ingen", "7",
                       empty_means="ikke indberettet", minimum=0, maximum=LARGEST),
                Column("households", "Husstande", "integer", "Antal husstande i feltet", "120", minimum=0,
                       maximum=LARGEST),
                *ORIGIN,
            ),
            ("year", "cell_id", "category"),
        ),
        Contract(
            "initiatives", "Indsatser",
            (
                Column("initiative_id", "Indsats-id", "text", "Kort id, som de andre tabeller henviser til",
                       "din-betjent", pattern=SLUG, form=SLUG_FORM),
                Column("title", "Titel", "text", "Indsatsens navn", "Din betjent i Høje Gladsaxe"),
                Column("focus_area", "Indsatsområde", "integer", "Aftalens indsatsområde 1–4", "3", minimum=1,
                       maximum=4),
                Column("principles", "Principper", "list", "Bærende principper, adskilt af semikolon",
                       "tilgaengelighed;synlighed", empty_means="ingen", refers="principles"),
                AREAS,
                Column("start", "Start", "date", "Første dag", "2025-01-01", future=True),
                Column("end", "Slut", "date", "Sidste dag", "", empty_means="ingen slutdato", future=True),
                Column("working_group", "Arbejdsgruppe", "text", "Arbejdsgruppen bag",
                       "Arbejdsgruppe synlighed"),
                Column("lead", "Ansvarlig", "text",
                       "Den ansvarlige rolle eller organisation, aldrig en persons navn", "Lokalpolitiet"),
                PURPOSE,
                Column("purpose", "Formål", "text", "Hvad indsatsen skal opnå", "Flere føler sig trygge"),
                Column("target_group", "Målgruppe", "text", "Hvem indsatsen er for", "Alle beboere"),
                Column("method", "Metode", "text", "Hvad der gøres",
                       "Fast betjent med træffetid to gange om ugen"),
                Column("person_years", "Årsværk", "decimal", "Årsværk om året", "0,5",
                       empty_means="ikke opgjort", minimum=0, maximum=500),
                Column("funds_dkk", "Midler (kr.)", "integer", "Afsatte midler i hele kroner", "250.000",
                       empty_means="ikke opgjort", minimum=0, maximum=LARGEST),
                *ORIGIN,
            ),
            ("initiative_id",),
            (Rule("end_after_start", "end", lambda frame: ~(frame["end"] < frame["start"]),
                  "slutdatoen ligger før startdatoen", "Ret en af de to datoer"),),
        ),
        Contract(
            "activities", "Aktiviteter",
            (
                INITIATIVE,
                Column("date", "Dato", "date", "Dagen, hvor det skete", "2025-03-12"),
                AREA,
                Column("kind", "Slags", "text", "Slags aktivitet med et par ord, ens hver gang",
                       "tryghedsvandring"),
                Column("text", "Det gjorde vi", "text", "Hvad der skete, uden navne på personer",
                       "Vandring med beboere og boligselskab"),
                Column("count", "Antal", "integer", "Hvor mange der deltog, eller hvor mange gange", "24",
                       empty_means="ikke talt", minimum=0, maximum=LARGEST),
                *ORIGIN,
            ),
            ("initiative_id", "date", "area_id", "kind", "text"),
        ),
        Contract(
            "criteria", "Succeskriterier",
            (
                Column("criterion_id", "Kriterium-id", "text", "Kort id", "din-betjent-tryghed", pattern=SLUG,
                       form=SLUG_FORM),
                Column("version", "Version", "integer", "1 for det første; en ændring giver et nyt nummer",
                       "1", minimum=1, maximum=1000),
                INITIATIVE,
                Column("measure", "Måles med", "choice", "Hvad kriteriet måles med", "måling",
                       choices={"survey": "måling", "incidents": "anmeldelser", "activity": "aktivitet"}),
                Column("indicator", "Indikator", "text",
                       "Indikatorens id, lovovertrædelsens kode eller aktivitetens slags", "tryg_i_nabolag"),
                AREAS,
                Column("baseline_period", "Udgangspunkt", "period",
                       "Måling, år eller kvartal, der regnes fra",
                       "2021", empty_means="ingen (kun for aktiviteter)"),
                Column("target", "Mål", "decimal",
                       "Andel mellem 0 og 1 for målinger; antal om året for anmeldelser; "
                       "antal for aktiviteter", "0,85", minimum=0, maximum=LARGEST),
                Column("direction", "Retning", "integer", "1, hvis mere er bedre; -1, hvis mindre er bedre",
                       "1", choices={"1": "mere er bedre", "-1": "mindre er bedre"}),
                Column("deadline", "Frist", "period", "Målingen eller året, hvor målet skal være nået",
                       "2027", future=True),
                Column("margin", "Margen", "share", "Tilladt afvigelse undervejs for målinger, som andel",
                       "0,02", empty_means="0,02 for målinger; ingen for antal", minimum=0, maximum=0.5),
                PURPOSE,
                Column("author", "Stillet af", "text", "Rolle eller organisation, aldrig en persons navn",
                       "Sekretariatet"),
                Column("adopted", "Vedtaget", "date", "Dagen, hvor kriteriet blev vedtaget", "2025-02-01",
                       future=True),
                Column("reason", "Begrundelse", "text", "Hvorfor kriteriet er ændret", "",
                       empty_means="ingen, fx for første version"),
                *ORIGIN,
            ),
            ("criterion_id", "version"),
            (
                Rule("target_as_share", "target",
                     lambda frame: ~((frame["measure"] == "survey") & (frame["target"] > 1)),
                     "målet for en måling skal være en andel mellem 0 og 1",
                     "Skriv målet som andel, fx 0,83 for 83 pct."),
                Rule("margin_of_shares", "margin",
                     lambda frame: (frame["measure"] == "survey") | frame["margin"].isna(),
                     "kun kriterier, der måles med en måling, har en margen", "Lad cellen være tom"),
                Rule("baseline_given", "baseline_period",
                     lambda frame: (frame["measure"] == "activity") | (frame["baseline_period"] != ""),
                     "kriteriet mangler et udgangspunkt",
                     "Skriv målingen eller perioden, der regnes fra, fx 2021"),
                Rule("deadline_after_baseline", "deadline", _deadline_after_baseline,
                     "fristen ligger ikke efter udgangspunktet", "Ret fristen eller udgangspunktet"),
            ),
        ),
    )
}  # fmt: skip
