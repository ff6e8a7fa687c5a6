"""Log lines of the project, for a person or, with LAKE_LOG=json, one JSON object a line for a machine."""

import json
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import TextIO

from flows.prefect_home import LOGGER
from warehouse.errors import SettingsFault
from warehouse.secrets import mask_secrets

LOG = logging.getLogger(LOGGER)
STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
CONTEXT: ContextVar[Mapping[str, str]] = ContextVar("CONTEXT", default={})  # noqa: B039 -- replaced, never changed


class LogFormat(StrEnum):
    """What LAKE_LOG may be."""

    TEXT = "text"
    JSON = "json"


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, message, run_id, stage, and whatever else the caller gave as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line of one record."""
        instant = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        facts = {"time": instant, "level": record.levelname, "message": record.getMessage(), **CONTEXT.get()}
        # What begins with an underscore is another library's: Ray stamps every record of a process that imports it.
        extra = {
            name: value for name, value in record.__dict__.items() if name not in STANDARD and not name.startswith("_")
        }
        if record.exc_info:
            extra["traceback"] = self.formatException(record.exc_info)
        return mask_secrets(json.dumps(facts | extra, ensure_ascii=False, default=str))


def read_log_format(environ: Mapping[str, str] = os.environ) -> LogFormat:
    """Read LAKE_LOG. Raises SettingsFault where it is neither `text` nor `json`."""
    text = environ.get("LAKE_LOG") or LogFormat.TEXT
    if text not in set(LogFormat):
        raise SettingsFault(f"LAKE_LOG={text!r} is not known; give json, or leave it away for text.")
    return LogFormat(text)


@contextmanager
def log_context(**facts: str) -> Iterator[None]:
    """Give every line that is logged within these facts, beside those that hold already."""
    token = CONTEXT.set({**CONTEXT.get(), **facts})
    try:
        yield
    finally:
        CONTEXT.reset(token)


class TextLines(logging.Formatter):
    """A line for a person: time, level, message."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line of one record, with its traceback below where it has one."""
        return mask_secrets(super().format(record))


def make_handler(log_format: LogFormat, stream: TextIO | None = None) -> logging.Handler:
    """Make what writes the lines, to standard output where no stream is given."""
    handler = logging.StreamHandler(stream or sys.stdout)
    text = TextLines("%(asctime)s %(levelname)s %(message)s", datefmt="%Y-%m-%d %H:%M:%S")
    handler.setFormatter(JsonLines() if log_format is LogFormat.JSON else text)
    return handler


def log_to_output() -> None:
    """Write the project's lines to standard output from now on: a worker passes its runs' output on."""
    LOG.setLevel(logging.INFO)
    if not any(getattr(handler, "stream", None) is sys.stdout for handler in LOG.handlers):
        LOG.addHandler(make_handler(read_log_format()))
