"""How a saved list of members is brought to another vintage, and what changed in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from geoplan.crosswalk.kinds import JOINED, Kind
from geoplan.crosswalk.values import Change
from geoplan.errors import GeoplanError


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What became of one member."""

    old_id: str
    old_name: str
    kind: str
    new: tuple[tuple[str, str], ...]
    """Ids and names of what stands in its place."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON writes it."""
        return {
            "id": self.old_id, "name": self.old_name, "kind": self.kind,
            "new": [{"id": unit_id, "name": name} for unit_id, name in self.new],
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """A list of members in the new vintage, with the difference; a member stands in one of the groups."""

    members: tuple[str, ...]
    """New ids in the order of the old list, each once."""
    kept: tuple[Step, ...]
    """Id and name are the same (its border may have moved), or the id was of the new vintage already."""
    renamed: tuple[Step, ...]
    """Another name or another key, for the same unit."""
    merged: tuple[Step, ...]
    """One with others now."""
    split: tuple[Step, ...]
    """Replaced by its parts."""
    gone: tuple[Step, ...]
    """Without a successor."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON writes it."""
        groups = {name: getattr(self, name) for name in ("kept", "renamed", "merged", "split", "gone")}
        return {
            "members": list(self.members),
            **{name: [step.to_dict() for step in steps] for name, steps in groups.items()},
        }


def migrated(
    member_ids: Sequence[str],
    step_of: Callable[[str], Step | None],
    unknown: Callable[[str], GeoplanError],
) -> Migration:
    """Migrate a list; see :meth:`geoplan.crosswalk.Crosswalk.migrate`.

    ``step_of`` tells what became of a member; where it gives ``None``, ``unknown`` is raised.
    """
    groups: dict[str, list[Step]] = {name: [] for name in ("kept", "renamed", "merged", "split", "gone")}
    members: list[str] = []
    for member in dict.fromkeys(member_ids):
        step = step_of(member)
        if step is None:
            raise unknown(member)
        groups[_group(step)].append(step)
        members += [unit_id for unit_id, _ in step.new]
    steps = {name: tuple(found) for name, found in groups.items()}
    return Migration(members=tuple(dict.fromkeys(members)), **steps)


def step_of_change(change: Change) -> Step:
    """A unit that was divided is replaced by its parts, any other by its main successor."""
    successors = change.successors if Kind.SPLIT in change.kinds else change.successors[:1]
    new = tuple((successor.id, successor.name) for successor in successors)
    return Step(old_id=change.id, old_name=change.name, kind=change.kind, new=new)


def step_of_kept(unit_id: str, name: str) -> Step:
    """A unit that stands as it is."""
    return Step(old_id=unit_id, old_name=name, kind=Kind.UNCHANGED.value, new=((unit_id, name),))


def _group(step: Step) -> str:
    kinds = step.kind.split(JOINED)
    if not step.new:
        return "gone"
    for kind, group in ((Kind.SPLIT, "split"), (Kind.MERGED, "merged")):
        if kind in kinds:
            return group
    return "kept" if step.new[0] == (step.old_id, step.old_name) else "renamed"
