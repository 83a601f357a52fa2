"""Hints for a first visit: one on a page, put away for good, and remembered by the reader's own browser."""

import pytest
from streamlit.testing.v1 import AppTest

from components.hints import COOKIE, HINTS
from tests.pages.conftest import Open, seen

HAS_ITS_OWN = ("Overblik", "Tryghedskort", "Udvikling", "Område", "Om tallene")


def hints(page: AppTest) -> list[str]:
    said = {text: name for name, text in HINTS.items()}
    shown = [seen(each.value).removeprefix(":material/lightbulb: ") for each in page.markdown]
    return [said[each] for each in shown if each in said]


@pytest.mark.parametrize("title", HAS_ITS_OWN)
def test_a_first_visit_gets_one_hint(open_page: Open, title: str) -> None:
    assert len(hints(open_page(title))) == 1


def test_a_hint_that_is_put_away_is_gone_and_the_others_stay(open_page: Open) -> None:
    page = open_page("Område")
    page.button(key="hide_hint_omraade").click().run()
    assert hints(page) == []
    page.switch_page("../pages/trends.py").run()
    assert hints(page) == ["udvikling"]


@pytest.mark.parametrize(("cookie", "left"), [("kort.omraade", []), ("kort", ["omraade"]), ("<b>.ukendt", ["omraade"])])
def test_what_was_put_away_on_an_earlier_visit_stays_away(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, cookie: str, left: list[str]
) -> None:
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", {COOKIE: cookie})
    assert hints(open_page("Område")) == left
