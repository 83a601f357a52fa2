"""The meeting pack and the one page as PDF: what they say, for whom, and what a screen reader gets of them."""

import io
from dataclasses import replace

import pypdf
import pytest

from data.records import records
from data.views import news
from data.views.board import board
from reports.document import Document, Subject
from reports.documents import meeting_pack, one_page
from reports.pdf import pdf
from tests.reports.conftest import Take

AUDIENCES = ("ledelse", "politi", "lokalraad-herlev", "lokalraad-gladsaxe", "offentlig")


def read(document: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf(document)))


def words(document: Document) -> str:
    """All the text, as one line, with words that were broken at a line's end put together."""
    said = " ".join(page.extract_text() for page in read(document).pages)
    return " ".join(said.replace("\u00ad", "").replace("-\n", "").replace("‐\n", "").split())


@pytest.fixture(scope="module")
def subject(take: Take) -> Subject:
    return take("ledelse", areas=("vaerebro-park", "hoeje-gladsaxe"), category="12", comparison="omgivelser")


@pytest.fixture(scope="module")
def pack(subject: Subject) -> Document:
    return meeting_pack(subject)


@pytest.fixture(scope="module")
def made(pack: Document) -> pypdf.PdfReader:
    return read(pack)


@pytest.fixture(scope="module")
def said(pack: Document) -> str:
    return words(pack)


def test_every_choice_is_printed_by_value(said: str) -> None:
    for value in ("Tryghed i nabolaget", "Boligområder", "2025", "Værebro Park og Høje Gladsaxe", "Voldsforbrydelser",
                  "Kommune, politikreds og land", "Niveau"):  # fmt: skip
        assert value in said
    assert "valgte" not in said.split("Siden sidst")[0]


def test_it_says_which_meeting_release_and_reader_it_is_for(said: str) -> None:
    for text in ("Til mødet 4. marts 2026", "Udgave 2 fra", "Målgruppe Ledelse", "Kun for ledelse", "1. marts 2026"):
        assert text in said


def test_the_title_is_the_news_as_on_the_front_page(said: str, subject: Subject) -> None:
    assert news.headline(subject) in said


def test_every_source_of_the_release_is_listed(said: str, subject: Subject) -> None:
    squeezed = said.replace(" ", "").replace("-", "")
    for title in subject.release.sources["title"]:
        assert title.replace(" ", "").replace("-", "") in squeezed


def test_invented_figures_are_watermarked_on_every_page(made: pypdf.PdfReader) -> None:
    assert [page for page in made.pages if "eksempeldata" not in page.extract_text()] == []


def test_pages_are_numbered(made: pypdf.PdfReader) -> None:
    last = len(made.pages)
    assert f"Side 1 af {last}" in made.pages[0].extract_text()
    assert f"Side {last} af {last}" in made.pages[-1].extract_text()


def test_what_has_moved_is_told_in_the_releases_own_sentences(said: str, subject: Subject) -> None:
    squeezed = said.replace(" ", "").replace("-", "")
    for change in records(subject.release.changes):
        assert change["sentence"].replace(" ", "").replace("-", "") in squeezed


def test_each_chosen_area_and_its_municipality_have_a_heading_in_the_outline(made: pypdf.PdfReader) -> None:
    titles = [entry.title for entry in flat(made.outline)]
    for heading in ("Værebro Park", "Høje Gladsaxe", "Gladsaxe", "Indsatser og mål", "Tabeller"):
        assert heading in titles
    assert "Herlev" not in titles


def flat(outline: list[object]) -> list[object]:
    """The entries of an outline without their levels."""
    return [entry for part in outline for entry in (flat(part) if isinstance(part, list) else [part])]


def test_the_decisions_and_the_whole_board_stand_on_the_first_page(take: Take) -> None:
    everything = take("ledelse")
    first = " ".join(read(meeting_pack(everything)).pages[0].extract_text().split())
    shown = board(everything, "")
    assert first.index("Kræver en beslutning") < first.index(shown.title)
    assert "Siden sidst" not in first
    below = first.partition(shown.title)[2].replace(" ", "").replace("-", "")
    assert [row.name for row in shown.rows if row.name.replace(" ", "").replace("-", "") not in below] == []


def test_each_municipality_is_one_page_and_what_is_new_is_one(take: Take) -> None:
    made = read(meeting_pack(take("ledelse")))
    pages = {entry.title: made.get_destination_page_number(entry) for entry in flat(made.outline)}
    chapters = ("Siden sidst", "Herlev", "Ballerup", "Gladsaxe", "Indsatser og mål")
    assert [pages[each] for each in chapters] == [1, 2, 3, 4, 5]


def test_it_is_tagged_for_screen_readers_in_danish_and_claims_pdf_ua(made: pypdf.PdfReader) -> None:
    root = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower().startswith("da")
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_every_picture_has_a_text_for_those_who_cannot_see_it(made: pypdf.PdfReader) -> None:
    figures = [kid for kid in structure(made) if kid.get("/S") == "/Figure"]
    assert len(figures) >= 8
    assert all(len(str(figure.get("/Alt", ""))) > 20 for figure in figures)


def test_tables_tell_which_cells_are_headings(made: pypdf.PdfReader) -> None:
    kinds = [kid.get("/S") for kid in structure(made)]
    assert kinds.count("/TH") > 10
    assert {"/H1", "/H2", "/H3", "/Table"} <= set(kinds)


def structure(made: pypdf.PdfReader) -> list[pypdf.generic.DictionaryObject]:
    """Every element of the structure of a PDF."""
    found, waiting = [], [made.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        each = waiting.pop().get_object()
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, pypdf.generic.DictionaryObject):
            found.append(each)
            waiting += [each["/K"]] if "/K" in each else []
    return found


def test_decisions_and_actions_of_the_chosen_meeting_are_in_it(take: Take) -> None:
    text = words(meeting_pack(take("ledelse", meeting="2026-03-04-partnerskab")))
    assert "Partnerskabsmøde 4. marts 2026" in text
    assert "Indsatsen i Grantoften gennemgås sammen med beboerne" in text
    assert "Over fristen" in text


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_one_page_is_one_page_for_every_reader(take: Take, audience: str) -> None:
    assert len(read(one_page(take(audience))).pages) == 1


def test_the_one_page_of_an_area_is_about_that_area_alone(take: Take) -> None:
    everything = take("ledelse", areas=("hoeje-gladsaxe",))
    made = read(one_page(replace(everything, about="hoeje-gladsaxe")))
    text = words(one_page(replace(everything, about="hoeje-gladsaxe")))
    assert len(made.pages) == 1
    assert "Høje Gladsaxe: tryghed i nabolaget og anmeldte forbrydelser i alt" in text
    assert "Mål her" in text
    assert [name for name in ("Lille Birkholm", "Hede-Magleparken", "Herlev") if name in text] == []


def test_it_says_once_why_a_goal_has_another_interval(said: str) -> None:
    squeezed = said.replace(" ", "").replace("-", "")
    assert squeezed.count("Derforharmålderesegneintervaller;andretalvisesmed95pct.intervaller.") == 1


def test_a_council_is_not_told_that_an_initiative_has_no_criterion_when_one_may_be_withheld(take: Take) -> None:
    council, leaders = words(meeting_pack(take("lokalraad-herlev"))), words(meeting_pack(take("ledelse")))
    none, withheld = "Indsatsen har endnu intet succeskriterium.", "Her er intet succeskriterium, som I kan se."
    assert (withheld in council, none in council) == (True, False)
    assert (withheld in leaders, none in leaders) == (False, True)


def test_a_council_gets_its_own_municipality_and_no_other(take: Take) -> None:
    text = words(meeting_pack(take("lokalraad-gladsaxe")))
    assert "Kun for lokalråd Gladsaxe" in text
    assert "Høje Gladsaxe" in text
    assert "Grantoften" not in text


def test_the_public_gets_a_page_for_each_municipality_and_nothing_of_housing_areas(take: Take) -> None:
    text = words(meeting_pack(take("offentlig")))
    assert "Til alle" in text
    assert "Ballerup" in text
    assert "Værebro" not in text
    assert "Indsatser og mål" not in text


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        ("niveau", "under 60 pct."),
        ("aendring", "Klart bedre"),
        ("udvikling", "Klar bedring"),
        ("reference", "Klart over"),
    ],
)
def test_the_map_is_drawn_in_the_reading_of_the_view(take: Take, reading: str, said: str) -> None:
    subject = take("ledelse", reading=reading, period="2022", beside="anmeldelser")
    assert said in words(one_page(subject))


def test_a_pack_about_an_area_says_where_its_share_has_gone_over_the_years(take: Take) -> None:
    text = words(meeting_pack(take("ledelse", areas=("grantoften",))))
    assert "falder 3,1 pct.point om året over 5 målinger (2021–2025), fra 73 pct. i 2021 til 61 pct. i 2025" in text


def test_text_that_looks_like_typesetting_is_only_text(take: Take) -> None:
    subject = take("ledelse")
    odd = subject.release.changes.assign(sentence='#panic("nej") *a* ] $ #read("/etc/passwd") <x>')
    tables = dict(subject.release.tables) | {"changes": odd}
    document = one_page(replaced(subject, tables))
    assert '#panic("nej") *a* ] $' in words(document)


def replaced(subject: Subject, tables: dict[str, object]) -> Subject:
    return replace(subject, release=replace(subject.release, tables=tables))  # type: ignore[arg-type]
