"""Two partnerships on one host, signed in to with one account: what opens one opens nothing in the other."""

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import pytest
from playwright.sync_api import Page, expect

from data.intake.examination import check_files
from data.partnership import read_partnership
from data.publishing.publish import publish
from data.settings import several
from data.store import migrate, open_store
from tests.browser.identity import LEADER, provider, secrets, sign_in
from tests.browser.reader import visit
from tests.browser.server import Server, free_port, serving
from tests.copies import copied
from tests.journeys.fjordby import SETTINGS, files

ROLE = "Tryghed.Ledelse"
AUDIENCES = {"fjordby": "Sekretariat", "sydby": "Borgerråd"}
IDS = {"Sekretariat": "sekretariat", "Borgerråd": "borgerraad"}


def published(folder: Path) -> str:
    """The address of a database with one release of a survey."""
    (folder / "partnership.toml").write_text(SETTINGS, encoding="utf-8")
    for name, content in files(["survey"]).items():
        (folder / name).write_bytes(content)
    partnership, store = read_partnership(folder / "partnership.toml"), open_store(f"sqlite:///{folder / 'one.db'}")
    migrate(store)
    store.load(check_files(sorted(folder.glob("*.csv")), store, partnership), by="test")
    publish(store, partnership, by="test")
    store.engine.dispose()
    return str(store.engine.url)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Server]]:
    """Both, with one client at one identity provider; the leader's role is another audience in each."""
    folder = tmp_path_factory.mktemp("pair")
    database = published(folder)
    with ExitStack() as stack:
        address = stack.enter_context(provider(folder))
        running = {}
        for name, audience in AUDIENCES.items():
            own, port = folder / name, free_port()
            own.mkdir()
            (own / "partnership.toml").write_text(SETTINGS, encoding="utf-8")
            rule = f'[[rules]]\nvalue = "{ROLE}"\naudience = "{IDS[audience]}"\n'
            (own / "access.toml").write_text(rule, encoding="utf-8")
            copied(database, own / "tryghedsoverblik.db")
            shared = secrets(own, address, port, {ROLE: "politi"})  # who comes in there counts for none of them
            options = ["--secrets.files", str(shared)]
            with mock.patch.dict(os.environ, {several.FOLDER: str(folder), several.NAME: name}):
                running[name] = stack.enter_context(serving("", own, port=port, options=options, below=f"/{name}"))
        yield running


def test_one_account_is_let_in_by_each_of_them_as_that_one_says(page: Page, pair: dict[str, Server]) -> None:
    for name, audience in AUDIENCES.items():
        visit(page, f"{pair[name].address}/udvikling")  # the cookie of the first is worth nothing at the second
        expect(page.get_by_role("heading", name="Log ind", exact=True)).to_have_count(1)
        sign_in(page, LEADER)
        assert page.url.startswith(f"{pair[name].address}/")
        expect(page.get_by_test_id("stMain")).to_contain_text(re.compile(f"Logget ind som leder.*{audience}"))
    kept = {(cookie["name"], cookie["path"]) for cookie in page.context.cookies()}
    assert {path for _, path in kept} == {f"/{name}" for name in AUDIENCES}


def test_a_cookie_carried_over_by_hand_opens_nothing(page: Page, pair: dict[str, Server]) -> None:
    first, second = pair.values()
    visit(page, f"{first.address}/")
    sign_in(page, LEADER)
    stolen = [{**cookie, "path": "/sydby"} for cookie in page.context.cookies()]
    page.context.add_cookies(stolen)  # type: ignore[arg-type]
    visit(page, f"{second.address}/")
    expect(page.get_by_role("heading", name="Log ind", exact=True)).to_have_count(1)


def test_who_signs_out_of_one_stays_in_the_other(page: Page, pair: dict[str, Server]) -> None:
    first, second = pair.values()
    for server in (first, second):
        visit(page, f"{server.address}/")
        sign_in(page, LEADER)
    page.get_by_role("button", name="Log ud").click()
    page.wait_for_url(re.compile("end_session"))
    visit(page, f"{second.address}/")
    expect(page.get_by_role("heading", name="Log ind", exact=True)).to_have_count(1)
    visit(page, f"{first.address}/")
    expect(page.get_by_test_id("stMain")).to_contain_text("Logget ind som leder")
