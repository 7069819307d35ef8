"""Whether the candidate's level holds the task."""

import numpy as np

from geoplan.criteria.criterion import Criterion, Measure, same
from geoplan.criteria.view import View
from geoplan.evidence import Mark
from geoplan.messages import Message
from geoplan.services.service import Service, TaskLevel
from geoplan.units import Level

OPEN = 0.5
_COUNTY_DEGREE = {
    TaskLevel.COUNTY: 1.0,
    TaskLevel.BOTH: 0.75,
    TaskLevel.LAND_SPECIFIC: 0.5,
    TaskLevel.MUNICIPALITY: 0.25,
}
"""How naturally a county coordinates a task by the level that holds it; even a task of the municipalities
can be coordinated by the county (Klimaschutzkoordination), hence not 0."""


def task_level(view: View) -> Measure:
    """How naturally a candidate county or association coordinates the service. Unit: share.

    Where the states decide who holds it, as the candidate's state does, if that was read at its source. Half
    where nothing says otherwise: without a service, for an association, and outside Germany (the catalogue
    says who holds a task by German law).
    """
    service = view.service if view.atlas.provenance.country == "DE" else None
    if service is None:
        return same(np.full(len(view.candidates), OPEN))
    degree = [
        _COUNTY_DEGREE[_level_of(view, service, row)] if view.atlas.units.level[row] == Level.COUNTY else OPEN
        for row in view.candidates.tolist()
    ]
    return same(np.array(degree, dtype=float))


def _level_of(view: View, service: Service, row: int) -> TaskLevel:
    """Which level holds the task where a candidate lies."""
    state = view.atlas.hierarchy.parent_of(row, Level.STATE)
    task = service.task_in([] if state is None else [view.atlas.units.ids[state]])
    # What was not read of a state decides nothing; what is said in general stands as it always did.
    unsure = task.statement.mark in (Mark.UNVERIFIED, Mark.CONFLICT)
    return TaskLevel.LAND_SPECIFIC if unsure and task.level != service.level else task.level


def _explain_task_level(view: View, place: int, measure: Measure) -> Message:
    service, row = view.service, int(view.candidates[place])
    if service is None or view.atlas.provenance.country != "DE":
        return Message("the level of the task is open")
    if view.atlas.units.level[row] != Level.COUNTY:
        return Message("a shared administration may take the task on")
    return Message("{service}: {level}", service=service.label, level=_level_of(view, service, row).label)


TASK_LEVEL = Criterion(
    key="task_level",
    label=Message("level of the task"),
    unit="share",
    measure=task_level,
    explain=_explain_task_level,
)
