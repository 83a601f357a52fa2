"""»Alle kriterier« in a browser: opened, sorted and followed to the goal in three clicks."""

from playwright.sync_api import Page, expect

from tests.browser.reader import visit
from tests.browser.server import Server


def test_the_goal_with_the_last_deadline_is_three_clicks_away(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/indsatser")
    page.locator(".st-key-all_criteria summary").click()
    table = page.get_by_role("table", name="Alle kriterier")
    table.get_by_role("button", name="Frist").click()
    expect(table.get_by_role("columnheader", name="Frist")).to_have_attribute("aria-sort", "descending")
    deadlines = [each.split("\n")[-1] for each in table.locator('td[data-title="Frist"]').all_inner_texts()]
    assert deadlines == sorted(deadlines, reverse=True)
    wanted = table.locator("tbody tr").first.get_attribute("data-area")
    table.get_by_role("link").first.click()
    expect(page.locator(f".st-key-criterion_row_{wanted}")).to_be_in_viewport()
