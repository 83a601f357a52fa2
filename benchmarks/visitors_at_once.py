"""A crowd of visitors, each acting every few seconds across pages and filters, and how long each of them waited."""

import asyncio
import random
import time
from dataclasses import dataclass, field
from ssl import SSLContext

from benchmarks.visitor import Answer, TurnedAwayError, Visitor

SECONDS_BETWEEN_ACTS = 5.0
SEED = 20250901
# How often a visitor goes to another page rather than choosing something on this one.
TO_ANOTHER_PAGE = 0.4
# Left out: the form, which nobody opens as often as the rest, and pages that change what others see.
PAGES = ("", "moede", "tryghedskort", "udvikling", "omraade", "indsatser", "om-tallene")


@dataclass
class Waits:
    """What a crowd lived through: seconds of each act, by page, bytes it was sent, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    by_page: dict[str, list[float]] = field(default_factory=dict)
    size: int = 0
    turned_away: int = 0
    errors: list[str] = field(default_factory=list)

    def at(self, part: float) -> float:
        """The seconds that a part of the acts stayed below, such as 0.95; NaN where there were none."""
        if not self.seconds:
            return float("nan")
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]

    def add(self, page: str, answer: Answer) -> None:
        """Note an act."""
        self.seconds.append(answer.seconds)
        self.by_page.setdefault(page, []).append(answer.seconds)
        self.size += answer.size
        self.errors += answer.errors


@dataclass(frozen=True)
class Plan:
    """What visitors do: act every `between` seconds on these pages, for `seconds` after a first two rounds."""

    seconds: float
    between: float = SECONDS_BETWEEN_ACTS
    pages: tuple[str, ...] = PAGES


async def crowd(addresses: list[str], many: int, plan: Plan, trust: SSLContext | None = None) -> Waits:
    """Let `many` visitors come evenly within one round and follow the plan; the first two rounds are not counted.

    A visitor acts at set times, whether or not the server keeps up: the wait is counted from when it meant to act.
    """
    waits = Waits()
    counted_from = time.perf_counter() + 2 * plan.between
    await asyncio.gather(
        *(
            _visit(
                Visitor(addresses[number % len(addresses)], trust),
                random.Random(SEED + number),
                plan.between * number / many,
                counted_from,
                plan,
                waits,
            )
            for number in range(many)
        )
    )
    return waits


async def _visit(
    somebody: Visitor, draw: random.Random, delay: float, counted_from: float, plan: Plan, waits: Waits
) -> None:
    await asyncio.sleep(delay)
    meant = time.perf_counter()
    try:
        async with somebody as visitor:
            page = draw.choice(plan.pages)
            await visitor.open(page)
            while meant + plan.between < counted_from + plan.seconds:
                meant += plan.between
                await asyncio.sleep(max(0.0, meant - time.perf_counter()))
                late = max(0.0, time.perf_counter() - meant)
                page, answer = await _act(visitor, page, plan.pages, draw)
                answer.seconds += late
                if meant >= counted_from:
                    waits.add(page, answer)
    except TurnedAwayError as error:
        waits.turned_away += 1
        waits.errors.append(str(error)[:200])


async def _act(visitor: Visitor, page: str, pages: tuple[str, ...], draw: random.Random) -> tuple[str, Answer]:
    """Go to another page, or choose something else in one of the lists on this one."""
    lists = [choice for choice in visitor.last.choices if len(choice.options) > 1]
    if not lists or draw.random() < TO_ANOTHER_PAGE:
        page = draw.choice([other for other in pages if other != page] or [page])
        return page, await visitor.open(page)
    choice = draw.choice(lists)
    return page, await visitor.choose(choice, draw.choice(choice.options))
