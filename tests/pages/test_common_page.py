"""Where there are several partnerships: the secretariat's yes on Data, and the page that shows what was agreed to."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.navigation import PAGES
from components.plain_pages import plain_page
from data.common_page import NO_AUDIENCE, consent, from_text
from data.partnership import our_partnership
from data.settings import several
from data.settings.chosen import SHIPPED
from data.store import open_store
from data.store.common import Consent, put, shown
from data.store.events import JOINED, LEFT, logged
from reports.common_page import HONEST, NOBODY
from server.plain_pages import COMMON, Wanted
from tests.copies import copied
from tests.pages.conftest import seen_by, words

DATA = next(entry for entry in PAGES if entry.file == "data.py")
PAIR = ("vestegnen", "nabo")
Become = Callable[[str], None]


@pytest.fixture
def become(shipped_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Become]:
    """Two partnerships of one installation, both with the shipped settings and data; the app serves the one named."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv(several.FOLDER, str(tmp_path))
    for name in PAIR:
        (tmp_path / name).mkdir()
        text = SHIPPED.read_text(encoding="utf-8").replace('name = "', f'name = "{name.title()}: ', 1)
        (tmp_path / name / "partnership.toml").write_text(text, encoding="utf-8")
        copied(shipped_database, tmp_path / name / "tryghedsoverblik.db")

    def become_named(name: str) -> None:
        monkeypatch.setenv(several.NAME, name)
        our_partnership.cache_clear()
        st.cache_resource.clear()

    yield become_named
    monkeypatch.delenv(several.NAME)
    our_partnership.cache_clear()
    st.cache_resource.clear()


def page_in_front() -> str:
    """The common page as a browser is given it, as text."""
    found = plain_page(Wanted(COMMON, {}, "http://127.0.0.1"))
    assert found is not None
    return found.content.decode()


def press(app: AppTest, key: str) -> AppTest:
    app.session_state[f"ask_{key}"] = True
    return app.run().button(key=key).click().run()


def common_fold() -> AppTest:
    """The page Data of the secretariat, with the fold of the common page open."""
    app = seen_by("sekretariat", DATA)
    app.session_state["common_page"] = True
    return app.run()


def test_where_there_is_one_partnership_there_is_no_such_page_and_nothing_speaks_of_it(
    shipped_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", shipped_database)
    st.cache_resource.clear()
    app = seen_by("sekretariat", DATA)
    assert "Fællesside" not in words(app) + "".join(each.label for each in app.expander)
    assert plain_page(Wanted(COMMON, {}, "http://127.0.0.1")) is None


def test_the_secretariat_says_yes_to_what_it_has_seen_and_the_others_read_it_until_it_is_taken_back(
    become: Become,
) -> None:
    become(PAIR[0])
    app = common_fold()
    assert "I viser ikke noget på fællessiden nu." in words(app)
    assert "Udgave 2, som Offentlig ser den:" in words(app)
    app.session_state["seen_common"] = True
    assert "føler sig trygge" in words(app.run())
    app = press(app, "join_common")
    assert "I viser udgave 2. Sekretariat sagde ja" in words(app).replace("**", "")

    become(PAIR[1])
    read = page_in_front()
    assert "Vestegnen: " in read
    assert HONEST in read
    assert "Nabo: " not in read.split("Oplevet tryghed")[1].split("Hvem har sagt ja?")[0]

    become(PAIR[0])
    app = press(common_fold(), "leave_common")
    assert "I viser ikke noget på fællessiden nu." in words(app)
    assert NOBODY in page_in_front()
    store = open_store()
    assert [event.what for event in reversed(logged(store.engine, 2))] == [JOINED, LEFT]
    store.engine.dispose()


def test_what_is_shown_holds_no_housing_area_that_the_public_does_not_see(become: Become) -> None:
    become(PAIR[0])
    store = open_store()
    consent(store, our_partnership(), by="sekretær", role="Sekretariat", release=2)
    (row,) = shown(store.engine)
    told = from_text(row.document)
    release = store.release(audience="ledelse")
    store.engine.dispose()
    areas = release.areas
    housing = areas.loc[areas["level"] == "housing_area", "name"]
    assert len(housing) == 8
    assert [name for name in housing if name in row.document] == []
    members = [release.name_of(each) for each in our_partnership().members]
    assert {each.area for each in (*told.perceived, *told.recorded)} <= set(members)


def test_every_page_leads_to_it_at_its_foot(become: Become) -> None:
    become(PAIR[0])
    assert any("[Fællesside](faelles)" in each.value for each in seen_by("offentlig").caption)


def test_text_of_another_partnership_is_shown_as_text(become: Become) -> None:
    become(PAIR[0])
    store = open_store()
    consent(store, our_partnership(), by="sekretær", role="Sekretariat", release=2)
    (row,) = shown(store.engine)
    evil = row.document.replace("Vestegnen", "<script>alert(1)</script>")
    put(store.engine, Consent("nabo", "x", "<b>Rolle</b>", row.at, evil))
    put(store.engine, Consent("ukendt", "x", "Rolle", row.at, "[]"))  # what cannot be read is left out
    store.engine.dispose()
    read = page_in_front()
    assert "<script>" not in read
    assert "&lt;script&gt;" in read
    assert "<b>Rolle" not in read


def test_where_no_audience_sees_least_it_is_said_why_nothing_can_be_shown(
    become: Become, monkeypatch: pytest.MonkeyPatch
) -> None:
    become(PAIR[0])
    monkeypatch.setattr("data.common_page.least_audience", lambda _: None)
    assert NO_AUDIENCE in "".join(each.value.replace("\\", "") for each in common_fold().error)
