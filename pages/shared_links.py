"""Delte links: what has been shared with whom, and the way to take it back."""

from components.page import heading
from components.session import look
from components.shared_links import link_list, listed, title

screen = look()
records = listed()
heading(screen, title(records), "Et link, der trækkes tilbage, holder op med at virke med det samme.")
link_list(screen, records)
