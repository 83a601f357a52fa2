"""Whether the port of `make run` is free is said before anything starts."""

import socket

from server.port import taken


def test_a_port_in_use_is_told_with_another_to_try() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert taken(port).endswith(f"make run PORT={port + 1}")
        assert f"Port {port} er optaget" in taken(port)


def test_a_free_port_is_nothing_to_tell() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))  # nobody listens
        assert taken(other.getsockname()[1]) == ""
