"""What suggestions and their reasons look like."""

from pydantic import Field

from geoplan.suggestions import CooperationType, Role, Severity
from geoplan_api.schemas.answer import Data, Described, Links
from geoplan_api.schemas.units import UnitRow


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
    links: Links | None = None
    data: Data
