"""Delte links: what has been shared with whom, and the way to take it back."""

from components.page import heading
from components.session import resolve_view
from components.sharing.shared_links import link_list, listed, title

screen = resolve_view()
records = listed()
heading(screen, title(records), "Et link, der trækkes tilbage, holder op med at virke med det samme.")
link_list(screen, records)
