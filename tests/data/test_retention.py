"""What is kept of persons for a set time only, and how a log with names taken out stays provable."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from data import clock
from data.__main__ import main
from data.backup import backup, opened_backup
from data.partnership import Partnership
from data.publishing.publish import publish
from data.store import Store
from data.store.accounts import held_about
from data.store.events import BLOTTED, logged, record
from data.store.links import LinkRecord, add_link, find_link
from data.store.retention import GONE, keep_no_longer_than, proofs
from data.store.schema import events
from data.store.submissions import Submission, add_submission, decide, find_submission
from data.store.verification import verify

NOW = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)
LONG_AGO, LATELY = NOW - dt.timedelta(days=800), NOW - dt.timedelta(days=10)
BEFORE = NOW - dt.timedelta(days=730)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> list[dt.datetime]:
    """The moment it is, which the test moves."""
    moment = [LONG_AGO]
    monkeypatch.setattr("data.clock.now", lambda: moment[0])
    return moment


@pytest.fixture
def lived_in(store: Store, at: list[dt.datetime]) -> Store:
    """A log of two years ago and of now."""
    for about in ("1", "2"):
        record(store.engine, "anna@herlev.example", "open", about)
    at[0] = LATELY
    record(store.engine, "bo@herlev.example", "open", "3")
    at[0] = NOW
    return store


def told(store: Store) -> list[tuple[int, str, str, str]]:
    return [(each.id, each.account, each.what, each.about) for each in reversed(logged(store.engine, 9))]


def test_old_lines_lose_who_and_what_about_and_keep_number_moment_and_deed(lived_in: Store) -> None:
    taken = keep_no_longer_than(lived_in.engine, BEFORE, "drift")
    assert (taken.lines, taken.links) == (2, 0)
    lines = told(lived_in)
    assert lines[:3] == [(1, GONE, "open", ""), (2, GONE, "open", ""), (3, "bo@herlev.example", "open", "3")]
    assert lines[3][1:3] == ("drift", BLOTTED)
    assert lines[3][3].startswith("1-2: ")
    assert verify(lived_in.engine) == []


def test_a_second_time_takes_nothing_and_writes_nothing(lived_in: Store) -> None:
    keep_no_longer_than(lived_in.engine, BEFORE, "drift")
    lines = told(lived_in)
    assert keep_no_longer_than(lived_in.engine, BEFORE, "drift").lines == 0
    assert told(lived_in) == lines


@pytest.mark.parametrize(
    "change",
    ["account = 'en anden'", "account = 'slettet', about = '', what = 'publish'", "account = 'slettet'",
     "account = 'slettet', about = '', id = 99"],
)  # fmt: skip
def test_the_database_lets_a_line_be_blotted_and_nothing_else(lived_in: Store, change: str) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="only be added"), lived_in.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE events SET {change} WHERE id = 1")
    with pytest.raises(sa.exc.DBAPIError, match="only be added"), lived_in.engine.begin() as connection:
        connection.execute(events.delete())


def test_names_taken_out_behind_our_back_are_found(lived_in: Store) -> None:
    with lived_in.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE events SET account = 'slettet', about = '' WHERE id = 1")
    assert [each.number for each in verify(lived_in.engine)] == ["1"]


def test_a_backup_from_before_proves_that_only_names_were_taken_out(lived_in: Store, tmp_path: Path) -> None:
    backup(lived_in, tmp_path / "foer.db")
    keep_no_longer_than(lived_in.engine, BEFORE, "drift")
    with opened_backup(tmp_path / "foer.db") as earlier:
        assert proofs(lived_in.engine, earlier.engine) == [("1-2", True)]
    backup(lived_in, tmp_path / "efter.db")
    with opened_backup(tmp_path / "efter.db") as later:
        assert proofs(lived_in.engine, later.engine) == [("1-2", False)]


def test_links_that_had_expired_and_what_was_decided_by_then_are_deleted(
    own_store: Store, at: list[dt.datetime]
) -> None:
    ends = {"gammelt": BEFORE - dt.timedelta(days=1), "nyt": NOW}
    for name, end in ends.items():
        add_link(own_store.engine, LinkRecord(name, LONG_AGO, "anna", "", "", 1, "ledelse", end, "Til mødet"))
    add_submission(
        own_store.engine, Submission("a" * 12, "sted", "hjortegaarden", "lokalraad-herlev", LONG_AGO.date(), {})
    )
    decide(own_store.engine, "a" * 12, taken=False, by="anna", reason="Kendt")
    at[0] = NOW
    taken = keep_no_longer_than(own_store.engine, BEFORE, "drift")
    assert (taken.links, taken.submissions) == (1, 1)
    assert find_link(own_store.engine, "gammelt") is None
    assert find_link(own_store.engine, "nyt") is not None
    assert find_submission(own_store.engine, "a" * 12) is None
    assert verify(own_store.engine) == []


@pytest.mark.parametrize(("months", "draft", "account"), [(24, False, GONE), (24, True, "anna"), (0, False, "anna")])
def test_a_release_that_is_published_takes_out_what_the_settings_let_go(
    own_store: Store, partnership: Partnership, at: list[dt.datetime], months: int, draft: bool, account: str
) -> None:
    record(own_store.engine, "anna", "open", "1")
    own = next(each for each in logged(own_store.engine, 9) if each.account == "anna")
    at[0] = NOW
    asked = replace(partnership, personal_data=replace(partnership.personal_data, keep_months=months))
    publish(own_store, asked, by="drift", draft=draft)
    assert next(each.account for each in logged(own_store.engine, 99) if each.id == own.id) == account


def test_everything_about_one_account_is_told_and_nothing_about_another(lived_in: Store) -> None:
    held = held_about(lived_in.engine, "anna@herlev.example")
    assert [row["about"] for row in held["log"]] == ["1", "2"]
    assert held["links"] == held["udgaver"] == []
    assert held_about(lived_in.engine, "ingen") == {name: [] for name in held}


def test_the_commands_say_what_they_did(
    own_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", str(own_store.engine.url))
    record(own_store.engine, "anna@herlev.example", "open", "1")
    assert main(["account", "anna@herlev.example", "-o", str(tmp_path / "anna.json")]) == 0
    assert json.loads((tmp_path / "anna.json").read_text("utf-8"))["log"][0]["what"] == "open"
    assert main(["retention"]) == 1  # the example keeps its log without end
    assert "keep_months" in capsys.readouterr().err
    assert main(["retention", "--months", "1"]) == 0
    assert "Intet er ældre" in capsys.readouterr().out
    assert clock.now() >= NOW
