"""The four tabs of Indsatser, the choices that narrow it, and the rules of what its address may say."""

from dataclasses import replace
from typing import Any

from components.session import Screen, our_store
from components.view_choices import segments
from data import danish
from data.entries import standing
from data.partnership import Partnership
from data.release import Release
from data.sentences import STATUS_WORDS
from data.sentences.insecure_places import LATE
from data.sentences.insecure_places import STATES as PLACE_WORDS
from data.views.promises import owners
from data.views.view import View

TABS = {"status": "Status", "logbog": "Logbog", "vandringer": "Vandringer", "hvem": "Hvem når vi ikke?"}
NO_CRITERION = "intet"
PLACE_STATES = {LATE: "Over fristen", **PLACE_WORDS}
"""How far a promise about an insecure place is; late is a choice of its own."""
STATES = {**STATUS_WORDS, NO_CRITERION: "Intet mål"}
"""The statuses one can narrow by; initiatives without a criterion are a choice of their own."""


def nearest_tab(view: View, release: Release, partnership: Partnership) -> tuple[View, tuple[str, ...]]:
    """The nearest tab and choices there are, and a plain Danish notice for each value that had to give way."""
    rows = release.initiatives
    allowed = {
        "focus": ("Indsatsområdet", {str(area.id) for area in partnership.focus_areas}),
        "principle": ("Princippet", {each.id for each in partnership.principles}),
        "group": ("Arbejdsgruppen", set(rows["working_group"])),
        "running": ("Året", set(running_years(release))),
        "status": ("Status", set(STATES)),
        "criterion": ("Målet", set(release.criteria["criterion_id"])),
        "place_state": ("Tilstanden", set(PLACE_STATES)),
        "owner": ("Den ansvarlige", _owners(release) if view.owner else set()),
    }
    notices: list[str] = []
    changed: dict[str, Any] = {"tab": view.tab if view.tab in TABS else "status"}
    if view.tab not in ("", *TABS):
        notices.append(f"Fanen »{view.tab}« findes ikke. Viser »Status« i stedet.")
    for field, (noun, values) in allowed.items():
        wanted = getattr(view, field)
        if wanted and wanted not in values:
            notices.append(f"{noun} »{wanted}« findes ikke her. Det er valgt fra.")
            changed[field] = ""
    return replace(view, **changed), tuple(notices)


def _owners(release: Release) -> set[str]:
    """Everybody who has promised something about a place, in the release or as it stands now."""
    now = standing(our_store(), "insecure_places")
    return {owner for rows in (release.tables["insecure_places"], now) for owner in owners(rows)}


def running_years(release: Release) -> list[str]:
    """The years in which any initiative is known to begin, run or end, the newest first."""
    rows = release.initiatives
    known = [day.year for column in ("start", "end") for day in rows[column].dropna()]
    return [str(year) for year in range(max(known), min(known) - 1, -1)] if known else []


def choose_tab(screen: Screen) -> None:
    """The way from one tab to another."""
    segments("tab", "Afsnit", screen.view.tab, TABS, label_visibility="collapsed")


def where_words(screen: Screen) -> str:
    """The chosen areas as a title says them: " i Herlev"; empty where none is chosen."""
    names = danish.join(screen.release.name_of(area) for area in screen.view.areas)
    return f" i {names}" if names else ""


def chosen_words(screen: Screen) -> list[str]:
    """Every choice that narrows the page besides its areas, by value, as the title says them."""
    view, partnership = screen.view, screen.partnership
    lines: list[str] = []
    if view.focus:
        lines.append(next(f"indsatsområde {area.id}" for area in partnership.focus_areas if str(area.id) == view.focus))
    if view.principle:
        lines.append(next(each.title.lower() for each in partnership.principles if each.id == view.principle))
    lines += [value for value in (view.group, f"i gang i {view.running}" if view.running else "") if value]
    if view.status:
        lines.append(STATES[view.status].lower())
    return lines
