"""What was promised about insecure places and should be done by now, as the audience may see it."""

from components.meetings.records import today
from components.session import Screen, audience, our_store
from data import entries
from data.records import Row, records
from data.views.promises import promises


def late_promises(screen: Screen) -> list[Row]:
    """The promises past their day, the longest overdue first.

    Writers see what is written until now; all others what stands in their release, as the day now judges it.
    """
    now, number = today(), screen.release.head.id

    def make() -> list[Row]:
        writes = audience().may_write("insecure_places")
        rows = entries.standing(our_store(), "insecure_places") if writes else screen.release.tables["insecure_places"]
        made = promises(rows, now)
        return records(made[made["late"]])

    return our_store().once_loaded(("late promises", number, audience().id, now), make)
