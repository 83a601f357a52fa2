"""Who comes in: the table of claims and audiences, and identities that are past their time."""

import datetime as dt

import pytest

from data.access import Access, person_of, read_access
from data.partnership import Partnership

NOW = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)
LATER = (NOW + dt.timedelta(hours=1)).timestamp()


@pytest.fixture
def access(partnership: Partnership) -> Access:
    return read_access(
        {
            "rules": [
                {"value": "Politi", "audience": "politi"},
                {"value": "Ledelse", "audience": "ledelse"},
                {"claim": "groups", "value": "4f2a", "audience": "lokalraad-herlev"},
            ]
        },
        partnership,
    )


def audience_of(claims: dict[str, object], access: Access, partnership: Partnership) -> str | None:
    person = person_of({"sub": "a", "exp": LATER} | claims, access, partnership, NOW)
    assert person is not None
    return person.audience.id if person.audience else None


def test_a_claim_decides_the_audience(access: Access, partnership: Partnership) -> None:
    assert audience_of({"roles": ["Ledelse"]}, access, partnership) == "ledelse"
    assert audience_of({"roles": "Ledelse"}, access, partnership) == "ledelse"
    assert audience_of({"groups": ["0000", "4f2a"]}, access, partnership) == "lokalraad-herlev"


def test_of_two_rules_that_fit_the_first_decides(access: Access, partnership: Partnership) -> None:
    assert audience_of({"roles": ["Ledelse", "Politi"]}, access, partnership) == "politi"


@pytest.mark.parametrize(
    "claims",
    [{}, {"roles": []}, {"roles": None}, {"roles": {"Politi": True}}, {"roles": ["politi"]},
     {"roles": "Politi,Ledelse"}, {"roles": "Politimand"}, {"groups": ["Politi"]},
     {"email": "Politi"}, {"roles": [["Politi"]]}],
    ids=str,
)  # fmt: skip
def test_an_account_that_no_rule_names_has_no_audience(
    claims: dict[str, object], access: Access, partnership: Partnership
) -> None:
    assert audience_of(claims, access, partnership) is None


@pytest.mark.parametrize("expiry", [None, "", "2126", True, NOW.timestamp(), 0, -1, float("nan"), float("inf"), 1e300])
def test_an_identity_without_an_expiry_to_come_is_nobodys(
    expiry: object, access: Access, partnership: Partnership
) -> None:
    assert person_of({"sub": "a", "roles": ["Politi"], "exp": expiry}, access, partnership, NOW) is None


def test_an_account_is_known_by_the_claim_the_settings_name(access: Access, partnership: Partnership) -> None:
    person = person_of({"sub": "a", "preferred_username": "b", "exp": LATER}, access, partnership, NOW)
    assert person is not None
    assert (person.account, person.until.timestamp()) == ("b", LATER)
    assert person_of({"exp": LATER, "roles": ["Politi"]}, access, partnership, NOW) is None


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "ingen regler"),
        ({"rules": [{"value": "x"}]}, "skal have"),
        ({"rules": [{"value": "x", "audience": "konge"}]}, "»konge«, som ikke findes"),
        ({"rules": [{"value": " ", "audience": "politi"}]}, "tom »value«"),
        ({"rules": ["x"]}, "skal have"),
    ],
)
def test_a_wrong_table_is_refused_with_what_is_wrong(
    settings: dict[str, object], said: str, partnership: Partnership
) -> None:
    with pytest.raises(ValueError, match=said):
        read_access(settings, partnership)
