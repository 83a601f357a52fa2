"""The token of a plain form: it proves that the page was ours and lately opened by the browser that sends it."""

import secrets
from collections.abc import Sequence

from itsdangerous import BadData, URLSafeTimedSerializer

FORM_COOKIE = "tryghed_formular"
"""Holds a random number that no script and no other site can read; the token in the form is signed over it."""
GOOD_FOR = 4 * 60 * 60
"""Seconds a form may lie open before it is sent."""
_SALT = "tryghedsoverblik/formular"


def new_secret() -> str:
    """What the cookie holds: chance alone, nothing about who has it."""
    return secrets.token_urlsafe(18)


def form_token(secret: str, page: str, keys: Sequence[str]) -> str:
    """The token of a form on a page, for the browser whose cookie holds the secret; another one each time."""
    return _serializer(keys).dumps([secret, page, secrets.token_hex(4)])


def is_ours(token: str, secret: str, page: str, keys: Sequence[str]) -> bool:
    """Whether a token was made for that page and that browser, and lately."""
    if not secret or len(token) > 400 or not token.isascii():
        return False
    try:
        stated = _serializer(keys).loads(token, max_age=GOOD_FOR)
    except BadData:
        return False
    return isinstance(stated, list) and stated[:2] == [secret, page]


def _serializer(keys: Sequence[str]) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(list(keys), salt=_SALT)
