"""A plan brought to another dataset: its members and participants there, with what is to be decided."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from geoplan.atlas import Atlas
from geoplan.crosswalk import Crosswalk, Migration, migrated
from geoplan.crosswalk.chain import (
    StepOf,
    Vintage,
    Way,
    chain_between,
    leading_to,
    step_along,
    way_of,
    ways_of,
)
from geoplan.errors import InvalidValueError, UnknownUnitError
from geoplan.messages import IsoDay, Message
from geoplan.plans.model import Participant, Plan
from geoplan.plans.origin import computed_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A plan before and after, and how its units have changed."""

    before: Plan
    plan: Plan
    """What is kept if it is accepted: of a divided unit all parts, without units that are gone or unknown."""
    units: Migration
    """Of members and participants."""
    unknown: tuple[str, ...]
    """Ids that neither dataset has."""
    shared: tuple[str, ...]
    """Ids of units that several participants stand for now: they are to be put together by hand."""

    @property
    def undecided(self) -> tuple[str, ...]:
        """Old ids of which nobody but the partners can say who stands in their place."""
        steps = (*self.units.split, *self.units.gone)
        return (*(step.old_id for step in steps), *self.unknown)

    def to_dict(self) -> dict[str, Any]:
        """The difference as JSON."""
        data = {"from": self.before.provenance, "to": self.plan.provenance}
        return {
            "id": self.plan.id,
            **{
                name: {"dataset": one.dataset, "vintage": one.vintage, "geoplan_version": one.geoplan_version}
                for name, one in data.items()
            },
            **self.units.to_dict(),
            "members": list(self.plan.network.members),
            "unknown": list(self.unknown), "shared": list(self.shared), "undecided": list(self.undecided),
        }  # fmt: skip


def transferred(plan: Plan, atlas: Atlas, *crosswalks: Crosswalk, kept: Sequence[Way] = ()) -> Transfer:
    """Bring ``plan`` to the dataset of ``atlas``, over the vintages in between where there is no other way.

    Parameters
    ----------
    crosswalks
        What became of the units, beside what the lineage of the dataset says.
    kept
        Ways between other datasets, that a chain may lead along.

    Raises
    ------
    InvalidValueError
        The plan is there already or does not say where it is, what became of its units is not known, or a
        crosswalk leads elsewhere.
    """
    step_of = _steps(plan, atlas, crosswalks, kept)
    named = [*plan.network.members, *(one.unit for one in plan.participants if one.unit is not None)]
    ids = list(dict.fromkeys(named))
    unknown = tuple(one for one in ids if step_of(one) is None)
    units = migrated([one for one in ids if one not in unknown], step_of, _unknown)
    members = migrated([one for one in plan.network.members if one not in unknown], step_of, _unknown).members
    participants = _participants(plan.participants, step_of)
    made = replace(plan, network=replace(plan.network, members=members), participants=participants)
    taken = [one.unit for one in participants if one.unit is not None]
    return Transfer(
        before=plan, plan=computed_on(made, atlas), units=units, unknown=unknown,
        shared=tuple(sorted({one for one in taken if taken.count(one) > 1})),
    )  # fmt: skip


def _steps(plan: Plan, atlas: Atlas, crosswalks: Sequence[Crosswalk], kept: Sequence[Way]) -> StepOf:
    made, data = plan.provenance, atlas.provenance
    if made.dataset is None or made.vintage is None:
        message = Message("The plan {id} does not say which dataset it was made with.", id=plan.id)
        raise InvalidValueError(message, value=plan.id)
    old, here = (made.dataset, made.vintage), (data.dataset, data.vintage)
    if old == here:
        message = Message(
            "The plan {id} is made with {dataset}, territorial status {vintage}, already.",
            id=plan.id, dataset=data.dataset, vintage=IsoDay(data.vintage),
        )  # fmt: skip
        raise InvalidValueError(message, value=plan.id)

    def name_of(unit_id: str) -> str | None:
        known = atlas.units.get(unit_id)
        return None if known is None else known.name

    given = [way_of(one) for one in crosswalks]
    ways = [*given, *ways_of(atlas.lineage, here, name_of), *kept]
    chain = chain_between(ways, old, here)
    for way in given:
        if way not in chain:
            raise _leads_elsewhere(way, old, here)
    if not chain:
        raise _no_way(ways, old, here)
    return lambda unit_id: step_along(chain, unit_id)


def _leads_elsewhere(way: Way, old: Vintage, here: Vintage) -> InvalidValueError:
    found, wanted = (" → ".join(" ".join(end) for end in pair) for pair in ((way.old, way.new), (old, here)))
    message = Message("The lineage leads {value}; {wanted} is needed.", value=found, wanted=wanted)
    return InvalidValueError(message, value=found, nearest=[wanted])


def _no_way(ways: Sequence[Way], old: Vintage, here: Vintage) -> InvalidValueError:
    """What is missing: the step from ``old`` to one of those from which the rest is known."""
    near = [" ".join(one) for one in leading_to(ways, here)]
    told = {"dataset": here[0], "vintage": IsoDay(here[1]), "value": " ".join(old)}
    message = Message(
        "{dataset}, territorial status {vintage}, knows nothing of {value}. --lineage names the older"
        " dataset or a file of “geoplan data crosswalk”.",
        **told,
    )
    if near:
        message = Message(
            "From {value} nothing leads to {dataset}, territorial status {vintage}. What is missing is the"
            " step from it to one of these: {known}. “geoplan data crosswalk OLD NEW --save” keeps it beside"
            " the newer dataset, --lineage names its file.",
            **told, known=", ".join([" ".join(here), *near][:5]),
        )  # fmt: skip
    return InvalidValueError(message, value=" ".join(old))


def _unknown(unit_id: str) -> UnknownUnitError:
    return UnknownUnitError(Message("There is no unit “{value}”.", value=unit_id), value=unit_id)


def _participants(before: Sequence[Participant], step_of: StepOf) -> tuple[Participant, ...]:
    """Each on its main successor; the further parts of a divided unit take part too, as yet undecided."""
    after = [_participant(one, step_of) for one in before]
    taken = {one.unit for one in after}
    for one in before:
        step = None if one.unit is None else step_of(one.unit)
        for unit_id, name in () if step is None else step.new[1:]:
            if unit_id not in taken:
                taken.add(unit_id)
                after.append(Participant(name=name, unit=unit_id))
    return tuple(after)


def _participant(one: Participant, step_of: StepOf) -> Participant:
    if one.unit is None:
        return one
    step = step_of(one.unit)
    if step is None or not step.new:  # who it was stays to be read
        return replace(one, unit=None)
    unit_id, name = step.new[0]
    return replace(one, unit=unit_id, name=name if one.name == step.old_name else one.name)
