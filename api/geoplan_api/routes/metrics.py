"""What the server has done, for Prometheus."""

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

router = APIRouter(tags=["operation"])


@router.get("/metrics", summary="Metrics for Prometheus", response_class=Response)
def metrics(request: Request) -> Response:
    """Requests by route and status with their duration, and whether the atlas is loaded."""
    return Response(request.app.state.metrics.text(), media_type=CONTENT_TYPE_LATEST)
