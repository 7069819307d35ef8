"""Is it fundable? One answer from how the rules of the programme stand, never more sure than they are."""

from collections.abc import Iterable

from geoplan.messages import Message
from geoplan.networks.grant import GrantStatus
from geoplan.networks.network import Network
from geoplan.rules import Check, RuleKind, Status, load_packs

CLOSED = Message("{programme}: {reason}")
AGAINST = Message("Not fundable as it stands ({programme}): {reasons}")
OPEN = Message("As it stands, nothing rules out funding ({programme}). To be proven before applying: {open}.")
MET = Message("Fundable as it stands ({programme}): all requirements that were checked are met.")
PROVISIONAL = Message("Provisional: {reason}")


def funding_answer(network: Network, lang: str) -> str | None:
    """Whether the programme would fund the network; ``None`` where no programme is known for it."""
    grant = network.cost.grant
    if grant is None:
        return None
    programme = load_packs()[grant.pack].label
    asked = [one for one in network.checks if one.pack == grant.pack and one.kind == RuleKind.REQUIREMENT]
    missed, unclear = (_standing(asked, status) for status in (Status.MISSED, Status.UNCLEAR))
    if grant.status == GrantStatus.UNCLEAR:
        return CLOSED.filled(programme=programme, reason=grant.text).text(lang)
    if missed or grant.status == GrantStatus.NOT_FUNDABLE:
        reasons = " ".join(one.text.text(lang) for one in missed) or grant.text.text(lang)
        return AGAINST.filled(programme=programme, reasons=reasons).text(lang)
    labels = "; ".join(one.label.text(lang) for one in unclear)
    said = OPEN.filled(programme=programme, open=labels) if unclear else MET.filled(programme=programme)
    provisional = [PROVISIONAL.filled(reason=grant.text)] if grant.status == GrantStatus.ESTIMATE else []
    return " ".join(one.text(lang) for one in (said, *provisional))


def _standing(checks: Iterable[Check], status: Status) -> list[Check]:
    return [one for one in checks if one.status == status]
