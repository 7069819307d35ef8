"""Whether the candidate's level holds the task."""

import numpy as np

from geoplan.criteria.criterion import Criterion, Measure, same
from geoplan.criteria.view import View
from geoplan.messages import Message
from geoplan.services.service import TaskLevel
from geoplan.units import Level

_COUNTY_DEGREE = {
    TaskLevel.COUNTY: 1.0,
    TaskLevel.BOTH: 0.75,
    TaskLevel.LAND_SPECIFIC: 0.5,
    TaskLevel.MUNICIPALITY: 0.25,
}
"""How naturally a county coordinates a task by the level that holds it; even a task of the municipalities
can be coordinated by the county (Klimaschutzkoordination), hence not 0."""


def task_level(view: View) -> Measure:
    """How naturally a candidate county coordinates the service. Unit: share.

    Unknown without a service, for candidates that are no county, and outside Germany: the catalogue says
    who holds a task by German law.
    """
    service = view.service if view.atlas.provenance.country == "DE" else None
    is_county = view.atlas.units.level[view.candidates] == Level.COUNTY
    return same(np.where(is_county, np.nan if service is None else _COUNTY_DEGREE[service.level], np.nan))


def _explain_task_level(view: View, place: int, measure: Measure) -> Message:
    service = view.service
    if service is None:
        return Message("no service chosen")
    return Message("{service}: {level}", service=service.label, level=service.level.label)


TASK_LEVEL = Criterion(
    key="task_level",
    label=Message("level of the task"),
    unit="share",
    measure=task_level,
    explain=_explain_task_level,
)
