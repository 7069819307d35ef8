"""The API: everything under ``/api/v1``."""

from fastapi import APIRouter

from geoplan_api.routes import services, units

router = APIRouter(prefix="/api/v1")
router.include_router(units.router)
router.include_router(services.router)
