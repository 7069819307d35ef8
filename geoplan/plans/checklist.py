"""What makes networks succeed, as a living checklist: what is there, and what is missing at this stage."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from geoplan.evidence import LocalText, Source, Statement, Table, read_sources, read_toml
from geoplan.messages import Message
from geoplan.plans.model import DocumentKind, Plan, Resolution
from geoplan.plans.states import PlanState

PACKAGE = "geoplan.plans"
FILE = "checklist.toml"


def _contract(plan: Plan) -> bool:
    return any(one.kind is DocumentKind.CONTRACT for one in plan.documents)


def _all_approved(plan: Plan) -> bool:
    return bool(plan.participants) and all(
        one.decision.result is Resolution.APPROVED for one in plan.participants if one.unit is not None
    )


def _all_measured(plan: Plan) -> bool:
    keys = {one.key for goal in plan.goals for one in goal.indicators}
    return bool(keys) and keys <= {value.indicator for value in plan.monitoring}


CHECKS: dict[str, Callable[[Plan], bool]] = {
    "service": lambda plan: plan.network.service is not None,
    "goals": lambda plan: bool(plan.goals),
    "indicators": lambda plan: bool(plan.goals) and all(goal.indicators for goal in plan.goals),
    "contacts": lambda plan: bool(plan.participants) and all(one.contact for one in plan.participants),
    "responsibilities": lambda plan: bool(plan.responsibilities),
    "staff": lambda plan: any(one.full_time_posts is not None for one in plan.responsibilities),
    "finance": lambda plan: any(one.cost_eur is not None for one in plan.finance),
    "letter-of-intent": lambda plan: any(one.kind is DocumentKind.LETTER_OF_INTENT for one in plan.documents),
    "staff-informed": lambda plan: plan.staff_informed is not None,
    "decision-structure": lambda plan: bool(plan.decisions.bodies and plan.decisions.voting),
    "exit-rules": lambda plan: plan.decisions.exit_rules is not None,
    "conflict-steps": lambda plan: plan.decisions.conflict_steps is not None,
    "council-decisions": _all_approved,
    "contract": _contract,
    "meetings": lambda plan: sum(series.count for series in plan.meetings) > 1,
    "risks": lambda plan: bool(plan.risks),
    "monitoring": _all_measured,
    "report": lambda plan: any(one.kind is DocumentKind.REPORT for one in plan.documents),
}
"""What a factor of the file may ask of a plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A success factor."""

    key: str
    label: LocalText
    hint: LocalText
    """What to do."""
    since: PlanState
    """The state in which it has to be there."""
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """How a plan stands to a factor."""

    factor: Factor
    done: bool
    due: bool
    """Whether it has to be there at this stage."""

    @property
    def missing(self) -> bool:
        """Due and not done."""
        return self.due and not self.done

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The item as JSON."""
        factor = self.factor
        return {
            "factor": factor.key, "label": factor.label.text(lang), "hint": factor.hint.text(lang),
            "since": factor.since.value, "done": self.done, "due": self.due, "missing": self.missing,
            "source": factor.statement.reference, "mark": factor.statement.mark.value,
        }  # fmt: skip


def checklist(plan: Plan) -> tuple[ChecklistItem, ...]:
    """How ``plan`` stands to each factor, in the order of the stages; nothing is due once it has ended."""
    order = list(PlanState)
    reached = -1 if plan.state is PlanState.ENDED else order.index(plan.state)
    return tuple(
        ChecklistItem(factor=factor, done=CHECKS[factor.key](plan), due=order.index(factor.since) <= reached)
        for factor in load_factors()
    )


@cache
def load_factors() -> tuple[Factor, ...]:
    """The factors, in the order of the stages.

    Raises
    ------
    DataError
        The file is damaged; the message names the entry and the field.
    """
    return parse_factors(read_toml(PACKAGE, FILE))


def parse_factors(document: Table) -> tuple[Factor, ...]:
    """Read the factors from their document; errors as in :func:`load_factors`."""
    document.day("as_of")
    sources = read_sources(document)
    factors = [_factor(key, table, sources) for key, table in document.named_tables("factors")]
    document.finish()
    order = list(PlanState)
    return tuple(sorted(factors, key=lambda one: order.index(one.since)))


def _factor(key: str, table: Table, sources: dict[str, Source]) -> Factor:
    factor = Factor(
        key=key, label=table.local_text("label"), hint=table.local_text("hint"),
        since=table.choice("since", PlanState), statement=table.statement(sources),
    )  # fmt: skip
    table.finish()
    if key not in CHECKS:
        table.fail("label", Message("“{value}” is nothing that a plan can be asked", value=key), key)
    return factor
