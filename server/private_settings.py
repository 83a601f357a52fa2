"""What only the server may know, from Streamlit's secrets or the environment: sign-in, who comes in, keys of links.

Of several partnerships in one installation each has its own: the table of who comes in lies in its folder, and the keys
of cookies and links follow from the installation's and its name, so that nothing of one holds in another.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from streamlit.runtime.secrets import secrets_singleton

from data.access import Access, read_access
from data.partnership import our_partnership
from data.settings.chosen import var_folder
from data.settings.several import OWN_ACCESS, own_key, partnerships_folder, served_name

ACCESS_FILE, LINK_KEYS = "TRYGHED_ACCESS", "TRYGHED_LINK_KEYS"
SHORTEST_KEY = 32
"""Characters of a key; shorter ones could be guessed."""
DEMO_KEY = var_folder() / "demo-link-key"


@cache
def section(name: str) -> dict[str, Any]:
    """A section of Streamlit's secrets as plain values; {} where there is none.

    Read once: a page asks a hundred times, and each asking looks on the disk. New secrets come with a restart.
    """
    settings = secrets_singleton.get(name) if secrets_singleton.load_if_toml_exists() else None
    return _plain(settings) if isinstance(settings, Mapping) else {}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def be_our_own() -> None:
    """Let Streamlit sign people in as one of several partnerships: to its own address, cookies signed by its own key.

    To be called before Streamlit is asked for anything; does nothing where there is one partnership, or no sign-in.
    """
    shared, name = section("auth"), served_name()
    if not name or not shared:
        return
    own = {**shared, "redirect_uri": _below(str(shared.get("redirect_uri", "")), name)}
    # A key too short to be one stays as it is, so that the start is refused.
    secret = str(shared.get("cookie_secret", ""))
    own["cookie_secret"] = own_key(secret) if len(secret) >= SHORTEST_KEY else secret
    secrets_singleton.merge_programmatic_secrets({"auth": own})
    section.cache_clear()


def _below(address: str, name: str) -> str:
    """An address of the installation as it is below the partnership's own path; one that is there already stays."""
    parts = urlsplit(address)
    if not parts.path or parts.path.startswith(f"/{name}/"):
        return address
    return urlunsplit(parts._replace(path=f"/{name}{parts.path}"))


def is_sign_in_configured() -> bool:
    """Whether people sign in here; without it the app is a demo for this computer alone."""
    return bool(section("auth"))


def redirect_address() -> str:
    """The address the identity provider sends people back to; it tells how browsers reach us."""
    return str(section("auth").get("redirect_uri", ""))


def is_served_by_https() -> bool:
    """Whether browsers reach us by https, which a proxy before us may be the only one to know."""
    return redirect_address().startswith("https://")


@lru_cache(maxsize=1)
def our_access() -> Access:
    """The table of who comes in, read once: the file named by TRYGHED_ACCESS, or `[access]` of the secrets.

    One of several partnerships has it in its own folder and nowhere else: no table of another's, or of all, lets
    anybody in. Raises ValueError, in Danish, where it cannot be read or is wrong.
    """
    name = served_name()
    file = str(partnerships_folder() / name / OWN_ACCESS) if name else os.environ.get(ACCESS_FILE)
    if not file:
        return read_access(section("access"), our_partnership())
    try:
        stated = tomllib.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        named = "tabellen over, hvem der kommer ind," if name else f"som {ACCESS_FILE} nævner,"
        raise ValueError(f"Filen {file}, {named} kan ikke læses: {error}") from error
    return read_access(stated.get("access", stated), our_partnership())


@lru_cache(maxsize=1)
def link_keys() -> tuple[str, ...]:
    """The keys that sign shared links, the newest last: TRYGHED_LINK_KEYS, `[links] keys`, or the key of the cookies.

    The demo makes a key of its own and keeps it in var/, so that its links outlive a restart. One of several
    partnerships has keys that follow from these and its name. Raises ValueError where a key is too short.
    """
    stated = os.environ.get(LINK_KEYS, "").replace(",", " ").split() or list(section("links").get("keys", ()))
    if not stated and is_sign_in_configured():
        stated = [str(section("auth").get("cookie_secret", ""))]
    keys = tuple(map(str, stated)) or (_demo_key(),)
    if any(len(key) < SHORTEST_KEY for key in keys):
        raise ValueError(f"En nøgle til delte links eller cookies er kortere end {SHORTEST_KEY} tegn.")
    return tuple(own_key(key) for key in keys)


def _demo_key() -> str:
    made = secrets.token_urlsafe(SHORTEST_KEY)
    try:
        DEMO_KEY.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(DEMO_KEY, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(made)
    except FileExistsError:
        return DEMO_KEY.read_text(encoding="utf-8")
    except OSError:
        return made  # nowhere to keep it: links of this demo hold until it stops
    return made
