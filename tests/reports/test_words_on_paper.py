"""What is handed out says what we mean: none of the words that meant something else in Danish."""

import re

import pytest

from reports.documents import light_document, meeting_pack, one_page, slide_pack
from reports.html import body
from tests.pages.test_say_what_we_mean import SAID
from tests.reports.conftest import Take


@pytest.fixture(scope="module")
def handed_out(take: Take) -> str:
    """The words of pack, slides, one page and shared page."""
    subject = take("ledelse", areas=("vaerebro-park", "hoeje-gladsaxe"))
    made = (make(subject) for make in (meeting_pack, slide_pack, one_page, light_document))
    return re.sub(r"<[^>]+>", " ", "\n".join(str(body(document)) for document in made))


@pytest.mark.parametrize("old", [old for old, _ in SAID])
def test_nothing_that_is_handed_out_says_it_the_old_way(handed_out: str, old: str) -> None:
    assert "Ingen klar ændring" in handed_out
    assert not re.search(old, handed_out)
