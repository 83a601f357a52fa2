"""The contracts themselves: which columns each kind of table has, what they mean and what may stand in them."""

import numpy as np
import pandas as pd

from data import clock
from data.calendar import Period
from data.contracts.area_life import LIFE, LIFE_RULES
from data.contracts.cell_ids import existing_cell
from data.contracts.columns import LARGEST, Column, Contract, Rule
from data.contracts.cooperation import COOPERATION
from data.contracts.shared_columns import (
    AREA,
    AREAS,
    CATEGORY,
    CELL,
    INITIATIVE,
    ORIGIN,
    PERIOD,
    PROVENANCE,
    PURPOSE,
    QUARTER,
    SLUG,
    SLUG_FORM,
)

LARGEST_DESIGN_EFFECT = 50
"""Answers divided by effective answers at most; beyond it a number is misread rather than a survey that bad."""
WEEKDAYS = {"1": "mandag", "2": "tirsdag", "3": "onsdag", "4": "torsdag", "5": "fredag", "6": "lørdag", "7": "søndag"}
BANDS = {"0": "kl. 0–4", "1": "kl. 4–8", "2": "kl. 8–12", "3": "kl. 12–16", "4": "kl. 16–20", "5": "kl. 20–24"}


def _year(period: "pd.Series[str]") -> "pd.Series[float]":
    return pd.to_numeric(period.str.slice(0, 4), errors="coerce")


def _deadline_after_baseline(frame: pd.DataFrame) -> "pd.Series[bool]":
    # A year and a quarter are compared by year; two of the same length by their text, which sorts in time.
    start, end = frame["baseline_period"], frame["deadline"]
    later = np.where(start.str.len() == end.str.len(), end > start, _year(end) >= _year(start))
    return pd.Series(later, index=frame.index) | (start == "") | (end == "")


def _is_over(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Whether a period of more than a quarter has ended: half of a year must not be taken for all of it."""
    today, periods = clock.today(), frame["period"]
    long = [code for code in periods.unique() if code and code[4:5] in ("", "H", "T")]
    return ~periods.isin([code for code in long if Period.parse(code).last >= today])


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
                Column("next_figures", "Næste tal", "date", "Dagen, hvor de næste tal ventes", "2027-02-15",
                       required=False, future=True, empty_means="ikke oplyst"),
                Column("provisional", "Foreløbige perioder", "integer",
                       "Hvor mange af kildens nyeste perioder med anmeldelser der endnu kan ændre sig; 0: ingen", "1",
                       required=False, empty_means="kun den nyeste periode af alle", minimum=0, maximum=60),
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
                *LIFE,
                *ORIGIN,
            ),
            ("area_id",),
            (*LIFE_RULES,
             Rule("own_parent", "parent_id", _parents_other_than_self, "området kan ikke høre under sig selv",
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
                       "1,5", required=False, empty_means="regnes ud eller antages", minimum=1,
                       maximum=LARGEST_DESIGN_EFFECT),
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
            (Rule("n_eff_above_zero", "n_eff", lambda frame: ~(frame["n_eff"] <= 0).fillna(False),
                  "en andel kan ikke hvile på 0 svar", "Skriv antallet, eller lad cellen være tom, hvis det er ukendt"),
             Rule("n_eff_not_tiny", "n_eff",
                  lambda frame: ~frame["n_eff"].between(0, frame["n"].astype("float64") / LARGEST_DESIGN_EFFECT,
                                                        inclusive="neither"),
                  "det effektive antal er under en halvtredsindstyvendedel af antallet af svar",
                  "Ret tallet; skiller kommaet tusinder, så skriv det uden skilletegn"),
             Rule("n_eff_within_n", "n_eff", lambda frame: ~(frame["n_eff"] > frame["n"].astype("float64")),
                  "det effektive antal svar er større end antallet af svar",
                  "Ret tallene; det effektive antal er højst så stort som antallet af svar"),
             Rule("half_width_above_zero", "half_width", lambda frame: ~(frame["half_width"] <= 0).fillna(False),
                  "en måling har altid en usikkerhed, så den kan ikke være 0",
                  "Skriv usikkerheden som andel, fx 0,02, eller lad cellen være tom, hvis den ikke er offentliggjort")),
        ),
        Contract(
            "incidents", "Anmeldelser",
            (
                PERIOD, AREA, CATEGORY,
                Column("count", "Antal", "integer", "Antal anmeldelser; 0 betyder ingen", "541",
                       empty_means="ikke indberettet", minimum=0, maximum=LARGEST),
                *ORIGIN,
            ),
            ("period", "area_id", "category"),
            (Rule("year_is_over", "period", _is_over, "perioden er ikke slut endnu",
                  "Vent, til den er slut, eller skriv de måneder eller kvartaler, der er gået"),),
        ),
        Contract(
            "cells", "Kvadratnet",
            (
                Column("year", "År", "period", "Kalenderåret, eller et kvartal, en måned eller en uge i det", "2025",
                       periods=("year", "quarter", "month", "week")),
                Column("cell_id", "Felt", "text", "Feltet i Det Danske Kvadratnet", "250m_618125_71925",
                       pattern=CELL, exists=existing_cell,
                       form="feltets navn i Det Danske Kvadratnet, fx 250m_618125_71925"),
                AREA, CATEGORY,
                Column("count", "Antal", "integer", "Antal hændelser; 0 betyder ingen", "7",
                       empty_means="ikke indberettet", minimum=0, maximum=LARGEST),
                Column("households", "Husstande", "integer", "Antal husstande i feltet", "120",
                       empty_means="ukendt; så regnes hændelserne fordelt jævnt", minimum=0, maximum=LARGEST),
                *ORIGIN,
            ),
            ("year", "cell_id", "category"),
        ),
        Contract(
            "hours", "Ugens timer",
            (
                Column("year", "År", "period", "Kalenderåret, eller et kvartal, en måned eller en uge i det", "2025",
                       periods=("year", "quarter", "month", "week")),
                AREA, CATEGORY,
                Column("weekday", "Ugedag", "integer", "Ugedagen, 1 for mandag til 7 for søndag", "5",
                       choices=WEEKDAYS),
                Column("band", "Tidsrum", "integer", "Fire timer ad gangen, 0 for kl. 0–4 til 5 for kl. 20–24", "5",
                       choices=BANDS),
                Column("count", "Antal", "integer", "Antal hændelser; 0 betyder ingen", "12",
                       empty_means="ikke indberettet", minimum=0, maximum=LARGEST),
                *ORIGIN,
            ),
            ("year", "area_id", "category", "weekday", "band"),
        ),
        Contract(
            "initiatives", "Indsatser",
            (
                Column("initiative_id", "Indsats-id", "text", "Kort id, som de andre tabeller henviser til",
                       "din-betjent", pattern=SLUG, form=SLUG_FORM),
                Column("title", "Titel", "text", "Indsatsens navn", "Din betjent i Høje Gladsaxe"),
                Column("focus_area", "Indsatsområde", "integer", "Nummeret på aftalens indsatsområde", "1",
                       refers="focus_areas", minimum=1, maximum=99),
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
                Column("times", "Gange", "integer", "Hvor mange gange det skete; det er det, kriterier tæller", "1",
                       required=False, empty_means="1 gang", minimum=0, maximum=LARGEST),
                Column("participants", "Deltagere", "integer", "Hvor mange der deltog", "24", required=False,
                       empty_means="ikke opgjort", minimum=0, maximum=LARGEST),
                Column("count", "Antal", "integer", "Kun i ældre filer: tælles som gange. Brug Gange og Deltagere", "",
                       required=False, empty_means="bruges ikke", minimum=0, maximum=LARGEST),
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
                Column("waves", "Målinger lagt sammen", "integer",
                       "Hvor mange målinger i træk der lægges sammen til ét tal, for at få flere svar", "1",
                       required=False, empty_means="1", minimum=1, maximum=3),
                Column("tolerance", "Tolerance", "decimal",
                       "Hvor langt fra målet der stadig regnes som nået: andel for målinger, antal om året for "
                       "anmeldelser", "0,03", required=False,
                       empty_means="0; for målet 0 anmeldelser regnes højst 5 om året som nået", minimum=0,
                       maximum=LARGEST),
                *ORIGIN,
            ),
            ("criterion_id", "version"),
            (
                Rule("tolerance_of_figures", "tolerance",
                     lambda frame: (frame["measure"] != "activity") | ~(frame["tolerance"] > 0).fillna(False),
                     "aktiviteter tælles og har ingen tolerance", "Lad cellen være tom"),
                Rule("tolerance_as_share", "tolerance",
                     lambda frame: (frame["measure"] != "survey") | ~(frame["tolerance"] > 0.5).fillna(False),
                     "tolerancen for en måling skal være en andel mellem 0 og 0,5",
                     "Skriv tolerancen som andel, fx 0,03 for 3 pct.point"),
                Rule("fewer_offences_are_better", "direction",
                     lambda frame: (frame["measure"] != "incidents") | (frame["direction"] == -1),
                     "færre anmeldelser er bedre, så et mål for dem kan ikke have retningen 1",
                     "Skriv -1, eller mål indsatsen på noget andet"),
                Rule("reason_given", "reason", lambda frame: (frame["version"] <= 1) | (frame["reason"] != ""),
                     "et kriterium, der er ændret, mangler en begrundelse", "Skriv kort, hvorfor det er ændret"),
                Rule("waves_of_shares", "waves",
                     lambda frame: (frame["measure"] == "survey") | ~(frame["waves"] > 1).fillna(False).astype(bool),
                     "kun målinger kan lægges sammen", "Lad cellen være tom"),
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
        *COOPERATION,
    )
}  # fmt: skip
