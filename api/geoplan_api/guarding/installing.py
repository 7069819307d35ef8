"""In which order a request meets its guards."""

from fastapi import FastAPI
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from geoplan_api.guarding.bounds import Bounds
from geoplan_api.guarding.deadline import Deadline
from geoplan_api.guarding.draining import Draining
from geoplan_api.guarding.failures import Failures
from geoplan_api.guarding.rates import RateLimits
from geoplan_api.guarding.request_log import RequestLog
from geoplan_api.operation_settings import OperationSettings


def install_inner_guards(app: FastAPI, settings: OperationSettings, *, desk: bool) -> None:
    """What stands right before the answer; what is refused here gets the headers of every answer."""
    # The last one added is the first that a request meets.
    app.add_middleware(Failures)
    app.add_middleware(Deadline, settings=settings)
    app.add_middleware(Bounds, settings=settings)
    if not desk:
        app.add_middleware(RateLimits, settings=settings)


def install_outer_guards(app: FastAPI, settings: OperationSettings) -> None:
    """What stands before everything else but the figures."""
    app.add_middleware(Draining, application=app)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.trusted_proxies))
    app.add_middleware(RequestLog, addresses=settings.log_addresses)
