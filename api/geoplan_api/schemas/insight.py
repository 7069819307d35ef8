"""What stands behind a suggestion, and who has nobody."""

from typing import Literal

from pydantic import Field

from geoplan_api.schemas.answer import Data, Described
from geoplan_api.schemas.suggestions import Flag, Suggestion


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


class Difference(Described):
    """What one criterion adds to the score of a candidate, beside what it adds to that of a rival."""

    criterion: str
    contribution: float
    rival_contribution: float
    explanation: str | None = Field(description="Null where the criterion is unknown or does not count.")
    rival_explanation: str | None


class Bystander(Described):
    """Who stands directly beside a candidate in the list, in another form of cooperation."""

    id: str
    name: str
    rank: int
    score: float
    role: str
    text: str


class Rival(Described):
    """The nearest in the list before or after that is judged by the same criteria, or the very next."""

    id: str
    name: str
    rank: int
    score: float
    between: int = Field(description="How many of other forms of cooperation stand between the two.")
    beside: Bystander | None = Field(description="The one of them next to the candidate, on this side.")
    same_criteria: bool
    text: str
    differences: list[Difference] = Field(description="Largest first; they add up to the gap in score.")


class Explanation(Described):
    """Everything to be said of one candidate."""

    unit: str
    candidate: str
    partners: list[str] = Field(alias="with")
    rank: int
    candidates: int = Field(description="How many the list has.")
    text: str
    suggestion: Suggestion
    rivals: list[Rival] = Field(description="The one before and the one after in the list.")
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
