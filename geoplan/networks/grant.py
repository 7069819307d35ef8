"""What the network funding would pay, and what is left to the partners; never more sure than its rules."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from typing import Any

from geoplan.evidence import Mark
from geoplan.messages import Localised

CENT = Decimal("0.01")


class GrantStatus(StrEnum):
    """What the amounts mean."""

    ESTIMATE = "estimate"
    """By rules that are not verified, or on estimated cost."""
    COMPUTED = "computed"
    """By what the funding body has confirmed."""
    NOT_FUNDABLE = "not-fundable"
    """A requirement is missed."""
    UNCLEAR = "unclear"
    """The rules are out of date."""


def grant_eur(
    eligible: Decimal, *, rate: Decimal, participants: int, cap: Decimal, publicity_cap: Decimal = Decimal(0)
) -> Decimal:
    """``min(rate · eligible, n · (cap + publicity_cap))``, EUR, rounded down to the cent.

    Parameters
    ----------
    eligible
        Eligible cost, EUR.
    rate
        0 … 1.
    cap, publicity_cap
        EUR per participant over the whole term; the second only where publicity is part of the cost.
    """
    amount = min(rate * eligible, participants * (cap + publicity_cap))
    return amount.quantize(CENT, rounding=ROUND_DOWN)


def is_fundable(amount: Decimal, least: Decimal) -> bool:
    """Whether a grant reaches the least that is paid out at all; below it nothing is."""
    return amount >= least


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """The grant of a network, as a range where the eligible cost is one."""

    status: GrantStatus
    eligible_low: Decimal
    eligible_high: Decimal
    low: Decimal
    """By the formula, whether or not it is paid."""
    high: Decimal
    mark: Mark
    text: Localised
    source: str
    pack: str

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The grant as JSON; amounts of what is not funded are 0."""
        paid = self.status != GrantStatus.NOT_FUNDABLE
        low, high = (self.low, self.high) if paid else (Decimal(0), Decimal(0))
        return {
            "status": self.status.value, "pack": self.pack,
            "eligible_low_eur": float(self.eligible_low), "eligible_high_eur": float(self.eligible_high),
            "low_eur": float(low), "high_eur": float(high),
            "own_low_eur": float(self.eligible_low - low),
            "own_high_eur": float(self.eligible_high - high),
            "mark": self.mark.value, "text": self.text.text(lang), "source": self.source,
        }  # fmt: skip
