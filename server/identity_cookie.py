"""Who a request comes from, by the signed cookie that Streamlit keeps after sign-in; for what is no page."""

from collections.abc import Mapping

from data.access import Person, person_of
from data.partnership import our_partnership
from server.private_settings import our_access
from server.streamlit_internals import identity_claims


def person_of_request(cookies: Mapping[str, str]) -> Person | None:
    """Who the cookies of a request speak of; None unless they are signed by us, of our address, and not expired."""
    claims = identity_claims(cookies)
    return person_of(claims, our_access(), our_partnership()) if claims else None
