import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from data.intake import statbank as source
from data.intake.bulk import StatbankError
from data.intake.download import Patience
from data.intake.statbank import Fetched
from data.partnership import Partnership
from data.store import Incoming, Store, migrate, open_store
from tests.statbank import (
    Answer,
    Statbank,
    altered,
    chunked,
    chunks_cut_off,
    cut_off,
    dripping,
    fails,
    of_no_stated_length,
    says,
    silent,
)
from tests.statbank import statbank as statbank

TODAY = dt.date(2026, 2, 12)
HASTE = Patience(connect=0.5, silence=0.3, whole=0.8, attempts=3, pause=0.01, longest_pause=0.02)
# Where nobody is silent on purpose, a busy machine is waited for: a second attempt would get a good answer.
UNHURRIED = replace(HASTE, connect=60, silence=60, whole=120)
OFFENCES = ("TOT", "12", "1320", "3410")
NEWEST = {"000": 120_000, "159": 900, "163": 450, "998": 11_000}
AREAS = pd.DataFrame(
    {
        "area_id": ["hele-landet", "gladsaxe", "herlev", "hoeje-gladsaxe"],
        "code": ["000", "159", "163", ""],
        "name": ["Hele landet", "Gladsaxe", "Herlev", "Høje Gladsaxe"],
        "level": ["country", "municipality", "municipality", "housing_area"],
        "parent_id": ["", "hele-landet", "hele-landet", "gladsaxe"],
        "provenance": "official",
        "source_id": "dst-straf11",
    }
)


@pytest.fixture
def store(tmp_path: Path):  # type: ignore[no-untyped-def]
    """A store with two municipalities and the country (SQLite: what is tested here never meets SQL)."""
    opened = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    migrate(opened)
    opened.load([Incoming("areas", AREAS, "areas.csv", "0" * 64)], by="test")
    yield opened
    opened.engine.dispose()


@pytest.fixture
def bank(statbank: Statbank) -> Statbank:
    """Statistics Denmark with two quarters of three areas and the unknown municipality."""
    for quarter in statbank.quarters:
        add_quarter(statbank, quarter)
    return statbank


def add_quarter(statbank: Statbank, quarter: str) -> None:
    if quarter not in statbank.quarters:
        statbank.quarters.append(quarter)
    for area, total in NEWEST.items():
        for offence, part in zip(OFFENCES, (1, 10, 20, 400), strict=True):
            statbank.figures["STRAF11"][area, offence, quarter] = str(total // part)
    for area in ("000", "159", "163"):
        statbank.figures["FOLK1A"][area, "TOT", "IALT", "TOT", quarter] = str(NEWEST[area] * 50)


@pytest.fixture
def fetch(store: Store, partnership: Partnership) -> Callable[..., Fetched]:
    def run(today: dt.date = TODAY, patience: Patience = HASTE) -> Fetched:
        return source.fetch(store, partnership, today=today, patience=patience)

    return run


Fetch = Callable[..., Fetched]


def incidents(fetched: Fetched) -> pd.Series:
    (table,) = [each.frame for each in fetched.incoming if each.kind == "incidents"]
    return table.set_index(["area_id", "category", "period"])["count"]


def test_counts_come_with_area_quarter_category_and_source(bank: Statbank, fetch: Fetch) -> None:
    (table,) = [each for each in fetch().incoming if each.kind == "incidents"]
    row = table.frame.set_index(["area_id", "category", "period"]).loc[("gladsaxe", "12", "2025K4")]
    assert (row["count"], row["provenance"], row["source_id"]) == (90, "official", "dst-straf11")


def test_population_comes_with_its_quarter(bank: Statbank, fetch: Fetch) -> None:
    (table,) = [each.frame for each in fetch().incoming if each.kind == "population"]
    assert table.set_index(["area_id", "period"])["residents"].loc[("herlev", "2025K4")] == 22_500


def test_a_row_that_bulk_leaves_out_is_a_zero(bank: Statbank, fetch: Fetch) -> None:
    bank.figures["STRAF11"]["163", "3410", "2025K4"] = "0"
    assert incidents(fetch())["herlev", "3410", "2025K4"] == 0


def test_a_figure_that_is_not_available_is_missing_and_not_zero(bank: Statbank, fetch: Fetch) -> None:
    bank.figures["STRAF11"]["163", "3410", "2025K4"] = ".."
    assert pd.isna(incidents(fetch())["herlev", "3410", "2025K4"])


def test_a_population_that_is_not_available_gets_no_row(bank: Statbank, fetch: Fetch) -> None:
    bank.figures["FOLK1A"]["163", "TOT", "IALT", "TOT", "2025K4"] = ".."
    (table,) = [each.frame for each in fetch().incoming if each.kind == "population"]
    assert ("herlev", "2025K4") not in set(zip(table["area_id"], table["period"], strict=True))


def test_reports_without_a_known_municipality_are_told_and_given_to_none(bank: Statbank, fetch: Fetch) -> None:
    fetched = fetch()
    assert set(incidents(fetched).index.get_level_values("area_id")) == {"hele-landet", "gladsaxe", "herlev"}
    assert fetched.sentences[1] == (
        "STRAF11: 11.000 anmeldelser i 4. kvartal 2025 (9,2 pct. af alle) har ingen kendt kommune og er ikke lagt "
        "til nogen."
    )


def test_only_our_areas_and_categories_are_asked_for(bank: Statbank, fetch: Fetch) -> None:
    fetch()
    asked = {each["code"]: each["values"] for each in bank.asked[0]["variables"]}
    assert asked["OMRÅDE"] == ["000", "159", "163", "998"]
    assert "1" not in asked["OVERTRÆD"]


def test_every_variable_is_named_because_bulk_sums_none_away(bank: Statbank, fetch: Fetch) -> None:
    fetch()
    asked = {each["code"]: each["values"] for each in bank.asked[1]["variables"]}
    assert (asked["KØN"], asked["ALDER"], asked["CIVILSTAND"]) == (["TOT"], ["IALT"], ["TOT"])


def test_an_answer_with_encoding_of_the_web_page_is_read_all_the_same(bank: Statbank, fetch: Fetch) -> None:
    bank.misbehave = [altered(lambda content: content.decode("utf-8-sig").encode("cp1252"))]
    assert incidents(fetch())["gladsaxe", "TOT", "2025K4"] == 900


def test_an_answer_in_pieces_is_put_together(bank: Statbank, fetch: Fetch) -> None:
    bank.misbehave = [chunked]
    assert incidents(fetch())["gladsaxe", "TOT", "2025K4"] == 900


# Only what is new ---------------------------------------------------------------------------------------


@pytest.fixture
def read_before(bank: Statbank, fetch: Fetch, store: Store) -> Statbank:
    """Statistics Denmark after its two quarters have been loaded."""
    store.load(fetch().incoming, by="test")
    bank.asked.clear()
    return bank


def test_nothing_is_asked_for_when_nothing_has_been_published_since(read_before: Statbank, fetch: Fetch) -> None:
    fetched = fetch()
    assert (fetched.incoming, read_before.asked) == ((), [])
    assert fetched.sentences[0] == "STRAF11: alt til og med 4. kvartal 2025 er hentet i forvejen."


def test_of_a_new_publication_only_the_new_quarter_is_loaded(read_before: Statbank, fetch: Fetch) -> None:
    add_quarter(read_before, "2026K1")
    read_before.updated = "2026-05-11T08:00:00"
    assert set(incidents(fetch(dt.date(2026, 5, 12))).index.get_level_values("period")) == {"2026K1"}


def test_a_revised_figure_in_an_old_quarter_is_loaded_alone(read_before: Statbank, fetch: Fetch) -> None:
    read_before.figures["STRAF11"]["159", "12", "2025K3"] = "95"
    read_before.updated = "2026-05-11T08:00:00"
    fetched = fetch(dt.date(2026, 5, 12))
    assert incidents(fetched).to_dict() == {("gladsaxe", "12", "2025K3"): 95}
    assert fetched.sentences[0] == "STRAF11: 1 ændret tal i kvartaler, der stod i forvejen."


def test_a_publication_without_changes_loads_nothing(read_before: Statbank, fetch: Fetch) -> None:
    read_before.updated = "2026-05-11T08:00:00"
    fetched = fetch(dt.date(2026, 5, 12))
    assert fetched.incoming == ()
    assert "STRAF11: ingen nye eller ændrede tal." in fetched.sentences


def test_the_source_says_when_it_was_read(read_before: Statbank, store: Store) -> None:
    row = store.loaded("sources").set_index("source_id").loc["dst-straf11"]
    assert (pd.Timestamp(row["retrieved"]).date(), row["coverage"]) == (TODAY, "2025K3–2025K4, 3 områder")


# What goes wrong ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault", [fails(429, Retry_After="1"), fails(500), fails(503), cut_off, chunks_cut_off, silent, dripping]
)
def test_what_may_pass_is_tried_again(bank: Statbank, fetch: Fetch, fault: Answer) -> None:
    bank.misbehave = [fault]
    assert incidents(fetch())["gladsaxe", "TOT", "2025K4"] == 900


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (fails(429), "kan ikke svare lige nu (fejl 429). Der er prøvet 3 gange. Intet er hentet."),
        (fails(500), "kan ikke svare lige nu (fejl 500)"),
        (cut_off, "blev afbrudt"),
        (chunks_cut_off, "blev afbrudt"),
        (silent, "svarer ikke"),
        (dripping, "svarer for langsomt"),
    ],
)
def test_what_does_not_pass_is_said_after_three_attempts(
    bank: Statbank, fetch: Fetch, fault: Answer, said: str
) -> None:
    bank.misbehave = [fault] * 3
    with pytest.raises(StatbankError) as error:
        fetch()
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (fails(400, b'{"errorTypeCode":"EXTRACT-NOTFOUND","message":"Tabellen blev ikke fundet"}'),
         "afviste spørgsmålet: Tabellen blev ikke fundet."),
        (fails(404, b"intet"), "afviste spørgsmålet: fejl 404."),
        (says(b"<!DOCTYPE html><title>Log p\xc3\xa5</title>", "text/html"), "en webside i stedet for tal"),
        (says(b"\r\n <html>Fejl</html>"), "en webside i stedet for tal"),
        (altered(lambda content: content.replace(b"INDHOLD", b"V\xc3\x86RDI", 1)), "har fået andre kolonner"),
        (altered(lambda content: content.replace(b";", b",")), "har fået andre kolonner"),
        (altered(lambda content: content.decode("utf-8").encode("utf-16")), "er kodet forkert"),
        (altered(lambda content: content[:-3]), "slutter midt i en linje"),
        (altered(lambda content: content.replace(b"159;12;2025K4;90", b"159;12;2025K4;9.0")), "har ikke et helt tal"),
        (altered(lambda content: content.replace(b"159;12;2025K4;90", b"161;12;2025K4;90")), "ikke er spurgt om"),
        (altered(lambda content: content.replace(b"159;12;2025K4;90", b"159;12;2025K4")), "antal felter"),
        (altered(lambda content: content + b"159;12;2025K4;90\r\n"), "gentager en tidligere linje"),
        (altered(lambda content: content.replace(b"159;TOT;2025K4;900\r\n", b"")),
         "mangler tallet i alt for område 159 i 2025K4"),
        (says(b""), "slutter midt i en linje"),
        (of_no_stated_length, "siger ikke, hvor langt det er"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_trusted_is_refused_at_once(
    bank: Statbank, fetch: Fetch, fault: Answer, said: str
) -> None:
    bank.misbehave = [fault]
    with pytest.raises(StatbankError) as error:
        fetch(patience=UNHURRIED)
    assert said in str(error.value)


def test_an_answer_without_end_is_stopped(bank: Statbank, fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LARGEST", 400)
    with pytest.raises(StatbankError, match="sendte mere end"):
        fetch()


def test_a_table_with_a_new_variable_is_not_guessed_at(bank: Statbank, fetch: Fetch) -> None:
    bank.extra_variables = {"ANMÆLD": ["1", "2"]}
    with pytest.raises(StatbankError, match="programmet skal tilpasses"):
        fetch()


def test_without_a_network_one_is_told_so(store: Store, fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRYGHED_STATBANK_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with pytest.raises(StatbankError, match="ikke forbindelse til Danmarks Statistik"):
        fetch()


def test_an_address_that_is_none_is_said(store: Store, fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRYGHED_STATBANK_URL", "statbank")
    with pytest.raises(StatbankError, match="kan ikke bruges"):
        fetch()


def test_without_municipalities_one_is_told_to_load_the_areas_first(tmp_path: Path, partnership: Partnership) -> None:
    empty = open_store(f"sqlite:///{tmp_path / 'empty.db'}")
    migrate(empty)
    with pytest.raises(StatbankError, match="Indlæs områderne først"):
        source.fetch(empty, partnership, today=TODAY)
    empty.engine.dispose()
