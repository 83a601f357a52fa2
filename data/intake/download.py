"""Fetches a document over the net: with time-outs, patience, and a limit to its size; whole or not at all."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import requests
import urllib3

AGAIN = frozenset({429, 500, 502, 503, 504})
"""Answers that are worth asking again for."""
_PIECE = 1 << 16


class DownloadError(RuntimeError):
    """A document that could not be fetched; the message is Danish and fit for the screen."""


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds, and how often to ask; `pause` doubles from one attempt to the next."""

    connect: float = 10.0
    silence: float = 60.0
    whole: float = 300.0
    attempts: int = 4
    pause: float = 1.0
    longest_pause: float = 60.0


@dataclass(frozen=True)
class Document:
    """What the server sent: the status, the media type in lower case, and every byte of the content."""

    status: int
    media_type: str
    content: bytes


class _TryAgainError(Exception):
    """An attempt that failed in a way that may pass; `wait` is how long the server asked us to wait, in seconds."""

    def __init__(self, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


def download(
    url: str,
    *,
    whose: str,
    largest: int,
    body: Mapping[str, Any] | None = None,
    patience: Patience = Patience(),
    sleep: Callable[[float], None] = time.sleep,
) -> Document:
    """GET a document, or POST `body` as JSON for it; `whose` names the server in messages ("Danmarks Statistik").

    Raises DownloadError when there is no network, no answer in time, more than `largest` bytes, or an answer that was
    cut off. Any status outside `AGAIN` is the caller's to judge.
    """
    pause = patience.pause
    for attempt in range(1, patience.attempts + 1):
        try:
            return _once(url, whose, largest, body, patience)
        except _TryAgainError as error:
            if attempt == patience.attempts:
                raise DownloadError(f"{error} Der er prøvet {attempt} gange. Intet er hentet.") from error
            sleep(min(max(pause, error.wait), patience.longest_pause))
            pause *= 2
    raise ValueError("patience.attempts must be at least 1")


def _once(url: str, whose: str, largest: int, body: Mapping[str, Any] | None, patience: Patience) -> Document:
    latest = time.monotonic() + patience.whole
    try:
        with requests.request(
            "GET" if body is None else "POST",
            url,
            json=body,
            stream=True,
            timeout=(patience.connect, patience.silence),
            headers={"User-Agent": "Tryghedsoverblik", "Accept-Encoding": "gzip"},
        ) as answer:
            if answer.status_code in AGAIN:
                raise _TryAgainError(
                    f"{whose} kan ikke svare lige nu (fejl {answer.status_code}).", _asked_to_wait(answer)
                )
            _can_be_seen_to_be_whole(answer, whose)
            content = bytearray()
            # What has come so far, not a full piece: a server that sends a byte a second would never fill one.
            while piece := answer.raw.read1(_PIECE, decode_content=True):
                content += piece
                if len(content) > largest:
                    raise DownloadError(f"{whose} sendte mere end {largest // 1_000_000} MB. Intet er hentet.")
                if time.monotonic() > latest:
                    raise _TryAgainError(f"{whose} svarer for langsomt.")
            media_type = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            return Document(answer.status_code, media_type, bytes(content))
    except (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError) as error:
        raise _TryAgainError(f"{whose} svarer ikke.") from error
    except (urllib3.exceptions.ProtocolError, urllib3.exceptions.DecodeError) as error:
        raise _TryAgainError(f"Svaret fra {whose} blev afbrudt.") from error
    except requests.exceptions.ConnectionError as error:
        raise _TryAgainError(f"Der er ikke forbindelse til {whose} ({url}).") from error
    except requests.exceptions.RequestException as error:
        raise DownloadError(f"Adressen {url} kan ikke bruges. Ret den i opsætningen.") from error


def _asked_to_wait(answer: requests.Response) -> float:
    seconds = answer.headers.get("Retry-After", "")
    return float(seconds) if seconds.isdecimal() else 0.0


def _can_be_seen_to_be_whole(answer: requests.Response, whose: str) -> None:
    """Refuse an answer that may be cut off without anybody noticing: a missing row would become a zero."""
    chunked = "chunked" in answer.headers.get("Transfer-Encoding", "").lower()
    if not chunked and "Content-Length" not in answer.headers:
        raise DownloadError(f"Svaret fra {whose} siger ikke, hvor langt det er, så det kan ikke ses, om alt er med.")
