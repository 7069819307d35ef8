"""What a request may send in its body, within which bounds."""

import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from geoplan.networks import Intentions, ShareKey
from geoplan.networks.check import MAX_MEMBERS
from geoplan.networks.parsing import read_day, read_depth, read_key
from geoplan.rules import Depth
from geoplan_api.answers import MAX_TEXT

CLEAN_TEXT = r"^[^\x00-\x1f\x7f-\x9f]*$"
MOST_MONTHS = 600
MOST_EUR = 1e9

Name = Annotated[str, Field(min_length=1, max_length=MAX_TEXT, pattern=CLEAN_TEXT)]
Share = Annotated[float, Field(ge=0, le=1, strict=True)]
Number = Annotated[float, Field(ge=0, le=1e12, strict=True)]


class Body(BaseModel):
    """A body. A field that is not known is an error: it would be a slip."""

    model_config = ConfigDict(extra="forbid")


class CheckBody(Body):
    """Which network is to be checked?"""

    members: list[Name] = Field(
        min_length=1, max_length=MAX_MEMBERS, description="Ids or unambiguous names.",
        examples=[["05570044", "05570040", "05570008"]],
    )  # fmt: skip
    service: Name = Field(description="Key of a service field.", examples=["building-yard"])
    depth: Name | None = Field(
        default=None, description="How deeply they work together; by default as usual for the service.",
        json_schema_extra={"enum": [*Depth, None]},
    )  # fmt: skip
    on: Annotated[str, Field(max_length=10)] | None = Field(
        default=None, description="The day the rules are asked for (ISO date); by default today.",
        json_schema_extra={"format": "date"}, examples=["2026-11-22"],
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
        description="Municipal share 0 … 1 of each company on board.",
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

    def intentions(self) -> Intentions:
        """What the partners intend.

        Raises
        ------
        UnknownChoiceError
            No such depth or key.
        """
        eligible = self.eligible_eur
        return Intentions(
            depth=None if self.depth is None else read_depth(self.depth), key=read_key(self.key), use=self.use,
            companies=tuple(self.companies), duration_months=self.duration_months,
            meetings_per_year=self.meetings_per_year, participation_contract=self.participation_contract,
            eligible_eur=None if eligible is None else Decimal(str(eligible)), assumptions=self.assumptions,
        )  # fmt: skip

    def day(self) -> datetime.date | None:
        """The day the rules are asked for; an InvalidValueError where it is none."""
        return None if self.on is None else read_day(self.on)
