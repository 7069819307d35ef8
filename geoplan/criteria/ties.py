"""Who works together already: in other fields, and through common partners."""

import numpy as np

from geoplan.criteria.criterion import Criterion, Measure
from geoplan.criteria.view import View
from geoplan.messages import Message

ENOUGH_TIES = 3
"""From three common cooperations on, another adds nothing."""


def _partners(view: View, unit_id: str) -> set[str]:
    return set(view.atlas.register.partners_of(unit_id))


def prior_cooperation(view: View) -> Measure:
    """Cooperations that the candidate and those on board share already, in any field.

    ``degree = min(1, mean count / 3)``. Unit: count (mean over those on board). Unknown where the
    register is empty. Source: multiplexity of ties (Andrew, Kendra: law enforcement in Orlando).
    """
    register, ids = view.atlas.register, view.atlas.units.ids
    if not register.cooperations:
        return _unknown(view)
    count = np.array([
        np.mean([len(register.shared(ids[member], ids[row])) for member in view.group.tolist()])
        for row in view.candidates.tolist()
    ])  # fmt: skip
    return Measure(value=count, degree=np.minimum(1.0, count / ENOUGH_TIES))


def common_partners(view: View) -> Measure:
    """Partners that the candidate and those on board have in common (triadic closure).

    ``degree = min(1, count / 3)``. Unit: count. Unknown where the register is empty. Source: Lee 2016
    (municipalities prefer closed triads).
    """
    if not view.atlas.register.cooperations:
        return _unknown(view)
    ids = view.atlas.units.ids
    own: set[str] = set().union(*(_partners(view, ids[member]) for member in view.group.tolist()))
    own -= {ids[member] for member in view.group.tolist()}
    count = np.array([len(own & _partners(view, ids[row])) for row in view.candidates.tolist()], dtype=float)
    return Measure(value=count, degree=np.minimum(1.0, count / ENOUGH_TIES))


def _unknown(view: View) -> Measure:
    nothing = np.full(len(view.candidates), np.nan)
    return Measure(value=nothing, degree=nothing)


def _explain_prior(view: View, place: int, measure: Measure) -> Message:
    ids = view.atlas.units.ids
    shared = view.atlas.register.shared(ids[view.asking], ids[int(view.candidates[place])])
    if not measure.value[place]:
        return Message("no cooperation so far in the register")
    if not shared:
        return Message("works with others on board already")
    return Message("works together already: {names}", names=", ".join(sorted(one.name for one in shared)))


def _explain_common(view: View, place: int, measure: Measure) -> Message:
    count = int(measure.value[place])
    return (
        Message("{count} common partners in other cooperations", count=count)
        if count
        else Message("no common partners")
    )


PRIOR_COOPERATION = Criterion(
    key="prior_cooperation", label=Message("works together already"), unit="count",
    measure=prior_cooperation, explain=_explain_prior,
)  # fmt: skip
COMMON_PARTNERS = Criterion(
    key="common_partners", label=Message("common partners"), unit="count",
    measure=common_partners, explain=_explain_common,
)  # fmt: skip
