"""What only the partners know, asked in words: which facts a plan is asked for, and the field of each."""

from collections.abc import Iterable

from geoplan.messages import Message
from geoplan.networks import Network
from geoplan.plans import Plan
from geoplan.rules.facts import FACTS, PER_CENT, FactKind
from geoplan.rules.stated import facts_asked_by
from geoplan_api.plan_pages import vocabulary
from geoplan_api.plan_pages.fields import Field, Kind


def fact_fields(names: Iterable[str]) -> tuple[Field, ...]:
    """The fields in which facts are stated, in the order of ``names``."""
    return tuple(_field(name) for name in names)


def facts_to_ask(plan: Plan, network: Network | None) -> tuple[str, ...]:
    """What the checks of the network ask for, all there is where they ask for nothing; and what is stated."""
    checks = () if network is None else network.checks
    asked = frozenset().union(*(facts_asked_by(check) for check in checks))
    if asked.isdisjoint(vocabulary.FACTS):
        asked = frozenset(vocabulary.FACTS)
    return (*(name for name in vocabulary.FACTS if name in asked or name in plan.facts),
            *(name for name in plan.facts if name not in vocabulary.FACTS))  # fmt: skip


def _field(name: str) -> Field:
    """Yes, no or open; or a number with its unit."""
    definition = FACTS.get(name)
    if definition is None or definition.question is None:
        # What rules asked for once is still to be seen, and to be taken out.
        return Field(name=name, label=Message("{value}", value=name))
    if definition.kind is FactKind.FLAG:
        return Field(name=name, label=definition.question, kind=Kind.CHOICE, choices=vocabulary.YES_NO)
    kind = Kind.PERCENT if definition.unit is PER_CENT else Kind.NUMBER
    return Field(name=name, label=definition.question, kind=kind, unit=definition.unit)
