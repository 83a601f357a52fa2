"""The commands on releases: what would change, publishing, going back, and packages."""

import argparse
import datetime as dt
import getpass
from collections.abc import Callable
from pathlib import Path

from data import danish
from data.intake.commands import add_shapes, examine_options
from data.partnership import Partnership
from data.publishing.bootstrap import bootstrap, ready
from data.publishing.package import export
from data.publishing.package_import import load_package
from data.publishing.preview import Preview, between, preview
from data.publishing.preview_rows import in_words, sections, summary
from data.publishing.publish import audit, publish
from data.release import ReleaseHead
from data.release.shelf import our_shelf
from data.settings.chosen import serves_example
from data.store import Store
from data.store.events import DOWNLOADED, record

ANYWAY = "gør det, selv om noget er beskadiget"


def add_publishing(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands on releases to the command line."""
    previewed = command("preview", _preview, "vis, hvad der ville ændre sig, hvis filerne blev indlæst og alt udgivet")
    previewed.add_argument("files", nargs="*", type=Path)
    add_shapes(previewed)
    compared = command("differences", _differences, "vis forskellene mellem to udgaver")
    compared.add_argument("older", type=int)
    compared.add_argument("newer", type=int)
    published = command("publish", _publish, "udgiv alt, der er indlæst, som en ny udgave")
    published.add_argument("--note", default="", help="hvad der er nyt")
    published.add_argument("--meeting", type=dt.date.fromisoformat, help="mødets dato, fx 2026-03-04")
    published.add_argument("--draft", action="store_true", help="gem som kladde, som kun sekretariatet ser")
    published.add_argument(
        "--despite-damage", action="store_true", help=f"{ANYWAY}: udgiv uden at regne med beskadigede tidligere udgaver"
    )
    command("audit", _audit, "vis, hvor godt de skjulte tal er beskyttet, målgruppe for målgruppe")
    drafted = command("publish-draft", _publish_draft, "udgiv en kladde, så alle ser den")
    drafted.add_argument("release", type=int)
    command("releases", _releases, "vis alle udgaver og kladder, nyeste først")
    command("rollback", _rollback, "udgiv en tidligere udgave igen").add_argument("release", type=int)
    exported = command("export", _export, "gem en udgave som en åben datapakke")
    exported.add_argument("release", type=int)
    exported.add_argument("-o", "--output", type=Path, required=True, help="filen, .zip")
    exported.add_argument("--audience", action="append", help="kun det, denne målgruppe må se; ellers alle målgrupper")
    command("import", _import, "udgiv udgaven i en datapakke").add_argument("file", type=Path)
    readied = command("bootstrap", _bootstrap, "gør en ny installation klar, eksemplet med de leverede data")
    readied.add_argument("--example", action="store_true", help="indlæs de leverede data, også med egne indstillinger")


def _bootstrap(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    if not (options.example or serves_example()):
        print(ready(store, partnership))
        return
    published = bootstrap(store, partnership)
    print(_line(published) if published else "Alt er på plads i forvejen.")


def _preview(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    incoming = examine_options(options, store, partnership).incoming
    _tell_changes(preview(store, partnership, incoming), store, partnership)


def _differences(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    _tell_changes(between(store, partnership, options.older, options.newer), store, partnership)


def _tell_changes(changes: Preview, store: Store, partnership: Partnership) -> None:
    areas = store.loaded("areas")
    names = dict(zip(areas["area_id"], areas["name"], strict=True))
    print(summary(changes))
    if changes.first:  # every figure is new, so a list of them says nothing
        return
    for section in sections(changes):
        print(f"\n{section.title}")
        for row in in_words(section.rows, partnership, names).itertuples(index=False):
            print("  " + " · ".join(map(str, row)))


def _publish(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    by = getpass.getuser()
    head = publish(
        store, partnership, by=by, note=options.note, meeting_date=options.meeting, draft=options.draft,
        despite_damage=options.despite_damage, shelf=our_shelf(),
    )  # fmt: skip
    print(_line(head))


def _publish_draft(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    print(_line(store.publish_draft(options.release, by=getpass.getuser())))


def _audit(_options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    for line in audit(store, partnership):
        print(line)


def _releases(_options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    for head in store.releases(drafts=True):
        print(_line(head))


def _rollback(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    print(_line(store.rollback(options.release, by=getpass.getuser())))


def _export(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    held = export(store, options.release, options.output, options.audience or [])
    titles = {audience.id: audience.title.lower() for audience in partnership.audiences}
    told = danish.join(titles.get(audience, audience) for audience in held)
    record(store.engine, getpass.getuser(), DOWNLOADED, f"udgave {options.release} ({danish.join(held)})")
    print(f"{options.output} rummer udgave {options.release}, som den ses af {told}.")


def _import(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    print(_line(load_package(store, options.file, by=getpass.getuser())))


def _line(head: ReleaseHead) -> str:
    if head.is_draft:
        note = f": {head.note}" if head.note else ""
        return f"Kladde {head.id} lavet {danish.date(head.published_at)} af {head.published_by}{note}"
    meeting = f" til mødet {danish.date(head.meeting_date)}" if head.meeting_date else ""
    note = f": {head.note}" if head.note else ""
    return f"Udgave {head.id} udgivet {danish.date(head.published_at)} af {head.published_by}{meeting}{note}"
