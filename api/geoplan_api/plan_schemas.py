"""What requests and answers about plans look like, for the description of the API."""

from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, RootModel
from pydantic_core import CoreSchema

from geoplan.plans import PlanState
from geoplan.plans.schema import plan_schema
from geoplan_api.parameters import AnswerQuery
from geoplan_api.schemas import Data, Described

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


class PlansQuery(AnswerQuery):
    """Which plans."""

    deleted: bool | None = Field(default=None, description="Those that were deleted, too.")


EXAMPLE: dict[str, Any] = {
    "title": "Gemeinsamer Bauhof",
    "summary": "Drei Bauhöfe werden einer.",
    "network": {"members": ["05570044", "05570040"], "service": "building-yard"},
    "goals": [
        {
            "text": "Maschinen gemeinsam nutzen",
            "indicators": [{"key": "cost", "name": "Kosten im Jahr", "unit": "€", "target": 90000}],
        }
    ],
    "participants": [{"name": "Telgte", "unit": "05570044", "role": "lead", "contact": "Bauamt"}],
    "finance": [{"year": 2027, "cost_eur": 100000.5, "grant_eur": 20000, "own_eur": 80000.5}],
    "meetings": [{"title": "Lenkungskreis", "starts": "2027-01-11T10:00", "rhythm": "quarterly", "count": 4}],
    "monitoring": [{"indicator": "cost", "on": "2027-12-31", "value": 95000}],
    "risks": [{"text": "Eine Gemeinde steigt aus", "likelihood": "low", "impact": "high"}],
}


class PlanBody(RootModel[dict[str, Any]]):
    """A plan: `title`, and what else is known; what is left out is empty. A wrong field is named.

    What the description cannot say: members, years of finance and keys of indicators stand there once;
    monitoring names indicators of the goals.
    """

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """The schema of the core, which reads the body."""
        described = handler(schema)
        return {**plan_schema(), "title": "PlanBody", "description": described.get("description", ""),
                "examples": [EXAMPLE]}  # fmt: skip


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
    data: Data


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


class FinanceTotals(Described):
    """The finance plan added up, exact to the cent; null where a year does not say."""

    years: list[int]
    cost_eur: float | None
    grant_eur: float | None
    own_eur: float | None
    open_eur: float | None = Field(description="Cost that neither grant nor own means cover.")


class DatasetVintage(Described):
    """A dataset and its territorial status."""

    dataset: str | None
    vintage: str | None


class Basis(Described):
    """What the plan was computed with, beside the dataset of the answer."""

    stale: bool | None = Field(description="Whether they differ; null where the plan does not say.")
    plan: DatasetVintage
    here: DatasetVintage


class StoredPlan(VersionedPlan):
    """The newest version of a plan."""

    checklist: list[ChecklistItem]
    finance_totals: FinanceTotals
    basis: Basis
    data: Data


class History(Described):
    """All versions, oldest first."""

    id: str
    versions: list[VersionedPlan]
    data: Data
