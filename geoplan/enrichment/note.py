"""Where figures come from: the note that is kept beside them."""

from dataclasses import asdict, dataclass
from typing import Any

from geoplan.messages import IsoDay


@dataclass(frozen=True, slots=True)
class Day:
    """A reference date as a sentence says it: 31.12.2021 in German; a dash where it is not known."""

    iso: str | None
    """ISO date, or a year alone."""

    def text(self, lang: str) -> str:
        """The date in ``lang``."""
        return "–" if self.iso is None else IsoDay(self.iso).text(lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNote:
    """The source of one kind of figures."""

    kind: str
    """What the figures are: ``population``, ``jobs``, ``commuters``, ``bbsr``, ``postcodes`` …"""
    file: str
    """Name of the file that was read, without its folder."""
    sha256: str
    publisher: str | None
    vintage: str | None
    """Reference date (Stichtag), ISO date or year alone; ``None`` where the file does not say."""
    licence: str | None
    attribution: str | None
    """The source note to show wherever the figures are shown."""

    def to_dict(self) -> dict[str, Any]:
        """The note as JSON."""
        return asdict(self)

    @property
    def label(self) -> str:
        """Publisher and date in a line, as beside a number: ``Destatis, 2021-12-31``."""
        return ", ".join(part for part in (self.publisher or self.file, self.vintage) if part)
