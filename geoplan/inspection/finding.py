"""What a check found: how bad it is, which municipality it concerns, and how it is mended."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from geoplan.messages import Message


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """The dataset cannot be used."""
    WARNING = "warning"
    """It can be used; something was mended, or should be looked at."""
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A municipality, as the source names it."""

    id: str
    name: str

    def __str__(self) -> str:
        return f"{self.name or '–'} ({self.id or '–'})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a check found."""

    severity: Severity
    code: str
    text: Message
    mend: Message
    """What to do, or what is done about it on reading."""
    places: Sequence[Place] = ()
    area_m2: float | None = None

    def to_dict(self, lang: str) -> dict[str, Any]:
        """As it stands in the report."""
        row: dict[str, Any] = {
            "severity": self.severity.value,
            "code": self.code,
            "text": self.text.text(lang),
            "mend": self.mend.text(lang),
            "units": [{"id": place.id, "name": place.name} for place in self.places],
        }
        return row if self.area_m2 is None else {**row, "area_m2": round(self.area_m2, 1)}


FETCH_AGAIN = Message("Fetch the archive again from its publisher.")
NOTHING = Message("Nothing needs to be done.")
ASK_PUBLISHER = Message("Correct it in the source, or fetch the archive again.")


def error(code: str, text: Message, *places: Place, mend: Message = FETCH_AGAIN) -> Finding:
    """A finding that makes the dataset unusable."""
    return Finding(severity=Severity.ERROR, code=code, text=text, mend=mend, places=places)


def warning(code: str, text: Message, *places: Place, mend: Message, area_m2: float | None = None) -> Finding:
    """A finding to look at."""
    return Finding(severity=Severity.WARNING, code=code, text=text, mend=mend, places=places, area_m2=area_m2)


def info(code: str, text: Message, *places: Place, mend: Message = NOTHING) -> Finding:
    """A finding to know."""
    return Finding(severity=Severity.INFO, code=code, text=text, mend=mend, places=places)
