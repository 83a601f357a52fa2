"""A form counts when it is ours, of that page and that browser, and young; and nobody sends without end."""

import pytest

from server import form_token
from server.form_token import is_ours, new_secret
from server.rate_limits import Allowance

KEYS, MINE = ("a" * 32,), "et-tilfaeldigt-tal"


def test_a_form_of_this_page_and_this_browser_counts_also_after_the_keys_were_changed() -> None:
    token = form_token.form_token(MINE, "grantoften", KEYS)
    assert is_ours(token, MINE, "grantoften", KEYS)
    assert is_ours(token, MINE, "grantoften", (*KEYS, "b" * 32))


@pytest.mark.parametrize(
    ("secret", "page", "keys"),
    [("en-anden", "grantoften", KEYS), ("", "grantoften", KEYS), (MINE, "hedeparken", KEYS),
     (MINE, "grantoften", ("b" * 32,))],
)  # fmt: skip
def test_another_browser_page_or_key_does_not(secret: str, page: str, keys: tuple[str, ...]) -> None:
    assert not is_ours(form_token.form_token(MINE, "grantoften", KEYS), secret, page, keys)


def test_neither_does_an_old_one_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    token = form_token.form_token(MINE, "grantoften", KEYS)
    monkeypatch.setattr(form_token, "GOOD_FOR", -1)
    assert not is_ours(token, MINE, "grantoften", KEYS)
    assert not is_ours("", MINE, "grantoften", KEYS)
    assert not is_ours("æ" * 9, MINE, "grantoften", KEYS)


def test_the_cookie_and_the_token_are_never_the_same_twice() -> None:
    assert new_secret() != new_secret()
    assert len({form_token.form_token(MINE, "grantoften", KEYS) for _ in range(5)}) == 5


def test_whoever_sends_much_waits_and_others_do_not() -> None:
    now = [0.0]
    allowance = Allowance(most=2, window=60.0, clock=lambda: now[0])
    assert [allowance.take("a") for _ in range(3)] == [True, True, False]
    assert allowance.take("b")
    now[0] = 61.0
    assert allowance.take("a")


def test_clients_are_forgotten_when_there_are_too_many() -> None:
    allowance = Allowance(most=1, window=60.0, clock=lambda: 0.0, most_clients=2)
    assert [allowance.take(each) for each in ("a", "b", "c", "a")] == [True] * 4
