"""Which area an outline is of, told by id and name together, and whether it lies where the area's old one does."""

from typing import TYPE_CHECKING

import pandas as pd
from shapely import from_wkb

from data import danish
from data.contracts.look_alikes import alike
from data.contracts.problems import Problem
from data.contracts.validation import area_spellings
from data.intake.privacy import masked

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

LEAST_OVERLAP = 0.5
"""Part of the larger of an official outline and its successor that both must cover."""
LEAST_OVERLAP_OF_APPROXIMATE = 0.05
"""The same for an approximate outline, which the official one may differ much from."""
UNKNOWN_AREA = "området er ikke kendt"


def identified(file: str, shapes: "GeoDataFrame", areas: pd.DataFrame) -> tuple["pd.Series[str]", list[Problem]]:
    """The area_id of each outline ("" where none is sure), and what is wrong.

    An outline with an id is that area. One with a code is the area of the code where its name says so too (or says
    nothing); where it has the name of an area that lies in the code's, it is that one.
    """
    spellings = {alike(word): area for word, area in area_spellings(areas).items()}
    by_name = {alike(word): area for word, area in area_spellings(areas[["area_id", "name"]]).items()}
    names = dict(zip(areas["area_id"], areas["name"], strict=True))
    parents = dict(zip(areas["area_id"], areas["parent_id"], strict=True))
    ids: list[str] = []
    problems: list[Problem] = []
    for index, (area_id, code, name) in enumerate(
        zip(shapes["area_id"], shapes["code"], shapes["name"], strict=True), 1
    ):
        area = spellings.get(alike(area_id or code or name), "")
        named = by_name.get(alike(name), "") if name else area
        if area and not area_id and named != area:
            if named and parents.get(named) == area:
                area = named
            elif not _same_name(name, names[area]):
                problems.append(_at_odds(file, index, code, name, names[area]))
        if not area:
            problems.append(_unknown(file, str(area_id or code or name)))
        ids.append(area)
    twice = pd.Series(ids, index=shapes.index)
    for area in twice[(twice != "") & twice.duplicated()].unique():
        problems.append(
            Problem(file, "", None, "area_id", area, "området har flere flader i filen", "Behold kun den ene")
        )
    return twice, problems


def of_others(shapes: "GeoDataFrame", areas: pd.DataFrame) -> "pd.Series[bool]":
    """Which outlines are municipalities that are not ours, as in a national file: neither code nor name is one of ours.

    None of them, where the file has no outline of ours at all.
    """
    ours = {alike(word) for word in area_spellings(areas)}
    codes, names = shapes["code"].map(alike), shapes["name"].map(alike)
    known = shapes["area_id"].map(alike).isin(ours) | codes.isin(ours) | names.isin(ours)
    others = (shapes["area_id"] == "") & (codes != "") & ~known
    return others & bool(known.any())


def _same_name(name: str, ours: str) -> bool:
    """Whether a name is ours with a word more: "Gladsaxe Kommune" is "Gladsaxe"."""
    words = set(alike(name).replace("-", " ").split()) - {"kommune", "kommunes"}
    return words == set(alike(ours).replace("-", " ").split())


def _at_odds(file: str, row: int, code: str, name: str, ours: str) -> Problem:
    return Problem(
        file, "", row, "kode", masked(code),
        f"koden er {ours}, men fladen hedder »{masked(name)}«",
        "Giv fladen områdets eget id i kolonnen area_id; en kommunekode alene siger ikke, hvilket boligområde det er",
    )  # fmt: skip


def _unknown(file: str, key: str) -> Problem:
    remedy = "Indlæs området i områdefilen først, eller ret koden"
    return Problem(file, column="area_id", value=masked(key), message=UNKNOWN_AREA, remedy=remedy)


def moved_too_far(
    file: str, shapes: "GeoDataFrame", keys: "pd.Series[str]", areas: pd.DataFrame, standing: pd.DataFrame
) -> list[Problem]:
    """Outlines that share too little with the one that stands: another area's, or one in another projection."""
    names = dict(zip(areas["area_id"], areas["name"], strict=True))
    newest = standing.drop_duplicates("area_id", keep="last").set_index("area_id")
    problems = []
    for index, (area, shape) in enumerate(zip(keys, shapes.geometry, strict=True), 1):
        if area not in newest.index:
            continue
        then = from_wkb(bytes(newest["geometry"].loc[area]))
        if not then.is_valid:
            continue
        common = then.intersection(shape).area / max(then.area, shape.area)
        official = newest["outline"].loc[area] == "official"
        if common < (LEAST_OVERLAP if official else LEAST_OVERLAP_OF_APPROXIMATE):
            problems.append(
                Problem(
                    file, "", index, "geometry", names.get(area, area),
                    f"det nye omrids har kun {danish.percent(common, 0)} til fælles med det, der gælder nu",
                    "Se efter, om det er det rette område; er området virkelig et andet, så træk først det gamle "
                    "omrids tilbage",
                )
            )  # fmt: skip
    return problems
