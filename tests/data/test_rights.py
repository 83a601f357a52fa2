"""Who may write what: one table over who writes, the row as it is, and the row as it would become."""

from collections.abc import Mapping

import pytest

from data.partnership import Audience, Partnership
from data.rights import ANSWERED, ELSEWHERE, NOT_YOURS, PROPOSING, READERS, offered, refusal, seen_version

COUNCIL = "lokalraad-gladsaxe"
MINE, PARTNERS = "beboer@gladsaxe.example", "sekretariat@gladsaxe.example"
NEW = {"proposal_id": "p", "date": "2026-03-01", "from_area": "gladsaxe", "title": "Lys", "text": "Mere lys",
       "status": "ny", "answer": ""}  # fmt: skip
STANDS = NEW | {"loaded_by": MINE}
ANSWER = {"status": "afvist", "answer": "Der er lys nok"}
Row = Mapping[str, object]


def who(partnership: Partnership, audience: str) -> Audience:
    return partnership.audience(audience)


@pytest.mark.parametrize(
    ("audience", "before", "after", "said"),
    [
        # A council proposes, and mends its own proposal, until the partnership has answered.
        (COUNCIL, None, NEW, ""),
        (COUNCIL, STANDS, NEW | {"text": "Endnu mere lys"}, ""),
        (COUNCIL, STANDS, None, ""),
        (COUNCIL, STANDS | ANSWER, NEW, ANSWERED),
        (COUNCIL, STANDS | ANSWER, None, ANSWERED),
        (COUNCIL, STANDS | {"status": "drøftet"}, NEW, ANSWERED),
        # It answers no proposal, its own either.
        (COUNCIL, None, NEW | {"status": "vedtaget"}, READERS),
        (COUNCIL, None, NEW | {"answer": "Ja"}, READERS),
        (COUNCIL, STANDS, NEW | ANSWER, READERS),
        # It writes in no other council's name, and moves no proposal to or from one.
        (COUNCIL, None, NEW | {"from_area": "herlev"}, ELSEWHERE),
        (COUNCIL, None, NEW | {"from_area": ""}, ELSEWHERE),
        (COUNCIL, STANDS, NEW | {"from_area": "ballerup"}, ELSEWHERE),
        (COUNCIL, STANDS | {"from_area": "ballerup"}, NEW, ELSEWHERE),
        # What another account has written stays, in the same council too.
        (COUNCIL, STANDS | {"loaded_by": PARTNERS}, NEW, NOT_YOURS),
        # The partnership answers; readers write nothing.
        ("ledelse", STANDS, NEW | ANSWER, ""),
        ("ledelse", STANDS | ANSWER, None, ""),
        ("politi", None, NEW, READERS),
        ("offentlig", None, NEW, READERS),
    ],
)
def test_who_may_write_which_proposal_in_which_state(
    partnership: Partnership, audience: str, before: Row | None, after: Row | None, said: str
) -> None:
    assert refusal(who(partnership, audience), "proposals", after, before, account=MINE) == said


@pytest.mark.parametrize("kind", ["meetings", "decisions", "initiatives", "criteria", "activities", "insecure_places"])
def test_a_council_writes_nothing_but_proposals(partnership: Partnership, kind: str) -> None:
    assert refusal(who(partnership, COUNCIL), kind, {}, account=MINE) == READERS
    assert set(PROPOSING) == {"proposals"}


def test_an_editor_writes_of_the_areas_it_knows_alone(partnership: Partnership) -> None:
    editor, known = who(partnership, "ledelse"), {"gladsaxe", "vaerebro-park"}
    row, further = {"area_ids": "vaerebro-park"}, {"area_ids": "vaerebro-park;grantoften"}
    assert refusal(editor, "initiatives", row, account=MINE, known_areas=known) == ""
    assert refusal(editor, "initiatives", further, row, account=MINE, known_areas=known) == ELSEWHERE


def test_a_value_that_was_not_offered_is_none_of_the_choices() -> None:
    assert offered("gladsaxe", {"gladsaxe": "Gladsaxe"})
    assert not offered("herlev", {"gladsaxe": "Gladsaxe"})
    assert offered("hvad som helst", None)


def test_history_tells_no_quote_and_no_area_that_the_release_does_not(partnership: Partnership) -> None:
    version = {
        "figure": "2 voldsforbrydelser",
        "view": "omraade=grantoften",
        "text": "Vi ser på det",
        "area_id": "grantoften",
    }
    seen = seen_version(who(partnership, COUNCIL), "decisions", version, {"gladsaxe"})
    assert seen == {"figure": "", "view": "", "text": "Vi ser på det", "area_id": ""}
    assert seen_version(who(partnership, "ledelse"), "decisions", version, None) == version
