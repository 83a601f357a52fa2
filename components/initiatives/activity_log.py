"""The log of an initiative, "det gjorde vi": what was done when and where, and the form for more."""

import pandas as pd
import streamlit as st

from components.forms.entry import entry_form
from components.forms.fields import Field
from components.page import example_badge
from components.session import Screen, audience, our_store
from components.tables import plain_table
from components.text import plain
from data import danish, entries
from data.records import Row
from data.release import Release, rows_of
from data.release.activities import times_of

LATEST = 8


def activity_log(screen: Screen, initiative: Row) -> None:
    """Every activity of an initiative, the newest first, and for writers the form for one more."""
    key = initiative["initiative_id"]
    done = written(screen)
    done = done[done["initiative_id"] == key].sort_values("date", ascending=False)
    if done.empty:
        st.markdown("Der er endnu ikke ført log.")
    else:
        st.markdown(f"**Det gjorde vi** {example_badge(done)}")
        _table(screen, done.head(LATEST))
        earlier = done.iloc[LATEST:]
        if len(earlier):
            label = f"Vis {danish.plural(len(earlier), 'post til', 'poster til')}"
            with st.expander(label, key=f"log_before_{key}", on_change="rerun") as fold:
                if fold.open:
                    _table(screen, earlier)
    if audience().may_write("activities"):
        activity_form(screen, initiative, done)


def _table(screen: Screen, rows: pd.DataFrame) -> None:
    plain_table(
        pd.DataFrame(
            {
                "Dato": [danish.date(day) for day in rows["date"]],
                "Område": rows["area_id"].map(screen.release.names).to_numpy(),
                "Aktivitet": rows["text"].to_numpy(),
                "Gange": [danish.number(times) for times in times_of(rows)],
                "Deltagere": participants_of(rows),
            }
        )
    )


def participants_of(rows: pd.DataFrame) -> list[str]:
    """How many took part; a release from before they had a column of their own does not say."""
    counts = rows["participants"] if "participants" in rows else [None] * len(rows)
    return ["ikke opgjort" if pd.isna(count) else danish.number(count) for count in counts]


def written(screen: Screen) -> pd.DataFrame:
    """What stands in the log now, for those who keep it; for all others, and in an older release, what was released."""
    live = audience().may_write("activities") and screen.view.release is None
    return entries.standing(our_store(), "activities") if live else screen.release.activities


def activity_form(screen: Screen, initiative: Row, done: pd.DataFrame) -> None:
    """The form for one more activity of an initiative; `done` are those it has, whose kinds are offered first."""
    areas = {area: screen.release.name_of(area) for area in initiative["area_ids"].split(";")}
    every = screen.release.activities["kind"].unique()
    kinds = [*done["kind"].value_counts().index, *(kind.id for kind in screen.partnership.activity_kinds), *every]
    fields = (
        Field("date"), Field("area_id", options=areas),
        Field("kind", options={kind: plain(kind) for kind in dict.fromkeys(kinds)}),
        Field("times"), Field("participants"), Field("text", lines=2),
    )  # fmt: skip
    looked_at = next((area for area in screen.view.areas if area in areas), next(iter(areas)))
    start = {"area_id": looked_at, "kind": next(iter(kinds), "")}
    key = initiative["initiative_id"]
    entry_form(f"activity_{key}", "activities", fields, start, complete=lambda typed: {"initiative_id": key} | typed,
               label="Skriv i loggen", done="Aktiviteten er skrevet i loggen")  # fmt: skip


def log_label(release: Release, initiative_id: str) -> str:
    """What the button to the log says."""
    count = len(rows_of(release, "activities", "initiative_id", initiative_id))
    return f"Det gjorde vi ({danish.plural(count, 'post', 'poster')})"
