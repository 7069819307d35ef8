"""How a saved list of members is brought to another vintage, and what changed in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geoplan.crosswalk.kinds import Kind
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
    changes: Mapping[str, Change],
    new_names: Mapping[str, str],
    unknown: Callable[[str], GeoplanError],
) -> Migration:
    """Migrate a list; see :meth:`geoplan.crosswalk.Crosswalk.migrate`."""
    groups: dict[str, list[Step]] = {name: [] for name in ("kept", "renamed", "merged", "split", "gone")}
    members: list[str] = []
    for member in dict.fromkeys(member_ids):
        if member in changes:
            step = _step(changes[member])
            group = _group(changes[member])
        elif member in new_names:
            step = Step(
                old_id=member, old_name=new_names[member], kind=Kind.UNCHANGED.value,
                new=((member, new_names[member]),),
            )  # fmt: skip
            group = "kept"
        else:
            raise unknown(member)
        groups[group].append(step)
        members += [unit_id for unit_id, _ in step.new]
    steps = {name: tuple(found) for name, found in groups.items()}
    return Migration(members=tuple(dict.fromkeys(members)), **steps)


def _step(change: Change) -> Step:
    successors = change.successors if Kind.SPLIT in change.kinds else change.successors[:1]
    new = tuple((successor.id, successor.name) for successor in successors)
    return Step(old_id=change.id, old_name=change.name, kind=change.kind, new=new)


def _group(change: Change) -> str:
    if change.main is None:
        return "gone"
    for kind, group in ((Kind.SPLIT, "split"), (Kind.MERGED, "merged")):
        if kind in change.kinds:
            return group
    same = (change.main.id, change.main.name) == (change.id, change.name)
    return "kept" if same else "renamed"
