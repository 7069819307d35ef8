"""The grant of a climate network under the federal funding rule, with how sure it is."""

import datetime
from decimal import Decimal

from geoplan.evidence import Mark
from geoplan.messages import Localised, Message
from geoplan.networks.cost import cost_model_of, external_range
from geoplan.networks.cost_range import CostRange
from geoplan.networks.facts import participants_of
from geoplan.networks.footprint import Footprint
from geoplan.networks.grant import Grant, GrantStatus, grant_eur, is_fundable
from geoplan.networks.intentions import Intentions
from geoplan.rules import Fact, RulePack, load_packs
from geoplan.rules.facts import Day, weakest
from geoplan.services import Service

PACK = "nki-networks"
OUT_OF_FORCE = Message("The funding rule is not in force on {day}.")
TOO_FEW = Message("No grant: {count} participants, {least} are needed.")
TOO_SMALL = Message("No grant: €{amount:n2} is below the least grant of €{least:n0}.")
CONFIRMED = Message("By the confirmed rate and cap.")
ESTIMATED = Message(
    "Estimate at {rate:p0} and at most €{cap:n0} per participant (2022 text; not verified for the 2024 text)."
)


def network_grant(
    footprint: Footprint, service: Service, intentions: Intentions, on: datetime.date
) -> Grant | None:
    """The grant; ``None`` where the programme is not for this service or country."""
    pack = load_packs()[PACK]
    country = footprint.atlas.provenance.country
    asked = pack.applies is None or pack.applies.answer({"service": Fact(value=service.key)}, {})
    if not asked or country != pack.country:
        return None
    participants = participants_of(footprint, intentions)
    eligible = _eligible(service, intentions, participants)
    low, high, mark = _amounts(pack, eligible, intentions, participants)
    status, text = _judged(pack, high, mark, participants)
    if not pack.holds(on):
        status, text = GrantStatus.UNCLEAR, OUT_OF_FORCE.filled(day=Day(on))
    elif status == GrantStatus.ESTIMATE:
        text = _estimate(pack, intentions)
    return Grant(
        status=status, eligible_low=eligible.low, eligible_high=eligible.high, low=low, high=high,
        mark=mark, text=text, pack=pack.key, source=pack.constants["rate_standard"].statement.reference,
    )  # fmt: skip


def grant_fact(grant: Grant | None) -> Fact:
    """What the rules are told of the grant: the middle of the range, as sure as the grant is."""
    if grant is None:
        return Fact(value=None)
    low, high = float(grant.low), float(grant.high)
    spread = None if low == high else (low, high)
    return Fact(value=(low + high) / 2, mark=grant.mark, spread=spread)


def _eligible(service: Service, intentions: Intentions, participants: int) -> CostRange:
    """The eligible cost: as given, else network manager and advisers over the years of the model."""
    if intentions.eligible_eur is not None:
        return CostRange(low=intentions.eligible_eur, high=intentions.eligible_eur)
    model = cost_model_of(intentions)
    years, yearly = Decimal(str(model["years"])), external_range(model, service, participants)
    return CostRange(low=years * yearly.low, high=years * yearly.high)


def _amounts(
    pack: RulePack, eligible: CostRange, intentions: Intentions, participants: int
) -> tuple[Decimal, Decimal, Mark]:
    rate_key = "rate_weak" if intentions.financially_weak else "rate_standard"
    rate, cap = intentions.confirmed_rate, intentions.confirmed_cap_eur
    marks = [Mark.VERIFIED if intentions.eligible_eur is not None else Mark.DERIVED]
    marks += [] if rate is not None else [pack.constants[rate_key].statement.mark]
    marks += [] if cap is not None else [pack.constants["cap_per_participant_eur"].statement.mark]
    publicity = _number(pack, "cap_publicity_eur") if intentions.publicity else Decimal(0)
    low, high = (
        grant_eur(
            amount,
            rate=_number(pack, rate_key) if rate is None else Decimal(str(rate)),
            participants=participants,
            cap=_number(pack, "cap_per_participant_eur") if cap is None else cap,
            publicity_cap=publicity,
        )
        for amount in (eligible.low, eligible.high)
    )
    return low, high, weakest(*marks)


def _number(pack: RulePack, key: str) -> Decimal:
    return Decimal(str(pack.constants[key].value))


def _judged(pack: RulePack, amount: Decimal, mark: Mark, participants: int) -> tuple[GrantStatus, Localised]:
    """What the rule says where it is in force; ``amount`` is the most the grant may be."""
    fewest, least = int(_number(pack, "min_participants")), _number(pack, "min_grant_eur")
    if participants < fewest:
        return GrantStatus.NOT_FUNDABLE, TOO_FEW.filled(count=participants, least=fewest)
    if not is_fundable(amount, least):
        return GrantStatus.NOT_FUNDABLE, TOO_SMALL.filled(amount=amount, least=least)
    return (GrantStatus.COMPUTED if mark == Mark.VERIFIED else GrantStatus.ESTIMATE), CONFIRMED


def _estimate(pack: RulePack, intentions: Intentions) -> Message:
    rate, cap = intentions.confirmed_rate, intentions.confirmed_cap_eur
    kept = "rate_weak" if intentions.financially_weak else "rate_standard"
    return ESTIMATED.filled(
        rate=_number(pack, kept) if rate is None else rate,
        cap=_number(pack, "cap_per_participant_eur") if cap is None else cap,
    )
