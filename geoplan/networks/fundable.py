"""Is it fundable? One answer from how the rules of the programme stand, never more sure than they are."""

from dataclasses import dataclass

from geoplan.messages import Localised, Message
from geoplan.networks.grant import Grant, GrantStatus
from geoplan.networks.network import Network
from geoplan.rules import Check, RuleKind, Status, load_packs

CLOSED = Message("{programme}: {reason}")
AGAINST = Message("Not fundable as it stands ({programme}): {reasons}")
OPEN = Message("As it stands, nothing rules out funding ({programme}). To be proven before applying: {open}.")
MET = Message("Fundable as it stands ({programme}): all requirements that were checked are met.")
PROVISIONAL = Message("Provisional: {reason}")
AGAINST_SHORT = Message("As it stands not fundable ({programme}).")
OPEN_SHORT = Message(
    "As it stands nothing speaks against funding ({programme}); requirements to be proven: {count}."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeStanding:
    """How the requirements of the programme of a network stand."""

    grant: Grant
    programme: Localised
    missed: list[Check]
    unclear: list[Check]

    @property
    def refused(self) -> bool:
        """Whether the network would get nothing as it stands."""
        return bool(self.missed) or self.grant.status == GrantStatus.NOT_FUNDABLE


def funding_answer(network: Network, lang: str) -> str | None:
    """Whether the programme would fund the network; ``None`` where no programme is known for it."""
    standing = programme_standing(network)
    if standing is None:
        return None
    grant, programme = standing.grant, standing.programme
    if grant.status == GrantStatus.UNCLEAR:
        return CLOSED.filled(programme=programme, reason=grant.text).text(lang)
    if standing.refused:
        reasons = " ".join(one.text.text(lang) for one in standing.missed) or grant.text.text(lang)
        return AGAINST.filled(programme=programme, reasons=reasons).text(lang)
    labels = "; ".join(one.label.text(lang) for one in standing.unclear)
    said = OPEN.filled(programme=programme, open=labels) if labels else MET.filled(programme=programme)
    provisional = [PROVISIONAL.filled(reason=grant.text)] if grant.status == GrantStatus.ESTIMATE else []
    return " ".join(one.text(lang) for one in (said, *provisional))


def funding_in_short(network: Network) -> Message | None:
    """That answer without its reasons; ``None`` where no programme is known for it."""
    standing = programme_standing(network)
    if standing is None:
        return None
    if standing.grant.status == GrantStatus.UNCLEAR:
        return CLOSED.filled(programme=standing.programme, reason=standing.grant.text)
    if standing.refused:
        return AGAINST_SHORT.filled(programme=standing.programme)
    if standing.unclear:
        return OPEN_SHORT.filled(programme=standing.programme, count=len(standing.unclear))
    return MET.filled(programme=standing.programme)


def programme_standing(network: Network) -> ProgrammeStanding | None:
    """The standing; ``None`` where no programme is known for the network."""
    grant = network.cost.grant
    if grant is None:
        return None
    asked = [one for one in network.checks if one.pack == grant.pack and one.kind == RuleKind.REQUIREMENT]
    return ProgrammeStanding(
        grant=grant, programme=load_packs()[grant.pack].label,
        missed=[one for one in asked if one.status == Status.MISSED],
        unclear=[one for one in asked if one.status == Status.UNCLEAR],
    )  # fmt: skip
