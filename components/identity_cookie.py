"""Who a request comes from, by the signed cookie that Streamlit keeps after sign-in; for what is no page."""

import json
from collections.abc import Mapping
from typing import Any

from streamlit.auth_util import get_cookie_with_chunks, get_origin_from_redirect_uri
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import (
    SESSION_COOKIE_NAME,
    TOKENS_COOKIE_NAME,
    USER_COOKIE_NAME,
    XSRF_COOKIE_NAME,
)

from components.private_settings import our_access
from data.access import Person, person_of
from data.partnership import our_partnership

IDENTITY_COOKIES = (USER_COOKIE_NAME, TOKENS_COOKIE_NAME)
SCRIPTS_MAY_READ = (XSRF_COOKIE_NAME,)
"""The one cookie that a script has to read: it proves that a request comes from our own page."""
OURS = (*IDENTITY_COOKIES, SESSION_COOKIE_NAME, XSRF_COOKIE_NAME)


def person_of_request(cookies: Mapping[str, str]) -> Person | None:
    """Who the cookies of a request speak of; None unless they are signed by us, of our address, and not expired."""
    claims = _claims(cookies)
    if claims.get("is_logged_in") is not True or claims.get("origin") != get_origin_from_redirect_uri():
        return None
    return person_of(claims, our_access(), our_partnership())


def _claims(cookies: Mapping[str, str]) -> dict[str, Any]:
    secret = get_cookie_secret()

    def signed(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(secret, name, value) if value and value.isascii() else None

    raw = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    try:
        claims = json.loads(raw) if raw else {}
    except ValueError:
        return {}
    return claims if isinstance(claims, dict) else {}
