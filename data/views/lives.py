"""When the areas of a view began and ended, for pictures of their time."""

import pandas as pd

from data.records import records
from data.views.memo import memoized_by_view
from data.views.view import ViewContext

_SAID = {"first_day": "begyndte", "last_day": "ophørte"}


@memoized_by_view()
def lives(context: ViewContext, areas: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Each first and last day of the areas as (ISO day, "Havnen ophørte"), the earliest first.

    A release from before areas could begin and end has none.
    """
    rows = context.release.areas
    said = [
        (f"{pd.Timestamp(row[name]).date()}", f"{row['name']} {word}")
        for row in records(rows[rows["area_id"].isin(areas)])
        for name, word in _SAID.items()
        if pd.notna(row.get(name, pd.NaT))
    ]
    return tuple(sorted(said))
