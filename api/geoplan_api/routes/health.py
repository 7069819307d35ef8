"""Is the server alive, and can it answer?"""

from importlib.metadata import version

from fastapi import APIRouter, Request

from geoplan.messages import Message
from geoplan_api.dependencies import AtlasDep
from geoplan_api.problems import NotReadyError
from geoplan_api.schemas import Health, Readiness
from geoplan_api.shared_store import shared_store

router = APIRouter(prefix="/health", tags=["operation"])


@router.get("/live", summary="The process runs")
def live() -> Health:
    """Always ``ok`` while the process answers at all."""
    return Health(status="ok")


@router.get("/ready", summary="Questions can be answered")
def ready(request: Request, atlas: AtlasDep) -> Readiness:
    """``ok`` once questions can be answered; a problem with status 503 before, and before it stops.

    The data are loaded, the store of the plans and the database of the features answer (where there are
    such), nobody has asked it to stop.
    """
    if request.app.state.draining:
        raise NotReadyError(Message("This server is about to stop."))
    request.app.state.collections.check(atlas)
    used = shared_store(request).is_used()
    return Readiness(
        status="ok", dataset=atlas.provenance.dataset, vintage=atlas.provenance.vintage,
        version=version("geoplan"), data_version=atlas.version, plans="ok" if used else "none",
    )  # fmt: skip
