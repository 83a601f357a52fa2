"""Each trick that leans on the insides of Streamlit, Starlette or asyncio still does what it is for."""

import asyncio
import socket
from asyncio import base_events
from collections.abc import AsyncIterator

import pytest
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartParser

from server.streamlit_internals import keep_uploads_in_memory, set_tcp_nodelay


def test_a_connection_to_a_socket_that_names_no_protocol_sends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base_events, "_set_nodelay", base_events._set_nodelay)  # put back afterwards
    set_tcp_nodelay()

    async def sends_at_once() -> int:
        taken: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def connected(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            own = writer.get_extra_info("socket")
            taken.set_result(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listening = socket.socket(socket.AF_INET)  # as Streamlit makes it
        listening.bind(("127.0.0.1", 0))
        async with await asyncio.start_server(connected, sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname())
            answer = await taken
            writer.close()
            await writer.wait_closed()
        return answer

    assert asyncio.run(sends_at_once()) == 1


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
