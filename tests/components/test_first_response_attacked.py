"""An attack on the first response: what it names, which pages it gives to whom, and what it makes of odd texts."""

import datetime as dt
from dataclasses import replace
from html import escape

import pandas as pd
import pytest

from components import first_response as module
from components.first_response import first_response
from components.initiatives.tabs import TABS
from components.meetings.parts import PARTS
from components.navigation import PAGES, is_for
from components.sharing.resident_page import resident_page
from data.access import Person
from data.partnership import Partnership
from data.release import Release
from data.store import Store
from server.first_response import AskedPage
from server.plain_pages import Wanted
from tests.pages.test_hostile_text import HOSTILE, hostile

AUDIENCES = ("lokalraad-gladsaxe", "lokalraad-herlev", "lokalraad-ballerup", "offentlig", "ledelse", "politi")
RAW = ("<img src=x", 'href="http://ond', "href='http://ond", 'src="/auth')


@pytest.fixture
def guarded(own_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    for name, value in (("our_store", lambda: own_store), ("is_sign_in_configured", lambda: True)):
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr("components.session._store", lambda: own_store)
    monkeypatch.setattr("components.entrance.is_sign_in_configured", lambda: True)
    module._kept.__init__()  # type: ignore[misc]
    return own_store


@pytest.fixture
def signed_in(guarded: Store, partnership: Partnership, monkeypatch: pytest.MonkeyPatch, audience: str) -> Store:
    until = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    somebody = Person("nogen", partnership.audience(audience), until)
    monkeypatch.setattr(module, "person_of_request", lambda _cookies: somebody)
    return guarded


def said(path: str, **query: str) -> str:
    return first_response(AskedPage(path, {name: [value] for name, value in query.items()}, {})) or ""


def housing(release: Release) -> pd.DataFrame:
    return release.areas[release.areas["level"] == "housing_area"]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_page_gives_each_audience_its_own_and_nobody_elses(
    signed_in: Store, partnership: Partnership, audience: str
) -> None:
    who = partnership.audience(audience)
    release = signed_in.release(audience=audience)
    everything, theirs = housing(signed_in.release(audience="ledelse")), set(housing(release)["name"])
    foreign = everything[~everything["name"].isin(theirs)]
    tries = [{}, {"udgave": "1"}, {"niveau": "housing_area"}, {"kategori": "12"},
             *({"omraade": each} for each in foreign["area_id"].head(2))]  # fmt: skip
    own = {"meeting.py": [{"del": part} for part in PARTS], "initiatives.py": [{"fane": tab} for tab in TABS]}
    answered = 0
    for entry in PAGES:
        for query in [*tries, *own.get(entry.file, [])]:
            html = said(entry.address, **query)
            if not is_for(entry, who) or not entry.shows_view:
                assert html == "", entry.title
                continue
            answered += bool(html)
            for title in release.tables["sources"]["title"]:  # a headline that stands as a source may name anything
                html = html.replace(escape(title), "")
            assert [name for name in foreign["name"] if escape(name) in html] == [], (entry.title, query)
    assert answered >= len(tries)


@pytest.mark.parametrize("audience", ["ledelse", "politi"])
def test_no_text_from_data_becomes_a_tag_or_a_link(
    signed_in: Store, partnership: Partnership, monkeypatch: pytest.MonkeyPatch, audience: str
) -> None:
    release, loaded = Store.release, Store.loaded

    def released(self: Store, release_id: int | None = None, *, audience: str, drafts: bool = False) -> Release:
        found = release(self, release_id, audience=audience, drafts=drafts)
        tables = {name: hostile(table) for name, table in found.tables.items()}
        return replace(found, tables=tables)

    monkeypatch.setattr(Store, "release", released)
    monkeypatch.setattr(Store, "loaded", lambda self, *args, **kwargs: hostile(loaded(self, *args, **kwargs)))
    monkeypatch.setattr("components.sharing.resident_page.our_store", lambda: signed_in)
    who = partnership.audience(audience)
    pages = [said(entry.address) for entry in PAGES if entry.shows_view and is_for(entry, who)]
    pages += [said("moede", **{"del": part}) for part in PARTS]
    pages += [said("indsatser", fane=tab) for tab in TABS]
    residents = resident_page(Wanted("/omraade/hjortegaarden", {}, "http://127.0.0.1:8614"))
    assert residents is not None
    pages.append(residents.content.decode())
    assert sum(escape(HOSTILE.split()[1]) in html for html in pages) >= 5
    assert [raw for html in pages for raw in RAW if raw in html] == []
