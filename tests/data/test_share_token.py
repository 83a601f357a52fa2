"""The codec of shared links: what goes in comes out, links of every version stay readable, and nothing else opens."""

import datetime as dt
import json
import random
import string
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from data.share_token import LONGEST_TOKEN, SharedLink, link_of, token_of
from data.views.view import View

KEYS = ("a-key-for-tests-that-is-long-enough-000",)
NOW = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)
LINK = SharedLink(
    id="0f" * 16,
    page="omraade",
    view=View(indicator="tryg_i_nabolag", areas=("vaerebro-park", "gladsaxe"), category="1320", release=2),
    release=2,
    audience="lokalraad-gladsaxe",
    expires=NOW + dt.timedelta(days=30),
)
# Made by the first version with KEYS; never to be made anew.
FIRST_VERSION = json.loads((Path(__file__).parent / "links_of_version_1.json").read_text(encoding="utf-8"))
MUTATIONS = 10_000


def test_what_is_written_into_a_token_is_read_from_it() -> None:
    assert link_of(token_of(LINK, KEYS), KEYS, NOW) == LINK


@pytest.mark.parametrize("golden", FIRST_VERSION, ids=lambda golden: golden["page"] or "forside")
def test_a_link_of_the_first_version_opens_what_it_opened_then(golden: dict[str, str]) -> None:
    link = link_of(golden["token"], KEYS, NOW)
    assert link is not None
    assert (link.id, link.page, link.audience, str(link.release)) == (
        golden["id"], golden["page"], golden["audience"], golden["release"],
    )  # fmt: skip
    assert link.view.to_query() == View.from_query(parse_qs(golden["query"])).to_query() | {"udgave": golden["release"]}
    assert link.expires.isoformat() == golden["expires"]


def test_a_link_opens_until_it_expires_and_not_a_second_longer() -> None:
    token = token_of(LINK, KEYS)
    assert link_of(token, KEYS, LINK.expires - dt.timedelta(seconds=1)) == LINK
    assert link_of(token, KEYS, LINK.expires) is None


def test_a_new_key_opens_the_links_of_the_old_one_while_that_is_kept() -> None:
    old, new = token_of(LINK, KEYS), ("another-key-for-tests-long-enough-111",)
    assert link_of(old, (*KEYS, *new), NOW) == LINK
    assert link_of(old, new, NOW) is None


def test_a_token_cannot_be_passed_off_as_one_of_another_version() -> None:
    version, _, rest = token_of(LINK, KEYS).partition(".")
    assert version == "1"
    assert all(link_of(f"{other}.{rest}", KEYS, NOW) is None for other in ("0", "2", "", "11"))


@pytest.mark.parametrize("token", ["", ".", "1", "1.", "1..", "1.æøå", "1.\x00", "1." + "A" * LONGEST_TOKEN, "1.a.b\n"])
def test_what_is_no_token_opens_nothing(token: str) -> None:
    assert link_of(token, KEYS, NOW) is None


def test_of_ten_thousand_altered_tokens_none_opens_and_none_is_an_error() -> None:
    chance, token = random.Random(6), token_of(LINK, KEYS)
    altered: set[str] = set()
    while len(altered) < MUTATIONS:
        altered |= {mutated(token, chance)} - {token}
    assert [each for each in altered if link_of(each, KEYS, NOW) is not None] == []


def mutated(token: str, chance: random.Random) -> str:
    """A token with one to three letters changed, lost, doubled or swapped, or cut short, or with something added."""
    letters = list(token)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(letters))
        match chance.randrange(6):
            case 0:
                letters[place] = chance.choice(string.ascii_letters + string.digits + "-_.")
            case 1 if len(letters) > 1:
                del letters[place]
            case 2:
                letters.insert(place, letters[place])
            case 3:
                other = chance.randrange(len(letters))
                letters[place], letters[other] = letters[other], letters[place]
            case 4:
                letters = letters[: max(place, 1)]
            case 5:
                letters.insert(place, chr(chance.randrange(1, 0x2FFF)))
    return "".join(letters)


def test_a_signature_has_one_way_to_be_written() -> None:
    token = token_of(LINK, KEYS)
    others = [token[:-1] + letter for letter in string.ascii_letters + string.digits + "-_" if letter != token[-1]]
    assert [each for each in others if link_of(each, KEYS, NOW) is not None] == []


def test_of_ten_thousand_altered_query_strings_none_is_an_error() -> None:
    chance = random.Random(66)
    query = "emne=tryg_i_nabolag&omraade=vaerebro-park&aar=2025&udgave=2&felt=250m_1_2&del=moedet&visning=niveau"
    for _ in range(MUTATIONS):
        said = View.from_query(parse_qs(mutated(query, chance), keep_blank_values=True)).to_query()
        assert View.from_query(said).to_query() == said
