"""The secretariat's quarter: a file with a fault, mended, previewed and published; others are told; and back again."""

from pathlib import Path

import pandas as pd
from playwright.sync_api import Page, expect

from data.store import Store
from tests.browser.reader import choose, drawn, open_page, visit
from tests.browser.server import Server

QUARTER = "2026K1"


def quarter(store: Store) -> pd.DataFrame:
    """A new quarter as a partner sends it: last quarter's rows once more, and a heading of the partner's own."""
    rows = store.loaded("incidents").drop(columns="load_id")
    return rows[rows["period"] == "2025K4"].assign(period=QUARTER).rename(columns={"count": "Sager"})


def written(rows: pd.DataFrame, file: Path) -> Path:
    rows.to_csv(file, sep=";", index=False)
    return file


def drop(page: Page, file: Path) -> None:
    """Lay a file in the drop zone and wait until it has been checked."""
    page.locator(".st-key-quarter_drop input[type=file]").set_input_files(file)
    expect(page.locator('[class*="st-key-line_file_"]')).to_contain_text(file.name)
    drawn(page)


def alert(page: Page, words: str):  # type: ignore[no-untyped-def]
    return page.get_by_test_id("stAlert").filter(has_text=words)


def test_a_quarter_is_loaded_mended_previewed_published_seen_by_others_and_undone(
    page: Page, another_page: Page, own_server: Server, own_store: Store, tmp_path: Path
) -> None:
    page.set_default_timeout(90_000)
    another_page.set_default_timeout(90_000)
    rows = quarter(own_store)
    visit(another_page, f"{own_server.address}/udvikling")
    visit(page, own_server.address)
    page.get_by_text("Sekretariat", exact=True).click()
    expect(page.get_by_test_id("stTopNav").get_by_role("link", name="Data")).to_be_visible()
    open_page(page, "Data")

    # A file with an area nobody knows, and a column nobody has heard of.
    drop(page, written(rows.assign(area_id=["grandtoften", *rows["area_id"].iloc[1:]]), tmp_path / "kvartal.csv"))
    expect(alert(page, "2 fejl i 1 fil")).to_be_visible()
    expect(page.get_by_text("Mente du »grantoften«")).to_be_visible()
    choose(page, "Antal", "Sager")
    drawn(page)
    page.get_by_role("button", name="Brug og husk").click()
    expect(alert(page, "1 fejl i 1 fil")).to_be_visible()
    expect(page.get_by_role("button", name="Udgiv", exact=True)).to_be_disabled()

    # Mended, it replaces the first; the column is remembered.
    drop(page, written(rows, tmp_path / "kvartal.csv"))
    expect(alert(page, "Ingen fejl")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Vis, hvad der ændrer sig").click()
    expect(page.get_by_text("Nye tal: ")).to_be_visible(timeout=120_000)
    drawn(page)
    if page.get_by_text("Jeg har set på").count():
        page.get_by_text("Jeg har set på").click()
        drawn(page)
    page.get_by_label("Hvad er nyt?").fill("Første kvartal")
    page.get_by_label("Hvad er nyt?").press("Tab")
    drawn(page)
    page.get_by_role("button", name="Udgiv", exact=True).click()
    expect(alert(page, "Udgave 3 er udgivet")).to_be_visible(timeout=120_000)
    newest = own_store.newest()
    assert newest is not None
    assert (newest.id, newest.note, newest.published_by) == (3, "Første kvartal", "Sekretariat (demo)")

    # Somebody who was reading is told, and goes on with the release of before until choosing.
    expect(another_page.get_by_text("Nye tal: udgave 3")).to_be_visible(timeout=90_000)
    expect(another_page.get_by_text("Udgave 2,").first).to_be_visible()
    another_page.get_by_role("button", name="Vis de nye tal").click()
    expect(another_page.get_by_text("Udgave 3,").first).to_be_visible(timeout=90_000)
    expect(another_page.get_by_text("Nye tal: udgave 3")).to_have_count(0)

    # And back again.
    page.locator(".st-key-line_release_2").get_by_role("button", name="Gå tilbage").click()
    page.get_by_role("button", name="Ja, gå tilbage til udgave 2").click()
    expect(alert(page, "Udgave 4 er udgivet med tallene fra udgave 2")).to_be_visible()
    assert own_store.documents(4) == own_store.documents(2)
    expect(another_page.get_by_text("Nye tal: udgave 4")).to_be_visible(timeout=90_000)
