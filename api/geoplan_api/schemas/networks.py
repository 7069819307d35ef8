"""What checked and built networks look like."""

from typing import Literal

from pydantic import Field

from geoplan_api.schemas.answer import Data, Described
from geoplan_api.schemas.suggestions import Contribution


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
    stated: list[str] = Field(description="Facts it rests on that the planner has stated; the text says so.")


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
    population: int | None = Field(description="Null where those of a municipality are unknown.")
    population_at_least: int = Field(description="Inhabitants of all whose number is known.")
    population_unknown_for: int = Field(description="Municipalities whose number is unknown.")
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
