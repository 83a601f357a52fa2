"""What a view says of counts that have come and wait for the rest of their quarter or year."""

from data.records import records
from data.release.spans import UNFINISHED
from data.sentences.unfinished import unfinished_sentences
from data.views.memo import memoized_by_view
from data.views.view import ViewContext


@memoized_by_view()
def unfinished_said(context: ViewContext, areas: tuple[str, ...] = (), category: str = "") -> tuple[str, ...]:
    """Which figures wait, for what and why; of some areas and one category where they are given."""
    rows = context.release.tables[UNFINISHED]
    if rows.empty:
        return ()
    if areas:
        rows = rows[rows["area_id"].isin(areas)]
    if category:
        rows = rows[rows["category"] == category]
    return unfinished_sentences(records(rows), context.release.names)
