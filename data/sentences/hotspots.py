"""Hotspots in plain Danish: how sure, how lasting, how well last year's map did. Says nothing about causes or persons.

Rows are mappings with the columns of the release tables "cells", "hotspots", "hotspot_backtest" and "hotspot_scan".
"""

from collections.abc import Sequence

import pandas as pd

from analysis.thresholds import FEWEST_INCIDENTS
from data import danish
from data.partnership import Category
from data.records import Row
from data.sentences.recorded import counted

SURE = 0.05
# Two for each of the 42 squares of a week; below that the squares differ by chance alone.
FEWEST_IN_A_WEEK = 84
FEWEST_NEAR = 20
"""Incidents of one place from which its times of day are told, without the days: six squares instead of 42."""

PERSISTENCE_WORDS = {
    "new": "nyt",
    "persistent": "vedvarende",
    "fading": "aftagende",
    "sporadic": "sporadisk",
    "": "",
}
CHANGES = ("new", "lasting", "gone", "none")
"""What may become of a cell between two years; "none" is a hotspot in neither."""
BASIS_WORDS = {
    "population": "Forventet: kommunens egne tal fordelt efter husstande, så ni ud af ti følger boligerne.",
    "even": "Forventet: kommunens egne tal fordelt ligeligt, fordi antallet af husstande ikke kendes.",
    "too_few": "Der er for få hændelser i kommunen til at sige noget.",
}
# What a hotspot is not: the box beside every map of them.
HONESTY = (
    (
        "Ikke en forudsigelse om mennesker",
        "Kortet handler om felter på et kort, ikke om dem, der bor eller færdes der.",
    ),
    ("Ikke en årsag", "Det viser, hvor der er mange anmeldelser, ikke hvorfor."),
    (
        "Anmeldt, ikke sket",
        "Det, der ikke bliver anmeldt, er ikke med. Hvor politiet kigger mest, bliver der også fundet mest. "
        "Det gælder især narkotika og våben.",
    ),
    (
        "Besøgende tæller ikke med",
        "Der sammenlignes med husstande. Hvor mange færdes, men få bor, fx ved butikker og stationer, vil der næsten "
        "altid være flere end forventet.",
    ),
    (
        "Et felt, ikke en adresse",
        "Et felt bedømmes sammen med sine naboer, så kanten af et hotspot er usikker på et felts bredde.",
    ),
)


def cell_size(size: float | str) -> str:
    """The side of a cell: "250 m", "1 km"."""
    metres = int(size)
    return f"{danish.number(metres / 1000)} km" if metres >= 1000 else f"{metres} m"


def lasting(row: Row) -> str:
    """How lasting: "vedvarende i 3 af 4 år", "nyt i 2025"; "" where one year is all there is."""
    label = row["persistence"]
    if not label:
        return ""
    if label == "new":
        return f"nyt i {row['year']}"
    return f"{PERSISTENCE_WORDS[label]} i {row['years_hot']:.0f} af {row['years_known']:.0f} år"


def against_expected(row: Row) -> str:
    """The counts that were tested: "11 hændelser mod 3,2 forventet"."""
    happened = danish.plural(row["window_count"], "hændelse", "hændelser")
    return f"{happened} mod {danish.decimal(row['window_expected'])} forventet"


def place_sentence(row: Row) -> str:
    """A place: "Vedvarende i 3 af 4 år, 11 hændelser mod 3,2 forventet, felt på 250 m og dets naboer."."""
    parts = [lasting(row), against_expected(row), f"felt på {cell_size(row['size'])} og dets naboer"]
    sentence = ", ".join(part for part in parts if part)
    return f"{danish.opening(sentence)}."


def place_notes(row: Row) -> list[str]:
    """What else a reader should know of a place, each a sentence."""
    notes = [f"Hotspottet dækker {danish.number(len(row['cells'].split(';')))} felter, der støder op til hinanden."]
    if len(row["cells"].split(";")) == 1:
        notes = []
    if row["more_than_before"]:
        notes.append("Der er også flere, end stedets egne tidligere år forklarer.")
    notes.append(second_opinion(row["scan"]))
    return [note for note in notes if note]


def second_opinion(scan: str) -> str:
    """Whether the circle search agrees; "" for a year it was not made for."""
    return {
        "agrees": "En anden metode (Kulldorffs cirkel) peger på samme sted.",
        "elsewhere": "En anden metode (Kulldorffs cirkel), som kun finder ét sted i hver kommune, peger på et andet.",
        "": "",
    }[scan]


def cell_sentence(row: Row, category: Category) -> str:
    """A cell in words, a line each: its own count, its window, and the verdict."""
    if row["state"] == "missing":
        return danish.opening(danish.NOT_REPORTED)
    if row["state"] == "hidden":
        return danish.opening(danish.HIDDEN)
    own = f"{counted(row['count'], category.noun)} i feltet i {row['year']}"
    if row["mass"]:
        return f"{own}\nEn masseregistrering indgår, så feltet er ikke bedømt"
    if row["basis"] == "too_few":
        return f"{own}\nFor få hændelser i kommunen til at sige noget"
    if row["window_count"] < FEWEST_INCIDENTS:
        return f"{own}\nFor få hændelser til at sige noget"
    window = f"Med naboer: {against_expected(row)}"
    if not row["hotspot"]:
        return f"{own}\n{window}\nIkke flere, end tilfældet kan forklare"
    word = lasting(row)
    return f"{own}\n{window}\nHotspot{f', {word}' if word else ''}"


def change_sentence(changes: Sequence[str], year: str, against: str) -> str:
    """How many cells are hotspots now, then or both; `changes` has a word of CHANGES for each cell."""
    count = {word: sum(change == word for change in changes) for word in CHANGES}
    either = len(changes) - count["none"]
    if not either:
        return f"Ingen felter var hotspots i {against} eller {year}."
    return (
        f"Af {danish.plural(either, 'felt', 'felter')}, der var hotspots i {against} eller {year}, er "
        f"{danish.number(count['lasting'])} det begge år, {danish.number(count['new'])} kun i {year} og "
        f"{danish.number(count['gone'])} kun i {against}. Det sidste betyder, at de ikke længere skiller sig ud med "
        "statistisk sikkerhed; det kan også være tilfældigt."
    )


def headline(places: int, lasting_places: int, year: str) -> str:
    """How many places stand out and how many of them last, in a sentence."""
    if not places:
        return (
            f"Ingen steder skiller sig ud med statistisk sikkerhed i {year}. Det betyder ikke, at der ikke sker noget, "
            "men at tallene ikke peger på bestemte steder."
        )
    count = danish.plural(places, "sted har", "steder har")
    sentence = f"{count} flere anmeldelser i {year}, end husstande og tilfældige udsving kan forklare."
    if lasting_places == places:
        return f"{sentence} {'Det' if places == 1 else 'Alle'} er vedvarende."
    if lasting_places:
        return f"{sentence} {danish.number(lasting_places)} af dem er vedvarende."
    return sentence


def back_test_sentence(row: Row) -> str:
    """How the hotspots of the year before did, and whether simply the cells with most did as well."""
    before = str(int(row["year"]) - 1)
    if not row["cells"]:
        return f"Der var ingen hotspots i {before}, så der er intet at prøve på {row['year']}."
    if pd.isna(row["hit_rate"]):
        return f"Der var ingen hændelser i {row['year']} at prøve hotspots fra {before} på."
    caught = (
        f"Hotspots fra {before} dækkede {danish.percent(row['area_share'])} af arealet og "
        f"{danish.percent(row['hit_rate'], 0)} af hændelserne i {row['year']}: {danish.decimal(row['pai'])} gange "
        "så mange som tilfældigt valgte felter."
    )
    top = danish.percent(row["base_hit_rate"], 0)
    if row["beats_baseline"]:
        return f"{caught} De felter, der blot havde flest i {before}, dækkede {top}: kortet var bedre end det."
    return (
        f"{caught} De felter, der blot havde flest i {before}, dækkede {top}: kortet var ikke bedre end det til at "
        "pege på næste års hændelser."
    )


def scan_sentence(row: Row, municipality: str) -> str:
    """The scan's circle in a municipality in words."""
    if row["p_value"] > SURE:
        p_value = danish.decimal(row["p_value"], 3)
        return f"{municipality}: ingen cirkel skiller sig ud med statistisk sikkerhed (p = {p_value})."
    cells = danish.plural(len(row["cells"].split(";")), "felt", "felter")
    return (
        f"{municipality}: {danish.number(row['observed'])} hændelser mod {danish.decimal(row['expected'])} forventet i "
        f"{cells} (p = {danish.decimal(row['p_value'], 3)})."
    )


def mass_note(names: Sequence[str], category: Category, year: str) -> str:
    """Where a mass registration is part of the year's figures."""
    return (
        f"En masseregistrering indgår i {category.noun} i {danish.join(names)} i {year}. "
        "Feltet med den er skraveret og ikke bedømt."
    )


def probability(p_value: float) -> str:
    """How likely so many are by chance: "0,013", "under 0,001"."""
    return "under 0,001" if p_value < 0.001 else danish.decimal(p_value, 3)


def own_cell(row: Row, category: Category) -> str:
    """What is in the cell itself: "I selve feltet er der 13 anmeldelser og 125 husstande."."""
    homes = danish.plural(row["households"], "husstand", "husstande")
    return f"I selve feltet er der {counted(row['count'], category.noun)} og {homes}."


def week_sentence(
    rows: pd.DataFrame, noun: str, where: str, year: str, days: Sequence[str], bands: Sequence[str]
) -> str:
    """When most were reported, and how many there would be if the week were even; `rows` are of one year and area."""
    total = rows["count"].sum()
    if total < FEWEST_IN_A_WEEK:
        return f"For få hændelser til at sige noget om tidspunktet: {counted(total, noun)} {where} i {year}."
    top = rows[rows["count"] == rows["count"].max()]
    first = top.iloc[0]
    when = f"{days[int(first['weekday']) - 1]} {bands[int(first['band'])]}"
    return (
        f"Flest {noun} {where} i {year} faldt {when}: {danish.number(first['count'])} af {danish.number(total)}. "
        f"Jævnt fordelt ville der være {danish.decimal(total / len(rows))} i hvert af ugens {len(rows)} tidsrum."
    )


def day_sentence(rows: pd.DataFrame, noun: str, where: str, year: str, bands: Sequence[str]) -> str:
    """At what time of day most were reported, all days together; `rows` are of one year and area."""
    by_band = [rows.loc[rows["band"] == band, "count"].sum() for band in range(len(bands))]
    most, total = max(range(len(bands)), key=by_band.__getitem__), sum(by_band)
    return (
        f"Flest {noun} {where} i {year} faldt {bands[most]}: {danish.number(by_band[most])} af {danish.number(total)}. "
        f"Jævnt fordelt ville der være {danish.decimal(total / len(bands))}."
    )
