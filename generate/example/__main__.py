"""Writes the example CSV files: constructed figures where nothing is public, the same bytes on every run.

    python -m generate.example

Reads the official CSV files beside it and the outlines in geo/boundaries. Run it again when one of
them, or anything in this folder, changes. Every row it writes has provenance "example". It invents no
figure for the country, the police district or a municipality, and none beside an official one.

The success criteria are built to meet every fate the rules for criteria know. "Today" is wave 2025 and,
for incidents, 2025 or (while its last quarter is provisional) 2024: the fate is the same. True shares
stand in `profiles`, true trends of incidents in `incidents.TRENDS`; figures here are as generated.

criterion                       measured, baseline → today, target          intended fate
------------------------------  ------------------------------------------  -------------------------------
vaerebro-tryg                   safe 64.4 → 82.2 %, 70 % by 2025            opfyldt
hoeje-gladsaxe-tryg (v2)        safe 70.1 → 81.8 %, 81 % by 2028            på sporet
gladsaxe-tre-omraader-tryg      safe 67.2 → 78.5 % pooled, 79 % by 2027     på sporet
hjortegaarden-hoejbjerg-tillid  trust 81.3 → 85.7 % pooled, 83 % by 2028    på sporet
hede-magleparken-tillid         trust 79.4 → 78.9 %, 90 % by 2026           bagud
grantoften-tryg                 safe 73.1 → 60.9 %, 78 % by 2027            forværring
moerkhoej-tryg                  safe 66.7 → 69.1 %, 82 % by 2024            ikke opfyldt
hjortegaarden-tryg              safe 76.7 → 86.3 %, 84 % by 2025            kan ikke afgøres (at deadline)
hoejbjerg-utryg                 unsafe 14.0 → 14.3 %, 8 % by 2027, n = 68   kan ikke afgøres (under way)
lille-birkholm-tryg             safe, 24 answers in 2025                    utilstrækkeligt grundlag
hoeje-gladsaxe-siden-2019       safe, baseline in the police's own series   utilstrækkeligt grundlag
vaerebro-narkotika              drug offences 39 → 11 a year, 30 by 2026    opfyldt
hede-magleparken-tyveri         other thefts 55 → 20 a year, 26 by 2028     på sporet
hoeje-gladsaxe-anmeldelser      all offences 263 → 257 a year, 190 by 2026  bagud
grantoften-vold                 violence 22 → 19 a year, 12 by 2027         kan ikke afgøres (few)
gladsaxe-vaaben                 weapons 19 → 16 a year pooled, 12 by 2026   kan ikke afgøres (few)
vandringer-2025                 15 walks in 2025, at least 12               opfyldt
mentorforloeb-2024              33 mentors 2021–2024, at least 40           ikke opfyldt
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from generate.example.activities import activity_rows
from generate.example.cells import cell_rows, outlines
from generate.example.cooperation import (
    coverage_rows,
    decision_rows,
    dialogue_rows,
    meeting_rows,
    profile_rows,
    proposal_rows,
)
from generate.example.criteria import criteria_rows
from generate.example.hours import hour_rows
from generate.example.incidents import incident_rows
from generate.example.insecure_places import place_rows
from generate.example.place_actions import action_rows
from generate.example.portfolio import initiative_rows
from generate.example.relocated import relocated
from generate.example.survey import population_rows, survey_rows
from generate.example.tables import FOLDER, Row, read, write
from generate.example.weekly import weekly_rows

SEED = 20130901  # the day the partnership agreement came into force
# These came later than the rest and have streams of their own, so that nothing else moved.
HOURS_STREAM, PLACES_STREAM = 6, 7
WEEKS_STREAMS = {"2024": 9, "2025": 8}
BOUNDARIES = FOLDER.parents[1] / "geo" / "boundaries"


def generate(target: Path = FOLDER, official: Path = FOLDER, boundaries: Path = BOUNDARIES) -> None:
    """Write the example files into `target` from the official files and outlines in the other two folders.

    Each table has its own random stream, so that a change to one leaves the others as they were.
    """
    streams = [np.random.default_rng(child) for child in np.random.SeedSequence(SEED).spawn(5)]
    surveyed = read(official / "survey_official.csv")
    counts = _counts(read(official / "incidents_official.csv"))
    residents = _residents(read(official / "population.csv"))

    shapes = outlines(boundaries)
    population = population_rows(streams[0])
    residents |= _residents(population)
    incidents = incident_rows(streams[2], counts, residents)
    tables = {
        "population": population,
        "survey": survey_rows(streams[1], {(row["area_id"], row["wave"]) for row in surveyed}),
        "incidents": incidents,
        "cells": cell_rows(streams[3], shapes, counts, _counts(incidents), residents),
        "hours": hour_rows(np.random.default_rng((SEED, HOURS_STREAM)), counts),
    }
    for table, rows in tables.items():
        write(target / f"{table}_example.csv", table, relocated(rows) if table == "cells" else rows)
    weeks = [
        row
        for year, stream in WEEKS_STREAMS.items()
        for row in weekly_rows(np.random.default_rng((SEED, stream)), tables["cells"], year)
    ]
    write(target / "cells_weekly_example.csv", "cells", relocated(weeks))
    activities = activity_rows(streams[4])
    dialogues = dialogue_rows(activities)
    written = {
        "initiatives": initiative_rows(),
        "activities": activities,
        "criteria": criteria_rows(),
        "meetings": meeting_rows(),
        "decisions": decision_rows(),
        "dialogues": dialogues,
        "insecure_places": place_rows(np.random.default_rng((SEED, PLACES_STREAM)), dialogues, shapes),
        "proposals": proposal_rows(),
        "risk_profiles": profile_rows(),
        "coverage": coverage_rows(),
        "place_actions": action_rows(),
    }
    for table, rows in written.items():
        write(target / f"{table}.csv", table, rows)


def _counts(rows: Sequence[Row]) -> dict[tuple[str, str, str], int]:
    return {(str(row["period"]), str(row["area_id"]), str(row["category"])): int(str(row["count"])) for row in rows}


def _residents(rows: Sequence[Row]) -> dict[tuple[str, str], int]:
    return {(str(row["period"])[:4], str(row["area_id"])): int(str(row["residents"])) for row in rows}


if __name__ == "__main__":
    generate()
