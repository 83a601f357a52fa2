"""A resident tells of a place from the area's page on a phone, and finds it there once the secretariat has read it."""

import io
from collections.abc import Iterator

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.reader import drawn, look_as
from tests.browser.server import Server
from tests.browser.test_accessibility import AXE, RULES, RUN
from tests.browser.test_on_paper import A_PAGE

AREA = "/omraade/hjortegaarden"


@pytest.fixture
def resident(browser: Browser) -> Iterator[Page]:
    """A phone without script."""
    context = browser.new_context(locale="da-DK", viewport={"width": 390, "height": 844}, java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_a_place_is_told_of_without_script_moderated_and_then_seen(
    resident: Page, page: Page, own_server: Server
) -> None:
    resident.goto(f"{own_server.address}{AREA}")
    resident.get_by_text("Meld et utrygt sted", exact=True).click()
    resident.get_by_label("Hvad slags sted er det?").select_option("legeplads")
    resident.get_by_label("Hvad gør stedet utrygt?").fill("Her står Jens Hansen")
    resident.get_by_role("button", name="Send meldingen").click()
    expect(resident.get_by_role("alert")).to_contain_text("et navn")
    field = resident.get_by_label("Hvad gør stedet utrygt?")
    expect(field).to_have_value("Her står Jens Hansen")
    field.fill("Lampen ved gyngerne er gået")
    resident.get_by_role("button", name="Send meldingen").click()
    expect(resident.get_by_role("status")).to_contain_text("Tak for meldingen")
    assert "Lampen ved gyngerne" not in resident.content()

    page.goto(f"{own_server.address}/moede?del=handlinger")
    drawn(page)
    expect(page.get_by_text("Til godkendelse")).to_have_count(0)  # the leadership does not moderate
    look_as(page, "Sekretariat", "Møde")
    expect(page.get_by_role("heading", name="Til godkendelse (1)")).to_be_visible()
    expect(page.get_by_text("Lampen ved gyngerne er gået")).to_be_visible()
    page.get_by_role("button", name="Godkend").click()
    expect(page.get_by_text("Det er godkendt")).to_be_visible()

    before = resident.get_by_text("Legeplads", exact=True).count()
    resident.goto(f"{own_server.address}{AREA}")
    assert resident.get_by_text("Legeplads", exact=True).count() == before + 1


def test_a_proposal_is_made_moderated_and_then_seen_with_what_was_answered(
    resident: Page, page: Page, own_server: Server
) -> None:
    resident.goto(f"{own_server.address}{AREA}")
    resident.get_by_text("Foreslå noget", exact=True).click()
    resident.get_by_label("Forslaget på én linje").fill("Lys på stien ved søen")
    resident.get_by_label("Hvad, hvor og hvorfor").fill("Fem lamper mere, så man kan se hele vejen hjem")
    resident.get_by_role("button", name="Send forslaget").click()
    expect(resident.get_by_role("status")).to_contain_text("Tak for forslaget")
    assert "Lys på stien ved søen" not in resident.content()

    page.goto(f"{own_server.address}/moede?del=handlinger")
    drawn(page)
    look_as(page, "Sekretariat", "Møde")
    expect(page.get_by_text("Lys på stien ved søen")).to_be_visible()
    page.get_by_role("button", name="Godkend").click()
    expect(page.get_by_text("Det er godkendt")).to_be_visible()

    resident.goto(f"{own_server.address}{AREA}")
    expect(resident.get_by_text("Lys på stien ved søen")).to_be_visible()


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("media", ["screen", "print"])
def test_a_phone_that_reads_the_code_comes_to_the_same_page(page: Page, server: Server, look: str, media: str) -> None:
    page.emulate_media(color_scheme=look, media=media)  # type: ignore[arg-type]
    page.goto(f"{server.address}{AREA}")
    seen = Image.open(io.BytesIO(page.locator(".qr svg").screenshot()))
    assert [each.text for each in zxingcpp.read_barcodes(seen)] == [page.url]


def test_the_notice_for_the_stairwell_is_one_sheet_with_its_code_at_the_top(page: Page, server: Server) -> None:
    page.goto(f"{server.address}{AREA}")
    assert len(A_PAGE.findall(page.pdf(format="A4", prefer_css_page_size=True))) == 2  # the two sides of a sheet
    page.emulate_media(media="print")
    code, heading = page.locator(".qr svg").bounding_box(), page.locator("h1").bounding_box()
    assert code is not None
    assert heading is not None
    assert code["y"] < 100
    assert code["x"] >= heading["x"] + heading["width"]


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_and_its_forms_keep_the_rules(browser: Browser, server: Server, look: str, width: int) -> None:
    context = browser.new_context(
        locale="da-DK", viewport={"width": width, "height": 900}, color_scheme=look, bypass_csp=True  # type: ignore[arg-type]
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"{server.address}{AREA}")
    for fold in ("Foreslå noget", "Meld et utrygt sted"):
        page.get_by_text(fold, exact=True).click()
    page.get_by_label("Forslaget på én linje").fill("Jens Hansen")
    page.get_by_label("Hvad, hvor og hvorfor").fill("Lys")
    page.get_by_role("button", name="Send forslaget").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.evaluate(AXE)
    assert page.evaluate(RUN, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("address", ["/was", "/kilder", "/persondata"])
def test_the_statement_the_credits_and_the_record_keep_the_rules(
    browser: Browser, server: Server, look: str, width: int, address: str
) -> None:
    context = browser.new_context(
        locale="da-DK", viewport={"width": width, "height": 900}, color_scheme=look, bypass_csp=True  # type: ignore[arg-type]
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"{server.address}{address}")
    page.evaluate(AXE)
    assert page.evaluate(RUN, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
