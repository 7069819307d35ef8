"""What answers look like, for the description of the API.

The core writes the answers; these models describe them and are checked against real answers by the tests.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from geoplan.suggestions import CooperationType, Role, Severity
from geoplan.units import Level


class Described(BaseModel):
    """A part of an answer; later versions may add fields."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)


class Data(Described):
    """Where the data come from; show ``attribution`` wherever you show the data."""

    dataset: str
    vintage: str = Field(description="Territorial status, ISO date.")
    licence: str
    attribution: str
    population_source: str | None


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

    population: int | None = Field(description="Inhabitants; null where unknown.")
    match: str = Field(description="id, exact, prefix, word or typo; `listed` where nothing was searched.")


class Units(Described):
    """Search results, best first."""

    results: list[FoundUnit]
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
    data: Data


class Contribution(Described):
    """What one criterion adds to the score."""

    criterion: str
    value: float | None = Field(description="The measured value, in `unit`.")
    unit: str
    weight: float
    contribution: float
    explanation: str


class Flag(Described):
    """Something to know before talking to this partner."""

    code: str
    severity: Severity
    text: str
    source: str | None


class Suggestion(UnitRow):
    """A unit worth talking to, and why."""

    population: int | None
    type: CooperationType
    role: Role
    score: float = Field(ge=0, le=1)
    contributions: list[Contribution] = Field(description="They add up to the score.")
    flags: list[Flag]


class Suggestions(Described):
    """Suggestions, best first."""

    unit: str
    partners: list[str] = Field(alias="with")
    type: str
    service: str | None
    suggestions: list[Suggestion]
    flags: list[Flag]
    data: Data


class Service(Described):
    """A service field."""

    key: str
    label: str


class Services(Described):
    """All service fields of the catalogue."""

    services: list[Service]
    data: Data


class ServiceAnswer(Service):
    """One service field."""

    data: Data


class Health(BaseModel):
    """The process runs."""

    status: Literal["ok"]


class Readiness(Health):
    """The atlas is loaded."""

    dataset: str
    vintage: str


class OEmbed(BaseModel):
    """An embed, as oEmbed 1.0 describes it."""

    version: Literal["1.0"]
    type: Literal["rich"]
    provider_name: str
    provider_url: str
    title: str
    html: str
    width: int
    height: int
