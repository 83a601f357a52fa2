"""Who comes in: what the identity provider claims of an account decides its audience, by a table in the settings.

No rule, no entry: an account none of whose claims a rule names gets nothing, and an identity without an expiry, or past
it, is nobody's.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data import clock
from data.partnership import Audience, Partnership

ACCOUNT_CLAIM = "preferred_username"
"""The claim that names the account, where the settings say nothing else; `sub` stands in where it is missing."""
NOBODY = Audience(id="", title="Ingen", sees=(), threshold=1_000_000, sees_cells=False, shares=False)
"""The audience of those who have not come in: there are no release tables by that name."""
NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class Rule:
    """Accounts with this value of this claim belong to this audience."""

    claim: str
    value: str
    audience: str


@dataclass(frozen=True)
class Access:
    """The table of who comes in, in the order of the settings, and the claim that names an account."""

    rules: tuple[Rule, ...]
    account_claim: str = ACCOUNT_CLAIM


@dataclass(frozen=True)
class Person:
    """Somebody with a valid identity: the account's id, its audience (None: no rule fits), until when (UTC)."""

    account: str
    audience: Audience | None
    until: dt.datetime


def read_access(settings: Mapping[str, Any], partnership: Partnership) -> Access:
    """The table in `[access]` of the settings; raises ValueError, in Danish, saying what is wrong with it."""
    known = {audience.id for audience in partnership.audiences}
    rules: list[Rule] = []
    for row in settings.get("rules", ()):
        try:
            rule = Rule(str(row.get("claim", "roles")), str(row["value"]), str(row["audience"]))
        except (KeyError, AttributeError, TypeError) as error:
            raise ValueError("[[access.rules]] skal have »value« og »audience«.") from error
        if rule.audience not in known:
            raise ValueError(f"[[access.rules]] nævner målgruppen »{rule.audience}«, som ikke findes.")
        if not rule.value.strip():
            raise ValueError("[[access.rules]] har en regel med en tom »value«: den ville lukke enhver ind.")
        rules.append(rule)
    if not rules:
        raise ValueError("Der står ingen regler i [[access.rules]], så ingen kan komme ind.")
    return Access(tuple(rules), str(settings.get("account", ACCOUNT_CLAIM)))


def person_of(
    claims: Mapping[str, Any], access: Access, partnership: Partnership, now: dt.datetime | None = None
) -> Person | None:
    """Who the claims of a signed identity speak of; None where the identity has no expiry, or is past it.

    The first rule that fits decides. A claim may be one value or a list of them, and must match in full.
    """
    until = _expiry(claims.get("exp"))
    account = claims.get(access.account_claim) or claims.get("sub")
    if until <= (now or clock.now()) or not isinstance(account, str):
        return None
    fitting = (rule.audience for rule in access.rules if rule.value in _values(claims.get(rule.claim)))
    person = next(fitting, None)
    return Person(account, partnership.audience(person) if person else None, until)


def _expiry(claimed: object) -> dt.datetime:
    if isinstance(claimed, bool) or not isinstance(claimed, int | float):
        return NEVER
    try:
        return dt.datetime.fromtimestamp(claimed, dt.UTC)
    except (OverflowError, OSError, ValueError):
        return NEVER


def _values(claimed: object) -> tuple[str, ...]:
    if isinstance(claimed, str):
        return (claimed,)
    if isinstance(claimed, list | tuple):
        return tuple(each for each in claimed if isinstance(each, str))
    return ()
