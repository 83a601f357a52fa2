"""Looks at everything an installation stands on and names the remedy of what is wrong: `python -m data doctor`."""

import importlib.metadata
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from data import clock, danish
from data.partnership import our_partnership
from data.settings.chosen import ROOT, database_file, settings_file
from data.settings.several import OWN_ACCESS, partnerships_folder, served_name
from data.store import StoreError, open_store
from data.store.database import engine_at
from data.store.schemas import schema_of
from data.store.verification import verify

LEAST_FREE = 0.10
SHORTEST_KEY = 32
FARTHEST_APART = 5.0
"""Seconds that the clocks of the database's machine and of this one may differ."""
GOOD, BAD = "i orden", "FEJL"


@dataclass(frozen=True)
class Finding:
    """What was looked at, whether it is well, what was found, and what to do where it is not."""

    what: str
    good: bool
    found: str
    remedy: str = ""

    def line(self) -> str:
        """The finding as one line of text."""
        remedy = "" if self.good or not self.remedy else f" → {self.remedy}"
        return f"{GOOD if self.good else BAD:8}{self.what}: {self.found}{remedy}"


def examine_installation() -> Iterator[Finding]:
    """Yield one finding or more of each part, in the order in which they depend on each other; raises nothing."""
    parts: Sequence[tuple[str, Callable[[], Iterator[Finding]]]] = (
        ("Versioner", _versions), ("Indstillinger", _settings), ("Nøgler", _keys), ("Disk", _disk),
        ("Database", _database),
    )  # fmt: skip
    for name, look in parts:
        try:
            yield from look()
        except (StoreError, ValueError, OSError) as error:
            yield Finding(name, False, str(error), "ret det, og kør python -m data doctor igen")


def _versions() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", sys.version_info >= (3, 11), version, "brug Python 3.11 eller nyere")
    wrong = []
    pins = (ROOT / "requirements.txt").read_text("utf-8")
    for name, pinned in re.findall(r"(?m)^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", pins):
        try:
            installed = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            installed = "mangler"
        if installed != pinned:
            wrong.append(f"{name} {installed} i stedet for {pinned}")
    yield Finding("Biblioteker", not wrong, danish.join(wrong[:5]) or "som i requirements.txt", "kør make setup")


def _settings() -> Iterator[Finding]:
    file = settings_file()
    partnership = our_partnership()
    yield Finding("Opsætning", True, f"{partnership.short_name} ({file})")
    here = clock.here(datetime.now(UTC))
    yield Finding("Tid", True, f"{danish.moment(here)} ({partnership.time_zone})")
    vendor = ROOT / "static" / "vendor"
    yield Finding("Browserens filer", vendor.is_dir(), str(vendor), "kør make setup")


def _keys() -> Iterator[Finding]:
    for name in ("TRYGHED_LINK_KEYS", "TRYGHED_PACKAGE_KEY", "TRYGHED_METRICS_TOKEN"):
        keys = os.environ.get(name, "").replace(",", " ").split()
        if name != "TRYGHED_METRICS_TOKEN" or keys:
            short = any(len(key) < SHORTEST_KEY for key in keys)
            state = "for kort" if short else "sat" if keys else "ikke sat"
            yield Finding(name, not short, state, f"mindst {SHORTEST_KEY} tegn: python -c 'import secrets; "
                          "print(secrets.token_urlsafe(48))'")  # fmt: skip
    secrets = ROOT / ".streamlit" / "secrets.toml"
    name = served_name()
    if secrets.exists() and name:
        access = partnerships_folder() / name / OWN_ACCESS
        yield Finding("Adgang", access.is_file(), str(access), "skriv [[rules]] i filen (docs/sign-in.md)")
    if secrets.exists():
        private = not secrets.stat().st_mode & 0o077
        yield Finding("secrets.toml", private, "kun for appens bruger" if private else "kan læses af andre",
                      f"chmod 600 {secrets}")  # fmt: skip
    else:
        yield Finding("Login", True, "ikke sat op: appen svarer kun på denne computer (docs/sign-in.md)")


def _disk() -> Iterator[Finding]:
    stated = os.environ.get("DATABASE_URL", "")
    if stated and sa.make_url(stated).get_backend_name() != "sqlite":
        return  # on a machine of its own, watched there
    folder = (Path(str(sa.make_url(stated).database)) if stated else database_file()).resolve().parent
    usage = shutil.disk_usage(folder)
    free = usage.free / usage.total
    yield Finding("Disk", free >= LEAST_FREE, f"{danish.percent(free, 0)} ledig ({folder})", "frigør plads")
    yield Finding("Mappe", os.access(folder, os.W_OK), f"{folder}", "giv appens bruger lov til at skrive i mappen")


def _database() -> Iterator[Finding]:
    engine = engine_at()
    schema = schema_of(served_name()) if engine.dialect.name == "postgresql" else ""
    address = engine.url.render_as_string(hide_password=True) + (f" (skema {schema})" if schema else "")
    store = open_store()
    try:
        newest = store.newest()
        about = f"udgave {newest.id} fra {danish.date(newest.published_at)}" if newest else "ingen udgave endnu"
        yield Finding("Database", newest is not None, f"{address}, {about}", "kør python -m data publish")
        if engine.dialect.name == "postgresql":
            with engine.connect() as connection:
                theirs: datetime = connection.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
            apart = abs((theirs - datetime.now(UTC)).total_seconds())
            yield Finding("Databasens ur", apart < FARTHEST_APART, f"{danish.decimal(apart)} sekunder fra vores",
                          "sæt begge maskiner til at følge en tidsserver (timedatectl set-ntp true)")  # fmt: skip
        damage = verify(store.engine)
        for each in damage:
            yield Finding("Skade", False, each.said)  # with the remedy in it
        if not damage:
            yield Finding("Kontrol", True, "indlæsninger, udgaver, links og log er, som de blev skrevet")
    finally:
        store.engine.dispose()
        engine.dispose()


def main() -> bool:
    """Print every finding; True where all is well."""
    findings = []
    for each in examine_installation():
        print(each.line(), flush=True)
        findings.append(each.good)
    return all(findings)
