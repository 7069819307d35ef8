"""How a resource says that it is going to end: Deprecation (RFC 9745) and Sunset (RFC 8594)."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Any

KEY = "x-deprecation"
NOTICE_MONTHS = 12
"""At least so long stands between the two days; docs/api.md promises it."""
_NOTICE = datetime.timedelta(days=NOTICE_MONTHS * 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """The end of a resource."""

    since: datetime.date
    """From this day on it should not be used any more."""
    sunset: datetime.date
    """From this day on it may be gone."""
    successor: str | None = None
    """What to use instead: a path."""
    notice: str = "/docs"
    """Where it is told how to change over."""

    def __post_init__(self) -> None:
        if self.sunset - self.since < _NOTICE:
            raise ValueError(f"a sunset is at least {NOTICE_MONTHS} months after the deprecation")


def ending(told: Ending) -> dict[str, Any]:
    """The arguments of a route that is going to end: ``@router.get("/old", **ending(Ending(…)))``."""
    dates = {"since": told.since.isoformat(), "sunset": told.sunset.isoformat()}
    return {
        "deprecated": True,
        "openapi_extra": {KEY: {**dates, "successor": told.successor, "notice": told.notice}},
    }


def deprecation_headers(openapi_extra: Mapping[str, Any] | None) -> dict[str, str]:
    """What every answer of such a route says; nothing for the others."""
    told = (openapi_extra or {}).get(KEY)
    if told is None:
        return {}
    since, sunset = (_midnight(told[day]) for day in ("since", "sunset"))
    links = [f'<{told["notice"]}>; rel="deprecation"; type="text/html"']
    if told["successor"]:
        links.append(f'<{told["successor"]}>; rel="successor-version"')
    return {
        "deprecation": f"@{int(since.timestamp())}",
        "sunset": format_datetime(sunset, usegmt=True),
        "link": ", ".join(links),
    }


def _midnight(day: str) -> datetime.datetime:
    return datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time.min, datetime.UTC)
