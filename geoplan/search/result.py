"""What a search found."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from geoplan.units import AdministrativeUnit, UnitTable


class Match(StrEnum):
    """How a unit fits what was searched for, best first; the values are the words of the public surface."""

    ID = "id"
    COORDINATES = "coordinates"
    POSTCODE = "postcode"
    EXACT = "exact"
    PREFIX = "prefix"
    WORD = "word"
    TYPO = "typo"
    PART = "part"


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A unit that was found."""

    unit: AdministrativeUnit
    match: str
    """One of :class:`Match`."""
    share: float | None = None
    """Share of the municipality that has the postcode, 0 … 1; ``None`` where unknown or not asked for."""
    distance_km: float | None = None
    """From the point that was asked for; ``None`` where none was."""

    def to_dict(self, units: UnitTable) -> dict[str, Any]:
        """The result as the contract writes it, with the names of county and state."""
        unit = self.unit
        return {
            "id": unit.id, "name": unit.name, "designation": unit.designation, "level": unit.level.value,
            "county": unit.county, "county_name": _name(units, unit.county),
            "county_title": _title(units, unit.county),
            "state": unit.state, "state_name": _name(units, unit.state),
            "population": unit.population, **self.found_by(),
        }  # fmt: skip

    def found_by(self) -> dict[str, Any]:
        """How the unit fits: ``match``, and ``share`` and ``distance_km`` where they were asked for."""
        more: dict[str, float | None] = {"share": self.share} if self.match == Match.POSTCODE else {}
        if self.distance_km is not None:
            more["distance_km"] = round(self.distance_km, 3)
        return {"match": str(self.match), **more}


def _name(units: UnitTable, unit_id: str | None) -> str | None:
    return units.names[units.row(unit_id)] if unit_id is not None and unit_id in units else None


def _title(units: UnitTable, unit_id: str | None) -> str | None:
    return units[unit_id].title if unit_id is not None and unit_id in units else None
