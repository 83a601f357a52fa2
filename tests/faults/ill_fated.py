"""What the killed processes do: load and publish until the end, each time with rows that can be recognised."""

import os

import pandas as pd

from data.store import Incoming, Publication, migrate, open_store

ROWS = 3_000
PARTS = ("areas", "survey", "incidents", "sources")


def load_and_publish(url: str, ready: int) -> None:
    """Say on the pipe that work begins; then load and publish without end."""
    store = open_store(url)
    migrate(store)
    os.write(ready, b"!")
    while True:
        frame = pd.DataFrame(
            {"period": "2025K1", "area_id": [f"area-{row}" for row in range(ROWS)], "residents": range(ROWS)}
        )
        store.load([Incoming("population", frame, "folketal.csv", "0" * 64)] * 2, by="ill-fated")
        newest = store.newest()
        number = (newest.id if newest else 0) + 1
        tables = {name: pd.DataFrame({"number": [number] * 50_000}) for name in PARTS}
        store.publish({"ledelse": tables}, Publication(by="ill-fated", after=number - 1 or None))


def begin(url: str, ready: int) -> None:
    """Say that work begins; then make the tables of an empty database."""
    os.write(ready, b"!")
    migrate(open_store(url))
