"""The shipped data: official figures as published, example figures that never pass for real."""

from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd
import pytest

from data.contracts.validation import check
from data.store import open_store
from generate.example import tables
from generate.example.__main__ import generate
from generate.example.incidents import below
from generate.example.official import write_official

SHIPPED = tables.FOLDER
OFFICIAL_FILES = ("areas", "population", "survey_official", "incidents_official")
EXAMPLE_FILES = (
    "population_example",
    "survey_example",
    "incidents_example",
    "cells_example",
    "hours_example",
    "initiatives",
    "activities",
    "criteria",
    "meetings",
    "decisions",
    "dialogues",
    "insecure_places",
    "proposals",
    "risk_profiles",
    "coverage",
    "place_actions",
)
KEYS = {
    "sources": ("source_id",),
    "areas": ("area_id",),
    "population": ("period", "area_id"),
    "survey": ("wave", "area_id", "indicator"),
    "incidents": ("period", "area_id", "category"),
    "cells": ("year", "cell_id", "category"),
    "hours": ("year", "area_id", "category", "weekday", "band"),
    "initiatives": ("initiative_id",),
    "activities": ("initiative_id", "date", "area_id", "kind"),
    "criteria": ("criterion_id", "version"),
    "meetings": ("meeting_id",),
    "decisions": ("decision_id",),
    "dialogues": ("dialogue_id",),
    "insecure_places": ("place_id",),
    "proposals": ("proposal_id",),
    "risk_profiles": ("profile_id",),
    "coverage": ("profile_id", "initiative_id", "area_id"),
    "place_actions": ("action_id",),
}
HERLEV_2025K4 = "541"  # Statistics Denmark, STRAF11, all reported offences
GLADSAXE_VIOLENCE_2022K2 = "476"  # STRAF11, a mass registration
GLADSAXE_SAFE_2019 = 0.793  # the police's safety survey 2019, 79.3 per cent
HOEJE_GLADSAXE_SAFE = {"2016": 0.688, "2017": 0.796, "2018": 0.711, "2019": 0.689}


def rows_of(*names: str) -> list[dict[str, str]]:
    return [row for name in names for row in tables.read(SHIPPED / f"{name}.csv")]


def counts_of(*names: str) -> dict[tuple[str, str, str], int]:
    return {(row["period"], row["area_id"], row["category"]): int(row["count"]) for row in rows_of(*names)}


@pytest.fixture(scope="module")
def parents() -> dict[str, str]:
    return {row["area_id"]: row["parent_id"] for row in rows_of("areas")}


def test_gladsaxe_2019_is_as_safe_as_published() -> None:
    found = [
        float(row["share"])
        for row in rows_of("survey_official")
        if (row["wave"], row["area_id"], row["indicator"]) == ("2019", "gladsaxe", "tryg_i_nabolag")
    ]
    assert found == [GLADSAXE_SAFE_2019]


@pytest.mark.parametrize(
    ("period", "area_id", "category", "count"),
    [
        ("2025K4", "herlev", "TOT", HERLEV_2025K4),
        ("2022K2", "gladsaxe", "12", GLADSAXE_VIOLENCE_2022K2),
    ],
)
def test_reported_offences_are_those_of_statistics_denmark(
    period: str, area_id: str, category: str, count: str
) -> None:
    found = [
        row["count"]
        for row in rows_of("incidents_official")
        if (row["period"], row["area_id"], row["category"]) == (period, area_id, category)
    ]
    assert found == [count]


def test_hoeje_gladsaxe_keeps_its_published_values_and_gets_no_invented_ones_beside_them() -> None:
    everything = rows_of("survey_official", "survey_example")
    before = [row for row in everything if row["area_id"] == "hoeje-gladsaxe" and row["series"] == "pt"]
    safe = {row["wave"]: float(row["share"]) for row in before if row["indicator"] == "tryg_i_nabolag"}
    assert safe == HOEJE_GLADSAXE_SAFE
    assert {row["provenance"] for row in before} == {"official"}


def test_the_number_of_answers_is_never_invented_for_an_official_figure() -> None:
    with_answers = {(row["wave"], row["area_id"]) for row in rows_of("survey_official") if row["n"]}
    published = {("2019", "hele-landet"), ("2021", "hele-landet"), ("2023", "hele-landet")}
    assert with_answers == published | {("2018", "koebenhavns-vestegn")}


@pytest.mark.parametrize("name", OFFICIAL_FILES)
def test_official_files_hold_only_official_rows(name: str) -> None:
    assert {row["provenance"] for row in rows_of(name)} == {"official"}


@pytest.mark.parametrize("name", EXAMPLE_FILES)
def test_example_files_hold_only_example_rows(name: str) -> None:
    assert {(row["provenance"], row["source_id"]) for row in rows_of(name)} == {("example", "eksempeldata")}


@pytest.mark.parametrize("name", OFFICIAL_FILES + EXAMPLE_FILES)
def test_every_row_names_a_source_of_its_own_provenance(name: str) -> None:
    provenance = {row["source_id"]: row["provenance"] for row in rows_of("sources")}
    assert {row["provenance"] == provenance.get(row["source_id"]) for row in rows_of(name)} == {True}


@pytest.mark.parametrize("table", list(KEYS))
def test_no_two_rows_share_a_key_across_the_files_of_a_table(table: str) -> None:
    names = [path.stem for path in SHIPPED.glob("*.csv") if path.stem.split("_")[0] == table]
    found = Counter(tuple(row[column] for column in KEYS[table]) for row in rows_of(*names))
    assert [key for key, times in found.items() if times > 1] == []


@pytest.mark.parametrize("name", ["sources", *OFFICIAL_FILES, *EXAMPLE_FILES])
def test_every_shipped_file_keeps_its_contract(name: str) -> None:
    frame = pd.read_csv(SHIPPED / f"{name}.csv", dtype=str, keep_default_na=False)
    assert len(check(frame, name if name in KEYS else name.split("_")[0])) == len(frame)


def test_country_district_and_municipalities_have_no_invented_figures(parents: dict[str, str]) -> None:
    members = {"herlev", "ballerup", "gladsaxe"}
    invented = rows_of("population_example", "survey_example", "incidents_example")
    assert {parents[row["area_id"]] for row in invented} == members


def test_housing_areas_together_stay_below_their_municipality(parents: dict[str, str]) -> None:
    official = counts_of("incidents_official")
    together: dict[tuple[str, str, str], int] = defaultdict(int)
    for (period, area_id, category), count in counts_of("incidents_example").items():
        together[period, parents[area_id], category] += count
    assert {key: count for key, count in together.items() if count >= official[key]} == {}


def test_all_offences_of_a_housing_area_are_at_least_its_categories_together() -> None:
    total: dict[tuple[str, str], int] = {}
    named: dict[tuple[str, str], int] = defaultdict(int)
    for (period, area_id, category), count in counts_of("incidents_example").items():
        if category == "TOT":
            total[period, area_id] = count
        else:
            named[period, area_id] += count
    assert {key: count for key, count in named.items() if count > total[key]} == {}


def test_every_housing_area_reports_every_category_in_every_quarter() -> None:
    quarters, categories, housing_areas = 40, 8, 8
    assert len(counts_of("incidents_example")) == quarters * categories * housing_areas


def test_counts_are_lowered_from_the_largest_until_they_stay_below_the_limit() -> None:
    assert below([4, 1, 3], 6) == [2, 1, 2]


def test_counts_already_below_the_limit_are_left_alone() -> None:
    assert below([2, 1], 4) == [2, 1]


@pytest.mark.parametrize("file", ["cells_example", "hours_example"])
def test_cells_and_hours_sum_to_the_official_yearly_counts_of_each_municipality(file: str) -> None:
    official: dict[tuple[str, str, str], int] = defaultdict(int)
    for (period, area_id, category), count in counts_of("incidents_official").items():
        official[period[:4], area_id, category] += count
    told: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in rows_of(file):
        told[row["year"], row["area_id"], row["category"]] += int(row["count"])
    assert len(told) == 4 * 3 * 5
    assert {key: count for key, count in told.items() if count != official[key]} == {}


def test_every_hour_of_the_week_is_told_zeros_included() -> None:
    told = Counter((row["year"], row["area_id"], row["category"]) for row in rows_of("hours_example"))
    assert set(told.values()) == {7 * 6}


def test_a_cell_has_the_same_municipality_and_households_in_all_its_rows() -> None:
    kept: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows_of("cells_example"):
        kept[row["cell_id"]].add((row["area_id"], row["households"]))
    assert [cell for cell, values in kept.items() if len(values) > 1] == []


def test_safe_and_unsafe_leave_room_for_those_in_between() -> None:
    together: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows_of("survey_example"):
        if row["indicator"] in ("tryg_i_nabolag", "utryg_i_nabolag"):
            together[row["wave"], row["area_id"]] += float(row["share"])
    assert max(together.values()) < 1


def test_one_wave_is_too_small_to_show_and_one_area_is_always_uncertain() -> None:
    answers: dict[str, set[int]] = defaultdict(set)
    for row in rows_of("survey_example"):
        answers[row["area_id"]].add(int(row["n"]))
    assert min(answers.pop("lille-birkholm")) < 30
    small = answers.pop("hoejbjerg-vaenge")
    assert (min(small) >= 60, max(small) <= 90) == (True, True)
    assert min(n for waves in answers.values() for n in waves) >= 150


def test_criteria_initiatives_and_log_refer_to_each_other_and_to_known_areas(parents: dict[str, str]) -> None:
    initiatives = {row["initiative_id"] for row in rows_of("initiatives")}
    assert {row["initiative_id"] for row in rows_of("criteria", "activities")} <= initiatives
    named = {area for row in rows_of("initiatives", "criteria") for area in row["area_ids"].split(";")}
    assert named | {row["area_id"] for row in rows_of("activities")} <= parents.keys()


def test_the_portfolio_covers_all_four_focus_areas() -> None:
    assert {row["focus_area"] for row in rows_of("initiatives")} == {"1", "2", "3", "4"}


def test_a_figure_quoted_at_a_meeting_stands_so_in_the_release_it_was_frozen_to(shipped_database: str) -> None:
    store = open_store(shipped_database)
    quoted = [row for row in rows_of("decisions") if row["figure"]]
    assert quoted
    for row in quoted:
        criteria = store.release(int(row["release_id"]), audience="ledelse").criteria
        assert row["figure"] in set(criteria["subject"] + ". " + criteria["sentence"])
    store.engine.dispose()


def test_a_changed_criterion_says_why() -> None:
    later = [row for row in rows_of("criteria") if row["version"] != "1"]
    assert [bool(row["reason"]) for row in later] == [True] * len(later)
    assert len(later) >= 1


def test_generating_again_gives_the_same_bytes(tmp_path: Path) -> None:
    generate(tmp_path)
    changed = [
        name
        for name in EXAMPLE_FILES
        if (tmp_path / f"{name}.csv").read_bytes() != (SHIPPED / f"{name}.csv").read_bytes()
    ]
    assert changed == [], "Run `python -m generate.example.__main__`: its inputs have changed"


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """A facts folder with one quarter of one municipality and one survey figure."""
    files = {
        "straf11_vestegnen_2016_2025.csv": (
            "quarter,municipality_code,municipality,offence_code,offence,reported_offences\n"
            "2025K4,000,Hele landet,TOT,I alt,1000\n"
            + "".join(
                f"2025K4,{code},Kommune {code},TOT,I alt,10\n"
                for code in (151, 153, 159, 161, 163, 165, 167, 169, 175, 183, 187)
            )
        ),
        "folk1a_vestegnen_2016_2025.csv": (
            "quarter,municipality_code,municipality,population\n2025K1,163,Herlev,30784\n"
        ),
        "tryghed_published.csv": (
            "wave,area,level,indicator,value,rounded,note,source_url\n"
            "2018,Københavns Vestegns Politi,police_district,antal_besvarelser,1128,0,,"
            "https://www.rnn.dk/2018/12/stoerre-tryghed-og-tillid-til-politiet/\n"
            "2018,Københavns Vestegns Politi,police_district,tryg_i_nabolag,84.9,0,,"
            "https://www.rnn.dk/2018/12/stoerre-tryghed-og-tillid-til-politiet/\n"
        ),
        "housing_areas.csv": (
            "name,municipality,municipality_code,postal_code,lat,lon,dwellings,residents,built,lists,note\n"
            "Værebro Park,Gladsaxe,159,2880,,,1345,,,"
            "SUB senest 2013; forebyggelsesområde 2021-12-01; eget område i 2019,\n"
        ),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_official_shares_are_fractions_with_the_answers_of_their_wave_and_area(facts: Path) -> None:
    write_official(facts, facts)
    (row,) = tables.read(facts / "survey_official.csv")
    found = (row["area_id"], row["share"], row["n"], row["series"])
    assert found == ("koebenhavns-vestegn", "0.849", "1128", "pt")


def test_a_housing_area_keeps_its_list_memberships_and_only_those(facts: Path) -> None:
    write_official(facts, facts)
    area = tables.read(facts / "areas.csv")[-1]
    assert area["lists"] == "SUB senest 2013;Forebyggelsesområde 1. december 2021"


def test_residents_of_a_housing_area_stay_empty_where_nobody_published_them(facts: Path) -> None:
    write_official(facts, facts)
    area = tables.read(facts / "areas.csv")[-1]
    assert (area["dwellings"], area["residents"]) == ("1345", "")


def test_a_figure_from_an_undescribed_source_is_refused_with_its_address(facts: Path) -> None:
    published = facts / "tryghed_published.csv"
    with published.open("a", encoding="utf-8") as file:
        file.write("2019,Hele landet,country,tryg_i_nabolag,85.6,0,,https://ukendt.example/\n")
    with pytest.raises(ValueError, match=r"https://ukendt\.example/"):
        write_official(facts, facts)
