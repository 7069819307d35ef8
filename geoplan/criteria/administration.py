"""What is administered together already: association, county, government region, state."""

import numpy as np

from geoplan.criteria.criterion import Criterion, Measure, same
from geoplan.criteria.view import View
from geoplan.messages import Message
from geoplan.units import Level


def same_county(view: View) -> Measure:
    """Share of those on board that are in the candidate's county. Unit: share."""
    return same(view.shared_parent(Level.COUNTY))


def same_association(view: View) -> Measure:
    """Share of those on board that are in the candidate's association: a shared administration. Unit: share.

    Unknown (left out) where nobody concerned is in an association.
    """
    return same(view.shared_parent(Level.ASSOCIATION))


def same_state(view: View) -> Measure:
    """Share of those on board that are in the candidate's state. Unit: share.

    Municipal law is state law; a border between states makes public-law forms depend on a treaty.
    """
    return same(view.shared_parent(Level.STATE))


def same_government_region(view: View) -> Measure:
    """Share of those on board in the candidate's government region. Unit: share.

    Unknown in states that have none.
    """
    return same(view.shared_parent(Level.GOVERNMENT_REGION))


def _explain_county(view: View, place: int, measure: Measure) -> Message:
    return _explain_parent(view, place, measure, Level.COUNTY)


def _explain_association(view: View, place: int, measure: Measure) -> Message:
    return _explain_parent(view, place, measure, Level.ASSOCIATION)


def _explain_state(view: View, place: int, measure: Measure) -> Message:
    return _explain_parent(view, place, measure, Level.STATE)


def _explain_government_region(view: View, place: int, measure: Measure) -> Message:
    return _explain_parent(view, place, measure, Level.GOVERNMENT_REGION)


_TOGETHER = {
    Level.COUNTY: Message("both in {parent}"),
    Level.ASSOCIATION: Message("shared administration in {parent}"),
    Level.STATE: Message("both in {parent}"),
    Level.GOVERNMENT_REGION: Message("both in government region {parent}"),
}
_APART = {
    Level.COUNTY: Message("in another county: {parent}"),
    Level.ASSOCIATION: Message("no shared administration"),
    Level.STATE: Message("in another state: {parent}"),
    Level.GOVERNMENT_REGION: Message("in another government region: {parent}"),
}


def _explain_parent(view: View, place: int, measure: Measure, level: Level) -> Message:
    row = view.atlas.hierarchy.parent_of(int(view.candidates[place]), level)
    parent = "" if row is None else view.designated(row)
    share = float(measure.value[place])
    if share == 0:
        return _APART[level].filled(parent=parent)
    if share == 1:
        return _TOGETHER[level].filled(parent=parent)
    count = int(np.rint(share * len(view.group)))
    return Message(
        "{count} of {all} on board are in {parent} too", count=count, all=len(view.group), parent=parent
    )


SAME_COUNTY = Criterion(
    key="same_county",
    label=Message("same county"),
    unit="share",
    measure=same_county,
    explain=_explain_county,
)
SAME_ASSOCIATION = Criterion(
    key="same_association", label=Message("same association"), unit="share",
    measure=same_association, explain=_explain_association,
)  # fmt: skip
SAME_STATE = Criterion(
    key="same_state", label=Message("same state"), unit="share", measure=same_state, explain=_explain_state
)
SAME_GOVERNMENT_REGION = Criterion(
    key="same_government_region", label=Message("same government region"), unit="share",
    measure=same_government_region, explain=_explain_government_region,
)  # fmt: skip
