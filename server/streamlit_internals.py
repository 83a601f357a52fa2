"""Everything of ours that leans on the insides of Streamlit, Starlette or asyncio, each trick with what it is for.

When one of them is upgraded, read down this list; `tests/server/test_streamlit_internals.py` fails where a trick no
longer does what it says:

- `set_tcp_nodelay` replaces `asyncio.base_events._set_nodelay`. Delete it when Streamlit's socket names TCP.
- `keep_uploads_in_memory` sets `MultiPartParser.spool_max_size`. Delete it when Streamlit offers the setting.
- `bytes_held` and `free_uploads_of_the_gone` read Streamlit's memory of uploaded files and its list of sessions.
- `name_downloads_by_chance` replaces `_calculate_file_id` of Streamlit's memory of files: it names one by its content
  (of a large one, by parts of it), so whoever knows or guesses the content knows the address. Delete it when names are
  random.
- `remember_who_downloads` and `claims_of_holders` note in which session a file for download was made, and read who sits
  there. Delete them when Streamlit asks who fetches.
- `adopt_loggers` replaces `streamlit.logger.setup_formatter`. Delete it when Streamlit lets its loggers propagate.
- `never_ask_for_our_address` replaces `streamlit.net_util.get_external_ip` and `get_internal_ip`: a web socket from a
  foreign page made Streamlit ask an address service on the internet, twice, on the event loop. Delete it when it no
  longer does.
- `identity_claims` reads the signed cookie that `st.login` writes, by Streamlit's own functions and cookie names.
- The render queue, warm-up and start page (`render_queue`, `warm_up`, `web`) use public surfaces only.
"""

import hashlib
import hmac
import json
import logging
import secrets
import socket
from asyncio import base_events
from collections.abc import Callable, Mapping
from typing import Any

from starlette.formparsers import MultiPartParser
from streamlit import logger as streamlit_logger
from streamlit import net_util
from streamlit.auth_util import get_cookie_with_chunks, get_origin_from_redirect_uri
from streamlit.runtime import Runtime, media_file_manager, memory_media_file_storage
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import (
    SESSION_COOKIE_NAME,
    TOKENS_COOKIE_NAME,
    USER_COOKIE_NAME,
    XSRF_COOKIE_NAME,
)

IDENTITY_COOKIES = (USER_COOKIE_NAME, TOKENS_COOKIE_NAME)
SCRIPTS_MAY_READ = (XSRF_COOKIE_NAME,)
"""The one cookie that a script has to read: it proves that a request comes from our own page."""
STREAMLIT_COOKIES = (*IDENTITY_COOKIES, SESSION_COOKIE_NAME, XSRF_COOKIE_NAME)
_MEGABYTE = 1024 * 1024


# Messages that leave at once -----------------------------------------------------------------------------------------


def set_tcp_nodelay() -> None:
    """Let each connection that is taken from now on send small messages without delay.

    asyncio sees to that for sockets which name TCP as their protocol. Streamlit's names none, so the kernel keeps a
    message back until the one before is acknowledged, and browsers put that off: 40 ms of every rerun.
    """
    base_events._set_nodelay = _without_delay  # type: ignore[attr-defined]


def _without_delay(connection: socket.socket) -> None:
    if connection.family in (socket.AF_INET, socket.AF_INET6) and connection.type == socket.SOCK_STREAM:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


# Uploads --------------------------------------------------------------------------------------------------------------


def keep_uploads_in_memory(most_megabytes: int) -> None:
    """Let no upload up to the server's limit be put in a temporary file, as Starlette does from 1 MB on."""
    MultiPartParser.spool_max_size = (most_megabytes + 1) * _MEGABYTE


def bytes_held() -> dict[str, int]:
    """How many bytes of uploaded files lie in memory, by session."""
    if not Runtime.exists():
        return {}
    storage = Runtime.instance().uploaded_file_mgr.file_storage  # type: ignore[attr-defined]
    return {session: sum(len(file.data) for file in files.values()) for session, files in list(storage.items())}


def free_uploads_of_the_gone() -> int:
    """Let go of the files of sessions that have ended or can no longer come back; returns how many sessions had any.

    Streamlit forgets a session that lost its connection only when another one is kept or asked for.
    """
    if not Runtime.exists():
        return 0
    runtime = Runtime.instance()
    manager = runtime._session_mgr
    alive = {info.session.id for info in manager.list_sessions()}
    gone = [session for session in bytes_held() if session not in alive]
    for session in gone:
        runtime.uploaded_file_mgr.remove_session_files(session)
    return len(gone)


# Downloads ------------------------------------------------------------------------------------------------------------


def name_downloads_by_chance() -> None:
    """Let nobody work out where a file lies for download: its name follows from a secret of this process, too."""
    secret = secrets.token_bytes(32)

    def name(data: bytes, mimetype: str, filename: str | None = None) -> str:
        content = hashlib.sha256(data).digest() + f"{mimetype}\0{filename or ''}".encode()
        return hmac.new(secret, content, hashlib.sha256).hexdigest()

    memory_media_file_storage._calculate_file_id = name


_held_by: dict[str, set[str]] = {}
"""The sessions that the files lying here were made in."""


def remember_who_downloads() -> None:
    """Note in which session Streamlit makes each file, be it while a page is drawn or when somebody clicks."""
    add, make = MediaFileManager.add, MediaFileManager.execute_deferred

    def added(manager: MediaFileManager, *arguments: Any, **settings: Any) -> str:
        address = add(manager, *arguments, **settings)
        _note(manager, address, media_file_manager._get_session_id())
        return address

    def made(manager: MediaFileManager, file_id: str) -> str:
        deferred = manager._deferred_callables.get(file_id)
        address = make(manager, file_id)
        if deferred is not None:
            _note(manager, address, deferred["session_id"])
        return address

    MediaFileManager.add = added  # type: ignore[assignment, method-assign]
    MediaFileManager.execute_deferred = made  # type: ignore[assignment, method-assign]


def _note(manager: MediaFileManager, address: str, session: str) -> None:
    with manager._lock:
        for gone in _held_by.keys() - manager._file_metadata.keys():
            del _held_by[gone]
        _held_by.setdefault(_name(address), set()).add(session)


def claims_of_holders(address: str) -> list[Mapping[str, Any]] | None:
    """What is known of those in whose sessions a file was made ({}: nobody signed in); None where there is no file."""
    sessions = _held_by.get(_name(address))
    if sessions is None or not Runtime.exists():
        return None
    alive = Runtime.instance()._session_mgr.list_sessions()
    return [dict(info.session._user_info) for info in alive if info.session.id in sessions]


def _name(address: str) -> str:
    return address.rpartition("/")[2].partition(".")[0]


# No request of our own to anybody ------------------------------------------------------------------------------------


def never_ask_for_our_address() -> None:
    """Let Streamlit never look up the address that others reach this computer by."""
    net_util.get_external_ip = _unknown
    net_util.get_internal_ip = _unknown


def _unknown() -> None:
    return None


# Logs -----------------------------------------------------------------------------------------------------------------


def adopt_loggers(adopt: Callable[[logging.Logger], None]) -> None:
    """Let `adopt` set up each logger that Streamlit makes from now on, instead of Streamlit's own handler."""
    streamlit_logger.setup_formatter = adopt  # type: ignore[assignment]


# Who is signed in -----------------------------------------------------------------------------------------------------


def identity_claims(cookies: Mapping[str, str]) -> dict[str, Any]:
    """The claims in the signed identity cookie of a request; {} unless it is signed by us, and for our address."""
    secret = get_cookie_secret()

    def signed(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(secret, name, value) if value and value.isascii() else None

    raw = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    try:
        claims = json.loads(raw) if raw else {}
    except ValueError:
        return {}
    if not isinstance(claims, dict) or claims.get("is_logged_in") is not True:
        return {}
    return claims if claims.get("origin") == get_origin_from_redirect_uri() else {}
