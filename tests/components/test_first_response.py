"""The answer in the first response: what the live page says to whoever asks, and nothing to anybody else."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from components import first_response as module
from components import visitor
from components.first_response import first_response
from components.hints import COOKIE, HINTS
from components.initiatives.tabs import TABS
from components.meetings.parts import PARTS as MEETING_PARTS
from data import entries
from data.access import Person
from data.partnership import Partnership
from data.sharing import Made, share
from data.store import Store
from data.store.links import revoke_link
from data.views.view import View
from server.first_response import AskedPage

KEYS = ("n" * 40,)
PARTS = [("moede", {"del": part}) for part in MEETING_PARTS] + [("indsatser", {"fane": tab}) for tab in TABS]
SEES = ["", "moede", "tryghedskort", "udvikling", "omraade", "indsatser", "om-tallene"]


@pytest.fixture
def store(own_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    for name, value in (("our_store", lambda: own_store), ("link_keys", lambda: KEYS),
                        ("is_sign_in_configured", lambda: False)):  # fmt: skip
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr("components.session._store", lambda: own_store)
    monkeypatch.setattr("components.entrance.is_sign_in_configured", lambda: False)
    module._kept.__init__()  # type: ignore[misc]
    return own_store


@pytest.fixture
def guarded(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(module, "is_sign_in_configured", lambda: True)
    monkeypatch.setattr("components.entrance.is_sign_in_configured", lambda: True)
    monkeypatch.setattr(module, "person_of_request", lambda _cookies: None)
    return store


def said(path: str = "", cookies: Mapping[str, str] = MappingProxyType({}), **query: str) -> str:
    asked: Mapping[str, list[str]] = {name: [value] for name, value in query.items()}
    return first_response(AskedPage(path, asked, cookies)) or ""


def title(html: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", html)
    return found.group(1) if found else ""


def shared(store: Store, partnership: Partnership, receiver: str) -> Made:
    return share(store, partnership, sender=partnership.audience("ledelse"), by="leder", page="omraade",
                 view=View(areas=("vaerebro-park",)), release=1, receiver=receiver, days=7, note="",
                 keys=KEYS)  # fmt: skip


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("path", SEES)
def test_every_page_one_reads_says_something_in_80_kb_without_a_script(path: str) -> None:
    html = said(path)
    assert title(html)
    assert len(html.encode()) < 80_000
    assert "<script" not in html
    assert not re.search(r"\son\w+=", html)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(("path", "address"), PARTS)
def test_every_part_of_a_page_says_something_in_80_kb_without_a_script_or_a_button(
    path: str, address: dict[str, str]
) -> None:
    html = said(path, **address)
    assert title(html)
    assert len(html.encode()) < 80_000
    assert "<script" not in html
    assert "<button" not in html


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("path", "address", "words"),
    [
        ("moede", {}, ["Dagsorden", "Opgaver, der venter", "Tal på dagsordenen"]),
        ("moede", {"del": "handlinger"}, ["Over fristen", "Aftalt: "]),
        ("moede", {"del": "kalender"}, ["Kommende møder", "står for tur til formandskabet"]),
        ("moede", {"del": "grupper"}, ["Indsatser:", "Opgaver"]),
        ("moede", {"del": "forslag"}, ["Svar:"]),
        ("moede", {"del": "evaluering"}, ["Hvad har vi lært?", "Evidens"]),
        ("indsatser", {}, ["1. ", "intet mål", "eksempeldata"]),
        ("indsatser", {"fane": "logbog"}, ["De seneste 20 af", "Deltagere"]),
        ("indsatser", {"fane": "vandringer"}, ["Det sagde I, det gjorde vi", "Vi har lovet:", "Kort: 104 utrygge"]),
        ("indsatser", {"fane": "hvem"}, ["en indsats når gruppen", "Risikoprofil"]),
        ("om-tallene", {}, ["Spørgsmål og svar", "Hvad der er spurgt om"]),
    ],
)
def test_a_part_says_what_it_opens_with(path: str, address: dict[str, str], words: list[str]) -> None:
    html = said(path, **address)
    assert [each for each in words if each not in html] == []


@pytest.mark.usefixtures("store")
def test_a_part_there_is_not_says_so_as_the_live_page_does() -> None:
    assert "Afsnittet »frokost« findes ikke. Viser »Mødet« i stedet." in said("moede", **{"del": "frokost"})


@pytest.mark.usefixtures("store")
def test_what_is_written_at_a_meeting_is_there_at_once(own_store: Store, partnership: Partnership) -> None:
    before = said("moede", **{"del": "forslag"})
    typed = {"proposal_id": "lys-paa-stien", "date": "2026-11-02", "from_area": "herlev", "title": "Lys på stien",
             "text": "Stien er mørk", "status": "ny"}  # fmt: skip
    entries.save(own_store, partnership, "proposals", typed, by="test", based_on=None)
    after = said("moede", **{"del": "forslag"})
    assert ("Lys på stien" in before, "Lys på stien" in after) == (False, True)


@pytest.mark.usefixtures("store")
def test_a_hint_that_was_put_away_is_not_said() -> None:
    hint = HINTS["om_tallene"]
    assert hint in said("om-tallene")
    assert hint not in said("om-tallene", {COOKIE: "kort.om_tallene"})


@pytest.mark.usefixtures("store")
def test_the_front_page_says_the_board_with_its_figures() -> None:
    html = said()
    for each in ('<table class="board"', "Værebro Park", "pct.", "eksempeldata"):
        assert each in html, each


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("path", ["data", "kriterium", "delte-links", "findes-ikke", "hotspots"])
def test_pages_one_works_on_and_pages_of_others_say_nothing(path: str) -> None:
    assert said(path) == ""


@pytest.mark.usefixtures("store")
def test_it_follows_the_address() -> None:
    assert "Værebro Park" in title(said("omraade", omraade="vaerebro-park"))
    assert "Grantoften" in title(said("udvikling", omraade="grantoften"))


@pytest.mark.usefixtures("store")
def test_an_address_that_cannot_be_followed_says_so() -> None:
    html = said("tryghedskort", udgave="999")
    assert "nyeste tal i stedet" in html


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize(("path", "address"), [*((path, {}) for path in SEES), *PARTS])
def test_nobody_gets_nothing(path: str, address: dict[str, str]) -> None:
    assert said(path, **address) == ""


@pytest.mark.usefixtures("store")
def test_who_asked_is_forgotten_when_the_answer_is_made() -> None:
    assert said("moede")
    assert visitor._ASKING.get() is None


def test_who_has_signed_in_gets_what_their_audience_sees(
    guarded: Store, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    council = Person("borger@gladsaxe.dk", partnership.audience("lokalraad-gladsaxe"), until)
    monkeypatch.setattr(module, "person_of_request", lambda _cookies: council)
    html = said()
    assert "Værebro Park" in html
    assert "Grantoften" not in html  # in Ballerup
    monkeypatch.setattr(module, "person_of_request", lambda _cookies: replace(council, audience=None))
    assert said() == ""


def test_a_link_shows_its_receivers_figures_of_its_own_release(
    guarded: Store, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = shared(guarded, partnership, "offentlig")
    assert said("omraade", delt=made.token, omraade="gladsaxe") == ""  # it takes an account, and nobody has signed in
    until = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    leader = Person("leder@gladsaxe.dk", partnership.audience("ledelse"), until)
    monkeypatch.setattr(module, "person_of_request", lambda _cookies: leader)
    html = said("omraade", delt=made.token, omraade="gladsaxe")
    assert "Gladsaxe" in title(html)
    assert "Udgave 1," in html
    assert said("indsatser", delt=made.token) == ""  # not for the public, though it is for the leader
    assert f"delt={made.token}" in html  # its ways on go by the link
    revoke_link(guarded.engine, made.link.id, "leder")
    assert said("omraade", delt=made.token, omraade="gladsaxe") == ""


@pytest.mark.usefixtures("store")
def test_a_link_that_does_not_open_falls_back_to_nothing_of_the_demos() -> None:
    assert said("omraade", delt="1.falsk") == ""
