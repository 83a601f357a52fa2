"""What those who run the app ask it, and who may ask."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator

import pytest
from starlette.requests import Request
from starlette.responses import Response
from streamlit import logger as streamlit_logger

from components import session
from data import counters
from data.store import StoreUnavailableError
from data.store.verification import Damage
from server import daily_check, operations
from server.daily_check import check_now
from server.logs import JsonLines, set_up_logs
from server.operations import measures, note_wait, ready, timed, wrong_settings
from server.upkeep import Upkeep


def asked(client: str = "127.0.0.1", **headers: str) -> Request:
    """Somebody's question, from an address."""
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": raw, "client": (client, 1)})


@pytest.fixture
def newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "_newest", lambda: 7)
    monkeypatch.setattr(daily_check, "_last", None)
    monkeypatch.delenv("TRYGHED_METRICS_TOKEN", raising=False)


@pytest.fixture
def upkeep() -> Iterator[None]:
    """The figures of upkeep, which a running app registers when it begins."""
    collector = Upkeep(lambda: None)
    operations._registry.register(collector)
    yield
    operations._registry.unregister(collector)


def figures(response: Response) -> dict[str, float]:
    lines = bytes(response.body).decode().splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[:1] != "#")}


@pytest.mark.usefixtures("newest")
def test_it_is_ready_once_there_is_a_release() -> None:
    answer = asyncio.run(ready(asked()))
    assert (answer.status_code, json.loads(bytes(answer.body))) == (
        200,
        {"status": "klar", "udgave": 7, "kontrol": "ikke kørt endnu"},
    )


DAMAGE = Damage("load", "12", "Indlæsning 12 (»folketal.csv«) er beskadiget.", "Indlæsning 12 er beskadiget.")


@pytest.mark.usefixtures("newest", "upkeep")
def test_what_the_daily_check_found_is_told_and_files_are_named_to_those_who_run_the_app_alone() -> None:
    check_now(lambda: [])
    assert json.loads(bytes(asyncio.run(ready(asked())).body))["kontrol"] == "i orden"
    check_now(lambda: [DAMAGE])
    here, elsewhere = (
        json.loads(bytes(asyncio.run(ready(asked(client))).body)) for client in ("127.0.0.1", "192.0.2.7")
    )
    assert (here["status"], here["kontrol"], here["skader"]) == ("klar", "beskadiget", [DAMAGE.said])
    assert elsewhere["skader"] == [DAMAGE.said_to_all]
    assert figures(asyncio.run(measures(asked())))['tryghed_damaged{what="load"}'] == 1


@pytest.mark.usefixtures("newest", "upkeep")
def test_a_check_that_could_not_be_made_is_not_told_as_all_being_well() -> None:
    def away() -> list[Damage]:
        raise StoreUnavailableError("væk")

    check_now(away)
    here, elsewhere = (
        json.loads(bytes(asyncio.run(ready(asked(client))).body)) for client in ("127.0.0.1", "192.0.2.7")
    )
    assert (here["kontrol"], here["årsag"]) == ("kunne ikke køres", "væk")
    assert "årsag" not in elsewhere
    assert figures(asyncio.run(measures(asked())))["tryghed_check_timestamp_seconds"] == 0


def test_it_is_not_ready_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    class Away:
        def newest(self) -> None:
            raise StoreUnavailableError("væk")

    monkeypatch.setattr(session, "our_store", Away)
    monkeypatch.setattr(operations, "_newest", session.newest_release)
    assert asyncio.run(ready(asked())).status_code == 503


@pytest.mark.usefixtures("newest")
def test_a_page_is_timed_also_when_it_stops_half_way() -> None:
    name = 'tryghed_script_seconds_count{page="Prøve"}'
    before = figures(asyncio.run(measures(asked()))).get(name, 0)
    with pytest.raises(RuntimeError), timed("Prøve"):
        raise RuntimeError
    assert figures(asyncio.run(measures(asked())))[name] == before + 1


@pytest.mark.usefixtures("newest")
def test_the_wait_for_a_turn_is_counted() -> None:
    before = figures(asyncio.run(measures(asked())))["tryghed_turn_wait_seconds_sum"]
    note_wait(2.5)
    assert figures(asyncio.run(measures(asked())))["tryghed_turn_wait_seconds_sum"] == before + 2.5


@pytest.mark.usefixtures("newest")
def test_the_figures_tell_of_the_release_and_of_what_was_counted() -> None:
    name = 'tryghed_cache_requests_total{cache="answer",result="hit"}'
    before = figures(asyncio.run(measures(asked())))
    counters.count(counters.ANSWER_KEPT)
    after = figures(asyncio.run(measures(asked())))
    assert after[name] == before[name] + 1
    assert after["tryghed_release"] == 7
    assert {"tryghed_sessions", 'tryghed_failed_loads_total{what="files"}'} <= set(after)


@pytest.mark.usefixtures("newest")
@pytest.mark.parametrize(
    ("question", "status"),
    [
        (asked(), 200),
        (asked("192.0.2.7"), 404),
        (asked(x_forwarded_for="192.0.2.7"), 404),
    ],
)
def test_without_a_token_only_this_computer_itself_may_ask(question: Request, status: int) -> None:
    assert asyncio.run(measures(question)).status_code == status


@pytest.mark.usefixtures("newest")
@pytest.mark.parametrize(("told", "status"), [("Bearer rigtigt", 200), ("Bearer forkert", 404), ("", 404)])
def test_with_a_token_one_must_have_it(told: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRYGHED_METRICS_TOKEN", "rigtigt")
    assert asyncio.run(measures(asked("192.0.2.7", authorization=told))).status_code == status


def test_wrong_settings_are_explained_before_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRYGHED_LOG", "xml")
    monkeypatch.setenv("TRYGHED_MOST_SESSIONS", "-1")
    assert [reason.split()[3] for reason in wrong_settings()] == ["TRYGHED_MOST_SESSIONS", "TRYGHED_LOG"]


# The log ----------------------------------------------------------------------------------------------------------


def line_of(record: logging.LogRecord) -> dict[str, object]:
    line: dict[str, object] = json.loads(JsonLines().format(record))
    return line


def test_a_line_of_the_log_is_json_with_what_was_given_beside() -> None:
    record = logging.makeLogRecord({"name": "tryghed", "levelname": "WARNING", "msg": "slow page", "page": "Område"})
    line = line_of(record)
    assert (line["level"], line["message"], line["page"]) == ("warning", "slow page", "Område")
    assert str(line["time"]).endswith("+00:00")


def test_an_error_keeps_its_traceback_in_the_same_line() -> None:
    try:
        raise KeyError("herlev")
    except KeyError as error:
        record = logging.makeLogRecord({"msg": "fejl", "exc_info": (type(error), error, error.__traceback__)})
    assert "KeyError: 'herlev'" in str(line_of(record)["traceback"])


def test_every_logger_speaks_json_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRYGHED_LOG", "json")
    own = logging.getLogger("tryghed.prøve")
    own.addHandler(logging.StreamHandler(io.StringIO()))
    own.propagate = False
    root, stream = logging.getLogger(), io.StringIO()
    handlers, kept = root.handlers, dict(logging.Logger.manager.loggerDict)
    states = {
        name: (each.handlers, each.propagate, each.level) for name, each in kept.items() if hasattr(each, "handlers")
    }
    former = streamlit_logger.setup_formatter
    try:
        set_up_logs(stream)
        own.warning("noget skete", extra={"event": "prøve"})
    finally:
        root.handlers = handlers
        streamlit_logger.setup_formatter = former
        for name, (old, propagate, level) in states.items():
            logger = logging.getLogger(name)
            logger.handlers, logger.propagate = old, propagate
            logger.setLevel(level)
    assert json.loads(stream.getvalue())["event"] == "prøve"
