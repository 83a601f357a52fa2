"""The title of Indsatser: what the tab shows, and every choice that narrows it, by value."""

from collections.abc import Sequence

from components.initiatives import gaps
from components.initiatives.cards import Card
from components.initiatives.logbook import logged
from components.initiatives.tabs import PLACE_STATES, chosen_words, where_words
from components.session import Screen
from data import danish


def title(screen: Screen, shown: Sequence[Card]) -> str:
    """What the tab shows, in a sentence with the filters by value."""
    where = where_words(screen)
    if screen.view.tab == "hvem":
        return f"Hvem når vi ikke? {gaps.title(screen)}"
    if screen.view.tab == "vandringer":  # whose rows follow the areas, the state and the owner
        chosen = [PLACE_STATES[screen.view.place_state].lower()] if screen.view.place_state else []
        owner = [screen.view.owner] if screen.view.owner else []
        return " · ".join([f"Vandringer, møder og utrygge steder{where}", *chosen, *owner])
    if screen.view.tab == "logbog":
        sentence = f"Logbog{where}: {danish.plural(len(logged(screen, shown)), 'aktivitet', 'aktiviteter')}"
    else:
        sentence = f"{danish.plural(len(shown), 'indsats', 'indsatser')}{where} og deres mål"
    return " · ".join([sentence, *chosen_words(screen)])
