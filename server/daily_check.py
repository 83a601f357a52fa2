"""Looks through the database once a day for what has changed since it was written, and remembers what it found."""

import asyncio
import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.store import StoreError
from data.store.verification import DATABASE, EVENT, LINK, LOAD, RELEASE, STREETS, Damage

FIRST_AFTER = 30.0
"""Seconds after the start: the first visitors go before."""
EVERY = 24 * 60 * 60.0
AGAIN_AFTER = 10 * 60.0
"""Seconds until it is tried again where the database did not answer."""
KINDS = (DATABASE, LOAD, RELEASE, LINK, EVENT, STREETS)

_log = logging.getLogger("tryghed")


@dataclass(frozen=True)
class Check:
    """What a check found, and when; `failed` says in Danish why it could not be made."""

    at: dt.datetime
    damage: tuple[Damage, ...] = ()
    failed: str = ""

    def counted(self) -> dict[str, int]:
        """How many are damaged of each kind, those without damage included."""
        counts = Counter(each.what for each in self.damage)
        return {kind: counts[kind] for kind in KINDS}


_last: Check | None = None


def last_check() -> Check | None:
    """The newest check of this process; None before the first."""
    return _last


def check_now(verify: Callable[[], Sequence[Damage]]) -> Check:
    """Make a check and remember it."""
    global _last
    try:
        check = Check(dt.datetime.now(dt.UTC), tuple(verify()))
    except StoreError as error:
        check = Check(dt.datetime.now(dt.UTC), failed=str(error))
    for each in check.damage:
        _log.error(each.said, extra={"event": "damage", "what": each.what, "number": each.number})
    _last = check
    return check


async def check_daily(verify: Callable[[], Sequence[Damage]]) -> None:
    """Check soon after the start and then once a day, until cancelled."""
    wait = FIRST_AFTER
    while True:
        await asyncio.sleep(wait)
        check = await asyncio.to_thread(check_now, verify)
        wait = AGAIN_AFTER if check.failed else EVERY
