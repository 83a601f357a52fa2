"""What is held about one account, for whoever asks to see it (article 15 of the GDPR)."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from data.store.database import reading
from data.store.retention import GONE
from data.store.schema import events, headings, loads, releases, shared_links, street_sets, submissions

_HELD: dict[str, tuple[sa.Table, tuple[str, ...], tuple[str, ...]]] = {
    "log": (events, ("account",), ("at", "what", "about")),
    "indlaesninger": (loads, ("loaded_by",), ("id", "kind", "file_name", "loaded_at", "rows")),
    "udgaver": (releases, ("published_by",), ("id", "published_at", "note")),
    "links": (shared_links, ("made_by", "revoked_by"),
              ("id", "made_at", "page", "audience", "expires_at", "note", "last_opened", "opened", "revoked_at")),
    "overskrifter": (headings, ("remembered_by",), ("kind", "heading", "column_name", "remembered_at")),
    "kortgrundlag": (street_sets, ("loaded_by",), ("id", "kind", "file_name", "loaded_at")),
    "afgjort": (submissions, ("decided_by",), ("id", "kind", "area_id", "state", "decided_on")),
}  # fmt: skip
"""Where an account's id stands: the table, the columns that hold it, and what is told of each row."""


def held_about(engine: Engine, account: str) -> dict[str, list[dict[str, Any]]]:
    """Every row in which an account's id stands, by what it is; [] where it stands nowhere."""
    with reading(engine) as connection:
        return {
            name: [
                dict(row)
                for row in connection.execute(
                    sa.select(*(table.c[column] for column in told)).where(
                        sa.or_(*(table.c[column] == account for column in columns))
                    )
                ).mappings()
            ]
            for name, (table, columns, told) in _HELD.items()
        }


def how_many_accounts(engine: Engine) -> dict[str, int]:
    """How many rows hold the id of an account, by what they are."""
    with reading(engine) as connection:
        return {
            name: int(connection.scalar(sa.select(sa.func.count()).where(table.c[columns[0]] != GONE)) or 0)
            for name, (table, columns, _) in _HELD.items()
        }
