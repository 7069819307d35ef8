"""How the server's log is written: a line for each event, with the request it belongs to and no secrets."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any, ClassVar, TextIO

from geoplan.plans.tokens import without_tokens
from geoplan_api.request_ids import current_request

SERVER = "geoplan.server"
REQUESTS = "geoplan.requests"
HIDDEN = "…"
_PASSWORD = re.compile(r"(?<=://)([^\s/:@]*):[^\s/@]+@")
_SECRET_FIELD = re.compile(r"(?i)\b(password|passwd|secret|api[_-]?key|access[_-]?token)=[^\s&;\"']+")
_AUTHORIZATION = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}")


def without_secrets(text: str) -> str:
    """``text`` without tokens, passwords in addresses and what stands in a header Authorization."""
    text = _AUTHORIZATION.sub(rf"\1 {HIDDEN}", without_tokens(text))
    return _SECRET_FIELD.sub(rf"\1={HIDDEN}", _PASSWORD.sub(rf"\1:{HIDDEN}@", text))


class _Lines(logging.Formatter):
    """One line an event; what others have sent cannot begin another."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(self.line(self.fields(record)))

    def fields(self, record: logging.LogRecord) -> dict[str, Any]:
        found: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(), "logger": record.name, "event": record.getMessage(),
        }  # fmt: skip
        request = current_request.get()
        if request is not None:
            found["request"] = request
        found |= getattr(record, "told", {})
        if record.exc_info:
            found["trace"] = self.formatException(record.exc_info)
        return found

    def line(self, fields: dict[str, Any]) -> str:
        raise NotImplementedError


class JsonLines(_Lines):
    """An object a line, for programs that collect logs."""

    def line(self, fields: dict[str, Any]) -> str:
        """The fields as JSON, in ASCII: a text holds nothing that ends a line."""
        return json.dumps(fields, default=str)


class TextLines(_Lines):
    """For whoever looks at a terminal."""

    HEAD: ClassVar = ("time", "level", "logger", "event", "trace")

    def line(self, fields: dict[str, Any]) -> str:
        """Time, level and event, then the rest as ``name=value``; a trace stands below."""
        rest = "".join(f" {name}={_plain(value)}" for name, value in fields.items() if name not in self.HEAD)
        trace = f"\n{fields['trace']}" if "trace" in fields else ""
        return f"{fields['time']} {fields['level']} {_plain(fields['event'])}{rest}{trace}"


def _plain(value: object) -> str:
    return "".join(char if char.isprintable() else " " for char in str(value))


def start_logging(*, form: str, level: str, to: TextIO | None = None) -> None:
    """Write the log from now on.

    Parameters
    ----------
    form
        ``json`` or ``text``.
    level
        The least that is written: ``debug``, ``info``, ``warning`` or ``error``.
    to
        By default stderr.
    """
    handler = logging.StreamHandler(to or sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # What others (SQL, network, drawing) say below a warning may hold what was sent; only ours is told.
    root.setLevel(logging.WARNING)
    logging.getLogger("geoplan").setLevel(level.upper())
