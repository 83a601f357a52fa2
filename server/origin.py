"""Where a request comes from, and what it calls us: scheme, host and port as browsers state them."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from server.rate_limits import THIS_COMPUTER
from server.start_up import is_loopback


def origin_of(address: str) -> str:
    """Scheme, host and port of an address as browsers state them; "" for none."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def names_of(origin: str) -> set[str]:
    """The ways to name a host in a request: with its port, and where that is the usual one, or left out, without."""
    parts = urlsplit(origin.lower())
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    name = parts.hostname or ""
    name = f"[{name}]" if ":" in name else name
    return {parts.netloc, name, f"{name}:{parts.port or usual}"}


def client_of(scope: Scope) -> str:
    """The address a request comes from, as the server knows it."""
    return str((scope.get("client") or (THIS_COMPUTER,))[0])


def is_from_this_computer(scope: Scope) -> bool:
    """Whether both the address we listen on and the name we were called by are this computer's own.

    A page elsewhere can make a browser call us by a name of its own (DNS rebinding); that name is not ours.
    """
    server = scope.get("server")
    host = Headers(scope=scope).get("host", "localhost")
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return server is not None and is_loopback(server[0]) and is_loopback(name)
