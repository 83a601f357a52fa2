"""Each trick that leans on the insides of Streamlit, Starlette or asyncio still does what it is for."""

import asyncio
import socket
from asyncio import base_events
from collections.abc import AsyncIterator
from types import SimpleNamespace

import pytest
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartParser
from streamlit import net_util
from streamlit.runtime import Runtime, media_file_manager, memory_media_file_storage
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web.server.server_util import is_url_from_allowed_origins

from server import streamlit_internals
from server.streamlit_internals import (
    bytes_held,
    claims_of_holders,
    free_uploads_of_the_gone,
    keep_uploads_in_memory,
    name_downloads_by_chance,
    never_ask_for_our_address,
    remember_who_downloads,
    set_tcp_nodelay,
)


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


@pytest.mark.parametrize("origin", ["https://ond.example", "null", "http://127.0.0.1:99", "http://10.0.0.1"])
def test_a_foreign_web_socket_makes_no_connection_to_anybody(monkeypatch: pytest.MonkeyPatch, origin: str) -> None:
    monkeypatch.setattr(net_util, "get_external_ip", net_util.get_external_ip)  # put back afterwards
    monkeypatch.setattr(net_util, "get_internal_ip", net_util.get_internal_ip)
    never_ask_for_our_address()

    def refuse(*_args: object) -> None:
        raise AssertionError("an outgoing connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert not is_url_from_allowed_origins(origin) or "127.0.0.1" in origin


def test_a_file_is_known_by_the_session_it_was_made_in_also_when_it_is_made_at_the_click(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("add", "execute_deferred"):
        monkeypatch.setattr(MediaFileManager, name, getattr(MediaFileManager, name))
    monkeypatch.setattr(streamlit_internals, "_held_by", {})
    remember_who_downloads()
    manager = MediaFileManager(memory_media_file_storage.MemoryMediaFileStorage("/media"))
    session = ["anna"]
    monkeypatch.setattr(media_file_manager, "_get_session_id", lambda: session[0])
    drawn = manager.add(b"1", "text/csv", "a")
    clicked = manager.add_deferred(lambda: b"2", "text/csv", "b", "tal.csv")
    session[0] = "bo"
    addresses = [drawn, manager.add(b"1", "text/csv", "a"), manager.execute_deferred(clicked)]
    sessions = [SimpleNamespace(session=SimpleNamespace(id=each, _user_info={"sub": each})) for each in ("anna", "bo")]
    running = SimpleNamespace(_session_mgr=SimpleNamespace(list_sessions=lambda: sessions))
    monkeypatch.setattr(Runtime, "exists", lambda: True)
    monkeypatch.setattr(Runtime, "instance", lambda: running)
    assert [claims_of_holders(each) for each in addresses] == [
        [{"sub": "anna"}, {"sub": "bo"}], [{"sub": "anna"}, {"sub": "bo"}], [{"sub": "anna"}],
    ]  # fmt: skip
    assert claims_of_holders("/media/andet.csv") is None


def test_where_a_file_lies_does_not_follow_from_its_content(monkeypatch: pytest.MonkeyPatch) -> None:
    content, names = b"1" * 3_000_000, []
    monkeypatch.setattr(memory_media_file_storage, "_calculate_file_id", memory_media_file_storage._calculate_file_id)
    for _ in range(2):  # two processes
        name_downloads_by_chance()
        storage = memory_media_file_storage.MemoryMediaFileStorage("/media")
        names += [storage.load_and_get_id(content, "text/csv", MediaFileKind.DOWNLOADABLE, "tal.csv") for _ in range(2)]
        other = content[:700_000] + b"2" + content[700_001:]
        assert storage.load_and_get_id(other, "text/csv", MediaFileKind.DOWNLOADABLE, "tal.csv") != names[-1]
    assert names[0] == names[1] != names[2] == names[3]


def test_files_of_sessions_that_are_gone_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    manager = MemoryUploadedFileManager("/upload")
    for session in ("here", "gone"):
        manager.add_file(session, UploadedFileRec("x", "tal.csv", "text/csv", b"12345"))
    here = SimpleNamespace(session=SimpleNamespace(id="here"))
    runtime = SimpleNamespace(
        uploaded_file_mgr=manager, _session_mgr=SimpleNamespace(list_sessions=lambda: [here])
    )  # fmt: skip
    monkeypatch.setattr(Runtime, "exists", lambda: True)
    monkeypatch.setattr(Runtime, "instance", lambda: runtime)
    assert bytes_held() == {"here": 5, "gone": 5}
    assert free_uploads_of_the_gone() == 1
    assert bytes_held() == {"here": 5}
