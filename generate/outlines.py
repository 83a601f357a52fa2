"""The approximate outlines of the housing areas, drawn by hand, and the script that writes them as GeoJSON.

::

    python -m generate.outlines -o geo/boundaries/housing_areas.geojson

No polygons of these areas are public. Each outline is drawn from what is: addresses and bus stops with
published coordinates, the streets that are said to bound the estate, and its number of dwellings. They are
for recognising a place on a map, not for deciding which address belongs to it, and are marked
``approximate`` with a `basis` in Danish that says what they rest on. Corners are longitude and latitude
(EPSG:4326), clockwise from the south-west.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_DRAWN = "Omtrentlig afgrænsning tegnet efter "


@dataclass(frozen=True)
class Outline:
    """One housing area: id and name, its municipality, what the outline rests on, and its corners."""

    area_id: str
    name: str
    municipality: str
    basis: str
    corners: tuple[tuple[float, float], ...]


OUTLINES = (
    Outline(
        "hoeje-gladsaxe",
        "Høje Gladsaxe",
        "gladsaxe",
        _DRAWN + "offentliggjorte punkter: Høje Gladsaxe Torv og bebyggelsens stoppesteder mod nord og vest.",
        (
            (12.4858, 55.7302), (12.4858, 55.7321), (12.4922, 55.7319), (12.4981, 55.7312),
            (12.4985, 55.7286), (12.4951, 55.7283), (12.4949, 55.7287), (12.4905, 55.7287),
            (12.4893, 55.7295),
        ),
    ),
    Outline(
        "vaerebro-park",
        "Værebro Park",
        "gladsaxe",
        _DRAWN + "de omgivende veje: Ring 4 mod nord, Hillerødmotorvejen mod øst og Værebrovej mod syd, samt "
        "stoppesteder i bebyggelsen. Mod vest er grænsen til villaerne skønnet.",
        (
            (12.4338, 55.7573), (12.4321, 55.7586), (12.4338, 55.7597), (12.4375, 55.7601),
            (12.4408, 55.7602), (12.4424, 55.7588), (12.4437, 55.7572), (12.4402, 55.7566),
            (12.4368, 55.7567), (12.4364, 55.7572),
        ),
    ),
    Outline(
        "moerkhoej-pileparken",
        "Mørkhøj/Pileparken",
        "gladsaxe",
        _DRAWN + "stoppestederne Pilegårdsvej (Novembervej) og Mørkhøj (Mørkhøjvej) og kommunegrænsen mod "
        "Tingbjerg. Ingen offentliggjort grænse; hvor langt området når mod nord og vest, er skønnet.",
        (
            (12.4661, 55.7191), (12.4660, 55.7209), (12.4684, 55.7231), (12.4708, 55.7253),
            (12.4722, 55.7279), (12.4742, 55.7303), (12.4766, 55.7308), (12.4781, 55.7299),
            (12.4776, 55.7272), (12.4769, 55.7247), (12.4772, 55.7224), (12.4757, 55.7211),
            (12.4732, 55.7193),
        ),
    ),
    Outline(
        "hede-magleparken",
        "Hede-Magleparken",
        "ballerup",
        _DRAWN + "offentliggjorte punkter: Magleparken 5, stoppestederne Magleparken Midt og Syd og "
        "Hedeparken (Hold-an Vej). Hedeparken ligger mod vest og Magleparken mod øst.",
        (
            (12.3553, 55.7139), (12.3548, 55.7160), (12.3553, 55.7192), (12.3584, 55.7197),
            (12.3588, 55.7207), (12.3646, 55.7208), (12.3653, 55.7180), (12.3647, 55.7143),
            (12.3642, 55.7126), (12.3608, 55.7123), (12.3604, 55.7132),
        ),
    ),
    Outline(
        "grantoften",
        "Grantoften",
        "ballerup",
        _DRAWN + "de omgivende veje: Baltorpvej mod nord, Vestbuen mod øst og Ågerupvej mod syd. Mod vest "
        "ligger mosen.",
        (
            (12.3394, 55.7222), (12.3389, 55.7250), (12.3395, 55.7272), (12.3392, 55.7293),
            (12.3418, 55.7300), (12.3449, 55.7297), (12.3461, 55.7279), (12.3461, 55.7257),
            (12.3451, 55.7238), (12.3437, 55.7227), (12.3415, 55.7219),
        ),
    ),
    Outline(
        "hjortegaarden",
        "Hjortegården",
        "herlev",
        _DRAWN + "antallet af boliger og områdets beliggenhed vest for Hjortespringvej og syd for "
        "Klausdalsbrovej. Ingen offentliggjort grænse; fordelingen mellem Hjortegården og Lille Birkholm "
        "er skønnet.",
        (
            (12.4243, 55.7386), (12.4220, 55.7400), (12.4216, 55.7427), (12.4234, 55.7430),
            (12.4239, 55.7442), (12.4277, 55.7440), (12.4284, 55.7424), (12.4290, 55.7404),
            (12.4288, 55.7386),
        ),
    ),
    Outline(
        "lille-birkholm",
        "Lille Birkholm",
        "herlev",
        _DRAWN + "antallet af boliger og områdets beliggenhed øst for Hjortespringvej ved Lærkegårdcentret. "
        "Ingen offentliggjort grænse; fordelingen mellem Hjortegården og Lille Birkholm er skønnet.",
        (
            (12.4297, 55.7384), (12.4299, 55.7405), (12.4293, 55.7425), (12.4290, 55.7433),
            (12.4330, 55.7436), (12.4345, 55.7427), (12.4374, 55.7424), (12.4377, 55.7397),
            (12.4352, 55.7392), (12.4349, 55.7380),
        ),
    ),
    Outline(
        "hoejbjerg-vaenge",
        "Højbjerg Vænge",
        "herlev",
        _DRAWN + "adressen Højbjerg Vænge 24 nordvest for Herlev Bymidte og bebyggelsens størrelse "
        "(22 blokke, 522 boliger). Ingen offentliggjort grænse; omridset er skønnet.",
        (
            (12.4309, 55.7256), (12.4303, 55.7273), (12.4316, 55.7283), (12.4344, 55.7281),
            (12.4350, 55.7272), (12.4361, 55.7270), (12.4357, 55.7255), (12.4334, 55.7252),
        ),
    ),
)  # fmt: skip


def as_geojson(outlines: Sequence[Outline] = OUTLINES) -> str:
    """Return the outlines as GeoJSON in EPSG:4326 with one area a line."""
    features = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {
                    "area_id": one.area_id,
                    "name": one.name,
                    "municipality": one.municipality,
                    "outline": "approximate",
                    "basis": one.basis,
                },
                # GeoJSON wants the outer ring anticlockwise; by hand it is easier to go with the clock.
                "geometry": {"type": "Polygon", "coordinates": [[*one.corners[:1], *one.corners[::-1]]]},
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for one in outlines
    ]
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "\n]}\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the outlines to the file named by ``--output``; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m generate.outlines", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, required=True, help="GeoJSON file to write")
    options = parser.parse_args(arguments)
    options.output.write_text(as_geojson(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
