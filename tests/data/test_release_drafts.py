import datetime as dt

import pandas as pd
import pytest

from data.store import Publication, PublishConflictError, Store, StoreError

TABLES = {"ledelse": {"areas": pd.DataFrame({"area_id": ["herlev"]})}}
LATER = {"ledelse": {"areas": pd.DataFrame({"area_id": ["gladsaxe"]})}}


@pytest.fixture
def with_draft(store: Store) -> Store:
    """A store with release 1 and a draft, 2, made after it."""
    store.publish(TABLES, Publication(by="sekretariat"))
    store.publish(
        LATER, Publication(by="sekretariat", after=1, draft=True, note="Til mødet", meeting_date=dt.date(2026, 6, 10))
    )
    return store


def test_a_draft_is_nobodys_newest_release(with_draft: Store) -> None:
    newest = with_draft.newest()
    assert newest is not None
    assert newest.id == 1
    assert with_draft.release(audience="ledelse").areas["area_id"].tolist() == ["herlev"]


def test_a_draft_is_not_among_the_releases_unless_asked_for(with_draft: Store) -> None:
    assert [head.id for head in with_draft.releases()] == [1]
    assert [(head.id, head.is_draft) for head in with_draft.releases(drafts=True)] == [(2, True), (1, False)]


def test_a_reader_who_writes_the_number_of_a_draft_in_the_address_does_not_get_it(with_draft: Store) -> None:
    with pytest.raises(StoreError, match="ingen udgave 2"):
        with_draft.release(2, audience="ledelse")


def test_a_reader_does_not_get_a_draft_that_the_secretariat_has_just_looked_at(with_draft: Store) -> None:
    with_draft.release(2, audience="ledelse", drafts=True)
    with pytest.raises(StoreError, match="ingen udgave 2"):
        with_draft.release(2, audience="ledelse")


def test_the_secretariat_sees_its_draft(with_draft: Store) -> None:
    assert with_draft.release(2, audience="ledelse", drafts=True).areas["area_id"].tolist() == ["gladsaxe"]


def test_a_published_draft_is_the_newest_release_with_its_note_and_meeting(with_draft: Store) -> None:
    with_draft.release(2, audience="ledelse", drafts=True)
    head = with_draft.publish_draft(2, by="formand")
    assert (head.id, head.note, head.meeting_date) == (2, "Til mødet", dt.date(2026, 6, 10))
    assert (head.published_by, head.is_draft) == ("formand", False)
    shown = with_draft.release(audience="ledelse")
    assert (shown.head, shown.areas["area_id"].tolist()) == (head, ["gladsaxe"])


def test_publishing_goes_on_beside_a_draft(with_draft: Store) -> None:
    head = with_draft.publish(TABLES, Publication(by="sekretariat", after=1))
    assert head.id == 3
    assert with_draft.newest() == head


def test_a_draft_older_than_the_newest_release_is_not_published(with_draft: Store) -> None:
    with_draft.publish(TABLES, Publication(by="sekretariat", after=1))
    with pytest.raises(PublishConflictError, match="lav en ny kladde"):
        with_draft.publish_draft(2, by="sekretariat")
    newest = with_draft.newest()
    assert newest is not None
    assert newest.id == 3


@pytest.mark.parametrize("number", [1, 7])
def test_only_a_draft_can_be_published_as_one(with_draft: Store, number: int) -> None:
    with pytest.raises(StoreError, match=f"ingen kladde med nummer {number}"):
        with_draft.publish_draft(number, by="sekretariat")


def test_there_is_no_rolling_back_to_a_draft(with_draft: Store) -> None:
    with pytest.raises(StoreError, match="ingen udgave 2"):
        with_draft.rollback(2, by="sekretariat")
