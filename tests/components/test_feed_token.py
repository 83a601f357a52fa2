"""The address of a calendar is for calendars: nobody comes in by it, also where links need no account."""

import datetime as dt
from dataclasses import replace

import pytest

from components import entrance
from data.access import Person
from data.partnership import Partnership
from data.share_token import SharedLink
from data.sharing import FEED
from data.store.links import LinkRecord
from data.views.view import View

LATER = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


def link(page: str) -> SharedLink:
    return SharedLink("0" * 32, page, View(), 1, "offentlig", LATER)


def record(shared: SharedLink) -> LinkRecord:
    return LinkRecord(shared.id, LATER, "sekretariat", shared.page, "", 1, shared.audience, LATER, "")


@pytest.fixture(autouse=True)
def open_links(partnership: Partnership, monkeypatch: pytest.MonkeyPatch) -> Partnership:
    """A partnership that people sign in to, whose public needs no account to open a link."""
    readers = tuple(replace(each, open_links=each.id == "offentlig") for each in partnership.audiences)
    opened = replace(partnership, audiences=readers)
    monkeypatch.setattr(entrance, "our_partnership", lambda: opened)
    monkeypatch.setattr(entrance, "is_sign_in_configured", lambda: True)
    monkeypatch.setattr(entrance, "link_keys", lambda: ["nøgle"])
    monkeypatch.setattr(entrance, "our_store", lambda: None)
    return opened


@pytest.mark.parametrize(("page", "opens"), [("moede", True), ("", True), (FEED, False)])
def test_a_calendars_address_opens_no_page(
    page: str, opens: bool, open_links: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = link(page)
    leader = Person("leder", open_links.audience("ledelse"), LATER)
    assert entrance.is_for(shared, None) == opens
    assert entrance.is_for(shared, leader) == opens
    monkeypatch.setattr(entrance, "opened", lambda *_: (shared, record(shared)))
    assert entrance.opens_without_account("et token") == opens
