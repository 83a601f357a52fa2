"""Where the example grid puts homes, centres, nature and planted hotspots; points in metres of EPSG:25832."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A centre or a piece of nature: its point, its reach in metres and, for a centre, its weight."""

    easting: int
    northing: int
    reach: int
    weight: float = 1.0


@dataclass(frozen=True)
class Planted:
    """A hotspot put there on purpose: the part of the municipality's incidents it draws each year."""

    municipality: str
    category: str
    easting: int
    northing: int
    parts: dict[str, float]


CENTRES = (
    Place(716100, 6180600, 900, 1.3),  # Herlev Bymidte
    Place(715310, 6182530, 900, 0.7),  # Hjortespring
    Place(710970, 6181200, 1000, 1.2),  # Ballerup Centrum
    Place(713680, 6180540, 900, 0.9),  # Skovlunde
    Place(708270, 6182970, 900, 0.8),  # Måløv
    Place(711420, 6183620, 700, 0.5),  # Egebjerg
    Place(719270, 6183450, 800, 1.0),  # Buddinge
    Place(720300, 6182340, 900, 1.4),  # Søborg
    Place(716730, 6184940, 900, 1.0),  # Bagsværd
    Place(718320, 6181400, 800, 0.8),  # Mørkhøj
)
NATURE = (
    Place(717640, 6186100, 650),  # Bagsværd Sø
    Place(714900, 6185500, 600),  # Hareskoven, the eastern edge
    Place(717010, 6183110, 450),  # Smørmosen
    Place(712060, 6178400, 900),  # Vestskoven
    Place(709170, 6179390, 800),  # Harrestrup Ådal
    Place(706200, 6182400, 900),  # the fields west of Måløv
)

YEARS = ("2022", "2023", "2024", "2025")


def _parts(*parts: float) -> dict[str, float]:
    return dict(zip(YEARS, parts, strict=True))


PLANTED = (
    # persistent in all four years
    Planted("herlev", "12", 716020, 6180720, _parts(0.11, 0.11, 0.11, 0.11)),
    Planted("herlev", "1332", 716020, 6180720, _parts(0.34, 0.34, 0.34, 0.34)),
    Planted("ballerup", "3210", 710970, 6181200, _parts(0.13, 0.13, 0.13, 0.13)),
    Planted("ballerup", "1332", 710970, 6181200, _parts(0.30, 0.30, 0.30, 0.30)),
    Planted("gladsaxe", "12", 720300, 6182340, _parts(0.06, 0.06, 0.06, 0.06)),
    Planted("gladsaxe", "1332", 719270, 6183450, _parts(0.16, 0.16, 0.16, 0.16)),
    # fading, sporadic, growing and new
    Planted("gladsaxe", "3210", 716730, 6184940, _parts(0.16, 0.10, 0.03, 0.00)),
    Planted("ballerup", "1320", 708270, 6182970, _parts(0.00, 0.10, 0.00, 0.00)),
    Planted("herlev", "1320", 715310, 6182530, _parts(0.00, 0.00, 0.12, 0.15)),
    Planted("ballerup", "1320", 713680, 6180540, _parts(0.00, 0.00, 0.00, 0.10)),
)

# How a category splits between where people live and where they shop and change trains.
LIVING_PART = {"12": 0.75, "1320": 1.0, "1332": 0.40, "3210": 0.70, "3410": 0.85}
SHOPPING_REACH = 200  # metres around a centre

# Where a mass registration is put: all of it in one cell, as one case is registered at one address.
MASS_REGISTRATION = {
    "herlev": (716020, 6180720),
    "ballerup": (710970, 6181200),
    "gladsaxe": (719270, 6183450),
}
