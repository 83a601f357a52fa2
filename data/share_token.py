"""The codec of shared links: a signed token over a page, its view, a release, an audience, an expiry and an id.

A token is "1.", for the version of the codec, and what itsdangerous makes of the rest. Tokens of every version ever
written must stay readable: links live for months in e-mails and minutes.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode

from itsdangerous import BadData, URLSafeSerializer
from itsdangerous.encoding import base64_decode, base64_encode

from data.views.view import LONGEST_NUMBER, View

SHARED_PARAMETER = "delt"
"""The parameter of the address that carries a shared link; it stays there, so that a reload opens the same."""
VERSION = "1"
SALT = "tryghedsoverblik/delt/{version}"
LONGEST_TOKEN = 4_000
"""Characters; what is longer is no link of ours, and is not looked at."""
LATEST_YEAR = 9_999
SIGNATURE = len(base64_encode(hashlib.sha256().digest()))
"""Characters of the signature of a token."""


@dataclass(frozen=True)
class SharedLink:
    """What a link opens: a page's view of one release, as one audience may see it, until a moment (UTC, a second)."""

    id: str
    page: str
    view: View
    release: int
    audience: str
    expires: dt.datetime


def token_of(link: SharedLink, keys: Sequence[str]) -> str:
    """The token of a link, signed with the last of the keys."""
    query = urlencode(replace(link.view, release=None).to_query(), doseq=True)
    signed = [link.id, link.page, query, link.release, link.audience, int(link.expires.timestamp())]
    return f"{VERSION}.{_serializer(VERSION, keys).dumps(signed)}"


def has_our_form(token: str) -> bool:
    """Whether a token looks like one of ours: a version, something encoded, and a signature of the right length.

    Only such a one can be an attempt to guess, so only such a one is counted as a failure.
    """
    version, _, signed = token.partition(".")
    content, dot, signature = signed.rpartition(".")
    plain = token.isascii() and len(token) <= LONGEST_TOKEN and all(each.isalnum() or each in "-_." for each in token)
    return plain and version in _READERS and bool(dot and content) and len(signature) == SIGNATURE


def link_of(token: str, keys: Sequence[str], now: dt.datetime) -> SharedLink | None:
    """The link of a token; None for whatever is wrong with it: altered, expired, of no version of ours, no token.

    Any of the keys may have signed it, so that keys can be changed without breaking links.
    """
    version, _, signed = token[: LONGEST_TOKEN + 1].partition(".")
    if len(token) > LONGEST_TOKEN or version not in _READERS or not token.isascii():
        return None
    try:
        fields = _serializer(version, keys).loads(signed)
        # The last letter of a signature has bits to spare: of the ways to write it, only ours is taken.
        written = signed.rpartition(".")[2].encode()
        if base64_encode(base64_decode(written)) != written:
            return None
    except BadData:
        return None
    link = _READERS[version](fields)
    return link if link is not None and now < link.expires else None


def _serializer(version: str, keys: Sequence[str]) -> URLSafeSerializer:
    # The version is part of what is signed, so a token cannot be passed off as one of another version.
    how = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeSerializer(list(keys), salt=SALT.format(version=version), signer_kwargs=how)


def _first_version(fields: object) -> SharedLink | None:
    # Signed by us, so it is what we wrote; but who holds the key may be older or newer than we are.
    match fields:
        case [str(link_id), str(page), str(query), int(release), str(audience), int(expires)]:
            if not 0 < release < 10**LONGEST_NUMBER or not 0 < expires < dt.datetime(LATEST_YEAR, 1, 1).timestamp():
                return None
            view = replace(View.from_query(parse_qs(query)), release=release)
            return SharedLink(link_id, page, view, release, audience, dt.datetime.fromtimestamp(expires, dt.UTC))
    return None


_READERS = {"1": _first_version}
