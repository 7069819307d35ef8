"""What requests and answers about plans look like, for the description of the API."""

from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, RootModel

from geoplan.plans import PlanState
from geoplan_api.schemas import Described

MOST_ID_CHARACTERS = 64

PlanId = Annotated[
    str,
    Path(
        description="Id of a plan.",
        min_length=1,
        max_length=MOST_ID_CHARACTERS,
        pattern="^[a-z0-9][a-z0-9-]*$",
    ),
]


class LanguageQuery(BaseModel):
    """What every request about plans can be asked for."""

    model_config = ConfigDict(extra="forbid")

    lang: Literal["de", "en"] | None = Field(
        default=None, description="Language of the answer; else as `Accept-Language` says, else German."
    )


class PlansQuery(LanguageQuery):
    """Which plans."""

    deleted: bool | None = Field(default=None, description="Those that were deleted, too.")


class PlanBody(RootModel[dict[str, Any]]):
    """A plan: `title`, and what else is known; what is left out is empty.

    Fields as in the answers under `plan`; a wrong one is named in the problem.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "required": ["title"],
            "properties": {"title": {"type": "string", "minLength": 1, "maxLength": 200}},
            "examples": [
                {"title": "Bauhof", "network": {"members": ["05570044"], "service": "building-yard"}}
            ],
        }
    )


class Version(Described):
    """Which version this is."""

    version: int
    at: str = Field(description="When it was written, UTC.")
    actor: str
    action: str
    deleted: bool


class PlanSummary(Version):
    """A plan in a list."""

    id: str
    title: str
    state: PlanState
    service: str | None
    members: list[str]


class Plans(Described):
    """Plans, last changed first."""

    plans: list[PlanSummary]


class ChecklistItem(Described):
    """A success factor, and how the plan stands to it."""

    factor: str
    label: str
    hint: str
    since: PlanState
    done: bool
    due: bool
    missing: bool
    source: str


class Plan(Described):
    """A plan."""

    id: str
    title: str
    state: PlanState


class VersionedPlan(Version):
    """A version of a plan."""

    plan: Plan


class StoredPlan(VersionedPlan):
    """The newest version of a plan."""

    checklist: list[ChecklistItem]


class History(Described):
    """All versions, oldest first."""

    id: str
    versions: list[VersionedPlan]
