"""What stands at the foot of every page: whose it is, what its figures and maps rest on, and two pages about that."""

from data.partnership import our_partnership
from data.release import Release
from data.views.credits import credits_of

ABOUT = (("Tilgængelighed", "was"), ("Kilder og rettigheder", "kilder"))
"""The pages that every foot leads to: their words and addresses."""


def foot_words(release: Release | None) -> str:
    """The partnership and the credits of a release, in plain words; without a release the partnership alone."""
    return " · ".join(part for part in (our_partnership().name, credits_of(release) if release else "") if part)
