"""What units and their neighbours look like."""

from pydantic import Field

from geoplan.units import Level
from geoplan_api.schemas.answer import Data, Described, Links


class UnitRow(Described):
    """A unit in a list."""

    id: str
    name: str
    designation: str
    level: Level
    county: str | None = Field(description="Id of the county.")
    state: str | None = Field(description="Id of the state.")


class FoundUnit(UnitRow):
    """A search result."""

    county_title: str | None = Field(
        default=None, description="The county as people read its name (Kreis Warendorf)."
    )
    population: int | None = Field(description="Inhabitants; null where unknown.")
    match: str = Field(
        description="id, coordinates, postcode, exact, prefix, word, typo, part or former (by an old key or"
        " name); `listed` where nothing was searched."
    )
    share: float | None = Field(
        default=None,
        description="Only with postcodes: share of the municipality that has it; null where unknown.",
    )
    distance_km: float | None = Field(
        default=None, description="Only with `near` or coordinates: kilometres from there."
    )


class Units(Described):
    """Search results, best first."""

    results: list[FoundUnit]
    links: Links | None = None
    unknown: list[str] = Field(default=[], description="With `ids`: those that nobody has.")
    data: Data


class Unit(UnitRow):
    """Everything known of a unit."""

    ars: str | None
    association: str | None
    government_region: str | None
    population: int | None
    population_source: str | None
    area_km2: float
    perimeter_km: float | None
    longitude: float
    latitude: float
    county_name: str | None
    state_name: str | None
    data: Data


class NeighbourRow(UnitRow):
    """A neighbour."""

    order: int = Field(ge=1)
    border_km: float | None = Field(description="Kilometres of common border; null from order 2 on.")


class Neighbours(Described):
    """Neighbours by order, then by length of the common border."""

    unit: str
    neighbours: list[NeighbourRow]
    links: Links | None = None
    data: Data
