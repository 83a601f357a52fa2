"""Keeps what people upload in memory, so that a file that has to be refused was never on the disk."""

from starlette.formparsers import MultiPartParser

_MEGABYTE = 1024 * 1024


def keep_uploads_in_memory(most_megabytes: int) -> None:
    """Let no upload up to the server's limit be put in a temporary file, as Starlette does from 1 MB on."""
    MultiPartParser.spool_max_size = (most_megabytes + 1) * _MEGABYTE
