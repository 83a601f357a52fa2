"""What every file that leaves the house carries: whose figures they are, of which release, and whether invented."""

import datetime as dt
from dataclasses import dataclass

EXAMPLE = "eksempeldata"


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
            f"Kun for {self.audience[0].lower()}{self.audience[1:]}",
            EXAMPLE if self.example else "",
            self.credit,
        ]
        return " · ".join(part for part in parts if part)

    @property
    def columns(self) -> dict[str, str]:
        """The stamp as columns, so that a row cut out of its file still says where it belongs."""
        return {
            "Målgruppe": self.audience,
            "Udgave": str(self.release),
            "Udgivet": self.published.isoformat(),
        }
