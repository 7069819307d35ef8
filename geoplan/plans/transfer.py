"""A plan brought to another dataset: its members and participants there, with what is to be decided."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geoplan.atlas import Atlas
from geoplan.crosswalk import Crosswalk, Migration, Step, migrated, step_of_kept
from geoplan.errors import InvalidValueError, UnknownUnitError
from geoplan.messages import Message
from geoplan.plans.model import Participant, ParticipantRole, Plan
from geoplan.plans.origin import computed_on
from geoplan.provenance import Provenance

StepOf = Callable[[str], Step | None]


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


def transferred(plan: Plan, atlas: Atlas, crosswalk: Crosswalk | None = None) -> Transfer:
    """Bring ``plan`` to the dataset of ``atlas``.

    Parameters
    ----------
    crosswalk
        From the dataset of the plan to that of the atlas; by default the lineage that the dataset has.

    Raises
    ------
    InvalidValueError
        The plan is there already or does not say where it is, or what became of its units is not known.
    """
    step_of = _steps(plan, atlas, crosswalk)
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


def _steps(plan: Plan, atlas: Atlas, crosswalk: Crosswalk | None) -> StepOf:
    made, here = plan.provenance, atlas.provenance
    if made.dataset is None or made.vintage is None:
        message = Message("The plan {id} does not say which dataset it was made with.", id=plan.id)
        raise InvalidValueError(message, value=plan.id)
    if (made.dataset, made.vintage) == (here.dataset, here.vintage):
        message = Message(
            "The plan {id} is made with {dataset}, territorial status {vintage}, already.",
            id=plan.id, dataset=here.dataset, vintage=here.vintage,
        )  # fmt: skip
        raise InvalidValueError(message, value=plan.id)
    if crosswalk is not None:
        _check_ends(crosswalk, made.dataset, made.vintage, here)
        return crosswalk.step
    steps = atlas.lineage.steps(made.dataset, made.vintage)
    if not steps:
        message = Message(
            "{dataset}, territorial status {vintage}, knows nothing of {value}. --lineage names the older"
            " dataset or a file of “geoplan data crosswalk”.",
            dataset=here.dataset, vintage=here.vintage, value=f"{made.dataset} {made.vintage}",
        )  # fmt: skip
        raise InvalidValueError(message, value=f"{made.dataset} {made.vintage}")

    def step_of(unit_id: str) -> Step | None:
        if unit_id in steps:
            return steps[unit_id]
        known = atlas.units.get(unit_id)
        return None if known is None else step_of_kept(unit_id, known.name)

    return step_of


def _check_ends(crosswalk: Crosswalk, dataset: str, vintage: str, here: Provenance) -> None:
    ends = (crosswalk.old.dataset, crosswalk.old.vintage), (crosswalk.new.dataset, crosswalk.new.vintage)
    if ends != ((dataset, vintage), (here.dataset, here.vintage)):
        found, wanted = (
            " → ".join(" ".join(end) for end in pair)
            for pair in (ends, ((dataset, vintage), (here.dataset, here.vintage)))
        )
        message = Message("The lineage leads {value}; {wanted} is needed.", value=found, wanted=wanted)
        raise InvalidValueError(message, value=found, nearest=[wanted])


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
                after.append(Participant(name=name, unit=unit_id, role=ParticipantRole.MEMBER))
    return tuple(after)


def _participant(one: Participant, step_of: StepOf) -> Participant:
    if one.unit is None:
        return one
    step = step_of(one.unit)
    if step is None or not step.new:  # who it was stays to be read
        return replace(one, unit=None)
    unit_id, name = step.new[0]
    return replace(one, unit=unit_id, name=name if one.name == step.old_name else one.name)
