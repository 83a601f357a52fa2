"""What people type: checked like files, never overwritten in silence, with history and undo; on both databases."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pandas as pd
import pytest

from data.contracts.problems import ContractError
from data.entries import EntryConflictError, adopt, history, new_id, save, standing, undo, withdraw
from data.partnership import Partnership
from data.store import Incoming, Store, StoreError

KEY = {"proposal_id": "tryg-vej"}


@pytest.fixture
def ready(store: Store) -> Store:
    """A store that knows the three municipalities, an initiative, and the two sources."""
    origin = {"provenance": "example", "source_id": "eksempeldata"}
    tables = {
        "sources": [{"source_id": "partnerskabet"}, {"source_id": "eksempeldata"}],
        "areas": [{"area_id": name, "name": name.title()} for name in ("herlev", "ballerup", "gladsaxe")],
        "initiatives": [{"initiative_id": "mentor", "area_ids": "herlev", **origin}],
    }
    incoming = [Incoming(kind, pd.DataFrame(rows), f"{kind}.csv", "0" * 64) for kind, rows in tables.items()]
    store.load(incoming, by="start")
    return store


def proposal(**changes: Any) -> dict[str, Any]:
    said = {"date": dt.date(2026, 3, 1), "from_area": "ballerup", "title": "Tryg vej", "text": "Lys", "status": "ny"}
    return {**KEY, **said, **changes}


def criterion(**changes: Any) -> dict[str, Any]:
    return {
        "criterion_id": "k", "initiative_id": "mentor", "measure": "survey", "indicator": "tryg_i_nabolag",
        "area_ids": ["herlev"], "baseline_period": "2021", "target": 0.785, "direction": 1, "deadline": "2027",
        "margin": 0.02, "purpose_id": "tryghed", "author": "Sekretariatet", **changes,
    }  # fmt: skip


def test_what_was_typed_stands_with_who_wrote_it(ready: Store, partnership: Partnership) -> None:
    load = save(ready, partnership, "proposals", proposal(), by="anna", based_on=None)
    (row,) = standing(ready, "proposals").to_dict("records")
    assert (row["title"], row["load_id"], row["loaded_by"]) == ("Tryg vej", load.id, "anna")


def test_nothing_typed_is_an_empty_table(ready: Store) -> None:
    assert standing(ready, "proposals").empty


def test_a_change_made_on_the_row_that_stands_is_kept(ready: Store, partnership: Partnership) -> None:
    first = save(ready, partnership, "proposals", proposal(), by="anna", based_on=None)
    save(ready, partnership, "proposals", proposal(status="drøftet"), by="bo", based_on=first.id)
    assert standing(ready, "proposals")["status"].tolist() == ["drøftet"]


def test_a_change_made_on_a_row_somebody_else_has_changed_is_refused_with_theirs(
    ready: Store, partnership: Partnership
) -> None:
    first = save(ready, partnership, "proposals", proposal(), by="anna", based_on=None)
    save(ready, partnership, "proposals", proposal(text="Bos tekst"), by="bo", based_on=first.id)
    with pytest.raises(EntryConflictError, match="Forslaget er ændret af bo") as refused:
        save(ready, partnership, "proposals", proposal(text="Annas tekst"), by="anna", based_on=first.id)
    assert refused.value.theirs["text"] == "Bos tekst"
    assert standing(ready, "proposals")["text"].tolist() == ["Bos tekst"]


def test_of_two_who_save_at_the_same_moment_exactly_one_wins(ready: Store, partnership: Partnership) -> None:
    first = save(ready, partnership, "proposals", proposal(), by="start", based_on=None)
    start = Barrier(4)

    def change(name: str) -> str:
        start.wait()
        try:
            save(ready, partnership, "proposals", proposal(text=name), by=name, based_on=first.id)
        except EntryConflictError:
            return "refused"
        return name

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(change, ("a", "b", "c", "d")))
    assert outcomes.count("refused") == 3
    assert standing(ready, "proposals")["text"].tolist() == [name for name in outcomes if name != "refused"]
    assert len(history(ready, "proposals", KEY)) == 2


def test_of_two_who_create_the_same_row_at_once_one_is_refused(ready: Store, partnership: Partnership) -> None:
    save(ready, partnership, "proposals", proposal(), by="anna", based_on=None)
    with pytest.raises(EntryConflictError):
        save(ready, partnership, "proposals", proposal(), by="bo", based_on=None)


def test_history_tells_every_version_who_and_when(ready: Store, partnership: Partnership) -> None:
    first = save(ready, partnership, "proposals", proposal(), by="anna", based_on=None)
    save(ready, partnership, "proposals", proposal(text="Mere lys"), by="bo", based_on=first.id)
    found = history(ready, "proposals", KEY)
    assert found[["loaded_by", "text", "came_from"]].to_numpy().tolist() == [
        ["anna", "Lys", "indtastning"],
        ["bo", "Mere lys", "indtastning"],
    ]
    assert found["loaded_at"].is_monotonic_increasing


def test_undoing_a_change_brings_the_version_before_back(ready: Store, partnership: Partnership) -> None:
    first = save(ready, partnership, "proposals", proposal(), by="anna", based_on=None)
    second = save(ready, partnership, "proposals", proposal(text="Fejl"), by="bo", based_on=first.id)
    undo(ready, "proposals", KEY, by="bo", based_on=second.id)
    assert standing(ready, "proposals")["text"].tolist() == ["Lys"]
    assert history(ready, "proposals", KEY)["text"].tolist() == ["Lys", "Fejl", "Lys"]


def test_undoing_the_first_version_withdraws_the_row_and_keeps_its_history(
    ready: Store, partnership: Partnership
) -> None:
    first = save(ready, partnership, "proposals", proposal(), by="anna", based_on=None)
    undo(ready, "proposals", KEY, by="anna", based_on=first.id)
    assert standing(ready, "proposals").empty
    assert history(ready, "proposals", KEY)["withdrawn"].tolist() == [False, True]


def test_a_withdrawal_can_be_undone(ready: Store, partnership: Partnership) -> None:
    first = save(ready, partnership, "proposals", proposal(), by="anna", based_on=None)
    gone = withdraw(ready, "proposals", KEY, by="anna", based_on=first.id)
    undo(ready, "proposals", KEY, by="anna", based_on=gone.id)
    assert standing(ready, "proposals")["text"].tolist() == ["Lys"]


def test_a_change_of_a_row_that_was_withdrawn_meanwhile_is_refused(ready: Store, partnership: Partnership) -> None:
    first = save(ready, partnership, "proposals", proposal(), by="anna", based_on=None)
    withdraw(ready, "proposals", KEY, by="bo", based_on=first.id)
    with pytest.raises(EntryConflictError, match="trukket tilbage af bo"):
        save(ready, partnership, "proposals", proposal(text="Mere"), by="anna", based_on=first.id)


def test_a_row_that_others_name_is_not_withdrawn(ready: Store, partnership: Partnership) -> None:
    meeting = {
        "meeting_id": "m", "date": "2026-03-04", "forum": "partnerskab", "chair_id": "herlev", "title": "Møde",
        "status": "afholdt",
    }  # fmt: skip
    held = save(ready, partnership, "meetings", meeting, by="anna", based_on=None)
    said = {"decision_id": "d", "meeting_id": "m", "kind": "beslutning", "text": "Vi fortsætter"}
    save(ready, partnership, "decisions", said, by="anna", based_on=None)
    with pytest.raises(StoreError, match="1 række til i tabellen »Beslutninger«"):
        withdraw(ready, "meetings", {"meeting_id": "m"}, by="anna", based_on=held.id)


def test_personal_data_is_refused_and_not_repeated(ready: Store, partnership: Partnership) -> None:
    with pytest.raises(ContractError) as refused:
        save(ready, partnership, "proposals", proposal(text="Ring til 010190-1234"), by="anna", based_on=None)
    assert "0101" not in str(refused.value)
    assert standing(ready, "proposals").empty


def test_every_fault_is_told_at_once_by_the_heading_of_its_field(ready: Store, partnership: Partnership) -> None:
    with pytest.raises(ContractError) as refused:
        save(ready, partnership, "proposals", proposal(from_area="hvidovre", title=""), by="anna", based_on=None)
    assert {problem.column for problem in refused.value.problems} == {"Fra kommunen", "Titel"}
    assert {problem.row for problem in refused.value.problems} == {None}


def test_a_text_longer_than_its_field_is_refused_with_both_lengths(ready: Store, partnership: Partnership) -> None:
    with pytest.raises(ContractError, match=r"for lang \(2\.001 tegn\).*Skriv højst 2\.000 tegn"):
        save(ready, partnership, "proposals", proposal(text="x" * 2001), by="anna", based_on=None)


def test_a_column_that_does_not_exist_is_a_mistake_of_ours_and_not_lost_in_silence(
    ready: Store, partnership: Partnership
) -> None:
    with pytest.raises(ValueError, match="titel"):
        save(ready, partnership, "proposals", proposal(titel="Tryg vej"), by="anna", based_on=None)


def test_what_is_typed_about_example_work_is_example(ready: Store, partnership: Partnership) -> None:
    adopt(ready, partnership, criterion(), by="anna", based_on=None)
    assert standing(ready, "criteria")["provenance"].tolist() == ["example"]


def test_what_is_about_nothing_else_is_the_partnerships_own(ready: Store, partnership: Partnership) -> None:
    save(ready, partnership, "proposals", proposal(), by="anna", based_on=None)
    assert standing(ready, "proposals")[["provenance", "source_id"]].to_numpy().tolist() == [
        ["official", "partnerskabet"]
    ]


def test_an_id_that_was_ever_used_is_not_given_again(ready: Store, partnership: Partnership) -> None:
    first = save(ready, partnership, "proposals", proposal(), by="anna", based_on=None)
    withdraw(ready, "proposals", KEY, by="anna", based_on=first.id)
    assert new_id(ready, "proposals", "Tryg vej") == "tryg-vej-2"
    assert new_id(ready, "proposals", "Åben legeplads på Ærø!") == "aaben-legeplads-paa-aeroe"


def test_adopting_locks_with_author_and_date_as_version_one(ready: Store, partnership: Partnership) -> None:
    adopt(ready, partnership, criterion(), by="anna", based_on=None, today=dt.date(2026, 3, 4))
    (row,) = standing(ready, "criteria").to_dict("records")
    assert (row["version"], row["target"], str(row["adopted"])[:10]) == (1, 0.785, "2026-03-04")


def test_an_adopted_criterion_cannot_be_saved_over(ready: Store, partnership: Partnership) -> None:
    with pytest.raises(StoreError, match="låst"):
        save(ready, partnership, "criteria", criterion(), by="anna", based_on=None)


def test_a_change_is_a_new_version_with_a_reason_and_the_old_one_stays_readable(
    ready: Store, partnership: Partnership
) -> None:
    first = adopt(ready, partnership, criterion(), by="anna", based_on=None)
    with pytest.raises(ContractError, match="mangler en begrundelse"):
        adopt(ready, partnership, criterion(target=0.8), by="bo", based_on=first.id)
    adopt(ready, partnership, criterion(target=0.8, reason="Nyt mål"), by="bo", based_on=first.id)
    versions = history(ready, "criteria", {"criterion_id": "k"})
    assert versions[["version", "target"]].to_numpy().tolist() == [[1, 0.785], [2, 0.8]]


def test_of_two_who_change_one_criterion_the_second_is_shown_the_first(ready: Store, partnership: Partnership) -> None:
    first = adopt(ready, partnership, criterion(), by="anna", based_on=None)
    adopt(ready, partnership, criterion(target=0.8, reason="Nyt mål"), by="bo", based_on=first.id)
    with pytest.raises(EntryConflictError) as refused:
        adopt(ready, partnership, criterion(target=0.9, reason="Højere"), by="anna", based_on=first.id)
    assert refused.value.theirs["target"] == 0.8


def test_a_version_that_is_undone_gives_way_to_the_one_before_and_its_number_is_not_used_again(
    ready: Store, partnership: Partnership
) -> None:
    first = adopt(ready, partnership, criterion(), by="anna", based_on=None)
    second = adopt(ready, partnership, criterion(target=0.8, reason="Nyt mål"), by="bo", based_on=first.id)
    undo(ready, "criteria", {"criterion_id": "k", "version": 2}, by="bo", based_on=second.id)
    assert standing(ready, "criteria")["version"].tolist() == [1]
    adopt(ready, partnership, criterion(target=0.82, reason="Igen"), by="bo", based_on=first.id)
    assert sorted(standing(ready, "criteria")["version"]) == [1, 3]
