"""Whether what the server sends waits for the browser."""

import asyncio
import socket
from asyncio import base_events

import pytest

from components.promptness import send_at_once


def test_a_connection_to_a_socket_that_names_no_protocol_sends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base_events, "_set_nodelay", base_events._set_nodelay)  # put back afterwards
    send_at_once()

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
