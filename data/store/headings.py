"""Keeps what partners' files call a column, so that it has to be said only once."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from data import clock
from data.contracts.columns import same_heading
from data.store.database import reading, writing
from data.store.schema import headings

Headings = dict[str, dict[str, str]]
"""Kind → heading, reduced to what counts → id of the column it stands for."""


def remembered(engine: Engine) -> Headings:
    """Every heading that has been mapped to a column."""
    with reading(engine) as connection:
        rows = connection.execute(sa.select(headings).order_by(headings.c.kind, headings.c.heading)).all()
    known: Headings = {}
    for row in rows:
        known.setdefault(row.kind, {})[row.heading] = row.column_name
    return known


def remember(engine: Engine, kind: str, meant: Mapping[str, str], by: str) -> None:
    """Keep which column of a kind each heading stands for; what was said of the heading before gives way."""
    now = clock.now()
    with writing(engine) as connection:
        for heading, column in meant.items():
            same = same_heading(heading)
            connection.execute(headings.delete().where(headings.c.kind == kind, headings.c.heading == same))
            connection.execute(
                headings.insert().values(
                    kind=kind, heading=same, column_name=column, remembered_at=now, remembered_by=by
                )
            )


def forget(engine: Engine, kind: str, heading: str) -> None:
    """Take back what was said of a heading."""
    with writing(engine) as connection:
        connection.execute(
            headings.delete().where(headings.c.kind == kind, headings.c.heading == same_heading(heading))
        )
