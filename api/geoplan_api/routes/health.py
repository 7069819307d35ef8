"""Is the server alive, and can it answer?"""

from fastapi import APIRouter

from geoplan_api.dependencies import AtlasDep
from geoplan_api.schemas import Health, Readiness

router = APIRouter(prefix="/health", tags=["operation"])


@router.get("/live", summary="The process runs")
def live() -> Health:
    """Always ``ok`` while the process answers at all."""
    return Health(status="ok")


@router.get("/ready", summary="The atlas is loaded")
def ready(atlas: AtlasDep) -> Readiness:
    """``ok`` once questions can be answered; a problem with status 503 before."""
    return Readiness(status="ok", dataset=atlas.provenance.dataset, vintage=atlas.provenance.vintage)
