"""The first words of the pages of figures: the front page, the map, the trends, one area, hotspots and the methods."""

from dataclasses import replace

from components.area.figures import area_figures
from components.first_words.page import Reader, address, choices, of_figures, subject, words_table
from components.hotspots.rows import cell_sources, page_sentence, page_title, place_words, view_places
from components.map.readings import perceived
from components.methods import LEAD, METHODS
from components.navigation import PAGES
from components.overview import board as board_on_page
from components.overview.front_page import freshness_words, public_headline
from components.page import EXAMPLE_BADGE
from components.session import Screen
from components.trends.pictures import title as trends_title
from data.sentences import areas as area_sentences
from data.views.news import headline
from data.views.rows import compared_with, sheet_area, survey_rows, telling_area
from data.views.unfinished import unfinished_said
from drawings.board_html import board_style
from reports import gather
from reports.document import Beside, Block, Box, Section, Text
from reports.first_response import Markup, Said
from reports.sections import areas, since

MOST_PLACES = 10


def overview(screen: Screen, reader: Reader) -> Said:
    """The news, how fresh it is, and the board."""
    area_page = next(entry for entry in PAGES if entry.file == "area.py")
    fields = {"emne": screen.view.indicator, "art": screen.view.category}
    drawn = board_on_page.drawn(screen, lambda each: address(area_page, reader, {"omraade": each, **fields}))
    local = reader.audience.sees_local
    fresh = freshness_words(screen)
    words = " ".join(fresh.replace(EXAMPLE_BADGE, "").split()).partition(" ")[2]
    words = " ".join([words, *unfinished_said(screen)])
    return Said(headline(screen) if local else public_headline(screen), notices=screen.notices, fresh=words,
                example=EXAMPLE_BADGE in fresh, made=Markup(drawn, board_style(), "board-frame", wide=True),
                hint=reader.hint("overblik"))  # fmt: skip


def safety_map(screen: Screen, reader: Reader) -> Said:
    """The map beside the areas in their order."""
    about, reading = subject(screen), perceived(screen)
    drawn = gather.perceived_map(about, since.focus(about))
    blocks = (choices(about), Beside((replace(drawn, title=""),), (since.dots(about),)))
    return of_figures(screen, reading.title, blocks, reading.sentence, hint=reader.hint("kort"))


def trends(screen: Screen, reader: Reader) -> Said:
    """Perceived and recorded over time."""
    shown = screen.view.areas or (telling_area(screen),)
    blocks = (choices(subject(screen)), _over_time(screen, shown[0]))
    return of_figures(screen, trends_title(screen, shown), blocks, hint=reader.hint("udvikling"))


def _over_time(screen: Screen, area: str) -> Beside:
    about = subject(screen)
    rows = survey_rows(screen, areas=(area, *compared_with(screen, (area,))))
    asked: tuple[Block, ...] = (areas.over_time(about, area, rows),) if area in set(rows["area_id"]) else ()
    recorded = tuple(each for each in areas.recorded_picture(about, area) if not isinstance(each, Beside))
    return Beside(asked, recorded)


def area(screen: Screen, reader: Reader) -> Said:
    """One area in sentences and over time."""
    shown = sheet_area(screen)
    ours, view = screen.partnership, screen.view
    title = area_sentences.area_title(
        area_figures(screen, shown).area, ours.indicator(view.indicator), ours.category(view.category)
    )
    texts = tuple(Text(each) for each in areas.said_of(subject(screen, shown), shown))
    return of_figures(screen, title, (*texts, _over_time(screen, shown)), hint=reader.hint("omraade"))


def hotspots(screen: Screen, reader: Reader) -> Said:
    """The surest places in words."""
    if "cells" not in screen.release.tables:
        return of_figures(screen, "Hotspots", ())
    words = place_words(view_places(screen)).head(MOST_PLACES)
    table = words_table("Stederne", words)
    credited = Text(cell_sources(screen).replace(EXAMPLE_BADGE, "eksempeldata"), quiet=True)
    return of_figures(screen, page_title(screen), (table, credited), page_sentence(screen),
                      hint=reader.hint("hotspots"))  # fmt: skip


def methods(screen: Screen, reader: Reader) -> Said:
    """The questions with their answers folded away, and what was asked about."""
    boxes = tuple(Box(method.question, (Text(method.answer),)) for method in METHODS)
    asked = tuple(
        Text(f"»{each.question}« Skala: {each.scale}.", f"{each.title}.") for each in screen.partnership.indicators
    )
    sections = (Section("Spørgsmål og svar", boxes), Section("Hvad der er spurgt om", asked))
    return Said("Om tallene", LEAD, screen.notices, blocks=sections, hint=reader.hint("om_tallene"))
