"""What those who run the app must be told in time: an old release, a disk that fills up, damage, failed sign-ins."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from data import counters
from data.settings.chosen import database_file
from server.daily_check import last_check

SECONDS_OF_A_DAY = 86_400


def database_folder() -> Path | None:
    """The folder of the SQLite file; None where the database is a server's, whose disk we do not see."""
    stated = os.environ.get("DATABASE_URL")
    if not stated:
        return database_file().parent
    address = sa.make_url(stated)
    return Path(str(address.database)).parent if address.get_backend_name() == "sqlite" and address.database else None


def free_ratio(folder: Path | None) -> float | None:
    """The part of a folder's disk that is free, 0 to 1; None where there is no such folder."""
    try:
        usage = shutil.disk_usage(folder) if folder else None
    except OSError:
        return None
    return usage.free / usage.total if usage and usage.total else None


class Upkeep(Collector):
    """These figures as Prometheus takes them; a figure that is not known is left out."""

    def __init__(self, newest_quarter_ended: Callable[[], date | None]) -> None:
        """`newest_quarter_ended` gives the last day of the newest quarter of counts that readers see, None for none."""
        self._quarter_ended = newest_quarter_ended

    def collect(self) -> Iterator[Metric]:
        """Yield the figures as they are now."""
        ended = self._quarter_ended()
        if ended is not None:
            age = time.time() / SECONDS_OF_A_DAY - (ended - date(1970, 1, 1)).days
            yield GaugeMetricFamily("tryghed_newest_quarter_age_days", "Since the newest quarter ended", value=age)
        free = free_ratio(database_folder())
        if free is not None:
            yield GaugeMetricFamily("tryghed_disk_free_ratio", "Free part of the disk of the SQLite file", value=free)
        failed = counters.counted(counters.SIGN_IN_FAILED)
        yield CounterMetricFamily("tryghed_sign_in_failures", "Sign-ins that came to nothing", value=failed)
        check = last_check()
        damaged = GaugeMetricFamily("tryghed_damaged", "What the daily check found damaged", labels=["what"])
        for what, many in (check.counted() if check else {}).items():
            damaged.add_metric([what], many)
        yield damaged
        if check is not None:
            done = 0.0 if check.failed else check.at.timestamp()
            name = "tryghed_check_timestamp_seconds"
            yield GaugeMetricFamily(name, "When the daily check was made; 0: it failed", value=done)
