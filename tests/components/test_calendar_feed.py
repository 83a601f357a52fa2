"""The calendar one subscribes to: an audience's meetings by a token made for it, until it is revoked."""

from collections.abc import Iterator

import pytest
import streamlit as st
from icalendar import Calendar

from components.sharing.calendar_feed import calendar_feed
from data.partnership import Partnership
from data.sharing import FEED, share
from data.store import Store
from data.store.links import revoke_link
from data.views.view import View
from server import private_settings
from server.plain_pages import Wanted

KEYS = ("a-key-for-tests-that-is-long-enough-000",)
ADDRESS = "https://tryghed.example.dk"


@pytest.fixture
def store(own_store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The shipped data in a database of the test's own, which the app reads, and a key for links."""
    monkeypatch.setenv("DATABASE_URL", str(own_store.engine.url))
    monkeypatch.setenv(private_settings.LINK_KEYS, KEYS[0])
    private_settings.link_keys.cache_clear()
    st.cache_resource.clear()
    yield own_store
    private_settings.link_keys.cache_clear()
    st.cache_resource.clear()


def token(store: Store, partnership: Partnership, page: str = FEED) -> tuple[str, str]:
    """A token for the council of Herlev, and the id it can be revoked by."""
    made = share(store, partnership, sender=partnership.audience("ledelse"), by="leder", page=page, view=View(),
                 release=2, receiver="lokalraad-herlev", days=365, note="", keys=KEYS)  # fmt: skip
    return made.token, made.link.id


def asked(text: str) -> Wanted:
    return Wanted(f"/{FEED}", {}, ADDRESS, text)


def test_a_council_gets_its_own_meetings_and_no_others(store: Store, partnership: Partnership) -> None:
    made = calendar_feed(asked(token(store, partnership)[0]))
    assert made is not None
    assert made.media_type == "text/calendar"
    events = Calendar.from_ical(made.content).walk("VEVENT")
    assert events
    assert all("Lokalråd i Herlev" in str(event["SUMMARY"]) for event in events)
    assert all(str(event["URL"]).startswith(f"{ADDRESS}/moede?del=moedet&moede=") for event in events)


def test_a_revoked_a_false_and_another_pages_token_open_nothing(store: Store, partnership: Partnership) -> None:
    text, number = token(store, partnership)
    assert calendar_feed(asked("falsk")) is None
    assert calendar_feed(asked("")) is None
    assert calendar_feed(asked(token(store, partnership, page="moede")[0])) is None
    revoke_link(store.engine, number, "leder")
    assert calendar_feed(asked(text)) is None
