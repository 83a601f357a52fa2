"""What time it is here: the day and the hour of the partnership, whatever the machine's own time zone says.

`now` never goes back by less than a day: when the machine's clock is set back, what has expired stays expired. Further
back it goes at once, for then the clock was ahead before, and would shut people out until it is caught up with.
"""

import datetime as dt
import threading
from functools import lru_cache
from zoneinfo import ZoneInfo

SET_BACK_AT_MOST = dt.timedelta(days=1)

_lock = threading.Lock()
_latest = dt.datetime.min.replace(tzinfo=dt.UTC)


@lru_cache(maxsize=1)
def zone() -> ZoneInfo:
    """The time zone of the settings (`time_zone` in partnership.toml)."""
    from data.partnership import our_partnership  # reads the settings, which themselves ask what day it is

    return ZoneInfo(our_partnership().time_zone)


def now() -> dt.datetime:
    """This moment, in UTC; not before the latest moment told, unless that was more than a day ahead."""
    global _latest
    with _lock:
        wall = _wall()
        if not wall < _latest <= wall + SET_BACK_AT_MOST:
            _latest = wall
        return _latest


def here(moment: dt.datetime) -> dt.datetime:
    """A moment as the clocks here show it; without a time zone it is taken as UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(zone())


def today() -> dt.date:
    """The day it is here."""
    return here(now()).date()


def _wall() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
