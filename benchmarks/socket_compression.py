"""What compressing the web socket's messages saves and costs, page by page: python -m benchmarks.socket_compression.

The same server with and without Streamlit's `enableWebsocketCompression`: bytes on the wire as they arrive, and the
server's processor time for a rerun, which counts nobody else's work on the machine.
"""

import asyncio
import sys
from dataclasses import dataclass

from benchmarks.results import Figure, Results
from benchmarks.serving import Served, serving, shipped_database
from benchmarks.visitor import Visitor

RUNS = 30
SETTING = "STREAMLIT_SERVER_ENABLE_WEBSOCKET_COMPRESSION"


@dataclass(frozen=True)
class Cost:
    """Bytes of a first visit and of a rerun on the wire, and the server's seconds of processor time for a rerun."""

    first: float
    again: float
    cpu: float


async def costs(plain: Served, smaller: Served) -> dict[str, tuple[Cost, Cost]]:
    """Each page of the menu by its address, as it is and compressed, the reruns of both in turn."""
    async with Visitor(plain.address) as one, Visitor(smaller.address, compressed=True) as other:
        pairs = ((plain, one), (smaller, other))
        for _, visitor in pairs:
            await visitor.open("")
        by_page = {}
        for page in list(one.pages):
            first, again, cpu = [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]
            for place, (_, visitor) in enumerate(pairs):
                before = visitor.received
                await visitor.open(page)
                first[place] = visitor.received - before
                await visitor.rerun()
            for _ in range(RUNS):
                for place, (served, visitor) in enumerate(pairs):
                    before, used = visitor.received, served.cpu()
                    await visitor.rerun()
                    again[place] += (visitor.received - before) / RUNS
                    cpu[place] += (served.cpu() - used) / RUNS
            by_page[page] = (Cost(first[0], again[0], cpu[0]), Cost(first[1], again[1], cpu[1]))
        return by_page


def main() -> int:
    """Measure both, tell and keep; returns how many promises are broken: there are none here."""
    results = Results("socket_compression")
    database = shipped_database()
    with (
        serving(database, settings={SETTING: "false"}) as plain,
        serving(database, settings={SETTING: "true"}) as smaller,
    ):
        measured = asyncio.run(costs(plain, smaller))
    for page, (cost, other) in measured.items():
        name = page or "overblik"
        for part, value, unit, rival in (
            ("first visit, bytes", cost.first / 1000, "kB", other.first / 1000),
            ("rerun, bytes", cost.again / 1000, "kB", other.again / 1000),
            ("rerun, processor", cost.cpu, "s", other.cpu),
        ):
            results.add(Figure(f"socket/{name}/{part}", value, unit, None, "compressed", rival))
    return results.tell()


if __name__ == "__main__":
    sys.exit(main())
