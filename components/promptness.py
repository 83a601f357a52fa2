"""Sends what a page is made of as soon as it is ready, rather than when the browser has acknowledged the last."""

import socket
from asyncio import base_events


def send_at_once() -> None:
    """Let each connection that is taken from now on send small messages without delay.

    asyncio sees to that for sockets which name TCP as their protocol. Streamlit's names none, so the kernel keeps a
    message back until the one before is acknowledged, and browsers put that off: 40 ms of every rerun.
    """
    base_events._set_nodelay = _without_delay  # type: ignore[attr-defined]


def _without_delay(connection: socket.socket) -> None:
    if connection.family in (socket.AF_INET, socket.AF_INET6) and connection.type == socket.SOCK_STREAM:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
