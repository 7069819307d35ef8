"""From one vintage to a later one over those in between: steps of several crosswalks, one after the other."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from geoplan.crosswalk.crosswalk import Crosswalk
from geoplan.crosswalk.kinds import JOINED, Kind
from geoplan.crosswalk.lineage import Lineage
from geoplan.crosswalk.migration import Step, step_of_kept

Vintage = tuple[str, str]
"""A dataset and its territorial status."""
StepOf = Callable[[str], Step | None]
UNNAMED = ""
"""What a lineage says of the name of a unit that is what it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What became of the units of one vintage in another."""

    old: Vintage
    new: Vintage
    step_of: StepOf
    """By the id of an old unit; ``None`` where neither has it."""


def way_of(crosswalk: Crosswalk) -> Way:
    """The way of a crosswalk."""
    old, new = crosswalk.old, crosswalk.new
    return Way(old=(old.dataset, old.vintage), new=(new.dataset, new.vintage), step_of=crosswalk.step)


def ways_of(
    lineage: Lineage, new: Vintage, name_of: Callable[[str], str | None] = lambda _id: UNNAMED
) -> list[Way]:
    """The ways of a lineage that is kept beside the dataset ``new``, the youngest first.

    Parameters
    ----------
    name_of
        The name of a unit of that dataset, ``None`` where it has none of this id. A lineage holds only units
        that are not what they were, so of any other nothing is known without it.
    """
    olds = sorted({(one.dataset, one.vintage_from) for one in lineage.ancestors}, key=lambda old: old[::-1])
    return [Way(old=old, new=new, step_of=_by_lineage(lineage, old, name_of)) for old in reversed(olds)]


def _by_lineage(lineage: Lineage, old: Vintage, name_of: Callable[[str], str | None]) -> StepOf:
    steps = lineage.steps(*old)

    def step_of(unit_id: str) -> Step | None:
        if unit_id in steps:
            return steps[unit_id]
        name = name_of(unit_id)
        return None if name is None else step_of_kept(unit_id, name)

    return step_of


def chain_between(ways: Iterable[Way], old: Vintage, new: Vintage) -> list[Way]:
    """The fewest ways that lead from ``old`` to ``new``, of equally many the first; empty where none do."""
    leading: dict[Vintage, list[Way]] = {old: []}
    ends, known = [old], list(ways)
    while ends and new not in leading:
        found: dict[Vintage, list[Way]] = {}
        for end in ends:
            for way in known:
                if way.old == end and way.new not in leading:
                    found.setdefault(way.new, [*leading[end], way])
        leading |= found
        ends = list(found)
    return leading.get(new, [])


def leading_to(ways: Sequence[Way], new: Vintage) -> list[Vintage]:
    """The vintages from which ways lead to ``new``, the nearest first."""
    olds = dict.fromkeys(way.old for way in ways if way.old != new)
    chains = {old: len(chain_between(ways, old, new)) for old in olds}
    return sorted((old for old, length in chains.items() if length), key=lambda old: (chains[old], old))


def step_along(chain: Sequence[Way], unit_id: str) -> Step | None:
    """What stands in the place of a unit at the end of a chain; ``None`` where its trace is lost."""
    step = chain[0].step_of(unit_id)
    for way in chain[1:]:
        step = None if step is None else _then(step, way.step_of)
    return step


def _then(step: Step, step_of: StepOf) -> Step | None:
    following = [step_of(unit_id) for unit_id, _ in step.new]
    found = [one for one in following if one is not None]
    if len(found) < len(following):
        return None
    kinds = dict.fromkeys(kind for one in (step, *found) for kind in one.kind.split(JOINED))
    kinds.pop(Kind.UNCHANGED.value, None)
    return Step(
        old_id=step.old_id, old_name=step.old_name or (found[0].old_name if found else UNNAMED),
        kind=JOINED.join(kinds) or Kind.UNCHANGED.value,
        new=tuple(dict.fromkeys(unit for one in found for unit in one.new)),
    )  # fmt: skip
