"""What every file that leaves the house carries: whose figures they are, of which release, and whether invented."""

import datetime as dt
from dataclasses import dataclass

from data import danish

EXAMPLE = "eksempeldata"
PUBLIC = "Offentlig"


@dataclass(frozen=True)
class Stamp:
    """The audience's title, the release's number and day, source and release in words, and if figures are invented."""

    audience: str
    release: int
    published: dt.date
    credit: str
    example: bool

    @property
    def line(self) -> str:
        """The stamp in one line: "Kun for lokalpoliti · eksempeldata · Kilde: … Udgave 2, 4. marts 2026."."""
        parts = [
            self.restricted,
            EXAMPLE if self.example else "",
            self.credit,
        ]
        return " · ".join(part for part in parts if part)

    @property
    def restricted(self) -> str:
        """Who may read it: "Kun for lokalråd Gladsaxe"; the public version is for all."""
        if self.audience == PUBLIC:
            return "Til alle"
        return f"Kun for {danish.inside(self.audience)}"

    @property
    def columns(self) -> dict[str, str]:
        """The stamp as columns, so that a row cut out of its file still says where it belongs."""
        return {
            "Målgruppe": self.audience,
            "Udgave": str(self.release),
            "Udgivet": self.published.isoformat(),
        }
