"""What those who run the app ask it: is it ready, how is it doing, and how long do its pages take?"""

import asyncio
import hmac
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from prometheus_client import CollectorRegistry, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from data import counters
from server.base_path import normalised
from server.daily_check import last_check
from server.logs import log_settings, set_up_logs
from server.session_limit import SessionSlots, most_sessions
from server.start_up import is_loopback
from server.upkeep import Upkeep

TOKEN = "TRYGHED_METRICS_TOKEN"
SLOW = 1.0
"""A page that took longer than this many seconds is worth a line in the log."""
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1.0, 2.0, 5.0)
NOT_KEPT = {"Cache-Control": "no-store"}
SECONDS_TO_ANSWER = 3.0
# What is proxied carries one of these, and comes from elsewhere, whatever the connection itself says.
FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")

_log = logging.getLogger("tryghed")
_registry = CollectorRegistry()
_script_seconds = Histogram(
    "tryghed_script_seconds", "Seconds the script of a page ran", ["page"], buckets=SECONDS, registry=_registry
)
_turn_wait_seconds = Histogram(
    "tryghed_turn_wait_seconds", "Seconds a page waited for its turn", buckets=SECONDS, registry=_registry
)
_running = Gauge("tryghed_scripts_running", "Scripts of pages that run now", registry=_registry)
SESSION_SLOTS = SessionSlots(0)
"""The places of this process; how many there are is said by `begin`."""


def _no_release() -> int | None:
    """No release, until `begin` is told where they are."""
    return None


_newest: Callable[[], int | None] = _no_release


class _Counted(Collector):
    """What is counted elsewhere, as Prometheus takes it."""

    def collect(self) -> Iterator[Metric]:
        """Yield the numbers as they are now."""
        kept = CounterMetricFamily("tryghed_cache_requests", "Asked of a cache", labels=["cache", "result"])
        for cache, hit, miss in (
            ("release", counters.RELEASE_KEPT, counters.RELEASE_READ),
            ("answer", counters.ANSWER_KEPT, counters.ANSWER_MADE),
        ):
            kept.add_metric([cache, "hit"], counters.counted(hit))
            kept.add_metric([cache, "miss"], counters.counted(miss))
        yield kept
        failed = CounterMetricFamily("tryghed_failed_loads", "Loads that failed", labels=["what"])
        failed.add_metric(["files"], counters.counted(counters.LOAD_REFUSED))
        failed.add_metric(["release"], counters.counted(counters.RELEASE_FAILED))
        yield failed
        yield GaugeMetricFamily("tryghed_sessions", "Open pages", value=SESSION_SLOTS.inside)
        yield GaugeMetricFamily(
            "tryghed_sessions_most", "Open pages let in at once; 0: any number", value=SESSION_SLOTS.most
        )
        yield CounterMetricFamily("tryghed_turned_away", "Newcomers asked to wait", value=SESSION_SLOTS.turned_away)
        yield GaugeMetricFamily("tryghed_release", "The newest release; 0: none can be read", value=_newest() or 0)


ProcessCollector(registry=_registry)
_registry.register(_Counted())


@contextmanager
def timed(page: str) -> Iterator[None]:
    """Time the script of a page, also where it stops half-way or begins anew."""
    started = time.perf_counter()
    _running.inc()
    try:
        yield
    finally:
        seconds = time.perf_counter() - started
        _running.dec()
        _script_seconds.labels(page).observe(seconds)
        if seconds > SLOW:
            _log.warning("slow page", extra={"event": "slow_page", "page": page, "seconds": round(seconds, 3)})


def note_wait(seconds: float) -> None:
    """Count how long a page has waited for its turn."""
    _turn_wait_seconds.observe(seconds)


def wrong_settings() -> list[str]:
    """What is wrong in the settings of this module and the log's, in Danish; nothing, where all is well."""
    wrong = []
    for read in (most_sessions, log_settings):
        try:
            read()
        except ValueError as error:
            wrong.append(f"Appen starter ikke: {error}")
    return wrong


def begin(newest: Callable[[], int | None], newest_quarter_ended: Callable[[], date | None] = lambda: None) -> None:
    """Begin to log and to count sessions as the settings say; raises ValueError where `wrong_settings` finds any.

    `newest` gives the number of the newest release, and `newest_quarter_ended` the last day of the newest quarter in
    it; None where the store does not answer or has none.
    """
    global _newest
    if _newest is _no_release:
        _registry.register(Upkeep(newest_quarter_ended))
    _newest = newest
    set_up_logs()
    SESSION_SLOTS.most = most_sessions()
    _log.info("started", extra={"event": "start", "most_sessions": SESSION_SLOTS.most})


def operation_routes(base: str = "") -> list[Route]:
    """The addresses of this module below the base path."""
    prefix = normalised(base)
    return [
        Route(f"{prefix}/klar", ready, methods=["GET"]),
        Route(f"{prefix}/maalinger", measures, methods=["GET"]),
    ]


async def ready(request: Request) -> JSONResponse:
    """Say whether visitors can be served: the store answers and has a release; and what the daily check found.

    Damage does not make us unready, for what is whole is served. Files are named to those alone who may read figures.
    """
    try:
        number = await asyncio.wait_for(asyncio.to_thread(_newest), SECONDS_TO_ANSWER)
    except TimeoutError:
        number = None
    checked = _checked(in_full=_may_read(request))
    if number is None:
        return JSONResponse({"status": "ikke klar"} | checked, status_code=503, headers=NOT_KEPT)
    return JSONResponse({"status": "klar", "udgave": number} | checked, headers=NOT_KEPT)


def _checked(*, in_full: bool) -> dict[str, object]:
    """The daily check as /klar tells it."""
    check = last_check()
    if check is None:
        return {"kontrol": "ikke kørt endnu"}
    lines = [each.said if in_full else each.said_to_all for each in check.damage]
    state = "kunne ikke køres" if check.failed else "beskadiget" if lines else "i orden"
    at = check.at.isoformat(timespec="seconds")
    why = {"årsag": check.failed} if check.failed and in_full else {}
    return {"kontrol": state, "kontrolleret": at} | why | ({"skader": lines} if lines else {})


async def measures(request: Request) -> Response:
    """Give the figures of the process as Prometheus reads them, to those who may have them; others find nothing."""
    if not _may_read(request):
        return PlainTextResponse("", status_code=404, headers=NOT_KEPT)
    text = await asyncio.to_thread(generate_latest, _registry)
    return Response(text, headers=NOT_KEPT | {"Content-Type": CONTENT_TYPE_LATEST})


def _may_read(request: Request) -> bool:
    """Whether the asker has the token of TRYGHED_METRICS_TOKEN; without one, whether it is on this computer itself."""
    token = os.environ.get(TOKEN, "")
    if token:
        return hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {token}".encode())
    direct = not any(name in request.headers for name in FORWARDED)
    return direct and request.client is not None and is_loopback(request.client.host)
