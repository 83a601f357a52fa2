"""The tables of the database: loads as append-only rows, releases as checksummed documents."""

import datetime as dt
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    case,
    false,
    func,
    select,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from data.contracts.columns import Column as ContractColumn
from data.contracts.definitions import CONTRACTS

metadata = MetaData()


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment in UTC; SQLite keeps no time zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """The moment as read, in UTC."""
        return value.replace(tzinfo=dt.UTC) if value is not None and value.tzinfo is None else value


loads = Table(
    "loads",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("loaded_at", UtcDateTime, nullable=False),
    Column("loaded_by", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    # The rows of such a load stand no longer; it keeps them, so that one can see what was withdrawn.
    Column("withdraws", Boolean, nullable=False, server_default=false()),
)

releases = Table(
    "releases",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("published_at", UtcDateTime, nullable=False),
    Column("published_by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("meeting_date", Date),
    Column("repeats", Integer, ForeignKey("releases.id")),
    Column("newest_load", Integer, nullable=False),
    # "published", or "draft" while only the secretariat sees it.
    Column("state", String(10), nullable=False, server_default="published"),
)

documents = Table(
    "documents",
    metadata,
    Column("release_id", Integer, ForeignKey("releases.id"), primary_key=True),
    Column("audience", String(60), primary_key=True),
    Column("name", String(30), primary_key=True),
    Column("checksum", String(64), nullable=False),
    # Empty where the release is packed: then the bytes stand in `contents` under the checksum (data.store.contents).
    Column("parquet", LargeBinary, nullable=False),
)

# What documents of packed releases hold, each once.
contents = Table(
    "contents",
    metadata,
    Column("checksum", String(64), primary_key=True),
    Column("parquet", LargeBinary, nullable=False),
)

holds_its_bytes = func.length(documents.c.parquet) > 0
_packed_bytes = select(contents.c.parquet).where(contents.c.checksum == documents.c.checksum).scalar_subquery()
document_bytes = case(
    (holds_its_bytes, documents.c.parquet), else_=func.coalesce(_packed_bytes, documents.c.parquet)
).label("parquet")
"""The bytes of a document, wherever they are; none where they are lost."""

# One row a shared link: what was signed into it, so that it can be listed, counted and revoked.
shared_links = Table(
    "shared_links",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("page", String(60), nullable=False),
    Column("query", Text, nullable=False),
    Column("release_id", Integer, ForeignKey("releases.id"), nullable=False),
    Column("audience", String(60), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False),
    Column("last_opened", UtcDateTime),
    Column("opened", Integer, nullable=False, server_default="0"),
    Column("revoked_at", UtcDateTime),
    Column("revoked_by", Text),
)

# Who did what and when. The database itself refuses to change or remove a row (migration 0005).
events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("account", Text, nullable=False),
    Column("what", String(20), nullable=False),
    Column("about", Text, nullable=False),
)

# What those outside the secretariat have sent in from an area's page or a walk: nobody else reads it before it is
# approved, and its content is erased the moment it is decided on. No account is kept of who sent it.
submissions = Table(
    "submissions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("area_id", Text, nullable=False),
    Column("audience", String(60), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("content", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("decided_on", Date),
    Column("decided_by", Text),
)

# How partners' files call a column: mapped once, recognised from then on. `heading` is reduced to what counts.
headings = Table(
    "headings",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("heading", Text, primary_key=True),
    Column("column_name", Text, nullable=False),
    Column("remembered_at", UtcDateTime, nullable=False),
    Column("remembered_by", Text, nullable=False),
)

# Roads and landmarks, clipped to the partnership, as GeoParquet; of each kind the newest set stands.
street_sets = Table(
    "street_sets",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("credit", Text, nullable=False),
    Column("loaded_at", UtcDateTime, nullable=False),
    Column("loaded_by", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("parquet", LargeBinary, nullable=False),
)

# The checksum of each load, published release, shared link and line of the log (data.store.checksums).
checksums = Table(
    "checksums",
    metadata,
    Column("what", String(10), primary_key=True),
    Column("number", String(40), primary_key=True),
    Column("checksum", String(64), nullable=False),
)

_SQL_TYPES: dict[str, type[TypeEngine[Any]]] = {
    "integer": BigInteger,
    "decimal": Float,
    "share": Float,
    "date": Date,
}


def _column(column: ContractColumn) -> Column[object]:
    return Column(column.name, _SQL_TYPES.get(column.kind, Text))


def _source_table(kind: str, *columns: Column[object]) -> Table:
    return Table(
        f"source_{kind}",
        metadata,
        Column("load_id", Integer, ForeignKey("loads.id"), primary_key=True),
        Column("row_number", Integer, primary_key=True),
        *columns,
    )


# One table a contract: what a file may hold is what the database keeps.
source_tables = {
    kind: _source_table(kind, *(_column(column) for column in contract.columns)) for kind, contract in CONTRACTS.items()
}
source_tables["boundaries"] = _source_table(
    "boundaries",
    Column("area_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("outline", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("credit", Text),
    Column("geometry", LargeBinary, nullable=False),
)

# What makes two rows speak of the same thing: the row of the later load then stands.
source_keys: dict[str, tuple[str, ...]] = {kind: contract.key for kind, contract in CONTRACTS.items()}
source_keys["boundaries"] = ("area_id",)


def text_columns(kind: str) -> list[str]:
    """The columns of a kind that hold words: never missing, at most empty. Outlines have no contract, and none."""
    columns = CONTRACTS[kind].columns if kind in CONTRACTS else ()
    return [column.name for column in columns if column.kind in ("text", "choice")]
