"""What groups laid side by side look like, for the description of the API."""

from typing import Literal

from pydantic import Field

from geoplan_api.schemas import Check, Contribution, Data, Described, LegalForm


class ComparedScenario(Described):
    """One of the groups, a column of the comparison."""

    name: str
    service: str
    depth: str
    contiguous: bool
    members: list[str]
    only_here: list[str] = Field(description="Members that no other group has.")


class ComparedRow(Described):
    """A row of the comparison: one of `values` for each scenario, in their order."""

    differs: bool = Field(description="Whether the scenarios are not alike here.")


class ComparedMember(ComparedRow):
    """Who is in which group."""

    id: str
    name: str
    population: int | None
    values: list[bool]
    share_low_eur: list[float | None] = Field(description="Its share of the cost; null where it is not in.")
    share_high_eur: list[float | None]


class ComparedFigure(ComparedRow):
    """A figure of the groups."""

    key: str
    label: str
    digits: int = Field(description="Decimals worth showing.")
    values: list[float | None]


class ComparedContribution(ComparedRow):
    """What a criterion adds to each score."""

    criterion: str
    values: list[float | None]
    cells: list[Contribution | None]


class ComparedCheck(ComparedRow):
    """How a rule stands for each group."""

    rule: str
    label: str
    values: list[Literal["met", "missed", "unclear"] | None] = Field(description="Null: not asked there.")
    cells: list[Check | None]


class ComparedForm(ComparedRow):
    """How well a legal form fits each group."""

    form: str
    label: str
    values: list[float | None]
    cells: list[LegalForm | None]


class Comparison(Described):
    """Groups side by side."""

    scenarios: list[ComparedScenario]
    on: str = Field(description="The day the rules were asked for.")
    in_all: list[str] = Field(description="Ids of those who are members in every scenario.")
    members: list[ComparedMember]
    figures: list[ComparedFigure]
    contributions: list[ComparedContribution]
    checks: list[ComparedCheck]
    legal_forms: list[ComparedForm]
    data: Data
