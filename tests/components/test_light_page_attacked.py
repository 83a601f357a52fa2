"""An attack on the plain pages of shared links: altered, spliced and crossed links, odd forms, what words tell."""

import random
from html import escape

import pytest

from components.navigation import PAGES
from components.sharing import light_page as module
from components.sharing.light_page import light_page
from data.partnership import Partnership
from data.release import Release
from data.sharing import Made, share
from data.store import Store
from data.views.view import View
from server.light_pages import Asked

KEYS = ("n" * 40,)
TRIALS = 400
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=%/"
RECEIVERS = ("lokalraad-gladsaxe", "lokalraad-herlev", "offentlig")
SHOWN = [page.address for page in PAGES if page.shows_view and not page.needs_cells and not page.needs_local]


@pytest.fixture
def links(own_store: Store, partnership: Partnership, monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], Made]:
    """A link to each page for each receiver, of a municipality they all may see."""
    for name, value in (("our_store", lambda: own_store), ("link_keys", lambda: KEYS),
                        ("is_sign_in_configured", lambda: False)):  # fmt: skip
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr("components.entrance.is_sign_in_configured", lambda: False)
    return {
        (receiver, page): share(
            own_store, partnership, sender=partnership.audience("ledelse"), by="leder", page=page,
            view=View(level="municipality"), release=2, receiver=receiver, days=7, note="", keys=KEYS,
        )
        for receiver in RECEIVERS
        for page in SHOWN
    }  # fmt: skip


def altered(draw: random.Random, token: str, other: str) -> str:
    """A link with a letter changed, cut off, with more behind it, or put together with another one."""
    at = draw.randrange(len(token))
    return draw.choice([
        token[:at] + draw.choice(ALPHABET) + token[at + 1 :],
        token[:at],
        token + draw.choice(ALPHABET),
        token[:at] + other[at:],
        other.partition(".")[0] + "." + token.partition(".")[2],
        token.swapcase(),
    ])  # fmt: skip


def test_no_altered_spliced_or_crossed_link_opens_anything(links: dict[tuple[str, str], Made]) -> None:
    draw, made = random.Random(22), list(links.items())
    real = {each.token for each in links.values()}
    for _ in range(TRIALS):
        ((_, page), one), (_, other) = draw.sample(made, 2)
        token = altered(draw, one.token, other.token)
        crossed = draw.choice([each for each in SHOWN if each != page])
        assert token in real or light_page(Asked(page, token, {}, "", False)) is None
        assert light_page(Asked(crossed, one.token, {}, "", False)) is None


def test_an_odd_form_or_a_forged_cookie_gives_no_other_page(links: dict[tuple[str, str], Made]) -> None:
    draw = random.Random(23)
    made = links["offentlig", SHOWN[0]]
    plain = light_page(Asked(SHOWN[0], made.token, {}, "", False))
    assert plain is not None
    for _ in range(40):
        form = "".join(draw.choices(ALPHABET, k=draw.randrange(1, 8)))
        cookies = {"_streamlit_user": "".join(draw.choices(ALPHABET, k=60)), "udgave": "1", "maalgruppe": "politi"}
        found = light_page(Asked(SHOWN[0], made.token, cookies, form, False))
        assert found is not None
        assert found.content == plain.content


@pytest.mark.parametrize("receiver", RECEIVERS)
def test_no_page_names_a_housing_area_that_its_receiver_may_not_see(
    links: dict[tuple[str, str], Made], own_store: Store, partnership: Partnership, receiver: str
) -> None:
    release = own_store.release(2, audience=receiver)
    everything, theirs = set(housing(own_store.release(2, audience="ledelse"))), set(housing(release))
    assert everything - theirs
    for page in SHOWN:
        found = light_page(Asked(page, links[receiver, page].token, {}, "", False))
        assert found is not None
        html = found.content.decode()
        # A newspaper's headline that stands as a source may name anything.
        for title in release.tables["sources"]["title"]:
            html = html.replace(escape(title), "")
        assert [name for name in everything - theirs if name in html] == []


def housing(release: Release) -> list[str]:
    areas = release.areas
    return list(areas.loc[areas["level"] == "housing_area", "name"])
