"""Whether the candidate's level holds the task."""

import numpy as np

from geoplan.criteria.criterion import Criterion, Measure, same
from geoplan.criteria.view import View
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

    Half where nothing says otherwise: without a service, for an association, and outside Germany (the
    catalogue says who holds a task by German law).
    """
    service = view.service if view.atlas.provenance.country == "DE" else None
    is_county = view.atlas.units.level[view.candidates] == Level.COUNTY
    return same(np.where(is_county & (service is not None), _degree_of(service), OPEN))


def _degree_of(service: Service | None) -> float:
    return OPEN if service is None else _COUNTY_DEGREE[service.level]


def _explain_task_level(view: View, place: int, measure: Measure) -> Message:
    service = view.service
    if service is None or view.atlas.provenance.country != "DE":
        return Message("the level of the task is open")
    if view.atlas.units.level[view.candidates[place]] != Level.COUNTY:
        return Message("a shared administration may take the task on")
    return Message("{service}: {level}", service=service.label, level=service.level.label)


TASK_LEVEL = Criterion(
    key="task_level",
    label=Message("level of the task"),
    unit="share",
    measure=task_level,
    explain=_explain_task_level,
)
