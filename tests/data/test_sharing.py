"""Who may share what with whom, what a link then holds, and which links open."""

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.backup import backup, restore
from data.contracts.problems import ContractError
from data.partnership import Audience, Partnership
from data.share_token import token_of
from data.sharing import Made, opened, receivers, share
from data.store import Store, StoreError, migrate, open_store
from data.store.events import logged, record
from data.store.links import links, open_link, revoke_link
from data.store.schema import events
from data.views.view import View

KEYS = ("a-key-for-tests-that-is-long-enough-000",)
NOW = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)
Share = Callable[..., Made]


@pytest.fixture
def sharing(own_store: Store, partnership: Partnership) -> Share:
    def made(sender: str = "ledelse", receiver: str = "lokalraad-gladsaxe", **changed: object) -> Made:
        usual: dict[str, object] = {
            "by": "leder", "page": "omraade", "view": View(areas=("vaerebro-park",)), "release": 2, "days": 30,
            "note": "", "keys": KEYS, "now": NOW,
        }  # fmt: skip
        return share(own_store, partnership, sender=partnership.audience(sender), receiver=receiver, **usual | changed)  # type: ignore[arg-type]

    return made


def ids(audiences: tuple[Audience, ...]) -> set[str]:
    return {audience.id for audience in audiences}


def test_one_shares_with_those_who_see_no_more(partnership: Partnership) -> None:
    offered = {each.id: ids(receivers(each, partnership)) for each in partnership.audiences}
    local = {"lokalraad-herlev", "lokalraad-ballerup", "lokalraad-gladsaxe"}
    assert offered["politi"] == offered["ledelse"] | {"politi"}
    assert local | {"offentlig"} < offered["ledelse"]
    assert "politi" not in offered["ledelse"]
    assert offered["lokalraad-herlev"] == {"lokalraad-herlev", "offentlig"}


def test_who_hides_less_is_never_a_receiver(partnership: Partnership) -> None:
    council = partnership.audience("lokalraad-herlev")
    assert not council.covers(replace(council, threshold=council.threshold - 1))
    assert not council.covers(replace(council, sees_cells=True))
    assert not council.covers(replace(council, sees=("herlev", "ballerup")))


@pytest.mark.parametrize(
    ("sender", "receiver"),
    [("lokalraad-gladsaxe", "ledelse"), ("lokalraad-gladsaxe", "lokalraad-herlev"), ("ledelse", "politi"),
     ("ledelse", "findes-ikke"), ("offentlig", "lokalraad-gladsaxe")],
)  # fmt: skip
def test_sharing_with_who_may_see_more_is_refused(sharing: Share, sender: str, receiver: str) -> None:
    with pytest.raises(StoreError, match="Du kan ikke dele"):
        sharing(sender, receiver)


def test_who_reads_by_a_link_shares_nothing(sharing: Share, partnership: Partnership) -> None:
    assert receivers(replace(partnership.audience("ledelse"), shares=False), partnership) == ()


def test_a_link_holds_nothing_its_receivers_may_not_see(sharing: Share) -> None:
    view = View(areas=("hjortegaarden", "vaerebro-park"), cell="250m_1_2", meeting="2026-03-04-lokalraad-herlev")
    made = sharing(view=view)
    assert made.link.view.areas == ("vaerebro-park",)
    assert (made.link.view.cell, made.link.view.meeting) == ("", "")
    assert made.left_out == ("Hjortegården",)


def test_a_note_with_personal_data_is_refused(sharing: Share, own_store: Store) -> None:
    with pytest.raises(ContractError, match="Beskeden indeholder en e-mailadresse"):
        sharing(note="Ring til jens@example.dk")
    assert links(own_store.engine) == []


def test_a_release_that_the_receiver_does_not_have_is_not_shared(sharing: Share) -> None:
    with pytest.raises(StoreError):
        sharing(release=99)


def test_a_link_opens_and_its_opening_is_counted(sharing: Share, own_store: Store) -> None:
    made = sharing(note="Til   torsdag")
    found = opened(own_store, made.token, KEYS, NOW)
    assert found is not None
    assert found[0] == made.link
    open_link(own_store.engine, made.link.id, by="formand")
    (listed,) = links(own_store.engine)
    assert (listed.made_by, listed.note, listed.opened, listed.query.split("&")[2]) == (
        "leder", "Til torsdag", 1, "omraade=vaerebro-park",
    )  # fmt: skip
    assert listed.last_opened is not None


def test_a_revoked_link_is_dead_at_once(sharing: Share, own_store: Store) -> None:
    made = sharing()
    revoke_link(own_store.engine, made.link.id, by="leder")
    assert opened(own_store, made.token, KEYS, NOW) is None


def test_a_signed_link_that_is_not_recorded_does_not_open(sharing: Share, own_store: Store) -> None:
    made = sharing()
    stranger = replace(made.link, id="0" * 32)
    wider = replace(made.link, audience="ledelse")
    longer = replace(made.link, expires=made.link.expires + dt.timedelta(days=1))
    assert [opened(own_store, token_of(each, KEYS), KEYS, NOW) for each in (stranger, wider, longer)] == [None] * 3


def test_the_log_tells_who_did_what(sharing: Share, own_store: Store) -> None:
    made = sharing()
    open_link(own_store.engine, made.link.id, by="formand")
    revoke_link(own_store.engine, made.link.id, by="leder")
    revoke_link(own_store.engine, made.link.id, by="leder")
    told = [(event.account, event.what, event.about.split()[0]) for event in logged(own_store.engine, 3)]
    assert told == [("leder", "revoke", made.link.id), ("formand", "open", made.link.id),
                    ("leder", "share", made.link.id)]  # fmt: skip


def test_publishing_and_loading_are_in_the_log(own_store: Store) -> None:
    own_store.rollback(1, by="sekretariat")
    told = [(event.what, event.account, event.about) for event in logged(own_store.engine, 500)]
    assert told[0] == ("rollback", "sekretariat", "3 (1)")
    assert ("publish", "opstart", "2") in told
    assert any(what == "load" and about.startswith("survey ") for what, _, about in told)


@pytest.mark.parametrize(
    "change", [events.update().values(account="en anden"), events.delete()], ids=["alter", "erase"]
)
def test_the_database_refuses_to_change_the_log(store: Store, change: sa.Update | sa.Delete) -> None:
    record(store.engine, "leder", "sign_in")
    with pytest.raises(sa.exc.DBAPIError, match="only be added"), store.engine.begin() as connection:
        connection.execute(change)
    assert [event.account for event in logged(store.engine, 9)] == ["leder"]


def test_on_sqlite_a_line_of_the_log_cannot_be_written_over(store: Store) -> None:
    record(store.engine, "leder", "sign_in")
    if store.engine.dialect.name != "sqlite":
        return  # PostgreSQL has no such statement
    for how in ("INSERT OR REPLACE", "REPLACE"):
        said = sa.text(f"{how} INTO events (id, at, account, what, about) VALUES (1, '2026-01-01', 'ingen', 'x', '')")
        with pytest.raises(sa.exc.DBAPIError, match="only be added"), store.engine.begin() as connection:
            connection.execute(said)
    assert [event.account for event in logged(store.engine, 9)] == ["leder"]


def test_a_backup_without_its_log_says_so_when_it_is_brought_back(
    own_store: Store, empty_database: str, tmp_path: Path
) -> None:
    backup(own_store, tmp_path / "backup.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "backup.db")) as spoilt:
        spoilt.execute("DROP TRIGGER events_no_DELETE")
        spoilt.execute("DELETE FROM events")
        spoilt.execute("DELETE FROM checksums WHERE what = 'event'")
        spoilt.commit()
    there = open_store(empty_database)
    migrate(there)
    restore(there, tmp_path / "backup.db", despite_damage=True)
    assert [(event.what, event.about) for event in logged(there.engine, 9)] == [("no_log", "backup.db")]
    there.engine.dispose()


def test_a_backup_brought_back_does_not_wipe_the_log(own_store: Store, tmp_path: Path) -> None:
    backup(own_store, tmp_path / "backup.db")
    record(own_store.engine, "leder", "sign_in")
    before = logged(own_store.engine, 1_000)
    restore(own_store, tmp_path / "backup.db", overwrite=True)
    assert logged(own_store.engine, 1_000) == before
