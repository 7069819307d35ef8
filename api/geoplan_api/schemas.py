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
    stability: float | None = Field(
        default=None, ge=0, le=1, description="With `stability=true`: share of weightings that put it first."
    )


class Constellation(Described):
    """A small group to talk to together."""

    members: list[str] = Field(description="Ids; the asking unit and those on board first.")
    names: list[str]
    score: float = Field(ge=0, le=1, description="Mean of what each member scores when all others ask.")
    contiguous: bool
    counties: list[str]
    associations: list[str]
    population: int | None
    text: str


class Suggestions(Described):
    """Suggestions, best first."""

    unit: str
    partners: list[str] = Field(alias="with")
    type: str
    service: str | None
    suggestions: list[Suggestion]
    constellations: list[Constellation] = Field(default=[], description="With `constellations=true`.")
    flags: list[Flag]
    data: Data


class StabilityText(Described):
    """How often a candidate is among the first five when the weights are others."""

    share: float = Field(ge=0, le=1)
    draws: int
    first: int
    text: str


class Mutuality(Described):
    """Where the asking unit stands in the candidate's own list."""

    rank: int | None
    among: int
    text: str


class Counterfactual(Described):
    """One change that would lift a candidate into the first five."""

    kind: Literal["value", "weight"]
    about: str = Field(description="A criterion, or `population`.")
    unit: str
    current: float
    needed: float
    change: float
    rank: int
    text: str


class Drawback(Described):
    """Something that speaks against a candidate."""

    criterion: str | None
    lost: float
    text: str


class MissingData(Described):
    """Something that is unknown or estimated, and how to add it."""

    criteria: list[str]
    estimated: bool
    text: str
    remedy: str


class Explanation(Described):
    """Everything to be said of one candidate."""

    unit: str
    candidate: str
    partners: list[str] = Field(alias="with")
    rank: int
    candidates: int = Field(description="How many the list has.")
    text: str
    suggestion: Suggestion
    stability: StabilityText
    mutuality: Mutuality
    way_up: str | None = Field(description="What the counterfactuals begin with; null among the first five.")
    counterfactuals: list[Counterfactual] = Field(description="Smallest change first.")
    against: list[Drawback]
    missing_data: list[MissingData]
    data: Data


class SpotReason(Described):
    """Why a municipality lacks partners."""

    code: str
    text: str


class PartnerSupply(Described):
    """What partners a municipality finds."""

    id: str
    name: str
    best: str | None
    best_score: float | None
    good_partners: int
    white: bool
    reasons: list[SpotReason]


class WhiteSpots(Described):
    """The municipalities of an area, by id."""

    unit: str
    service: str
    type: str
    good_score: float = Field(description="From this score on a partner counts as a good one.")
    needed: int = Field(description="Good partners the service needs beside the asking one.")
    white: int
    text: str
    municipalities: list[PartnerSupply]
    flags: list[Flag]
    data: Data


class Check(Described):
    """How one rule stands."""

    rule: str
    status: Literal["met", "missed", "unclear"]
    text: str
    source: str | None = Field(description="Where the rule was read.")
    label: str
    kind: Literal["requirement", "advice", "hint"]
    as_of: str | None = Field(description="The day the rule was last compared with its source.")
    pack: str | None = Field(description="The rule pack; null for what is read off the map.")
    mark: Literal["V", "U", "D", "C"] = Field(
        description="V read in the source, U not verified, D derived, C sources disagree."
    )


class LegalForm(Described):
    """A legal form the network could take."""

    form: str
    kind: Literal["informal", "public-law", "private-law"]
    fit: float = Field(ge=0, le=1)
    reason: str
    statute: str
    contents: list[str] = Field(description="What the contract must settle.")


class Drivers(Described):
    """What drives the cost."""

    participants: int
    scope: str
    depth: str


class Cost(Described):
    """What coordination costs, on open assumptions."""

    low_eur: float
    high_eur: float
    drivers: Drivers
    assumptions: list[dict[str, object]]


class Network(Described):
    """A checked network."""

    members: list[str]
    score: float | None = Field(description="0 … 1; null for a single member.")
    population: int | None
    area_km2: float
    contiguous: bool
    components: list[list[str]] = Field(description="Ids of the members of each connected piece.")
    compactness: float | None = Field(description="Polsby-Popper, 0 … 1.")
    counties: int
    states: int
    checks: list[Check]
    legal_forms: list[LegalForm]
    cost: Cost
    contributions: list[Contribution] = Field(description="They add up to the score.")


class NetworkAnswer(Described):
    """One network."""

    network: Network
    data: Data


class Optimality(Described):
    """How sure it is that no network is better."""

    status: Literal["optimal", "heuristic"]
    gap: float = Field(ge=0, description="By which share of its score the best could be beaten.")
    candidates: int = Field(description="Among how many candidates.")
    alternatives: Literal["optimal", "heuristic"] = Field(description="The same for the alternatives.")


class Variant(Described):
    """A group in short."""

    members: list[str]
    score: float
    compactness: float | None
    population_balance: float | None = Field(description="1: all members of one size; null where unknown.")


class NetworkSearch(Described):
    """Networks, the best first, then clearly different ones."""

    seeds: list[str] = Field(description="Ids of those who asked.")
    networks: list[Network]
    member_fits: list[dict[str, float]] = Field(description="For each network: how each fits the others.")
    optimality: Optimality
    by_size: list[Variant] = Field(description="The best group found of each size.")
    pareto: list[Variant] = Field(description="Score against compactness and balance: nobody beats all.")
    service: str
    contiguous: bool = Field(description="Whether the members had to form one area.")
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
