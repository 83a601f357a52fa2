"""A shared link as its receiver meets it: what the audience may see, of the release it was made from, and no more."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components import entrance, visitor
from components.navigation import PAGES
from components.visitor import AUDIENCE
from data.access import Access, Rule
from data.partnership import Partnership, our_partnership
from data.sharing import Made, share
from data.store import Store
from data.store.events import logged
from data.store.links import links, revoke_link
from data.views.view import View
from server import private_settings
from server.rate_limits import Slowdown
from tests.pages.conftest import FRAME, words

KEYS = ("a-key-for-tests-that-is-long-enough-000",)
DEAD = "Linket kan ikke åbnes"
COUNCIL = "lokalraad-gladsaxe"
Open = Callable[..., AppTest]


@pytest.fixture
def store(own_store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The shipped data in a database of the test's own, and all that links need."""
    monkeypatch.setenv(private_settings.LINK_KEYS, KEYS[0])
    monkeypatch.setattr(entrance, "LINKS", Slowdown(free=5))
    monkeypatch.setattr(entrance, "_client", lambda: "192.0.2.7")
    private_settings.link_keys.cache_clear()
    yield own_store
    private_settings.link_keys.cache_clear()


def shared(store: Store, partnership: Partnership, page: str = "omraade", release: int = 1) -> Made:
    view = View(areas=("vaerebro-park",), indicator="tryg_i_nabolag")
    return share(
        store, partnership, sender=partnership.audience("ledelse"), by="leder", page=page, view=view, release=release,
        receiver=COUNCIL, days=30, note="Til torsdag", keys=KEYS,
    )  # fmt: skip


def visit(title: str = "Område", **parameters: str) -> AppTest:
    app = AppTest.from_file(FRAME, default_timeout=60)
    app.query_params.update(parameters)
    app.run()
    return go(app, title)


def go(app: AppTest, title: str) -> AppTest:
    entry = next(entry for entry in PAGES if entry.title == title)
    return app if entry is PAGES[0] else app.switch_page(f"../pages/{entry.file}").run()


def address(app: AppTest, name: str) -> str:
    """A parameter as it stands in the address bar."""
    values = app.query_params.get(name, "")
    return values if isinstance(values, str) else values[0]


def press(app: AppTest, label: str) -> AppTest:
    found = [button for button in app.button if button.label == label]
    assert found, f"no button »{label}« on: {words(app)}"
    return found[0].click().run()


def test_the_receiver_is_told_what_it_is_and_which_figures_it_holds_to(store: Store, partnership: Partnership) -> None:
    app = visit(delt=shared(store, partnership).token)
    said = words(app)
    assert "Delt visning: Område · Værebro Park · Tryghed i nabolaget" in said
    assert "målgruppen Lokalråd Gladsaxe" in said
    assert "Delt af leder" in said
    assert "»Til torsdag«" in said
    assert "Tallene er fra udgave 1 fra" in said
    assert app.title[0].value.startswith("Værebro Park")


def test_the_link_stays_in_the_address_from_page_to_page(store: Store, partnership: Partnership) -> None:
    token = shared(store, partnership).token
    app = go(visit(delt=token), "Udvikling")
    assert address(app, "delt") == token
    assert address(app, "udgave") == "1"
    assert any(fold.label.startswith("Delt · udgave 1 · til ") for fold in app.expander)


def test_the_choice_of_audience_does_not_reach_a_shared_view(store: Store, partnership: Partnership) -> None:
    app = AppTest.from_file(FRAME, default_timeout=60)
    app.session_state[AUDIENCE] = "politi"
    app.query_params["delt"] = shared(store, partnership).token
    app.run()
    assert not app.segmented_control
    assert "Hotspots" not in words(app)
    app.query_params["omraade"] = "hjortegaarden"
    said = words(go(app, "Område"))
    assert "Hjortegården" not in said


def test_an_earlier_release_is_out_of_reach_and_a_later_one_is_not(store: Store, partnership: Partnership) -> None:
    token = shared(store, partnership, release=2).token
    assert address(visit(delt=token, udgave="1"), "udgave") == "2"
    earlier = shared(store, partnership).token
    assert address(visit(delt=earlier, udgave="2"), "udgave") == "2"


def test_the_newest_figures_are_a_button_away_and_so_is_the_way_back(store: Store, partnership: Partnership) -> None:
    app = press(visit(delt=shared(store, partnership).token), "Se nyeste tal")
    assert "Tallene er fra udgave 2 fra" in words(app)
    assert "Se nyeste tal" not in [button.label for button in app.button]
    assert "Tallene er fra udgave 1 fra" in words(press(app, "Tilbage til udgave 1"))


def test_a_shared_view_writes_and_shares_nothing(store: Store, partnership: Partnership) -> None:
    app = go(visit(delt=shared(store, partnership).token), "Møde")
    assert [button.label for button in app.button if "Gem" in button.label] == []
    council = partnership.audience(COUNCIL)
    reader = visitor.reading_only(council)
    assert council.proposes
    assert [reader.may_write("proposals"), reader.shares, reader.publishes, reader.edits] == [False] * 4


def test_a_revoked_link_is_dead_in_the_session_it_opened_and_in_any_other(
    store: Store, partnership: Partnership
) -> None:
    made = shared(store, partnership)
    app = visit(delt=made.token)
    revoke_link(store.engine, made.link.id, by="leder")
    assert [title.value for title in app.run().title] == [DEAD]
    assert [title.value for title in visit("Overblik", delt=made.token).title] == [DEAD]


@pytest.mark.parametrize("token", ["x", "1.x.y", "1..eJw", "", " "])
def test_every_link_that_does_not_open_is_answered_alike(store: Store, partnership: Partnership, token: str) -> None:
    made = shared(store, partnership)
    revoke_link(store.engine, made.link.id, by="leder")
    dead = words(visit("Overblik", delt=made.token))
    altered = made.token[:-3] + ("AAA" if not made.token.endswith("AAA") else "BBB")
    assert words(visit("Overblik", delt=altered)) == dead
    assert token.strip() == "" or words(visit("Overblik", delt=token)) == dead


def test_who_tries_many_links_shuts_out_nobody_behind_the_same_address(store: Store, partnership: Partnership) -> None:
    made = shared(store, partnership)
    for number in range(7):
        visit("Overblik", delt=f"1.{number}")
    assert entrance.LINKS.seconds("192.0.2.7") == 0  # what does not even look like a link of ours counts nothing
    altered = made.token[:-3] + ("AAA" if not made.token.endswith("AAA") else "BBB")
    for _ in range(7):
        visit("Overblik", delt=altered)
    assert 0 < entrance.LINKS.seconds("192.0.2.7") <= 1
    assert DEAD not in [title.value for title in visit(delt=made.token).title]


def test_the_link_can_be_closed_by_who_has_a_way_in_of_their_own(store: Store, partnership: Partnership) -> None:
    app = press(visit(delt=shared(store, partnership).token), "Luk visningen")
    assert "Delt visning" not in words(app)
    assert "delt" not in app.query_params
    assert app.segmented_control


# With sign-in --------------------------------------------------------------------------------------------------------


@pytest.fixture
def guarded(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The app as it is where people sign in, and nobody has."""
    access = Access((Rule("roles", "Ledelse", "ledelse"), Rule("roles", "Herlev", "lokalraad-herlev")))
    # What is asked by all; a function patched where it is defined would stay patched in a module first imported here.
    monkeypatch.setattr(private_settings, "section", lambda name: {"auth": {"client_id": "x"}}.get(name, {}))
    monkeypatch.setattr(visitor, "our_access", lambda: access)
    monkeypatch.setattr(entrance, "_seen", type(entrance._seen)())
    return store


def signed_in(monkeypatch: pytest.MonkeyPatch, *roles: str, exp: float = 4_929_000_000) -> None:
    claims = {"is_logged_in": True, "sub": "konto", "roles": list(roles), "exp": exp}

    class User:
        is_logged_in = True

        def to_dict(self) -> dict[str, object]:
            return claims

    monkeypatch.setattr(st, "user", User())


def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    class User:
        is_logged_in = False

    monkeypatch.setattr(st, "user", User())


def test_a_link_asks_for_an_account_unless_the_administrator_says_otherwise(
    guarded: Store, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody(monkeypatch)
    made = shared(guarded, partnership)
    assert [title.value for title in visit("Overblik", delt=made.token).title] == [DEAD]
    opened = tuple(replace(each, open_links=each.id == COUNCIL) for each in partnership.audiences)
    for module in (entrance, visitor):
        monkeypatch.setattr(module, "our_partnership", lambda: replace(our_partnership(), audiences=opened))
    assert visit(delt=made.token).title[0].value.startswith("Værebro Park")


def test_to_who_has_not_signed_in_a_true_link_and_a_false_one_look_alike(
    guarded: Store, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody(monkeypatch)
    true, false = visit("Overblik", delt=shared(guarded, partnership).token), visit("Overblik", delt="1.x")
    assert words(true) == words(false)
    assert [button.label for button in true.button] == [button.label for button in false.button] == ["Log ind"]


def test_a_link_opens_for_accounts_that_may_see_as_much_and_for_no_others(
    guarded: Store, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = shared(guarded, partnership)
    signed_in(monkeypatch, "Ledelse")
    said = words(visit(delt=made.token))
    assert "målgruppen Lokalråd Gladsaxe" in said
    signed_in(monkeypatch, "Herlev")
    assert [title.value for title in visit("Overblik", delt=made.token).title] == [DEAD]


def test_an_identity_that_has_expired_is_asked_to_sign_in_again(
    guarded: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(monkeypatch, "Ledelse", exp=1)
    assert [title.value for title in visit("Overblik").title] == ["Log ind"]


def test_an_account_without_an_audience_reads_nothing_and_is_logged(
    guarded: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(monkeypatch, "Andet")
    app = visit("Overblik")
    app.run()
    assert [title.value for title in app.title] == ["Din konto har ikke adgang endnu"]
    told = [(event.what, event.account) for event in logged(guarded.engine, 2)]
    assert told.count(("refused", "konto")) == 1


# The sender ----------------------------------------------------------------------------------------------------------


def test_the_strip_makes_a_link_and_the_list_takes_it_back(store: Store) -> None:
    app = visit(omraade="vaerebro-park")
    app.session_state["share_with"] = True
    app.run()
    receiver = next(each for each in app.selectbox if each.label == "Målgruppe")
    assert "politi" not in receiver.options
    receiver.select("Lokalråd Gladsaxe" if "Lokalråd Gladsaxe" in receiver.options else COUNCIL)
    press(app, "Lav link")
    (record,) = links(store.engine)
    assert (record.page, record.audience, record.made_by) == ("omraade", COUNCIL, "Ledelse (demo)")
    listed = visit("Delte links")
    assert listed.title[0].value == "Ét delt link virker nu"
    press(listed, "Træk tilbage")
    assert links(store.engine)[0].revoked_by == "Ledelse (demo)"
    assert listed.title[0].value == "Ingen delte links virker nu"


def test_others_links_are_listed_for_those_who_edit_and_not_for_readers(store: Store, partnership: Partnership) -> None:
    shared(store, partnership)
    assert "Delt af leder" in words(visit("Delte links"))
    app = AppTest.from_file(FRAME, default_timeout=60)
    app.session_state[AUDIENCE] = "politi"
    app.run()
    assert "Delt af leder" not in words(go(app, "Delte links"))
