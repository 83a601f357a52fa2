"""An area's page for its residents: made of a council's release, open to whom it should be, and light."""

import dataclasses
import gzip

import pytest
import streamlit as st

from components.sharing.resident_page import reader_of, resident_page
from data.partnership import Audience, Partnership
from server.plain_pages import Wanted

PAGE = "/omraade/{}"


@pytest.fixture
def html(shipped_database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The page of Hjortegården, on the shipped data."""
    monkeypatch.setenv("DATABASE_URL", shipped_database)
    st.cache_resource.clear()
    made = resident_page(Wanted(PAGE.format("hjortegaarden"), {}, "http://127.0.0.1:8611"))
    assert made is not None
    assert resident_page(Wanted(PAGE.format("herlev"), {}, "")) is None
    assert resident_page(Wanted(PAGE.format("findes-ikke"), {}, "")) is None
    st.cache_resource.clear()
    return made.content.decode()


def test_it_says_how_safe_what_was_done_and_when_one_meets_and_weighs_little(html: str) -> None:
    for said in ("Hjortegården: det sagde I, det gjorde vi", "Hvor trygge er vi?", "Det gjorde vi:", "Vi har lovet:",
                 "Næste møde", "eksempeldata", "QR-kode"):  # fmt: skip
        assert said in html
    assert "http://127.0.0.1:8611/omraade/hjortegaarden" in html
    assert "<script" not in html
    assert "<button" not in html
    assert len(gzip.compress(html.encode())) < 20_000


def test_it_is_made_of_the_release_of_the_narrowest_council_that_hides_small_counts(partnership: Partnership) -> None:
    found = reader_of("herlev", partnership)
    assert found is not None
    assert found.id == "lokalraad-herlev"
    assert reader_of("roskilde", partnership) is None


def test_an_audience_whose_links_need_no_account_goes_first(partnership: Partnership) -> None:
    public = Audience("offentlig", "Offentlig", ("herlev", "ballerup"), 5, False, open_links=True)
    with_public = dataclasses.replace(partnership, audiences=(*partnership.audiences[:-1], public))
    assert reader_of("herlev", with_public) == public
