"""The document that a shared link opens: whole, light, without a script, and for its receivers alone."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from components.sharing import light_page as module
from components.sharing.light_page import light_page
from data.partnership import Partnership
from data.sharing import Made, share
from data.store import Store
from data.store.links import find_link, revoke_link
from data.views.view import View
from server.light_pages import Asked

KEYS = ("n" * 40,)


@pytest.fixture
def store(own_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    for name, value in (("our_store", lambda: own_store), ("link_keys", lambda: KEYS),
                        ("is_sign_in_configured", lambda: False)):  # fmt: skip
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr("components.entrance.is_sign_in_configured", lambda: False)
    return own_store


def shared(store: Store, partnership: Partnership, receiver: str = "lokalraad-gladsaxe", page: str = "omraade") -> Made:
    return share(
        store, partnership, sender=partnership.audience("ledelse"), by="leder", page=page,
        view=View(areas=("vaerebro-park",), indicator="tillid_til_politiet"), release=2, receiver=receiver, days=7,
        note="Se her <b>", keys=KEYS,
    )  # fmt: skip


def asked(made: Made, page: str = "omraade", form: str = "", counts: bool = True) -> Asked:
    return Asked(page, made.token, {}, form, counts)


class Shape(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href", "srcset") and tag != "a"]


def test_it_says_what_it_is_and_what_the_page_says_in_150_kb(store: Store, partnership: Partnership) -> None:
    made = light_page(asked(shared(store, partnership)))
    assert made is not None
    html = made.content.decode()
    assert len(made.content) <= 150_000
    for said in ("Delt visning: Område · Værebro Park", "Lokalråd Gladsaxe", "Tallene er fra udgave 2",
                 "»Se her &lt;b&gt;«",
                 "ny undersøgelse", "Kilde", "eksempeldata", "Åbn i Tryghedsoverblik", "Hent som PDF"):  # fmt: skip
        assert said in html, said


def headings(html: str) -> list[str]:
    return re.findall(r"<h2>(.*?)</h2>", html)


def test_a_council_meets_its_own_area_first(store: Store, partnership: Partnership) -> None:
    about = light_page(asked(shared(store, partnership)))
    overview = light_page(asked(shared(store, partnership, page=""), page=""))
    assert about is not None
    assert overview is not None
    assert headings(about.content.decode())[0] == "Dit område: Værebro Park"
    html = overview.content.decode()
    assert headings(html)[0] == "Dine områder"
    own = html.partition("<h2>Dine områder</h2>")[2].partition("<h2>")[0]
    assert "ud af ti" in own
    assert "Værebro Park" in own
    assert "Grantoften" not in own  # which lies in another municipality


def test_nobody_elses_page_calls_an_area_theirs(store: Store, partnership: Partnership) -> None:
    for receiver in ("ledelse", "offentlig"):
        for page in ("omraade", ""):
            made = light_page(asked(shared(store, partnership, receiver=receiver, page=page), page=page))
            assert made is not None
            assert not [each for each in headings(made.content.decode()) if each.startswith(("Dit", "Dine"))]


def test_a_shared_overview_has_the_board_itself_in_150_kb(store: Store, partnership: Partnership) -> None:
    made = light_page(asked(shared(store, partnership, page=""), page=""))
    assert made is not None
    assert len(made.content) <= 150_000
    html = made.content.decode()
    assert '<table class="board"' in html
    assert html.count('class="spark"') > 3
    assert "<a href" not in html.partition('class="board"')[2].partition("</table>")[0]  # nobody is led out of the link


def test_it_needs_no_script_and_fetches_nothing(store: Store, partnership: Partnership) -> None:
    made = light_page(asked(shared(store, partnership)))
    assert made is not None
    html = made.content.decode()
    shape = Shape(html)
    assert {"h1", "h2", "table", "svg", "details"} <= set(shape.tags)
    assert not {"script", "link", "iframe", "img"} & set(shape.tags)
    assert [each for each in shape.fetched if not each.startswith("#")] == []
    assert not re.search(r"<[^>]+\sstyle=", html)
    assert made.policy.startswith("default-src 'none'; style-src 'sha256-")


def test_a_preview_reads_no_figure_in_its_title_or_description(store: Store, partnership: Partnership) -> None:
    made = light_page(asked(shared(store, partnership)))
    assert made is not None
    told = re.findall(r'<meta property="og:(?:title|description)" content="([^"]*)"', made.content.decode())
    assert len(told) == 2
    assert not re.search(r"\d", " ".join(told))


def test_only_a_person_counts_as_having_opened_it(store: Store, partnership: Partnership) -> None:
    made = shared(store, partnership)
    light_page(asked(made, counts=False))
    before = find_link(store.engine, made.link.id)
    light_page(asked(made))
    after = find_link(store.engine, made.link.id)
    assert before is not None
    assert after is not None
    assert (before.opened, after.opened) == (0, 1)


def test_its_pdf_is_one_click_away(store: Store, partnership: Partnership) -> None:
    made = light_page(asked(shared(store, partnership), form="pdf"))
    assert made is not None
    assert made.content.startswith(b"%PDF")


def test_a_link_that_was_taken_back_opens_nothing(store: Store, partnership: Partnership) -> None:
    made = shared(store, partnership)
    revoke_link(store.engine, made.link.id, "leder")
    assert light_page(asked(made)) is None


def test_a_link_opens_its_own_page_alone(store: Store, partnership: Partnership) -> None:
    assert light_page(asked(shared(store, partnership), page="hotspots")) is None
    assert light_page(Asked("omraade", "1.falsk", {}, "", True)) is None


def test_with_sign_in_a_link_for_a_council_is_left_to_the_app_until_somebody_has_signed_in(
    store: Store, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "is_sign_in_configured", lambda: True)
    monkeypatch.setattr("components.entrance.is_sign_in_configured", lambda: True)
    monkeypatch.setattr(module, "person_of_request", lambda _cookies: None)
    assert light_page(asked(shared(store, partnership))) is None


def test_a_receiver_sees_no_more_than_the_link_is_for(store: Store, partnership: Partnership) -> None:
    made = shared(store, partnership)
    assert replace(made.link.view, release=None).areas == ("vaerebro-park",)
    page = light_page(asked(made))
    assert page is not None
    assert "Hjortegården" not in page.content.decode()
