"""Two cannot publish at once, whichever processes they are in: the later hears so before it has worked for nothing."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from data.partnership import Partnership
from data.publishing.publish import publish
from data.store import PublishConflictError, Store, StoreError
from data.store.turn import turn_to_publish

SAID = "En anden er ved at udgive. Intet er ændret: vent, til det er færdigt, og prøv igen."
HOLDS = """
import sys
from data.store import open_store
from data.store.turn import turn_to_publish
with turn_to_publish(open_store(sys.argv[1]).engine):
    print("holds", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other(store: Store) -> Iterator["subprocess.Popen[str]"]:
    """Another process that is publishing on the same database."""
    url = store.engine.url.render_as_string(hide_password=False)
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", HOLDS, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "holds\n"
    yield process
    process.kill()
    process.communicate()


def test_who_comes_while_another_process_publishes_is_told_before_anything_is_worked_out(
    store: Store, partnership: Partnership, other: "subprocess.Popen[str]"
) -> None:
    done: list[str] = []
    with pytest.raises(PublishConflictError) as refused:
        publish(store, partnership, by="sekretariat", progress=lambda _at, what: done.append(what))
    assert (str(refused.value), done) == (SAID, [])
    assert [head.id for head in store.releases(drafts=True)] == [2, 1]


def test_a_process_that_is_killed_while_it_publishes_leaves_the_turn_to_the_next(
    store: Store, other: "subprocess.Popen[str]"
) -> None:
    other.kill()
    other.wait()
    until_free(store)  # PostgreSQL sees the broken connection a moment later
    with turn_to_publish(store.engine), pytest.raises(PublishConflictError), turn_to_publish(store.engine):
        pass  # held once more, and by one alone


def until_free(store: Store) -> None:
    """Return once the turn can be had; PublishConflictError where that takes more than minutes."""
    for _ in range(600):
        try:
            with turn_to_publish(store.engine):
                return
        except PublishConflictError:
            time.sleep(0.2)
    with turn_to_publish(store.engine):
        return


def test_what_publishing_fails_by_gives_the_turn_back(store: Store) -> None:
    with pytest.raises(StoreError, match="fejl"), turn_to_publish(store.engine):
        raise StoreError("en fejl")
    with turn_to_publish(store.engine):
        pass


def test_where_no_file_can_be_made_beside_the_database_publishing_tells_what_is_wrong_itself(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    with turn_to_publish(store.engine):
        pass
