"""The journey of a criterion: it can never be decided, is mended and adopted, a wave comes, and its status is said."""

from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from data.entries import standing
from data.partnership import Partnership
from data.publishing.publish import publish
from data.records import records
from data.release import Release
from data.sentences import criterion_goal
from data.store import Incoming, Store
from tests.browser.reader import add, choose, drawn, text, title, unfold, visit
from tests.browser.server import Server

AREA, NAME, INITIATIVE = "vaerebro-park", "Værebro Park", "tryghedsvandringer"
TRYG = "tryg_i_nabolag"


def of_area(store: Store, wave: str) -> float:
    rows = store.release(audience="ledelse").survey
    rows = rows[(rows["area_id"] == AREA) & (rows["indicator"] == TRYG) & (rows["wave"] == wave)]
    return float(rows["share"].iloc[0])


def next_wave(store: Store, partnership: Partnership, share: float) -> Release:
    """A wave 2026 is loaded, in which so many feel safe in the area, and published."""
    rows = store.loaded("survey").drop(columns="load_id")
    wave = rows[rows["wave"] == "2025"].assign(wave="2026")
    mine = (wave["area_id"] == AREA) & (wave["indicator"] == TRYG)
    wave.loc[mine, "share"] = share
    store.load([Incoming("survey", wave, "tryghed_2026.csv", "1" * 64)], by="test")
    publish(store, partnership, by="test")
    return store.release(audience="ledelse")


def one(table: pd.DataFrame, column: str, value: str) -> dict[str, Any]:
    """The one row of a table with that value."""
    (row,) = records(table[table[column] == value])
    return row


def said(page: Page) -> str:
    """What stands on the page, on one line and without word joiners."""
    return " ".join(text(page).replace("\u2060", "").split())


def fill(page: Page, label: str, value: str) -> None:
    """Type in a field and leave it."""
    field = page.get_by_label(label, exact=True)
    field.fill(value)
    field.press("Tab")


def open_row(page: Page, server: Server) -> None:
    """Indsatser with the initiative opened in place."""
    visit(page, f"{server.address}/indsatser")
    page.locator(f".st-key-row_{INITIATIVE} summary").click()
    opened = page.locator(f".st-key-initiative_{INITIATIVE}")
    expect(opened.get_by_role("button", name="Nyt kriterium")).to_be_visible()
    drawn(page)


def test_a_criterion_is_warned_against_mended_adopted_and_judged(
    page: Page, own_server: Server, own_store: Store, partnership: Partnership
) -> None:
    page.set_default_timeout(60_000)  # Indsatser draws every picture anew after a release.
    known = set(standing(own_store, "criteria")["criterion_id"])
    now = of_area(own_store, "2025")

    open_row(page, own_server)
    page.locator(f".st-key-initiative_{INITIATIVE}").get_by_role("button", name="Nyt kriterium").click()
    expect(title(page)).to_have_text("Nyt kriterium")
    drawn(page)
    add(page, "Områder", NAME)
    drawn(page)
    choose(page, "Frist", "2030")
    fill(page, "Mål (pct.)", str(round(100 * now) + 2))

    expect(page.get_by_test_id("stAlert").filter(has_text="Kriteriet kan aldrig afgøres")).to_be_visible()
    page.get_by_role("button", name="Sæt et mål længere væk").click()
    expect(page.get_by_test_id("stAlert").filter(has_text="Kriteriet kan afgøres")).to_be_visible()
    fill(page, "Stillet af", "Arbejdsgruppen for trygge steder")
    page.get_by_role("button", name="Vedtag").click()
    expect(page.get_by_text("Vedtaget. Kommer med i næste udgave")).to_be_visible()

    rows = standing(own_store, "criteria")
    (adopted,) = records(rows[~rows["criterion_id"].isin(known)])
    open_row(page, own_server)
    expect(page.locator(f".st-key-pending_{adopted['criterion_id']}")).to_contain_text("venter på næste udgave")

    publish(own_store, partnership, by="test")
    released = next_wave(own_store, partnership, adopted["target"] + 0.03)
    judged = one(released.criteria, "criterion_id", adopted["criterion_id"])
    assert (judged["value_period"], judged["value"]) == ("2026", pytest.approx(adopted["target"] + 0.03))
    moved = one(released.tables["changes"], "subject", adopted["criterion_id"])
    assert moved["sentence"].endswith(judged["sentence"])

    open_row(page, own_server)
    expect(page.locator(f".st-key-pending_{adopted['criterion_id']}")).to_have_count(0)
    assert criterion_goal(judged) in said(page)
    assert judged["sentence"].removeprefix(criterion_goal(judged)).strip() in said(page)
    visit(page, f"{own_server.address}/")
    unfold(page)
    assert moved["sentence"] in said(page)
    visit(page, f"{own_server.address}/omraade?omraade={AREA}")
    assert judged["sentence"] in said(page)
    visit(page, f"{own_server.address}/moede")
    # A meeting to come whose agenda has no figures offers them at once.
    expect(page.locator(".st-key-choose_figures input").first).to_be_attached()
    drawn(page)
    offered = page.locator(".st-key-choose_figures .picker").text_content()
    assert moved["sentence"] in (offered or "").replace("\u2060", "")
