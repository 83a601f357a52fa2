"""One line of JSON for everything the process says, so that those who run it can search, count and be warned."""

import json
import logging
import os
import sys
from datetime import UTC, datetime
from typing import Any, TextIO

from server.streamlit_internals import adopt_loggers

LOG = "TRYGHED_LOG"
LEVEL = "TRYGHED_LOG_LEVEL"
JSON, TEXT = "json", "tekst"

# What every record has; whatever else hangs on one was given by `extra=` and goes into the line under its own name.
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message", "taskName"}


class JsonLines(logging.Formatter):
    """A log record as one line of JSON: time (UTC), level, logger, message, what was given beside, and the traceback.

    A line holds what happened and never who context: no addresses, names or questions.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        line |= {name: value for name, value in vars(record).items() if name not in _USUAL}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def log_settings() -> tuple[str, str]:
    """The form that TRYGHED_LOG asks for ("json", or "tekst", the default) and the level of TRYGHED_LOG_LEVEL.

    Raises ValueError, which says in Danish what may stand there, for another word.
    """
    form, level = os.environ.get(LOG, TEXT), os.environ.get(LEVEL, "info").upper()
    if form not in (JSON, TEXT):
        raise ValueError(f"{LOG} er »{form}«; skriv »{JSON}« eller »{TEXT}«.")
    if level not in logging.getLevelNamesMapping():
        raise ValueError(f"{LEVEL} er »{level}«; skriv debug, info, warning eller error.")
    return form, level


def set_up_logs(stream: TextIO | None = None) -> None:
    """Say everything as the settings ask; raises ValueError as `log_settings`."""
    form, level = log_settings()
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if form == JSON else logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    root = logging.getLogger()
    root.handlers = [handler]
    logging.getLogger("tryghed").setLevel(level)
    if form == JSON:
        _adopt_all()


def _adopt_all() -> None:
    """Let every logger speak through the root's handler alone.

    Streamlit gives each of its loggers a handler of its own, also those it makes later, by this function of it.
    """

    def adopt(logger: logging.Logger) -> None:
        logger.handlers, logger.propagate = [], True

    adopt_loggers(adopt)
    for telling in ("uvicorn.error", "uvicorn.access"):  # below warnings they tell who asked, and for what
        logging.getLogger(telling).setLevel(logging.WARNING)
    for logger in logging.Logger.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            adopt(logger)
