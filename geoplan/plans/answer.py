"""What is answered about a plan: itself, what is missing, its sums, whether its data are those in use."""

from typing import Any

from geoplan.plans.checklist import checklist
from geoplan.plans.finance import finance_totals
from geoplan.plans.model import Plan
from geoplan.plans.versions import StoredPlan
from geoplan.provenance import Provenance, named_in


def plan_answer(stored: StoredPlan, lang: str, *, here: Provenance | None = None) -> dict[str, Any]:
    """A plan as JSON; ``here`` is the dataset that is in use, and whether the plan is of another."""
    answer = {
        **stored.to_dict(),
        "checklist": [item.to_dict(lang) for item in checklist(stored.plan)],
        "finance_totals": finance_totals(stored.plan).to_dict(),
    }
    if here is None:
        return answer
    return {**answer, "basis": basis(stored.plan, here), "data": named_in(lang, here.to_dict())}


def basis(plan: Plan, here: Provenance) -> dict[str, Any]:
    """What the plan was computed with, beside what is in use; ``stale`` is null where it does not say."""
    made = plan.provenance
    return {
        "stale": is_stale(plan, here),
        "plan": {"dataset": made.dataset, "vintage": made.vintage},
        "here": {"dataset": here.dataset, "vintage": here.vintage},
    }


def is_stale(plan: Plan, here: Provenance) -> bool | None:
    """Whether the plan was computed with another dataset or vintage; ``None`` where it does not say."""
    made = plan.provenance
    if made.dataset is None or made.vintage is None:
        return None
    return (made.dataset, made.vintage) != (here.dataset, here.vintage)
