"""A session goes on with the release it began with, is told of a newer one, and chooses when to see it."""

from streamlit.testing.v1 import AppTest

from data.store import Store
from data.store.schema import documents
from tests.pages.conftest import FRAME, words

TOLD = "Nye tal: udgave 3 er udgivet"


def opened(**parameters: str) -> AppTest:
    app = AppTest.from_file(FRAME, default_timeout=60)
    app.query_params.update(parameters)
    return app.run()


def shown(app: AppTest) -> int:
    return int(app.session_state["release_shown"].head.id)


def test_a_session_goes_on_with_its_release_and_is_told_of_the_newer(own_store: Store) -> None:
    app = opened()
    assert TOLD not in words(app)
    own_store.rollback(1, by="test")
    app.run()
    assert shown(app) == 2
    assert TOLD in words(app)
    assert "udgave" not in app.query_params


def test_the_newer_release_is_shown_when_asked_for(own_store: Store) -> None:
    app = opened()
    own_store.rollback(1, by="test")
    app.run()
    next(each for each in app.button if each.label == "Vis de nye tal").click().run()
    assert shown(app) == 3
    assert TOLD not in words(app)


def test_a_new_session_begins_with_the_newest(own_store: Store) -> None:
    opened()
    own_store.rollback(1, by="test")
    assert shown(opened()) == 3


def test_a_reader_of_an_earlier_release_is_not_told_but_may_go_to_the_newest(own_store: Store) -> None:
    app = opened(udgave="1")
    own_store.rollback(1, by="test")
    app.run()
    assert TOLD not in words(app)
    next(each for each in app.button if each.label == "Se nyeste tal").click().run()
    assert shown(app) == 3


def test_a_release_that_stands_in_for_a_damaged_one_is_left_when_a_whole_one_comes(own_store: Store) -> None:
    with own_store.engine.begin() as connection:
        connection.execute(documents.update().where(documents.c.release_id == 2).values(parquet=b"PAR1"))
    app = opened()
    assert shown(app) == 1
    own_store.rollback(1, by="test")
    app.run()
    assert shown(app) == 3
