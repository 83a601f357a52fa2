"""When the app refuses to start, how failures are limited, and what the log keeps to itself."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from server import private_settings, start_up
from server.access_log import keep_secrets_out, without_secrets
from server.rate_limits import LONGEST, STEP, Slowdown
from server.start_up import is_loopback, reasons_not_to_start

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("address", ["127.0.0.1", "127.5.5.5", "localhost", "::1", "[::1]"])
def test_the_demo_starts_on_this_computer(address: str) -> None:
    assert is_loopback(address)
    assert reasons_not_to_start(address) == []


@pytest.mark.parametrize(
    "address", [None, "", " ", "0.0.0.0", "::", "192.0.2.1", "tryghed.example.dk", "unix:///tmp/a", "localhost.ond.dk"]
)
def test_without_sign_in_no_other_address_is_started_on(address: str | None) -> None:
    (reason,) = reasons_not_to_start(address)
    assert "ikke sat login op" in reason


def test_the_server_says_why_and_stops() -> None:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "0.0.0.0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode != 0
    assert "Appen starter ikke" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, dict[str, object]]]:
    """Sign-in as it should be set up."""
    stated: dict[str, dict[str, object]] = {
        "auth": {"redirect_uri": "https://tryghed.example.dk/oauth2callback", "cookie_secret": "k" * 40},
        "access": {"rules": [{"value": "Politi", "audience": "politi"}]},
    }
    readers = (private_settings.our_access, private_settings.link_keys)
    monkeypatch.setattr(private_settings, "section", lambda name: stated.get(name, {}))
    for reader in readers:
        reader.cache_clear()
    yield stated
    for reader in readers:
        reader.cache_clear()


def test_with_sign_in_any_address_is_started_on(settings: dict[str, dict[str, object]]) -> None:
    assert start_up.reasons_not_to_start("0.0.0.0") == []


@pytest.mark.parametrize(
    ("section", "key", "value", "said"),
    [("auth", "cookie_secret", "", "mangler »cookie_secret«"), ("auth", "cookie_secret", "kort", "kortere end 32"),
     ("access", "rules", [], "ingen regler"),
     ("access", "rules", [{"value": "x", "audience": "alle"}], "»alle«, som ikke findes")],
)  # fmt: skip
def test_half_a_sign_in_is_refused(
    settings: dict[str, dict[str, object]], section: str, key: str, value: object, said: str
) -> None:
    settings[section][key] = value
    assert any(said in reason for reason in start_up.reasons_not_to_start("127.0.0.1"))


def test_who_fails_often_waits_longer_and_longer_until_it_is_forgotten() -> None:
    moment = [0.0]
    limit = Slowdown(free=2, window=60, clock=lambda: moment[0])
    waits = []
    for _ in range(5):
        waits.append(limit.seconds("a"))
        limit.failed("a")
    assert waits == pytest.approx([0, 0, 0, STEP, 2 * STEP])
    assert limit.seconds("b") == 0
    moment[0] = 61
    assert limit.seconds("a") == 0


def test_nobody_waits_longer_than_a_moment_however_often_an_address_has_failed() -> None:
    limit = Slowdown(free=2)
    for _ in range(10_000):
        limit.failed("a")
    assert limit.seconds("a") == LONGEST


def test_no_more_clients_are_remembered_than_there_is_room_for() -> None:
    limit = Slowdown(free=0, most_clients=5)
    for number in range(1_000):
        limit.failed(str(number))
    assert [limit.seconds(str(number)) > 0 for number in (0, 994, 995, 999)] == [False, False, True, True]


def test_a_line_of_the_log_says_no_secret() -> None:
    line = "GET /omraade?omraade=herlev&delt=1.abc-_d.e HTTP/1.1"
    assert without_secrets(line) == "GET /omraade?omraade=herlev&delt=… HTTP/1.1"
    assert without_secrets("/oauth2callback?code=a&state=b") == "/oauth2callback?code=…&state=…"


def test_the_servers_own_log_is_kept_clean(caplog: pytest.LogCaptureFixture) -> None:
    server = logging.getLogger("uvicorn.access")
    before = list(server.filters)
    keep_secrets_out()
    try:
        with caplog.at_level(logging.INFO, "uvicorn.access"):
            server.info('%s - "%s"', "127.0.0.1", "GET /?delt=1.hemmeligt")
        assert "hemmeligt" not in caplog.text
    finally:
        server.filters = before
