"""Who belongs to whom already: a county and its municipalities, metropolitan regions and their counties."""

import numpy as np

from geoplan.atlas import Atlas
from geoplan.criteria.criterion import Criterion, Measure, same
from geoplan.criteria.view import View
from geoplan.messages import Message
from geoplan.units import Level

ENOUGH_SHARED_MEMBERS = 2


def belongs_to(view: View) -> Measure:
    """Share of those on board that belong to the candidate, or that the candidate belongs to. Unit: share.

    Membership as the hierarchy has it: association, county, government region, state, metropolitan region.
    """
    share = [
        np.mean(
            [
                _holds(view.atlas, row, member) or _holds(view.atlas, member, row)
                for member in view.group.tolist()
            ]
        )
        for row in view.candidates.tolist()
    ]
    return same(np.array(share, dtype=float))


def _holds(atlas: Atlas, parent: int, child: int) -> bool:
    level = atlas.units.level[parent]
    if level == Level.METROPOLITAN_REGION:
        return bool(np.isin(_county(atlas, child), atlas.regions.members[parent]))
    return bool(atlas.hierarchy.holds(parent, np.array([child]))[0])


def _county(atlas: Atlas, row: int) -> int:
    """The county that a unit is or belongs to; -1 where it has none."""
    is_county = atlas.units.level[row] == Level.COUNTY
    return row if is_county else int(atlas.hierarchy.parent[Level.COUNTY][row])


def _explain_belongs_to(view: View, place: int, measure: Measure) -> Message:
    if len(view.group) > 1:
        return Message("{share:p0} of those on board belong to it", share=float(measure.value[place]))
    parent, child = int(view.candidates[place]), view.asking
    if not _holds(view.atlas, parent, child):
        parent, child = child, parent
    return Message(
        "{child} belongs to {parent}", child=view.designated(child), parent=view.designated(parent)
    )


def shared_region(view: View) -> Measure:
    """Share of those on board that are in a metropolitan region with the candidate county. Unit: share."""
    regions = view.atlas.regions
    own = [set(regions.regions_of(row)) for row in [_county(view.atlas, row) for row in view.group.tolist()]]
    share = np.array([
        np.mean([bool(theirs & mine) for mine in own])
        for theirs in (set(regions.regions_of(row)) for row in view.candidates.tolist())
    ])  # fmt: skip
    return same(share)


def _explain_shared_region(view: View, place: int, measure: Measure) -> Message:
    if not measure.value[place]:
        return Message("not in the same metropolitan region")
    regions = view.atlas.regions
    theirs = set(regions.regions_of(int(view.candidates[place])))
    mine = set().union(
        *(regions.regions_of(row) for row in [_county(view.atlas, row) for row in view.group.tolist()])
    )
    names = sorted(view.atlas.units.names[row] for row in theirs & mine)
    return Message("both in {names}", names=", ".join(names))


def shared_members(view: View) -> Measure:
    """Counties that are members of both metropolitan regions: ``degree = min(1, count / 2)``. Unit: count."""
    members = view.atlas.regions.members
    own = np.unique(np.concatenate([members[row] for row in view.group.tolist()]))
    count = np.array([np.isin(members[row], own).sum() for row in view.candidates.tolist()], dtype=float)
    return Measure(value=count, degree=np.minimum(1.0, count / ENOUGH_SHARED_MEMBERS))


def _explain_shared_members(view: View, place: int, measure: Measure) -> Message:
    members = view.atlas.regions.members
    shared = np.intersect1d(members[view.asking], members[int(view.candidates[place])])
    if not len(shared):
        return Message("no county is a member of both")
    names = sorted(view.atlas.units.title(row) for row in shared.tolist())
    return Message("members of both: {names}", names=", ".join(names))


BELONGS_TO = Criterion(
    key="belongs_to", label=Message("belongs together"), unit="share",
    measure=belongs_to, explain=_explain_belongs_to,
)  # fmt: skip
SHARED_REGION = Criterion(
    key="shared_region", label=Message("same metropolitan region"), unit="share",
    measure=shared_region, explain=_explain_shared_region,
)  # fmt: skip
SHARED_MEMBERS = Criterion(
    key="shared_members", label=Message("common members"), unit="count",
    measure=shared_members, explain=_explain_shared_members,
)  # fmt: skip
