"""What comes next for a partnership that has not published yet, step by step until the first release."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from data import danish
from data.partnership import Partnership

State = Literal["done", "next", "later", "optional"]


@dataclass(frozen=True)
class Step:
    """One step: its title, whether it is done, what stands or what to do (Danish), and the templates it takes.

    `kinds` are the tables whose templates it needs, the first of them first.
    """

    title: str
    state: State
    sentence: str
    kinds: tuple[str, ...] = ()


def steps(partnership: Partnership, rows: Mapping[str, int], releases: int = 0) -> list[Step]:
    """The steps from settings to first release, the first one that waits marked "next".

    `rows` are the rows that stand of each kind of table ("boundaries" too), `releases` how many have been published.
    """
    figures = tuple(
        kind
        for kind, followed in (("survey", partnership.indicators), ("incidents", partnership.categories))
        if followed
    )
    loaded_figures = sum(rows.get(kind, 0) for kind in ("survey", "incidents"))
    required = [
        (
            "Indstillinger",
            True,
            f"{partnership.name} følger {_followed(partnership)} i "
            f"{danish.plural(len(partnership.members), 'kommune', 'kommuner')}. Ret dem i partnership.toml.",
            (),
        ),
        (
            "Kilder",
            rows.get("sources", 0) > 0,
            "Skriv, hvor tallene kommer fra: én række for hver kilde. De andre filer henviser til dem.",
            ("sources",),
        ),
        (
            "Områder",
            rows.get("areas", 0) > 0,
            f"Skriv kommunen ({danish.join(partnership.members)}) og de områder i den, I følger.",
            ("areas",),
        ),
        ("Tal", loaded_figures > 0, f"Indlæs {danish.join(_TITLES[kind] for kind in figures)}.", figures),
        ("Første udgave", releases > 0, "Udgiv det, der er indlæst. Så kan alle læse med.", ()),
    ]
    todo: list[Step] = []
    waiting = False
    for title, done, sentence, kinds in required:
        state: State = "done" if done else "later" if waiting else "next"
        waiting = waiting or not done
        standing = _loaded(rows, kinds) if done and kinds else sentence
        todo.append(Step(title, state, standing, kinds))
    return todo + _further(rows)


def _further(rows: Mapping[str, int]) -> list[Step]:
    """What makes more of the figures, whenever it comes."""
    wanted = [
        ("Befolkning", ("population",), "Med antal indbyggere kan anmeldelser vises pr. 1.000 indbyggere."),
        ("Omrids", (), "Med områdernes grænser (GeoJSON, GeoPackage eller Shapefile) kan kortet tegnes."),
        (
            "Indsatser og succeskriterier",
            ("initiatives", "criteria"),
            "Skriv dem på Indsatser, eller indlæs dem.",
        ),
    ]
    there = {"Befolkning": "population", "Omrids": "boundaries", "Indsatser og succeskriterier": "initiatives"}
    return [
        Step(title, "done" if rows.get(there[title], 0) else "optional", sentence, kinds)
        for title, kinds, sentence in wanted
    ]


_TITLES = {"survey": "målingerne", "incidents": "anmeldelserne"}
_KINDS = {"sources": ("kilde", "kilder"), "areas": ("område", "områder"), "survey": ("andel", "andele"),
          "incidents": ("antal anmeldelser", "antal anmeldelser")}  # fmt: skip


def _followed(partnership: Partnership) -> str:
    indicators, categories = len(partnership.indicators), len(partnership.categories)
    parts = [danish.plural(indicators, "måling", "målinger")] if indicators else []
    parts += [danish.plural(categories, "slags anmeldelser", "slags anmeldelser")] if categories else []
    return danish.join(parts)


def _loaded(rows: Mapping[str, int], kinds: tuple[str, ...]) -> str:
    there = [danish.plural(rows[kind], *_KINDS[kind]) for kind in kinds if rows.get(kind)]
    return f"{danish.join(there)} er indlæst."
