"""What residents send in from their area's page: whether they may, what becomes of a form, and what it says then."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from http.cookies import SimpleCookie

from components.session import our_store
from data import suggestions
from data.contracts.problems import of_field
from data.partnership import Audience, our_partnership
from data.release.audiences import municipalities
from data.store import StoreError
from data.suggestions import PLACE, PROPOSAL
from data.walks import ABOUT_WALK, Fault, faults_of
from reports.resident_forms import LONGEST_TEXT, THANKS, Forms
from server.form_token import FORM_COOKIE, form_token, is_ours, new_secret
from server.gate import RESIDENTS
from server.light_pages import Light
from server.plain_pages import SAID, Wanted
from server.private_settings import link_keys
from server.rate_limits import SENT_IN

TOO_OFTEN = "Der er sendt meget herfra den sidste time. Vent lidt, og prøv igen."
STALE = "Siden var for gammel til at sende fra. Det, du skrev, står her: send det igen."
_COLUMNS = {"type": "place_type"}
"""What the fault of a place calls a field of the form."""
Made = Callable[[Forms, int, tuple[tuple[str, str], ...]], Light]


def with_forms(wanted: Wanted, area: str, reader: Audience, landmarks: Sequence[str], page: Made) -> Light:
    """An area's page with its forms, or what becomes of one that was sent.

    `page` sets the page with forms, a status and lines of its head. What was sent is never part of an answer to anybody
    else, and one that was taken leads back to the page, so that reloading sends nothing again.
    """
    secret = wanted.cookies.get(FORM_COOKIE, "") or new_secret()
    head = () if FORM_COOKIE in wanted.cookies else ((("Set-Cookie", _cookie(secret, wanted))),)
    token = form_token(secret, area, link_keys())
    if wanted.form is None:
        return page(Forms(token, landmarks, wanted.said if wanted.said in THANKS else ""), 200, head)
    sent = wanted.form.get("form", "")
    faults: Mapping[str, str]
    if not is_ours(wanted.form.get("token", ""), wanted.cookies.get(FORM_COOKIE, ""), area, link_keys()):
        faults, status = {"": STALE}, 403
    elif not SENT_IN.take(wanted.client):
        faults, status = {"": TOO_OFTEN}, 429
    else:
        faults, status = _sent_in(sent, wanted.form, area, reader, landmarks), 422
    if not faults:
        back = f"{wanted.origin}{RESIDENTS}{area}?{SAID}={sent}#send"
        return Light(b"", "text/plain", "default-src 'none'", 303, (("Location", back),))
    return page(Forms(token, landmarks, "", sent, wanted.form, faults), status, head)


def _cookie(secret: str, wanted: Wanted) -> str:
    cookie: SimpleCookie = SimpleCookie({FORM_COOKIE: secret})
    below = wanted.origin.partition("//")[2].partition("/")[2]
    cookie[FORM_COOKIE]["path"] = f"/{below}{RESIDENTS}" if below else RESIDENTS
    cookie[FORM_COOKIE]["httponly"] = True
    cookie[FORM_COOKIE]["samesite"] = "Strict"
    return cookie[FORM_COOKIE].OutputString()


def _sent_in(
    sent: str, form: Mapping[str, str], area: str, reader: Audience, landmarks: Sequence[str]
) -> dict[str, str]:
    """Put a form in the queue; what is wrong with it by field, {} where it was taken."""
    store, ours = our_store(), our_partnership()
    refuses = suggestions.refuses_for(store, reader)
    number, text = suggestions.new_number(), _plain(form.get("text", ""))[:LONGEST_TEXT]
    try:
        if sent == PROPOSAL:
            home = municipalities(store.loaded("areas")).get(area, "")
            row = suggestions.proposal_of(number, area, home, _plain(form.get("title", "")), text)
            faults = suggestions.faults_of_proposal(store, ours, row, refuses)
            if not faults:
                suggestions.send_proposal(store, reader, number, row)
        elif sent == PLACE:
            kind, landmark = form.get("place_type", ""), form.get("landmark", "")
            walk = suggestions.place_of(number, area, kind, landmark, text)
            faults = faults_of(store, ours, walk, refuses, landmarks)
            if not faults:
                suggestions.send_walk(store, reader, walk)
        else:
            faults = [Fault(ABOUT_WALK, "", STALE)]
    except StoreError as error:
        faults = [Fault(ABOUT_WALK, "", str(error))]
    return {
        _COLUMNS.get(fault.field, fault.field): of_field(fault.said).replace("Udfyld den", "Udfyld det")
        for fault in faults
    }


def _plain(text: str) -> str:
    """Text without what is no letter, sign or line break."""
    lined = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in lined if each == "\n" or unicodedata.category(each)[0] != "C").strip()
