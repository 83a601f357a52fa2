"""The documents one can take along: the meeting pack, one page for the mayor, each for whoever may read it."""

from collections.abc import Callable
from dataclasses import replace

from data import clock, danish
from data.records import records
from data.sentences import areas as area_sentences
from data.views import news
from reports import gather
from reports.document import Document, Section, Subject
from reports.sections import agreed, areas, back, board, initiatives, since
from reports.stamp import Stamp

PACK = "Mødebilag"
# Of the one page: as much as a mayor reads in two minutes.
FEW_CHANGES, FEW_GOALS, FEW_ACTIONS = 4, 3, 3


def meeting_pack(subject: Subject) -> Document:
    """The whole pack: what to decide, the board, the news, the view, areas, the work, what is agreed, tables, methods.

    Its front is of every area, also where the page shows one; that one has a page of its own in it.
    """
    subject = replace(subject, about="")
    front = (
        Section("Kræver en beslutning", since.pressing(subject), level=2),
        board.board_section(subject),
        Section("Siden sidst", since.changes(subject), level=2),
        *_waiting(subject),
        since.picture_of_view(subject),
    )
    places = (
        *areas.chosen(subject),
        *(areas.municipality(subject, area) for area in areas.municipalities(subject)),
    )
    rest = (
        *initiatives.initiatives(subject),
        *agreed.agreed(subject),
        *back.tables(subject),
        *back.methods(subject),
        back.sources(subject),
    )
    return _document(subject, PACK, (*front, *places, *rest))


def one_page(subject: Subject) -> Document:
    """One page for the mayor: the news, the map, what must be decided and what waits; of one area where it is about it.

    What an area's page says of its goals stands for what must be decided.
    """
    if subject.about:
        about = (
            Section("Siden sidst", since.changes(subject, FEW_CHANGES), level=2),
            replace(areas.area_page(subject, subject.about), level=2),
            *_waiting(subject, FEW_ACTIONS),
        )
        return _document(subject, "Ét ark", about, fits_a_page=True)
    sections = (
        Section("Siden sidst", since.changes(subject, FEW_CHANGES), level=2),
        since.picture_of_view(subject),
        Section("Kræver en beslutning", since.pressing(subject, FEW_GOALS), level=2),
        *_waiting(subject, FEW_ACTIONS),
    )
    return _document(subject, "Ét ark", sections, fits_a_page=True)


def light_document(subject: Subject) -> Document:
    """What a shared link opens: the reader's own area first, then the board, the one page and the sources."""
    page = one_page(subject)
    if subject.about:
        about = next(section for section in page.sections if section.title == subject.release.name_of(subject.about))
        rest = tuple(section for section in page.sections if section is not about)
        own = subject.about in areas.own_ids(subject)
        sections = (replace(about, title=f"Dit område: {about.title}" if own else about.title), *rest)
    else:
        sections = (*areas.own_areas(subject), board.board_section(subject), *page.sections)
    sections = (*sections, back.sources(subject))
    return replace(page, kind="Delt visning", sections=sections, fits_a_page=False)


def slide_pack(subject: Subject) -> Document:
    """What one shows at a meeting: the news, the view, a slide for each place it is about, and what must be decided."""
    municipalities = areas.municipalities(subject)
    chosen = [area for area in subject.view.areas if area not in municipalities][: areas.MOST_AREAS]
    shown = (
        (areas.area_page(subject, subject.about),)
        if subject.about
        else (since.picture_of_view(subject), *(areas.slide(subject, area) for area in chosen))
    )
    sections = (
        # The first slide has said it where nothing has moved.
        *((Section("Siden sidst", since.changes(subject), level=2),) if gather.changes(subject) else ()),
        *(() if subject.about or chosen else (board.board_section(subject),)),
        *shown,
        *(areas.municipality_slide(subject, area) for area in municipalities if area != subject.about),
        *board.decision_sections(subject),
        *agreed.agreed(subject, only_agreed=True),
    )
    return _document(subject, "Slides", sections)


def _waiting(subject: Subject, at_most: int | None = None) -> tuple[Section, ...]:
    blocks = since.waiting(subject, at_most)
    return (Section("Venter", blocks, level=2),) if blocks else ()


DOCUMENTS: dict[str, Callable[[Subject], Document]] = {"moedebilag": meeting_pack, "et-ark": one_page}


def stamp(subject: Subject) -> Stamp:
    """Whose figures these are, of which release, and from where: all that the view rests on."""
    release, head = subject.release, subject.release.head
    rows = gather.view_rows(subject)
    provenance = [rows, release.incidents[release.incidents["category"] == subject.view.category], release.criteria]
    example = any(bool((table["provenance"] == "example").any()) for table in provenance)
    return Stamp(
        subject.audience.title,
        head.id,
        clock.here(head.published_at).date(),
        gather.origin(subject, rows).credit,
        example,
    )


def _title(subject: Subject, kind: str) -> str:
    """The news; of one area what its page is called. The meeting pack is of the whole partnership."""
    if not subject.about or kind == PACK:
        return news.headline(subject)
    rows, ours, view = subject.release.areas, subject.partnership, subject.view
    area = records(rows[rows["area_id"] == subject.about])[0]
    return area_sentences.area_title(area, ours.indicator(view.indicator), ours.category(view.category))


def _document(subject: Subject, kind: str, sections: tuple[Section, ...], fits_a_page: bool = False) -> Document:
    head, stamped = subject.release.head, stamp(subject)
    draft = " · UDKAST, ikke udgivet" if head.is_draft else ""
    facts = (
        ("Til mødet", danish.date(head.meeting_date) if head.meeting_date else "ikke angivet"),
        ("Udgave", f"{head.id} fra {danish.date(head.published_at)}{draft}"),
        ("Målgruppe", subject.audience.title),
        ("Lavet", danish.date(subject.today)),
        *((("Bemærkning", head.note),) if head.note else ()),
    )
    return Document(
        kind=kind,
        title=_title(subject, kind),
        facts=facts,
        filters=since.filters(subject),
        sections=sections,
        restricted=stamped.restricted,
        line=stamped.line,
        example=stamped.example,
        organisation=subject.partnership.short_name,
        fits_a_page=fits_a_page,
    )
