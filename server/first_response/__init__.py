"""The answer in the first response: what a page says stands in the HTML that the server sends, before any script.

Streamlit's scripts are asked for when it has been painted, and draw behind it; first.js lets go of it when the live
page stands. Without scripts, or without a web socket, it stays.
"""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs

from starlette.requests import HTTPConnection
from starlette.types import Scope

from server.assets import asset_path
from server.base_path import below

BROWSER = Path(__file__).parent / "browser"
ROOT = b'<div id="root"></div>'
ELEMENT = "first-response"
"""The id of what stands before the live page."""
# Streamlit's own tags; a paint of ours does not wait for them.
LATER = re.compile(
    rb"\s*<(?:script type=\"module\"[^>]*></script>|link rel=\"(?:modulepreload|stylesheet)\"[^>]*>)", re.DOTALL
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AskedPage:
    """A request for a page: its path below ours, what the address says, and the cookies that came along."""

    path: str
    query: Mapping[str, Sequence[str]]
    cookies: Mapping[str, str]


Answer = Callable[[AskedPage], str | None]
"""Gives what stands in the first response as HTML; None where nothing may or can be said."""


def asked_page(scope: Scope, base: str) -> AskedPage:
    """What a request asks for; `base` is the path all addresses begin with."""
    path = below(str(scope["path"]), base)
    query = parse_qs(scope["query_string"].decode("latin-1"))
    return AskedPage(path.strip("/"), query, HTTPConnection(scope).cookies)


def answered(answer: Answer, asked: AskedPage) -> str | None:
    """The answer; None also where it fails, which is logged: the live page is no worse for it."""
    try:
        return answer(asked)
    except Exception:  # whatever an answer trips over, the page itself still comes
        _log.exception("No first response for /%s", asked.path)
        return None


def with_answer(page: bytes, html: str) -> bytes:
    """Streamlit's page with the answer before its root, and its scripts put off until that is painted."""
    if ROOT not in page:
        return page
    head, middle, rest = page.partition(b"</head>")
    later = b"".join(LATER.findall(head))
    script = f'<script type="module" src="./app/{asset_path(BROWSER)}/first.js"></script>'
    head = LATER.sub(b"", head) + script.encode()
    stands = f'<div id="{ELEMENT}">{html}<template>'.encode() + later + b"</template></div>"
    return head + middle + rest.replace(ROOT, stands + ROOT, 1)
