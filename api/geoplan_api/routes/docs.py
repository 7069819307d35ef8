"""The documentation of the API in the browser, from assets of its own: no request leaves the server."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from geoplan_api.html import page
from geoplan_api.security import DOCS_POLICY

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """Swagger UI."""
    response = page(request, "docs.html")
    response.headers["content-security-policy"] = DOCS_POLICY
    return response
