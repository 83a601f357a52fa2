"""An upload stays in memory, whatever its size up to the limit: what is refused was never on the disk."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartParser

from components.uploads import keep_uploads_in_memory


def is_on_disk(megabytes: int) -> bool:
    """Whether Starlette has put a file of that size in a temporary file once it has come by a form."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="tal.csv"\r\n\r\n'

    async def body() -> AsyncIterator[bytes]:
        yield head + b"1" * (megabytes << 20) + b"\r\n--x--\r\n"

    headers = Headers({"content-type": "multipart/form-data; boundary=x"})
    form = asyncio.run(MultiPartParser(headers, body()).parse())
    file = form["file"]
    assert isinstance(file, UploadFile)
    rolled = bool(file.file._rolled)  # type: ignore[attr-defined]
    file.file.close()
    return rolled


@pytest.mark.parametrize("megabytes", [2, 50])
def test_an_upload_is_not_put_in_a_temporary_file(monkeypatch: pytest.MonkeyPatch, megabytes: int) -> None:
    monkeypatch.setattr(MultiPartParser, "spool_max_size", MultiPartParser.spool_max_size)
    assert is_on_disk(2)
    keep_uploads_in_memory(50)
    assert not is_on_disk(megabytes)
