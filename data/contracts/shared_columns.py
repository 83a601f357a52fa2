"""The columns that several contracts share: origin, area, period, and what they refer to."""

from data.calendar import Span
from data.contracts.columns import Column

SLUG = r"[a-z0-9]+(?:[-_][a-z0-9]+)*"
SLUG_FORM = "små bogstaver a–z, cifre og bindestreger, fx hoeje-gladsaxe"
CELL = r"100m_\d{5}_\d{4}|250m_\d{6}_\d{5}|1km_\d{4}_\d{3}"

PROVENANCE = Column(
    "provenance", "Oprindelse", "choice", "Om rækken er officielle tal eller opdigtede eksempeldata",
    "eksempel", choices={"official": "officiel", "example": "eksempel"},
)  # fmt: skip
SOURCE = Column(
    "source_id",
    "Kilde-id",
    "text",
    "Kilden, som den hedder i tabellen over kilder",
    "eksempeldata",
    refers="sources",
)
ORIGIN = (PROVENANCE, SOURCE)
AREA = Column("area_id", "Område", "text", "Området: dets id, officielle kode eller navn", "gladsaxe", refers="areas")
AREAS = Column(
    "area_ids",
    "Områder",
    "list",
    "Områderne, adskilt af semikolon",
    "hoeje-gladsaxe;vaerebro-park",
    refers="areas",
    longest=2000,
)
QUARTER = Column("period", "Periode", "period", "Kvartalet", "2025K1", periods=("quarter",))
PERIOD = Column("period", "Periode", "period", "Kvartalet, måneden, tertialet, halvåret eller året", "2025K1",
                periods=("year", "half_year", "four_months", "quarter", "month"))  # fmt: skip
WAVES: tuple[Span, ...] = ("year", "half_year", "quarter", "month", "day")
"""The lengths of a period that a survey may speak of."""
CATEGORY = Column("category", "Kategori", "text", "Lovovertrædelsens kode i STRAF11", "TOT", refers="categories")
INITIATIVE = Column(
    "initiative_id", "Indsats-id", "text", "Indsatsen, som den hedder i tabellen over indsatser",
    "din-betjent", refers="initiatives",
)  # fmt: skip
PURPOSE = Column(
    "purpose_id",
    "Formål-id",
    "text",
    "Hvilket af partnerskabets formål den tjener",
    "tryghed",
    refers="purposes",
)
