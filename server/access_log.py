"""Keeps what opens doors out of the server's access log: tokens of links, and the codes of a sign-in."""

import logging
import re

SECRET_PARAMETERS = re.compile(r"([?&](?:delt|code|state|provider|id_token_hint)=)[^&\s\"]+")
SERVER_LOGS = ("uvicorn.access", "uvicorn.error")


def without_secrets(text: str) -> str:
    """A line of a log with the values of such parameters blotted out."""
    return SECRET_PARAMETERS.sub(r"\1…", text)


class _Blot(logging.Filter):
    """Rewrites each record before it is written; lets all of them pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Blot out secrets in the arguments of a record, and in its text where it has none."""
        if isinstance(record.args, tuple):
            record.args = tuple(without_secrets(each) if isinstance(each, str) else each for each in record.args)
        record.msg = without_secrets(record.msg) if isinstance(record.msg, str) else record.msg
        return True


def keep_secrets_out() -> None:
    """Let the server's logs say no secrets from now on; called once it has set up its logging."""
    for name in SERVER_LOGS:
        logging.getLogger(name).addFilter(_Blot())
