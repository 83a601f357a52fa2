"""The command that packs old releases: python -m data archive."""

import argparse
import getpass
from collections.abc import Callable

from data import danish
from data.partnership import Partnership
from data.store import Store
from data.store.contents import KEPT_AS_THEY_ARE, Packed, give_back_space, pack


def add_archiving(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    added = command("archive", archive, "pak gamle udgaver, så det, de har til fælles, kun fylder én gang")
    added.add_argument(
        "--keep", type=int, default=KEPT_AS_THEY_ARE,
        help=f"hvor mange af de nyeste, der ikke pakkes; {KEPT_AS_THEY_ARE}, hvis intet er sagt",
    )  # fmt: skip


def archive(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    """Pack the old releases and say what came of it."""
    keep = max(0, options.keep)
    packed = pack(store.engine, keep, getpass.getuser())
    print(_said(packed) if packed.releases else f"Der er ingen udgaver at pakke ud over de nyeste {keep}.")
    if packed.releases and not give_back_space(store.engine):
        print("Databasens fil bliver først mindre, når ingen læser i den. Kør kommandoen igen i en stille stund.")


def _said(packed: Packed) -> str:
    before, after = (danish.decimal(size / 2**20, 1) for size in (packed.before, packed.after))
    many = danish.plural(packed.releases, "udgave", "udgaver")
    return f"{many} er pakket fra {before} til {after} MB. De åbnes og deles som før."
