"""What a request may send in its body, within which bounds."""

import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from geoplan.networks import Intentions, Scenario, ShareKey
from geoplan.networks.check import MAX_MEMBERS
from geoplan.networks.comparison import FEWEST, MOST, MOST_NAME_CHARACTERS
from geoplan.networks.intentions import with_facts
from geoplan.networks.parsing import read_day, read_depth, read_key
from geoplan.rules import Depth
from geoplan_api.answers import MAX_TEXT

CLEAN_TEXT = r"^[^\x00-\x1f\x7f-\x9f]*$"
MOST_MONTHS = 600
MOST_EUR = 1e9
MOST_WEIGHTS = 100

Name = Annotated[str, Field(min_length=1, max_length=MAX_TEXT, pattern=CLEAN_TEXT)]
Share = Annotated[float, Field(ge=0, le=1, strict=True)]
Number = Annotated[float, Field(ge=0, le=1e12, strict=True)]


Weights = dict[Name, Number]
WEIGHTS: Any = Field(
    default={}, max_length=MOST_WEIGHTS, examples=[{"closeness": 2.5}],
    description="Other weights of criteria than the usual ones of the service, by key.",
)  # fmt: skip


class Body(BaseModel):
    """A body. A field that is not known is an error: it would be a slip."""

    model_config = ConfigDict(extra="forbid")


class NetworkBody(Body):
    """A group and what its partners intend."""

    members: list[Name] = Field(
        min_length=1, max_length=MAX_MEMBERS, description="Ids or unambiguous names.",
        examples=[["05570044", "05570040", "05570008"]],
    )  # fmt: skip
    service: Name = Field(description="Key of a service field.", examples=["building-yard"])
    depth: Name | None = Field(
        default=None, description="How deeply they work together; by default as usual for the service.",
        json_schema_extra={"enum": [*Depth, None]},
    )  # fmt: skip
    key: Name = Field(
        default=ShareKey.EQUAL.value,
        description="How cost is shared.",
        json_schema_extra={"enum": list(ShareKey)},
    )
    use: dict[Name, Number] = Field(
        default={}, max_length=MAX_MEMBERS, description="By id: what each member uses, for the key `use`."
    )
    companies: list[Share] = Field(
        default=[],
        max_length=MAX_MEMBERS,
        description="Municipal share 0 … 1 of each company.",
    )
    duration_months: Annotated[int, Field(ge=1, le=MOST_MONTHS, strict=True)] | None = Field(
        default=None, description="Agreed duration."
    )
    meetings_per_year: Annotated[int, Field(ge=0, le=366, strict=True)] | None = Field(
        default=None, description="Meetings of the network."
    )
    participation_contract: Annotated[bool, Field(strict=True)] | None = Field(
        default=None, description="Whether participation is secured by contract."
    )
    eligible_eur: Annotated[float, Field(ge=0, le=MOST_EUR, strict=True)] | None = Field(
        default=None, description="Eligible cost of the application; by default estimated."
    )
    assumptions: dict[Name, Number] = Field(
        default={}, max_length=100, description="Changed assumptions of the cost model, by key.",
        examples=[{"hour_high_eur": 90}],
    )  # fmt: skip
    facts: dict[Name, bool | Number | Name] = Field(
        default={}, max_length=100, examples=[{"heat_plan": False}],
        description="What only the partners know and rules ask for; answers say that they rest on it.",
    )  # fmt: skip
    seeds: list[Name] = Field(
        default=[], max_length=MAX_MEMBERS,
        description="Which of the members have asked for it: how well they fit is half of the score.",
    )  # fmt: skip
    weights: Weights = WEIGHTS

    def intentions(self) -> Intentions:
        """What the partners intend.

        Raises
        ------
        UnknownChoiceError
            No such depth, key or fact.
        InvalidValueError
            A fact has a value that it cannot have.
        """
        eligible = self.eligible_eur
        intentions = Intentions(
            depth=None if self.depth is None else read_depth(self.depth),
            key=read_key(self.key), use=self.use,
            companies=tuple(self.companies), duration_months=self.duration_months,
            meetings_per_year=self.meetings_per_year, participation_contract=self.participation_contract,
            eligible_eur=None if eligible is None else Decimal(str(eligible)), assumptions=self.assumptions,
        )  # fmt: skip
        return with_facts(intentions, self.facts)


class DatedBody(Body):
    """When the rules are asked for."""

    on: Annotated[str, Field(max_length=10)] | None = Field(
        default=None, description="The day the rules are asked for (ISO date); by default today.",
        json_schema_extra={"format": "date"}, examples=["2026-11-22"],
    )  # fmt: skip

    def day(self) -> datetime.date | None:
        """The day the rules are asked for; an InvalidValueError where it is none."""
        return None if self.on is None else read_day(self.on)


class CheckBody(DatedBody, NetworkBody):
    """Which network is to be checked?"""


class ScenarioBody(NetworkBody):
    """A group that could be, with a name."""

    name: Annotated[str, Field(min_length=1, max_length=MOST_NAME_CHARACTERS, pattern=CLEAN_TEXT)] = Field(
        description="What it is called beside the others.", examples=["With the town"]
    )

    def scenario(self) -> Scenario:
        """The group to compare; errors as in :meth:`NetworkBody.intentions`."""
        return Scenario(
            name=self.name, members=tuple(self.members), service=self.service,
            intentions=self.intentions(), seeds=tuple(self.seeds), weights=self.weights,
        )  # fmt: skip


class CompareBody(DatedBody):
    """Which groups are to be laid side by side?"""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "scenarios": [
                        {"name": "Three", "members": ["05570044", "05570040", "05570008"],
                         "service": "building-yard"},
                        {"name": "Two", "members": ["05570044", "05570040"], "service": "building-yard"},
                    ]
                }
            ]
        },
    )  # fmt: skip

    scenarios: list[ScenarioBody] = Field(
        min_length=FEWEST, max_length=MOST, description="Two to four groups."
    )
