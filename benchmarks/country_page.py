"""The country as one reader sees it: all partnerships' tables in one release, and settings that name all members."""

import re
from pathlib import Path

import pandas as pd

from benchmarks.country_counts import INVENTED
from data.partnership import PARTNERSHIP_FILE
from data.release import table_from_parquet
from data.store import Publication, Store, migrate, open_store

READER = "ledelse"
# What is derived across partnerships, or told of one alone; empty for the whole.
OF_ONE = ("since", "changes")


def national_store(store: Store, file: Path) -> str:
    """A database of its own with one release: what the leaders of all partnerships see, put together."""
    newest = store.newest()
    assert newest is not None
    tables: dict[str, list[pd.DataFrame]] = {}
    for (reader, name), content in store.documents(newest.id).items():
        if reader.endswith(f":{READER}"):
            tables.setdefault(name, []).append(table_from_parquet(content))
    together = {name: parts[0].iloc[:0] if name in OF_ONE else _once(parts) for name, parts in tables.items()}
    opened = open_store(f"sqlite:///{file}")
    migrate(opened)
    together["status_history"] = together["criteria"].assign(release_id=1, meeting_date=None).iloc[:0]
    opened.publish({READER: together}, Publication(by="benchmark"))
    opened.engine.dispose()
    return f"sqlite:///{file}"


def _once(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """The rows of all partnerships; what several hold alike, such as the country's counts, comes once."""
    return pd.concat(parts, ignore_index=True).drop_duplicates(ignore_index=True)


def settings_file(store: Store, file: Path) -> Path:
    """The settings of the shipped partnership, for all municipalities of the country and its one reader."""
    newest = store.newest()
    assert newest is not None
    names = sorted(
        {
            area
            for (reader, name), content in store.documents(newest.id).items()
            if name == "areas" and reader.endswith(f":{READER}")
            for area in table_from_parquet(content).query("level == 'municipality'")["area_id"]
        }
    )
    listed = ", ".join(f'"{name}"' for name in names)
    text = PARTNERSHIP_FILE.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^(members|sees) = \[(?!\]).*\]$", lambda match: f"{match[1]} = [{listed}]", text)
    invented = "".join(
        f'[[categories]]\nid = "{each}"\ntitle = "Opdigtet art {each[-1]}"\nnoun = "opdigtede {each[-1]}"\n'
        "breaks = [0.1, 0.2, 0.3, 0.4]\n"
        for each in INVENTED
    )
    text = text.replace("# Activities that criteria count", f"{invented}\n# Activities that criteria count", 1)
    file.write_text(text, encoding="utf-8")
    return file
