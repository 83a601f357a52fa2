"""Whether the app may start as it is set up: reachable by others only where people sign in and few come in."""

import ipaddress
from collections.abc import Callable

from data.settings.several import served_name
from server import private_settings
from server.base_path import normalised
from server.private_settings import is_sign_in_configured, link_keys, our_access

NOT_ALONE = (
    "Appen starter ikke: den ville kunne nås fra andre computere ({address}), men der er ikke sat login op. "
    "Sæt login op som i docs/sign-in.md, eller brug adressen 127.0.0.1."
)

ELSEWHERE = (
    "Appen starter ikke: {name} er ét af flere partnerskaber og skal ligge på sin egen adresse: "
    "--server.baseUrlPath {name} (python -m server.partnerships gør det selv)."
)


def is_loopback(address: str | None) -> bool:
    """Whether an address is this computer alone; none, an empty one, a name or a socket file is not."""
    host = (address or "").strip().strip("[]")
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def reasons_not_to_start(address: str | None, base: str | None = "") -> list[str]:
    """What stands in the way of starting on an address and below a path, in Danish; nothing, where it is safe."""
    name = served_name()
    if name and normalised(base or "") != f"/{name}":
        return [ELSEWHERE.format(name=name)]
    if not is_sign_in_configured():
        return [] if is_loopback(address) else [NOT_ALONE.format(address=address or "alle adresser")]
    missing = [name for name in ("redirect_uri", "cookie_secret") if not private_settings.section("auth").get(name)]
    reasons = [f"Appen starter ikke: [auth] mangler »{name}«." for name in missing]
    readers: tuple[Callable[[], object], ...] = (our_access, link_keys)
    for read in readers:
        try:
            read()
        except ValueError as error:
            reasons.append(f"Appen starter ikke: {error}")
    return reasons
