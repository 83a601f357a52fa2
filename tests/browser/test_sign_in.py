"""Signing in by a real identity provider: who comes in, who does not, where one lands, and what is shut till then."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.identity import COUNCIL, LEADER, STRANGER, sign_in, signing_in
from tests.browser.reader import text, title, visit
from tests.browser.server import Server


@pytest.fixture(scope="module")
def guarded(shipped_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with signing_in(shipped_database, tmp_path_factory.mktemp("guarded")) as server:
        yield server


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_who_has_not_signed_in_sees_the_sign_in_page_alone(page: Page, guarded: Server) -> None:
    visit(page, f"{guarded.address}/omraade?omraade=vaerebro-park")
    expect(title(page)).to_have_text("Log ind")
    assert "Værebro" not in text(page)
    expect(page.get_by_test_id("stTopNav").get_by_role("link")).to_have_count(0)


def test_after_signing_in_one_lands_on_the_view_one_came_for(page: Page, guarded: Server) -> None:
    visit(page, f"{guarded.address}/omraade?omraade=vaerebro-park&emne=tillid_til_politiet")
    sign_in(page, LEADER)
    expect(title(page)).to_contain_text("Værebro Park")
    assert urlsplit(page.url).path == "/omraade"
    assert "emne=tillid_til_politiet" in page.url
    expect(page.get_by_test_id("stMain")).to_contain_text(re.compile("Logget ind som leder.*Ledelse"))


def test_the_identity_is_kept_in_cookies_that_scripts_cannot_read(page: Page, guarded: Server) -> None:
    visit(page, f"{guarded.address}/")
    sign_in(page, LEADER)
    kept = {cookie["name"]: cookie for cookie in page.context.cookies() if cookie["name"].startswith("_streamlit_user")}
    assert kept
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in kept.values())


def test_each_account_sees_the_pages_of_its_audience(page: Page, guarded: Server) -> None:
    visit(page, f"{guarded.address}/hotspots")
    sign_in(page, COUNCIL)
    expect(title(page)).not_to_contain_text("Hotspots")
    expect(page.get_by_test_id("stTopNav").get_by_role("link", name="Hotspots")).to_have_count(0)
    expect(page.get_by_test_id("stMain")).to_contain_text("Lokalråd Gladsaxe")


def test_an_account_that_no_rule_names_is_told_what_to_do(page: Page, guarded: Server) -> None:
    visit(page, f"{guarded.address}/udvikling")
    sign_in(page, STRANGER)
    expect(title(page)).to_have_text("Din konto har ikke adgang endnu")
    assert STRANGER in text(page).replace("\u2060", "")


def test_who_has_signed_out_has_to_sign_in_again(page: Page, guarded: Server) -> None:
    visit(page, f"{guarded.address}/udvikling")
    sign_in(page, LEADER)
    page.get_by_role("button", name="Log ud").click()
    page.wait_for_url(re.compile("end_session"))
    visit(page, f"{guarded.address}/udvikling")
    expect(title(page)).to_have_text("Log ind")
    assert not [cookie for cookie in page.context.cookies() if cookie["name"].startswith("_streamlit_user")]


@pytest.mark.parametrize(
    "address",
    ["/media/0.csv", "/_stcore/metrics", "/_stcore/upload_file/a/b", "/_stcore/agent/openapi.json", "/component/x/y"],
)
def test_what_is_not_the_way_in_is_not_answered_without_a_session(address: str, guarded: Server) -> None:
    assert status(guarded.address + address) == 401


@pytest.mark.parametrize("address", ["/sundhed", "/_stcore/health", "/", "/udvikling", "/app/static/icon.png"])
def test_the_way_in_and_what_holds_no_figures_is_answered_to_all(address: str, guarded: Server) -> None:
    assert status(guarded.address + address) == 200


def test_a_download_goes_to_who_has_signed_in_and_to_nobody_else(
    page: Page, another_page: Page, guarded: Server
) -> None:
    visit(page, f"{guarded.address}/tryghedskort")
    sign_in(page, LEADER)
    with page.expect_download() as download:
        page.get_by_text("Vis tallene som tabel").first.click()
        page.get_by_role("button", name="Hent som CSV").first.click()
    address = download.value.url
    assert "/media/" in address
    assert page.context.request.get(address).status == 200
    assert another_page.context.request.get(address).status == 401


def test_the_server_does_not_log_what_opens_doors(page: Page, guarded: Server) -> None:
    visit(page, f"{guarded.address}/udvikling?delt=1.secret-of-a-link")
    assert "secret-of-a-link" not in guarded.said()
    assert not re.search(r"[?&](code|provider)=[^…\s]", guarded.said())
