"""What else is known of the same places: how safe people feel, where they feel unsafe, and who works there."""

import pandas as pd
import streamlit as st

from components.charts.dots import dot_and_interval
from components.initiatives import chosen_initiatives
from components.navigation import link_to
from components.page import source_line
from components.pictures import picture, show
from components.session import Screen
from components.tables import plain_table, table_twin
from components.text import say
from data import danish
from data.cell_view import municipality_of
from data.cooperation import PLACE_STATUSES, PLACE_TYPES
from data.release import records
from data.rows import credit, survey_rows, survey_words

HOUSING = "housing_area"
DONE = "udført"


def _inside(screen: Screen) -> tuple[str, ...]:
    """The municipalities the view looks at, and the housing areas in them."""
    chosen = municipality_of(screen.view, screen.release)
    outer = [chosen] if chosen else list(screen.partnership.members)
    areas = screen.release.areas
    inner = areas[(areas["level"] == HOUSING) & areas["parent_id"].isin(outer)]
    return (*outer, *inner["area_id"])


def perceived(screen: Screen) -> None:
    """The newest survey of the view's indicator in the housing areas there."""
    rows = survey_rows(screen, level=HOUSING, areas=_inside(screen))
    indicator = screen.partnership.indicator(screen.view.indicator)
    if rows.empty:
        st.markdown(f":gray[{indicator.title} er ikke målt i boligområder her.]")
        return
    wave = rows["wave"].max()
    rows = rows[rows["wave"] == wave].sort_values("share", ascending=False, na_position="last", ignore_index=True)
    shown = rows[rows["state"] == "published"]
    sentence = f"{indicator.title} i {wave}: ingen boligområder her kan vises."
    if not shown.empty:
        first, last = shown.iloc[0], shown.iloc[-1]
        sentence = (
            f"{indicator.title} i {wave}: fra {last['label']} i {last['name']} til {first['label']} i {first['name']}."
        )
    say(f"{sentence} Andelene gælder hele boligområdet, ikke feltet.")
    figure = picture(
        dot_and_interval,
        rows,
        screen,
        "hotspot_dots",
        screen.view.indicator,
        municipality_of(screen.view, screen.release),
        direction=indicator.direction,
    )
    show(figure, sentence, "hotspot_dots")
    table_twin(survey_words(rows, screen), f"{indicator.id}_{wave}_ved_hotspots", credit(screen, rows))
    source_line(screen, rows)


def insecure_places(screen: Screen) -> None:
    """The kinds of place named on walks and at meetings that are not dealt with yet, where the release has them."""
    places = screen.release.tables.get("insecure_places", pd.DataFrame())
    places = places[places["area_id"].isin(_inside(screen))] if len(places) else places
    if places.empty:
        st.markdown(":gray[Der er ikke noteret utrygge steder fra tryghedsvandringer her.]")
        return
    waiting = places[places["status"] != DONE]
    say(
        f"{danish.plural(len(places) - len(waiting), 'notat', 'notater')} fra tryghedsvandringer og møder er udført, "
        f"{danish.number(len(waiting))} venter:"
    )
    states = [state for state in PLACE_STATUSES if state != DONE]
    names = screen.release.areas.set_index("area_id")["name"]
    table = [
        [names[area], *(_kinds(rows[rows["status"] == state]) for state in states)]
        for area, rows in waiting.groupby("area_id")
    ]
    plain_table(pd.DataFrame(table, columns=["Område", *(PLACE_STATUSES[state].capitalize() for state in states)]))
    source_line(screen, places)


def _kinds(places: pd.DataFrame) -> str:
    """The kinds of place by how many, most first: "sti (3), torv"."""
    many = places.groupby("place_type")["count"].sum().sort_values(ascending=False, kind="stable")
    said = [
        f"{PLACE_TYPES[str(kind)]} ({count})" if count > 1 else PLACE_TYPES[str(kind)] for kind, count in many.items()
    ]
    return danish.join(said) or "ingen"


def initiatives(screen: Screen) -> None:
    """The initiatives that work there in the year of the view."""
    rows = chosen_initiatives(screen, None, _inside(screen))
    year = screen.view.cell_year
    began = rows["start"].astype(str).str[:4] <= year
    ended = rows["end"].notna() & (rows["end"].astype(str).str[:4] < year)
    rows = rows[began & ~ended]
    if rows.empty:
        st.markdown(f":gray[Ingen indsatser her i {year}.]")
        return
    names = screen.release.areas.set_index("area_id")["name"]
    inside = set(_inside(screen))
    table = [
        [
            row["title"],
            danish.join(names[area] for area in row["area_ids"].split(";") if area in inside),
            danish.date(row["start"]),
            "fortsætter" if pd.isna(row["end"]) else danish.date(row["end"]),
        ]
        for row in records(rows)
    ]
    plain_table(pd.DataFrame(table, columns=["Indsats", "Her", "Begyndt", "Slut"]))
    chosen = municipality_of(screen.view, screen.release)
    link_to("initiatives.py", "Se indsatserne og deres mål", screen.view, areas=(chosen,) if chosen else ())
    source_line(screen, rows)
