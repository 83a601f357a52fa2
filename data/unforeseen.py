"""A fault that nobody foresaw, told in Danish under a number that also stands in the log."""

import datetime as dt
import logging
import secrets
import traceback

from data.settings.chosen import var_folder

LOG = var_folder() / "fejl.log"
"""Where the command line writes what went wrong; the server writes it in its own log."""
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""What numbers are made of: nothing that is mistaken for something else when it is read aloud."""
_LOGGER = logging.getLogger("tryghed.fejl")


def error_number() -> str:
    """A number to find a fault by, short enough to say on the telephone: "7F3K-9QWT"."""
    picked = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{picked[:4]}-{picked[4:]}"


def sentence(number: str) -> str:
    """What a reader is told of a fault in the program."""
    return (
        "Noget gik galt i programmet, og det er ikke noget, du har gjort. Genindlæs siden, se efter, om det sidste kom "
        f"med, og prøv igen. Sker det igen, så giv dem, der driver siden, fejlnummeret {number}."
    )


def note(error: BaseException, number: str) -> None:
    """Write a fault in the server's log under its number."""
    _LOGGER.error("fejl %s: %s", number, type(error).__name__, exc_info=error, extra={"error_number": number})


def told_on_command_line(error: BaseException, *, keeps: bool = True) -> str:
    """What the command line says of a fault, which it has written in `LOG`.

    Where it does not `keep` faults, since their text may hold a person's row, only the kind of fault is said.
    """
    number = error_number()
    message = f"Noget gik galt i programmet ({type(error).__name__}). Fejlnummer {number}."
    if not keeps:
        return f"{message} Der er ikke gemt noget om fejlen, for den kan rumme oplysninger om personer."
    when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    try:
        LOG.parent.mkdir(parents=True, exist_ok=True)
        with LOG.open("a", encoding="utf-8") as log:
            log.write(f"{when} fejl {number}\n{''.join(traceback.format_exception(error))}\n")
    except OSError:
        return f"{message} Den kunne ikke skrives i {LOG}."
    return f"{message} Resten står i {LOG}. Giv nummeret og filen til dem, der driver siden."
