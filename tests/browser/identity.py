"""A real OpenID Connect server with accounts of ours, and the app set up to let them sign in by it."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.reader import drawn
from tests.browser.server import SECONDS_TO_START, Server, free_port, serving

# Account → the roles its identity provider claims for it.
ACCOUNTS = {
    "sekretariat@gladsaxe.example": ["Tryghed.Sekretariat"],
    "leder@gladsaxe.example": ["Tryghed.Ledelse"],
    "betjent@politi.example": ["Tryghed.Politi"],
    "formand@lokalraad.example": ["Noget.Andet", "Tryghed.Lokalraad.Gladsaxe"],
    "gaest@andetsteds.example": ["Noget.Andet"],
}
SECRETARIAT, LEADER, OFFICER, COUNCIL, STRANGER = ACCOUNTS
AUDIENCES = {
    "Tryghed.Sekretariat": "sekretariat",
    "Tryghed.Ledelse": "ledelse",
    "Tryghed.Politi": "politi",
    "Tryghed.Lokalraad.Gladsaxe": "lokalraad-gladsaxe",
}


@contextmanager
def provider(folder: Path, *options: str) -> Iterator[str]:
    """The identity provider on a port of its own, for as long as the block lasts; its address."""
    port = free_port()
    people = [
        option
        for account, roles in ACCOUNTS.items()
        for option in ("--user-claims", json.dumps({"sub": account, "preferred_username": account, "roles": roles}))
    ]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *people, *options]
    with (folder / "provider.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_it_answers(process, f"{address}/.well-known/openid-configuration")
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_until_it_answers(process: "subprocess.Popen[bytes]", address: str) -> None:
    latest = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < latest:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("The identity provider did not start.")


def secrets(folder: Path, provider_address: str, port: int, rules: Mapping[str, str]) -> Path:
    """A file of secrets as docs/sign-in.md has it."""
    file = folder / "secrets.toml"
    lines = [
        "[auth]",
        f'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"',
        'cookie_secret = "a-secret-for-tests-that-is-long-enough"',
        'client_id = "tryghedsoverblik"',
        'client_secret = "not-asked-for-by-the-mock"',
        f'server_metadata_url = "{provider_address}/.well-known/openid-configuration"',
        *(f'[[access.rules]]\nvalue = "{value}"\naudience = "{audience}"' for value, audience in rules.items()),
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


@contextmanager
def signing_in(
    database: str, folder: Path, options: Sequence[str] = (), *, of_provider: Sequence[str] = ()
) -> Iterator[Server]:
    """The app with sign-in, on a database, for as long as the block lasts."""
    port = free_port()
    with provider(folder, *of_provider) as address:
        file = secrets(folder, address, port, AUDIENCES)
        with serving(database, folder, port=port, options=["--secrets.files", str(file), *options]) as server:
            yield server


def sign_in(page: Page, account: str) -> None:
    """From the sign-in page through the identity provider to the page one was on the way to."""
    page.get_by_role("button", name="Log ind").click()
    page.get_by_role("button", name=account).click()
    drawn(page)
    expect(page.get_by_role("heading", name="Log ind", exact=True)).to_have_count(0)
