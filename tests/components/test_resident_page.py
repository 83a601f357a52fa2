"""An area's page for its residents: made of a council's release, open to whom it should be, and light."""

import dataclasses
import gzip
import re
from collections.abc import Iterator

import pytest
import streamlit as st

from components.sharing.resident_page import reader_of, resident_page
from data import suggestions
from data.partnership import Audience, Partnership
from data.store import Store
from data.store.submissions import waiting
from server import rate_limits
from server.light_pages import Light
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
    assert "data-place" not in html
    assert len(gzip.compress(html.encode())) < 20_000


def test_its_sentence_says_the_years_as_the_app_does(html: str) -> None:
    assert "nogenlunde som i 2024, men flere end i 2021" in html


def test_it_is_made_of_the_release_of_the_narrowest_council_that_hides_small_counts(partnership: Partnership) -> None:
    found = reader_of("herlev", partnership)
    assert found is not None
    assert found.id == "lokalraad-herlev"
    assert reader_of("roskilde", partnership) is None


def test_an_audience_whose_links_need_no_account_goes_first(partnership: Partnership) -> None:
    public = Audience("offentlig", "Offentlig", ("herlev", "ballerup"), 5, False, open_links=True)
    with_public = dataclasses.replace(partnership, audiences=(*partnership.audiences[:-1], public))
    assert reader_of("herlev", with_public) == public


# What residents send in ----------------------------------------------------------------------------------------------

COOKIE = {"tryghed_formular": "et-tilfaeldigt-tal"}
HOME = "http://127.0.0.1:8611"
ADDRESS = PAGE.format("hjortegaarden")
PLACE = {"form": "sted", "place_type": "sti", "landmark": "", "text": "Her er mørkt <b>om aftenen</b>"}
PROPOSAL = {"form": "forslag", "title": "Lys på stien", "text": "Fem lamper mere ved søen"}


@pytest.fixture
def writable(own_store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The shipped data in a database of the test's own, behind the page."""
    monkeypatch.setenv("DATABASE_URL", str(own_store.engine.url))
    monkeypatch.setattr("components.sharing.suggesting.SENT_IN", rate_limits.Allowance(most=3, window=60.0))
    st.cache_resource.clear()
    yield own_store
    st.cache_resource.clear()


def read(said: str = "") -> Light:
    made = resident_page(Wanted(ADDRESS, COOKIE, HOME, said=said))
    assert made is not None
    return made


def send(fields: dict[str, str], token: str | None = None, cookies: dict[str, str] = COOKIE) -> Light:
    found = re.search(r'name="token" value="([^"]+)"', read().content.decode())
    assert found is not None
    form = fields | {"token": found[1] if token is None else token}
    made = resident_page(Wanted(ADDRESS, cookies, HOME, form=form, client="192.0.2.7"))
    assert made is not None
    return made


def decide(store: Store, partnership: Partnership) -> None:
    suggestions.approve(store, partnership, waiting(store.engine)[0], lambda _kind, _row: "", "sekretær")


def test_the_first_visit_gets_a_cookie_no_script_reads_and_forms_that_go_to_us_alone(writable: Store) -> None:
    made = resident_page(Wanted(ADDRESS, {}, f"{HOME}/tryghed"))
    assert made is not None
    ((name, cookie),) = made.head
    assert name == "Set-Cookie"
    assert {"HttpOnly", "Path=/tryghed/omraade/", "SameSite=Strict"} <= set(cookie.split("; "))
    assert "form-action 'self'" in made.policy
    assert "script-src" not in made.policy
    assert read().head == ()


def test_a_place_is_sent_read_by_the_secretariat_and_then_seen(writable: Store, partnership: Partnership) -> None:
    taken = send(PLACE)
    assert (taken.status, dict(taken.head)["Location"]) == (303, f"{HOME}{ADDRESS}?sendt=sted#send")
    assert "Tak for meldingen" in read("sted").content.decode()
    before = read().content.decode()
    assert "Her er mørkt" not in before
    decide(writable, partnership)
    assert read().content.decode().count('class="pin"') == before.count('class="pin"') + 1


def test_a_proposal_is_seen_with_the_answer_and_a_refusal_with_its_reason(
    writable: Store, partnership: Partnership
) -> None:
    assert send(PROPOSAL).status == 303
    assert "Lys på stien" not in read().content.decode()
    decide(writable, partnership)
    assert "Det har I foreslået" in read().content.decode()
    assert "Lys på stien" in read().content.decode()
    assert send(PLACE).status == 303
    suggestions.turn_down(writable, waiting(writable.engine)[0], "Stedet er allerede noteret", "sekretær")
    assert "Stedet er allerede noteret" in read().content.decode()


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays_as_text(writable: Store) -> None:
    made = send(PLACE | {"text": '<img src=x> "Jens Hansen"'})
    html = made.content.decode()
    assert made.status == 422
    assert 'aria-describedby="sted-text-fejl"' in html
    assert "et navn" in html
    assert "&lt;img src=x&gt;" in html
    assert "<img" not in html
    assert waiting(writable.engine) == []


@pytest.mark.parametrize("token", ["", "opdigtet"])
def test_a_form_that_is_not_ours_is_not_taken(writable: Store, token: str) -> None:
    assert send(PLACE, token).status == 403
    assert send(PLACE, cookies={}).status == 403
    assert waiting(writable.engine) == []


def test_whoever_sends_much_in_an_hour_is_asked_to_wait(writable: Store) -> None:
    assert [send(PROPOSAL | {"title": f"Forslag {number}"}).status for number in range(4)] == [303, 303, 303, 429]


def test_an_area_whose_audience_may_not_suggest_has_no_form(
    writable: Store, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet = tuple(dataclasses.replace(each, suggests=False) for each in partnership.audiences)
    ours = dataclasses.replace(partnership, audiences=quiet)
    monkeypatch.setattr("components.sharing.resident_page.our_partnership", lambda: ours)
    assert "<form" not in read().content.decode()
    assert "form-action 'none'" in read().policy
    assert resident_page(Wanted(ADDRESS, COOKIE, HOME, form=PLACE)) is None
