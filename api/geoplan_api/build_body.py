"""What a request for a network may send in its body: the conditions, in either of their words."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field, model_validator

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.networks.request import (
    CONTIGUITY,
    MOST_ALTERNATIVES,
    MOST_CANDIDATES,
    MOST_MEMBERS,
    MOST_NAMED,
    USUAL_CANDIDATES,
    USUAL_SECONDS,
    WITHIN,
    read_contiguity,
)
from geoplan.networks.vertical import ANY, NETWORK_TYPES
from geoplan_api.bodies import WEIGHTS, Body, Name, Number, Weights

MOST_SERVER_SECONDS = 10.0
"""A server searches no longer than this for one request."""
Names = Annotated[list[Name], Field(max_length=MOST_NAMED)]
Members = Annotated[int, Field(ge=2, le=MOST_MEMBERS, strict=True)]


class PopulationBody(Body):
    """Bounds of the inhabitants of all members together."""

    min: Number | None = None
    max: Number | None = None


ALIASES = {"units": "seeds", "min": "min_members", "max": "max_members"}
"""What the command line calls a condition, and what the body calls it."""


def _with_aliases(schema: dict[str, Any]) -> None:
    """Describe the words of the command line, and that either stands for the seeds."""
    fields = schema["properties"]
    for alias, name in ALIASES.items():
        said = f"The same as `{name}`, as the command line calls it; not both with different values."
        fields[alias] = {**fields[name], "description": said}
    schema["required"] = [name for name in schema["required"] if name != "seeds"]
    schema["anyOf"] = [{"required": ["seeds"]}, {"required": ["units"]}]
    schema["examples"] = [
        {
            "seeds": ["05570044"], "service": "climate-network", "min_members": 6, "max_members": 12,
            "within": "county", "alternatives": 2,
        }
    ]  # fmt: skip


class BuildBody(Body):
    """Which network is to be built?"""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_with_aliases)

    seeds: list[Name] = Field(
        min_length=1, max_length=MOST_NAMED,
        description="Who starts it: ids or unambiguous names, of one level.", examples=[["05570044"]],
    )  # fmt: skip
    service: Name = Field(description="Key of a service field.", examples=["climate-network"])
    min_members: Members | None = Field(default=None, description="By default as usual for the service.")
    max_members: Members | None = Field(default=None, description="By default as usual for the service.")
    include: Names = Field(default=[], description="Who has to be a member too.")
    exclude: Names = Field(default=[], description="Who must not be a member.")
    within: Name | None = Field(
        default=None, description="Only units of the same county or state.",
        json_schema_extra={"enum": [*WITHIN, None]},
    )  # fmt: skip
    population: PopulationBody | None = Field(
        default=None, description="Inhabitants of all members together."
    )
    max_counties: Annotated[int, Field(ge=1, le=MOST_MEMBERS, strict=True)] | None = Field(
        default=None, description="Out of at most so many counties."
    )
    whole_associations: Annotated[bool, Field(strict=True)] = Field(
        default=False, description="Municipalities of one association are members together or not at all."
    )
    contiguity: Name = Field(
        default="auto", description="Whether the members form one connected area; auto: as the service says.",
        json_schema_extra={"enum": list(CONTIGUITY)},
    )  # fmt: skip
    type: Name = Field(
        default=ANY, description="Others of one level, or a county and its own; any: as the service suits.",
        json_schema_extra={"enum": list(NETWORK_TYPES)},
    )  # fmt: skip
    weights: Weights = WEIGHTS
    alternatives: Annotated[int, Field(ge=1, le=MOST_ALTERNATIVES, strict=True)] = Field(
        default=1, description="How many networks in all, each clearly different from those before."
    )
    candidates: Annotated[int, Field(ge=2, le=MOST_CANDIDATES, strict=True)] = Field(
        default=USUAL_CANDIDATES, description="So many units that fit best are compared."
    )
    time_limit: Annotated[float, Field(gt=0, le=MOST_SERVER_SECONDS, strict=True)] = Field(
        default=USUAL_SECONDS, description="Seconds; what is open then is told by the gap."
    )

    @model_validator(mode="before")
    @classmethod
    def _as_the_command_line_says(cls, given: Any) -> Any:
        """Take the words of the command line for those of the body.

        Raises
        ------
        InvalidValueError
            Both are there and differ.
        """
        if not isinstance(given, dict):
            return given
        said = {name: value for name, value in given.items() if name not in ALIASES}
        for alias in ALIASES.keys() & given.keys():
            name, value = ALIASES[alias], given[alias]
            if said.setdefault(name, value) != value:
                message = Message(
                    "“{alias}” and “{name}” mean the same, but their values differ.", alias=alias, name=name
                )
                raise InvalidValueError(message, value=alias, nearest=[name])
        return said

    def conditions(self) -> dict[str, Any]:
        """The conditions as :func:`geoplan.build_network` takes them.

        Raises
        ------
        UnknownChoiceError
            No such contiguity.
        """
        given = self.model_dump(exclude={"seeds", "population"})
        bounds = self.population
        return given | {
            "population": None if bounds is None else (bounds.min, bounds.max),
            "contiguity": read_contiguity(self.contiguity),
        }
