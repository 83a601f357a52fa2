"""How long what is kept of persons is kept: the time the settings say, by a command and whenever there is published."""

import argparse
import datetime as dt
import getpass
import json
import logging
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from data import clock, danish
from data.backup import opened_backup
from data.partnership import Partnership
from data.store import Store, StoreError
from data.store.accounts import held_about
from data.store.retention import Taken, keep_no_longer_than, proofs

NO_TIME = "Der er ingen grænse: sæt keep_months i [personal_data] i partnership.toml, eller skriv --months."
_log = logging.getLogger(__name__)


def keep_as_settled(store: Store, partnership: Partnership, by: str) -> Taken | None:
    """Take out what is older than the settings let it be; None where they set no time, or it could not be done now.

    A release that is published stands, whatever comes of this.
    """
    months = partnership.personal_data.keep_months
    if not months:
        return None
    try:
        return keep_no_longer_than(store.engine, _months_ago(months), by)
    except StoreError as error:
        _log.warning("What is older than %s months is not taken out: %s", months, error)
        return None


def retention(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    """The command: take out what is too old, or prove from an earlier copy what was taken out."""
    if options.prove is not None:
        with opened_backup(options.prove) as earlier:
            for lines, proved in proofs(store.engine, earlier.engine):
                print(f"Linje {lines}: {'kun navne er taget ud' if proved else 'kopien viser det ikke'}.")
        return
    months = options.months or partnership.personal_data.keep_months
    if not months:
        raise StoreError(NO_TIME)
    taken = keep_no_longer_than(store.engine, _months_ago(months), getpass.getuser())
    if taken == Taken(0, 0, 0):
        print(f"Intet er ældre end {danish.plural(months, 'måned', 'måneder')}.")
        return
    print(
          f"{danish.plural(taken.lines, 'linje', 'linjer')} i loggen er uden navn nu, "
          f"{danish.plural(taken.links, 'udløbet link', 'udløbne links')} og "
          f"{danish.plural(taken.submissions, 'afgjort indsendelse', 'afgjorte indsendelser')} er slettet."
    )  # fmt: skip


def about_account(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    """The command: everything that is held about one account, as a file for whoever asks."""
    held = held_about(store.engine, options.account)
    options.output.write_text(json.dumps(held, ensure_ascii=False, indent=1, default=str), encoding="utf-8")
    many = danish.plural(sum(map(len, held.values())), "oplysning", "oplysninger")
    print(f"{options.output} rummer {many} om {options.account}.")


def add_retention(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add both commands to the command line."""
    kept = command("retention", retention, "tag ud af loggen, hvem der gjorde hvad, og slet udløbne links")
    kept.add_argument("--months", type=int, help="ældre end så mange måneder; ellers som indstillingerne siger")
    kept.add_argument("--prove", type=Path, help="vis ud fra en ældre sikkerhedskopi, at kun navne er taget ud")
    asked = command("account", about_account, "gem alt, der står om én konto")
    asked.add_argument("account")
    asked.add_argument("-o", "--output", type=Path, required=True, help="filen, .json")


def _months_ago(months: int) -> dt.datetime:
    moment: dt.datetime = (pd.Timestamp(clock.now()) - pd.DateOffset(months=months)).to_pydatetime()
    return moment
