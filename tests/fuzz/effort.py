"""How much work a file was to read: processor time, which a busy machine does not lengthen as it does the clock's."""

import resource

LONGEST_SECONDS = 5
"""Of work on one file, that of a reader's own process included; what else the machine does is not counted."""
STUCK_SECONDS = 300
"""By the clock: only what never ends is ended so."""


def work() -> float:
    """Seconds of work this process and those it started have done so far."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)
