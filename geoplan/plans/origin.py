"""What a plan is computed with, and for whom: the atlas it was made on says so, not whoever sends it."""

from dataclasses import replace
from importlib.metadata import version

from geoplan.atlas import Atlas
from geoplan.networks.vertical import counties_with_own
from geoplan.plans.model import Participant, ParticipantRole, Plan, PlannedNetwork, PlanProvenance
from geoplan.plans.series import keyed
from geoplan.units import AdministrativeUnit, titles_beside


def asking(plan: Plan) -> tuple[str, ...]:
    """Ids of the members that ask the others: those that lead; where none does yet, the first one."""
    members = plan.network.members
    leading = (one.unit for one in plan.participants if one.role is ParticipantRole.LEAD)
    return tuple(one for one in leading if one is not None and one in members) or members[:1]


def begun(plan: Plan, atlas: Atlas) -> Plan:
    """A new plan on ``atlas``; where it names no participants, its members are them.

    Which role each has, the partners choose. Only a county among its own municipalities is proposed for one.

    Raises
    ------
    UnknownUnitError, AmbiguousUnitError
        A member or participant is no unit of the atlas, or several.
    """
    made = replace(computed_on(plan, atlas), meetings=keyed(plan))
    if made.participants:
        return made
    return replace(made, participants=_members(made.network, atlas))


def joined(plan: Plan, before: Plan, atlas: Atlas) -> Plan:
    """The plan with those as participants, too, who are members of it and were none in ``before``.

    Who takes part already stays as they are, and so does who was a member: that is for the partners to say.
    """
    there = {*before.network.members, *(one.unit for one in plan.participants)}
    if there.issuperset(plan.network.members):
        return plan
    new = tuple(one for one in _members(plan.network, atlas) if one.unit not in there)
    return replace(plan, participants=(*plan.participants, *new))


def carried_on(plan: Plan, before: Plan, atlas: Atlas) -> Plan:
    """The next version of the plan ``before``: on ``atlas`` where its units, service or weights are others.

    Else it stays what it was computed with, whatever dataset is in use today. Errors as in :func:`begun`.
    """
    plan = replace(plan, meetings=keyed(plan, before))
    if _basis(plan) == _basis(before):
        named = tuple(_named(one, atlas.units.get(one.unit or "")) for one in plan.participants)
        return replace(plan, participants=named, provenance=before.provenance)
    return computed_on(plan, atlas)


def computed_on(plan: Plan, atlas: Atlas) -> Plan:
    """``plan`` with the ids and the provenance of ``atlas``; its weights stay. Errors as in :func:`begun`."""
    data, network = atlas.provenance, plan.network
    return replace(
        plan,
        network=replace(network, members=tuple(atlas.unit(one).id for one in network.members)),
        participants=tuple(
            one if one.unit is None else _on(one, atlas.unit(one.unit)) for one in plan.participants
        ),
        provenance=PlanProvenance(
            dataset=data.dataset, vintage=data.vintage, weights=plan.provenance.weights,
            geoplan_version=version("geoplan"),
        ),
    )  # fmt: skip


def _members(network: PlannedNetwork, atlas: Atlas) -> tuple[Participant, ...]:
    """The members as participants, whose roles are open but for what is proposed to counties."""
    units = [atlas.unit(member) for member in network.members]
    above, title = counties_with_own(units), titles_beside(units)
    return tuple(
        Participant(
            name=title(unit),
            unit=unit.id,
            role=ParticipantRole.PROPOSED_COORDINATOR if unit in above else ParticipantRole.OPEN,
        )
        for unit in units
    )


def _on(one: Participant, unit: AdministrativeUnit) -> Participant:
    return replace(_named(one, unit), unit=unit.id)


def _named(one: Participant, unit: AdministrativeUnit | None) -> Participant:
    """A county that has its bare name, as plans of earlier versions wrote it, tells that it is one."""
    return one if unit is None or one.name != unit.name else replace(one, name=unit.title)


def _basis(plan: Plan) -> tuple[PlannedNetwork, dict[str, float] | None, tuple[str | None, ...]]:
    return plan.network, plan.provenance.weights, tuple(one.unit for one in plan.participants)
