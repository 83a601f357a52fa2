"""The head of every page has the mark and the product's own name."""

from xml.etree import ElementTree

from data.partnership import PRODUCT
from drawings.logo import STATIC, logo, logo_picture


def test_our_own_name_is_the_drawn_logo() -> None:
    assert logo(PRODUCT, dark=False) == str(STATIC / "logo.svg")
    assert logo(PRODUCT, dark=True) == str(STATIC / "logo-dark.svg")


def test_another_name_stands_beside_the_same_mark_and_is_what_is_read_aloud() -> None:
    drawn = ElementTree.fromstring(logo("Trygt Nordby & <omegn>", dark=True))
    texts = [each.text for each in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["Trygt Nordby & <omegn>"]
    assert drawn.attrib["aria-label"] == "Trygt Nordby & <omegn>"
    assert len(list(drawn.iter("{http://www.w3.org/2000/svg}path"))) == 2


def test_a_long_name_makes_the_logo_wider() -> None:
    short, long = (ElementTree.fromstring(logo(name, dark=False)).attrib for name in ("Nord", "Trygt Nordby i alt"))
    assert int(short["width"]) < int(long["width"])


def test_before_any_script_our_own_logo_is_fetched_and_another_name_stands_in_the_page_itself() -> None:
    assert 'src="./app/static/logo.svg" alt="Tryghedsoverblik" width="197" height="28"' in logo_picture(
        PRODUCT, "./app/static"
    )
    other = logo_picture("Trygt Nordby", "./app/static")
    assert "logo.svg" not in other
    assert 'src="data:image/svg+xml;base64,' in other
    assert 'alt="Trygt Nordby"' in other
