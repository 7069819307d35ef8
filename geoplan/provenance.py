"""Where a dataset comes from: the source row that every answer carries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geoplan.messages import Message

POPULATION_SOURCES = {
    "GeoNames (estimate by place name)": Message("GeoNames (estimate by place name)"),
}
"""Sources of population that have a name in both languages, as the data write them."""


def source_name(source: str | None, lang: str) -> str | None:
    """A source of population in ``lang`` where it is a known one, else as the data name it."""
    return POPULATION_SOURCES[source].text(lang) if source in POPULATION_SOURCES else source


def named_in(lang: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A source row, or what is told of a unit, as an answer with sentences in ``lang`` tells it.

    Answers that hold data alone leave the source of population as the data name it.
    """
    return {**row, "population_source": source_name(row["population_source"], lang)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The source row of a dataset."""

    dataset: str
    """Name and product, e.g. ``VG250``."""
    vintage: str
    """Territorial status (Gebietsstand), ISO date."""
    licence: str
    attribution: str
    """The source note to show wherever the data are shown."""
    attribution_url: str
    """Where the source note links to."""
    population_source: str | None
    """Whose population figures, of when; ``None`` where there are none."""
    publisher: str
    country: str | None
    """ISO 3166 code; rules of German law fire for ``DE`` only."""
    crs: str
    """The metric CRS that geometry is kept in, e.g. ``EPSG:25832``."""

    def to_dict(self) -> dict[str, Any]:
        """The ``data`` block of every answer."""
        return {name: getattr(self, name) for name in self.__slots__}
