"""Where the figures of rows come from: the source, the release, and whether any is invented."""

import pandas as pd

from data import danish
from data.views.memo import memoized_by_view
from data.views.view import ViewContext

EXAMPLE = "example"


def example_note(provenance: str) -> str:
    """What stands after the source of an invented figure."""
    return " (eksempeldata)" if provenance == "example" else ""


def is_example(rows: pd.DataFrame) -> bool:
    """Whether any of the rows is invented."""
    return bool((rows["provenance"] == EXAMPLE).any())


def credit(context: ViewContext, rows: pd.DataFrame) -> str:
    """Where the figures in the rows come from, and which release they stand in: the foot of every picture."""
    titles = source_titles(context)
    named = list(dict.fromkeys(titles.get(source, source) for source in rows["source_id"].unique()))
    shown = (
        named
        if len(named) <= 3
        else [*named[:3], f"{danish.plural(len(named) - 3, 'kilde', 'kilder')} mere (se Om tallene)"]
    )
    head = context.release.head
    source = f"Kilde: {danish.join(shown)}. " if shown else ""
    return f"{source}Udgave {head.id}, {danish.date(head.published_at)}."


@memoized_by_view()
def source_titles(context: ViewContext) -> dict[str, str]:
    """Source id → publisher and title, as one names a source."""
    rows = context.release.sources
    return {
        source: title if title.startswith(publisher) else f"{publisher}: {title}"
        for source, publisher, title in zip(rows["source_id"], rows["publisher"], rows["title"], strict=True)
    }
