"""Kriterium: a working group writes a success criterion, and hears at once whether the figures can ever decide it."""

from components.forms.entry import messages
from components.initiatives.criterion_fields import begin_if_asked
from components.initiatives.criterion_form import criterion_form, criterion_title
from components.navigation import link_to
from components.page import heading
from components.session import resolve_view

screen = resolve_view()
begin_if_asked()
heading(
    screen,
    criterion_title(),
    "Skriv, hvad indsatsen lover. Mens I skriver, står der, om tallene nogensinde kan afgøre det.",
)
messages()
criterion_form(screen)
link_to("initiatives.py", "Til indsatserne", screen.view)
