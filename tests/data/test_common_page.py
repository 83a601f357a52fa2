"""The common page: only what everybody may see comes along, by a yes that is on record and can be taken back."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.common_page import consent, contribution, from_text, least_audience, offered, to_text, withdraw
from data.intake.examination import check_files
from data.partnership import Audience, Partnership, read_partnership
from data.publishing.publish import publish
from data.settings import several
from data.store import Store, StoreError, migrate, open_store
from data.store.common import Consent, put, remove, shown
from data.store.database import writing
from data.store.events import JOINED, LEFT, logged
from data.store.schemas import COMMON_SCHEMA, COMMON_TABLE
from tests.installation import PAIR, Open
from tests.installation import installation as installation
from tests.journeys.fjordby import SETTINGS, files
from tests.postgres import PostgresServer

NOW = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def fjordby(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Partnership]]:
    """A partnership with one release: areas, residents, a survey, offences, initiatives and criteria."""
    folder = tmp_path_factory.mktemp("fjordby")
    (folder / "partnership.toml").write_text(SETTINGS, encoding="utf-8")
    for name, content in files(["population", "survey", "incidents", "initiatives", "activities", "criteria"]).items():
        (folder / name).write_bytes(content)
    partnership = read_partnership(folder / "partnership.toml")
    store = open_store(f"sqlite:///{folder / 'fjordby.db'}")
    migrate(store)
    store.load(check_files(sorted(folder.glob("*.csv")), store, partnership), by="sekretær")
    publish(store, partnership, by="sekretær", note="Første udgave")
    yield store, partnership
    store.engine.dispose()


@pytest.fixture
def pair(installation: Open) -> list[Store]:
    """Two empty partnerships of one installation."""
    return [installation(name) for name in PAIR]


def a_yes(name: str, document: str = "{}") -> Consent:
    return Consent(name, f"Trygt {name}", "Sekretariat", NOW, document)


# What comes along -----------------------------------------------------------------------------------------------------


def test_the_audience_is_the_one_that_sees_least_and_that_small_counts_are_hidden_from(
    partnership: Partnership, fjordby: tuple[Store, Partnership]
) -> None:
    found = [least_audience(each) for each in (partnership, fjordby[1])]
    assert [each.id for each in found if each] == ["offentlig", "borgerraad"]


@pytest.mark.parametrize("changed", [{"threshold": 0}, {"sees_cells": True}, {"sees": ("et-andet-sted",)}])
def test_in_doubt_no_audience_is(fjordby: tuple[Store, Partnership], changed: dict[str, object]) -> None:
    def other(audience: Audience) -> Audience:
        return replace(audience, **changed) if audience.id == "borgerraad" else audience  # type: ignore[arg-type]

    ours = fjordby[1]
    assert least_audience(replace(ours, audiences=tuple(map(other, ours.audiences)))) is None


def test_a_release_of_anybody_else_is_refused(fjordby: tuple[Store, Partnership]) -> None:
    store, partnership = fjordby
    for audience in ("sekretariat", "politi"):
        with pytest.raises(ValueError, match="only what everybody sees"):
            contribution(store.release(audience=audience), partnership)


def test_it_shows_municipalities_newest_wave_and_year_and_how_criteria_came_out(
    fjordby: tuple[Store, Partnership],
) -> None:
    told = offered(*fjordby)
    (share,), (rate,) = told.perceived, told.recorded
    assert (share.area, share.wave, share.statement) == ("Fjordby", "2025", "føler sig utrygge om aftenen")
    assert share.share == pytest.approx(0.16)
    assert (rate.area, rate.year, rate.category) == ("Fjordby", "2025", "Alle anmeldelser")
    release = fjordby[0].release(audience="borgerraad")
    assert [each.sentence for each in told.outcomes] == release.criteria["sentence"].tolist()
    assert told.is_example
    assert from_text(to_text(told)) == told


def test_a_figure_that_is_hidden_comes_along_as_a_word_and_never_as_a_number(
    fjordby: tuple[Store, Partnership],
) -> None:
    store, partnership = fjordby
    release = store.release(audience="borgerraad")
    secret = 31.4159
    hidden = release.incidents.assign(rate=secret, low=secret, high=secret, state="hidden")
    shares = release.survey.assign(share=secret, low=secret, high=secret, n=secret, state="hidden")
    told = contribution(replace(release, tables={**release.tables, "incidents": hidden, "survey": shares}), partnership)
    assert {each.state for each in (*told.perceived, *told.recorded)} == {"hidden"}
    assert str(secret) not in to_text(told)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 2}', '{"version": 1, "perceived": [{"x": 1}]}'])
def test_what_is_no_document_of_ours_is_told_as_such(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_text(text)


# A yes, and taking it back --------------------------------------------------------------------------------------------


def test_all_read_what_is_shown_and_it_is_gone_at_once_when_it_is_taken_back(pair: list[Store]) -> None:
    one, other = (store.engine for store in pair)
    put(one, a_yes(PAIR[0]))
    assert shown(other) == [a_yes(PAIR[0])]
    assert remove(one, PAIR[0])
    assert shown(other) == []
    assert not remove(one, PAIR[0])


def test_a_row_that_is_not_as_it_was_written_is_not_shown(
    pair: list[Store], tmp_path: Path, postgres: PostgresServer
) -> None:
    put(pair[0].engine, a_yes(PAIR[0]))
    if pair[0].engine.dialect.name == "sqlite":
        engine, table = sa.create_engine(f"sqlite:///{tmp_path / 'faelles.db'}"), COMMON_TABLE
    else:
        engine, table = sa.create_engine(pair[0].engine.url), f"{COMMON_SCHEMA}.{COMMON_TABLE}"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE {table} SET document = 'et andet'")
    engine.dispose()
    assert shown(pair[1].engine) == []


@pytest.mark.parametrize("installation", ["postgresql"], indirect=True)
def test_the_server_lets_nobody_write_or_remove_the_row_of_another(pair: list[Store]) -> None:
    one, other = (store.engine for store in pair)
    put(one, a_yes(PAIR[0]))
    with pytest.raises(Exception, match=r"row-level security|skrive"):
        put(other, a_yes("en-tredje"))
    assert not remove(other, PAIR[0])
    with writing(other) as connection:
        connection.exec_driver_sql(f"DELETE FROM {COMMON_SCHEMA}.{COMMON_TABLE}")
    assert [each.name for each in shown(other)] == [PAIR[0]]


def test_who_agreed_to_what_and_when_is_in_the_log_and_others_learn_the_role_alone(
    pair: list[Store], fjordby: tuple[Store, Partnership], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, partnership = pair[0], fjordby[1]
    told = offered(*fjordby)
    monkeypatch.setenv(several.NAME, PAIR[0])
    monkeypatch.setattr("data.common_page.offered", lambda *_: told)
    consent(store, partnership, by="anna@fjordby.example", role="Sekretariat", release=1)
    (row,) = shown(pair[1].engine)
    assert (row.name, row.role, from_text(row.document)) == (PAIR[0], "Sekretariat", told)
    assert "anna" not in f"{row}"
    withdraw(store, by="bo@fjordby.example")
    assert shown(pair[1].engine) == []
    lines = [(event.account, event.what, event.about) for event in reversed(logged(store.engine, 10))]
    assert lines == [
        ("anna@fjordby.example", JOINED, "udgave 1, som Borgerråd ser den"), ("bo@fjordby.example", LEFT, ""),
    ]  # fmt: skip
    assert logged(pair[1].engine, 10) == []


def test_a_yes_is_to_the_release_that_was_seen(
    pair: list[Store], fjordby: tuple[Store, Partnership], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = offered(*fjordby)
    monkeypatch.setattr("data.common_page.offered", lambda *_: replace(told, release=2))
    with pytest.raises(StoreError, match="Der er udgivet nye tal imens"):
        consent(pair[1], fjordby[1], by="anna", role="Sekretariat", release=1)
    assert shown(pair[1].engine) == []


def test_before_the_first_release_there_is_nothing_to_agree_to(pair: list[Store], partnership: Partnership) -> None:
    with pytest.raises(StoreError, match="ikke udgivet"):
        offered(pair[0], partnership)
    assert shown(pair[0].engine) == []
