"""What coordination costs a network: a range on open assumptions, with savings, grant and shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from geoplan.messages import Message
from geoplan.networks.cost_model import (
    EXTERNAL,
    QUANTITIES,
    SCOPE_LABELS,
    Assumption,
    CostModel,
    load_cost_model,
)
from geoplan.networks.cost_range import CostRange
from geoplan.networks.grant import CENT, Grant, GrantStatus
from geoplan.networks.intentions import Intentions
from geoplan.networks.shares import ShareKey, share_out
from geoplan.rules import Depth
from geoplan.services import Service

NO_PROMISE = Message(
    "Savings are a range from the literature, not a promise: {low:p0} to {high:p0} of the cost of the task."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What the network costs over the years looked at."""

    total: CostRange
    setup: CostRange
    """Of it: to found."""
    yearly: CostRange
    """Each year."""
    external: CostRange
    """Of the yearly: network manager and advisers; 0 where the service has none."""
    participants: int
    scope: str
    depth: Depth
    assumptions: tuple[Assumption, ...]
    """Those that were used."""
    saving_low: Assumption
    saving_high: Assumption
    key: ShareKey
    shares_low: Mapping[str, int]
    """By member, cents of the lower value; they add up to it."""
    shares_high: Mapping[str, int]
    left_low: Mapping[str, int]
    """The same of what is left after the grant; empty where nothing would be paid."""
    left_high: Mapping[str, int]
    grant: Grant | None

    @property
    def paid(self) -> CostRange | None:
        """The grant, EUR; ``None`` where nothing would be paid."""
        return paid_by(self.grant)

    @property
    def own_share(self) -> CostRange | None:
        """What the members bear of the eligible cost, EUR; ``None`` where nothing would be paid."""
        if self.grant is None or self.paid is None:
            return None
        return CostRange(
            low=self.grant.eligible_low - self.paid.low, high=self.grant.eligible_high - self.paid.high
        )

    @property
    def after_grant(self) -> CostRange | None:
        """What the members bear in the end, EUR; ``None`` where nothing would be paid."""
        return after_grant(self.total, self.grant)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The cost as the contract writes it."""
        return {
            "low_eur": float(self.total.low), "high_eur": float(self.total.high),
            "drivers": {
                "participants": self.participants, "pairs": pair_count(self.participants),
                "scope": self.scope, "scope_label": SCOPE_LABELS[self.scope].text(lang),
                "depth": self.depth.value, "depth_label": self.depth.label.text(lang),
            },
            "setup_low_eur": float(self.setup.low), "setup_high_eur": float(self.setup.high),
            "yearly_low_eur": float(self.yearly.low), "yearly_high_eur": float(self.yearly.high),
            "external_low_eur": float(self.external.low), "external_high_eur": float(self.external.high),
            "savings": self._savings(lang), "shares": self._shares(),
            "grant": None if self.grant is None else self.grant.to_dict(lang),
            "assumptions": [one.to_dict(lang) for one in self.assumptions],
        }  # fmt: skip

    def _savings(self, lang: str) -> dict[str, Any]:
        low, high = self.saving_low, self.saving_high
        return {
            "low_share": low.value, "high_share": high.value, "mark": high.mark.value,
            "source": high.statement.reference,
            "text": NO_PROMISE.filled(low=low.value, high=high.value).text(lang),
        }  # fmt: skip

    def _shares(self) -> dict[str, Any]:
        members = [
            {
                "id": member, "low_eur": low / 100, "high_eur": self.shares_high[member] / 100,
                "after_grant_low_eur": self.left_low[member] / 100 if self.left_low else None,
                "after_grant_high_eur": self.left_high[member] / 100 if self.left_high else None,
            }
            for member, low in self.shares_low.items()
        ]  # fmt: skip
        return {"key": self.key.value, "members": members}


def paid_by(grant: Grant | None) -> CostRange | None:
    """What a grant pays, EUR; ``None`` where nothing would be paid."""
    if grant is None or grant.status == GrantStatus.NOT_FUNDABLE or not grant.high:
        return None
    return CostRange(low=grant.low, high=grant.high)


def after_grant(total: CostRange, grant: Grant | None) -> CostRange | None:
    """What is left of ``total`` after the grant, EUR; ``None`` where nothing would be paid.

    Only a part of the cost is eligible, so it is more than the own share of the eligible cost.
    """
    paid = paid_by(grant)
    return None if paid is None else CostRange(low=total.low - paid.low, high=total.high - paid.high)


def pair_count(participants: int) -> int:
    """Pairs that have to agree with one another: n(n-1)/2."""
    return participants * (participants - 1) // 2


def usual_depth(service: Service, wanted: Depth | None) -> Depth:
    """The depth that is asked for, else the one usual in the service."""
    return wanted or load_cost_model().depth(service.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Effort:
    """Hours of all members together, before factors of uncertainty."""

    setup: float
    yearly: float


def cost_model_of(intentions: Intentions) -> CostModel:
    """The model with the planner's changes; errors as in :meth:`CostModel.changed`."""
    return load_cost_model().changed(intentions.assumptions)


def cost_of(
    service: Service,
    members: Mapping[str, float | None],
    intentions: Intentions,
    *,
    grant: Grant | None = None,
) -> Cost:
    """Estimate the cost of a network.

    Parameters
    ----------
    members
        Ids with inhabitants (``None``: unknown).
    grant
        Computed by the caller: it depends on the rules, this does not.

    Raises
    ------
    UnknownChoiceError, InvalidValueError
        A changed assumption or a key of shares is wrong.
    """
    model, depth = cost_model_of(intentions), usual_depth(service, intentions.depth)
    count = len(members) + len(intentions.companies)
    effort, scope = _effort(model, count, depth, model.scope(service.key)), model.scope(service.key)
    external = external_range(model, service, count)
    setup = _range(model, effort.setup)
    work = _range(model, effort.yearly)
    yearly = CostRange(low=work.low + external.low, high=work.high + external.high)
    years = Decimal(str(model["years"]))
    total = CostRange(
        low=_cents(setup.low + years * yearly.low), high=_cents(setup.high + years * yearly.high)
    )
    left_low, left_high = _left(after_grant(total, grant), members, intentions)
    return Cost(
        total=total, setup=setup, yearly=yearly, external=external, participants=count,
        scope=scope, depth=depth, assumptions=_used(model, service, depth, scope),
        saving_low=model.assumptions["saving_low"], saving_high=model.assumptions["saving_high"],
        key=intentions.key, grant=grant,
        shares_low=_shared(total.low, members, intentions),
        shares_high=_shared(total.high, members, intentions),
        left_low=left_low, left_high=left_high,
    )  # fmt: skip


def external_range(model: CostModel, service: Service, participants: int) -> CostRange:
    """External cost in a year: network manager and advisers."""
    if service.key not in model.external_for:
        return CostRange(low=Decimal(0), high=Decimal(0))
    low, high = (_cents(participants * Decimal(str(model[key]))) for key in EXTERNAL)
    return CostRange(low=low, high=high)


def _effort(model: CostModel, participants: int, depth: Depth, scope: str) -> _Effort:
    pairs, factor = pair_count(participants), model[f"scope.{scope}"]
    setup = participants * model[f"member_setup_hours.{depth}"] + pairs * model[f"pair_setup_hours.{depth}"]
    yearly = participants * model[f"member_hours.{depth}"] + pairs * model[f"pair_hours.{depth}"]
    return _Effort(setup=factor * setup, yearly=factor * yearly)


def _range(model: CostModel, hours: float) -> CostRange:
    low, high = (
        _cents(Decimal(str(hours * model[f"hours_factor_{end}"] * model[f"hour_{end}_eur"])))
        for end in ("low", "high")
    )
    return CostRange(low=min(low, high), high=max(low, high))


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def _shared(amount: Decimal, members: Mapping[str, float | None], intentions: Intentions) -> dict[str, int]:
    return share_out(int(amount * 100), list(members), intentions.key, population=members, use=intentions.use)


def _left(
    left: CostRange | None, members: Mapping[str, float | None], intentions: Intentions
) -> tuple[dict[str, int], dict[str, int]]:
    """What each bears of what is left; nothing where nothing is paid, or more than all cost."""
    if left is None or min(left.low, left.high) < 0:
        return {}, {}
    return _shared(left.low, members, intentions), _shared(left.high, members, intentions)


def _used(model: CostModel, service: Service, depth: Depth, scope: str) -> tuple[Assumption, ...]:
    """The assumptions that this answer rests on, in the order of the model."""
    wanted = {f"{quantity}.{depth}" for quantity in QUANTITIES} | {f"scope.{scope}"}
    plain = {key for key in model.assumptions if "." not in key and key not in EXTERNAL}
    extern = set(EXTERNAL) if service.key in model.external_for else set()
    return tuple(one for key, one in model.assumptions.items() if key in wanted | plain | extern)
