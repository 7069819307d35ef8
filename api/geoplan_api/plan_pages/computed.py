"""What is computed of the network of a plan: how well it fits, how it stands, what it costs, in short."""

from collections import Counter
from dataclasses import dataclass

from geoplan.atlas import Atlas
from geoplan.errors import GeoplanError
from geoplan.messages import Message, format_number
from geoplan.networks import Intentions, Network, check_network
from geoplan.networks.fundable import funding_answer, programme_standing
from geoplan.networks.intentions import statable_facts, with_facts
from geoplan.plans import Plan
from geoplan.plans.origin import asking
from geoplan.rules import Group, group_of
from geoplan.rules.stated import facts_asked_by

LEAST_GROUP = 2
COUNTED = {
    Group.MET: Message("{count} met"),
    Group.UNCLEAR: Message("{count} open"),
    Group.MISSED: Message("{count} missed"),
    Group.HINT: Message("{count} hints"),
}
ONE_HINT = Message("1 hint")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The network of a plan in short, in the reader's language."""

    funding: str | None
    """Whether it is fundable; ``None`` where no programme is known for it."""
    figures: tuple[tuple[str, str], ...]
    """What is told, and how it stands."""
    open_facts: tuple[tuple[str, str], ...]
    """What is open that only the partners know: the requirement, and the fact that answers it."""
    stated: bool
    """Whether it rests on what the partners state, too."""


def network_of(plan: Plan, atlas: Atlas) -> Network | None:
    """The network of a plan, checked as its dossier has it; ``None`` where that cannot be (yet)."""
    found = computed_of(plan, atlas)
    return found if isinstance(found, Network) else None


def computed_of(plan: Plan, atlas: Atlas) -> Network | GeoplanError | None:
    """The network of a plan, or what keeps it from being computed.

    That is a unit that the dataset does not know, or a fact or weight of an earlier version. ``None`` where
    there are fewer than two members or no service field yet, so that there is nothing to compute.
    """
    members, service = plan.network.members, plan.network.service
    if len(members) < LEAST_GROUP or service is None:
        return None
    try:
        return check_network(
            atlas, members, service=service, intentions=with_facts(Intentions(), plan.facts),
            seeds=asking(plan), weights=plan.provenance.weights,
        )  # fmt: skip
    except GeoplanError as error:
        return error


def summary_of(plan: Plan, network: Network | None, lang: str) -> Summary | None:
    """The summary; ``None`` where there is no network to be computed."""
    if network is None:
        return None
    left, standing = network.cost.after_grant, programme_standing(network)
    years = next(one.value for one in network.cost.assumptions if one.key == "years")
    said = [
        (Message("Fit (0 to 1)"), "–" if network.score is None else format_number(network.score, 2, lang)),
        (Message("Connected area"), _area(network).text(lang)),
        (Message("Checks"), _checks(network, lang)),
        (
            Message("Cost over {years:n0} years", years=years),
            network.cost.total.text.text(lang),
        ),
    ]
    if left is not None and not (standing and standing.refused):
        said.append((Message("Left after the grant"), left.text.text(lang)))
    figures = tuple((label.text(lang), text) for label, text in said)
    return Summary(
        funding=funding_answer(network, lang), figures=figures, open_facts=_open_facts(plan, network, lang),
        stated=bool(plan.facts),
    )  # fmt: skip


def _area(network: Network) -> Message:
    if network.only_by is not None:
        return network.only_by
    pieces = len(network.components)
    return Message("yes") if pieces == 1 else Message("no, {count} pieces", count=pieces)


def _open_facts(plan: Plan, network: Network, lang: str) -> tuple[tuple[str, str], ...]:
    statable = statable_facts()
    return tuple(
        (check.label.text(lang), fact)
        for check in network.checks
        if group_of(check) is Group.UNCLEAR
        for fact in statable
        if fact in facts_asked_by(check) and fact not in plan.facts
    )


def _checks(network: Network, lang: str) -> str:
    groups = Counter(group_of(check) for check in network.checks)
    said = [
        ONE_HINT if group is Group.HINT and groups[group] == 1 else COUNTED[group].filled(count=groups[group])
        for group in COUNTED if groups[group]
    ]  # fmt: skip
    return " · ".join(one.text(lang) for one in said)
