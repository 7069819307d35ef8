"""The life of a network, from the idea to its end: what was agreed, what is missing, every version kept.

Needs the extra ``plans``. Not part of ``import geoplan``: the analysis needs no database.
"""

from geoplan.plans.calendar import calendar_text
from geoplan.plans.checklist import checklist
from geoplan.plans.database import open_store
from geoplan.plans.finance import FinanceTotals, finance_totals
from geoplan.plans.model import Plan
from geoplan.plans.reading import read_plan
from geoplan.plans.states import Actor, PlanState, Role
from geoplan.plans.store import PlanStore
from geoplan.plans.versions import StoredPlan

__all__ = [
    "Actor",
    "FinanceTotals",
    "Plan",
    "PlanState",
    "PlanStore",
    "Role",
    "StoredPlan",
    "calendar_text",
    "checklist",
    "finance_totals",
    "open_store",
    "read_plan",
]
