"""Says in one sentence, before the app starts, that its port is taken and what to do: python -m server.port PORT."""

import socket
import sys


def taken(port: int) -> str:
    """What to tell where another program listens on a port of this machine; "" where the port is free."""
    with socket.socket() as asking:
        asking.settimeout(1.0)
        if asking.connect_ex(("127.0.0.1", port)) != 0:
            return ""
    return f"Port {port} er optaget af et andet program. Luk det, eller brug en anden port: make run PORT={port + 1}"


if __name__ == "__main__":
    if sentence := taken(int(sys.argv[1])):
        sys.exit(sentence)
