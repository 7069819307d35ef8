"""What the finance plan of a network adds up to, exact to the cent, and what is not covered yet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from geoplan.plans.model import FinanceYear, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class FinanceTotals:
    """The sums over all years of a plan; ``None`` where one of the years does not say."""

    years: tuple[int, ...]
    """Ascending."""
    cost_eur: Decimal | None
    grant_eur: Decimal | None
    own_eur: Decimal | None

    @property
    def open_eur(self) -> Decimal | None:
        """Cost that neither grant nor own means cover; negative where they are more than it."""
        if self.cost_eur is None or self.grant_eur is None or self.own_eur is None:
            return None
        return self.cost_eur - self.grant_eur - self.own_eur

    def to_dict(self) -> dict[str, Any]:
        """The sums as JSON."""
        amounts = {
            "cost_eur": self.cost_eur, "grant_eur": self.grant_eur, "own_eur": self.own_eur,
            "open_eur": self.open_eur,
        }  # fmt: skip
        told = {name: None if amount is None else float(amount) for name, amount in amounts.items()}
        return {"years": list(self.years), **told}


def finance_totals(plan: Plan) -> FinanceTotals:
    """Add the years of a plan up."""
    return FinanceTotals(
        years=tuple(sorted(one.year for one in plan.finance)),
        cost_eur=_sum(plan.finance, lambda one: one.cost_eur),
        grant_eur=_sum(plan.finance, lambda one: one.grant_eur),
        own_eur=_sum(plan.finance, lambda one: one.own_eur),
    )


def _sum(years: Iterable[FinanceYear], amount: Callable[[FinanceYear], Decimal | None]) -> Decimal | None:
    amounts = [amount(one) for one in years]
    known = [one for one in amounts if one is not None]
    return sum(known, Decimal(0)) if amounts and len(known) == len(amounts) else None
