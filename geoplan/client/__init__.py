"""A server of geoplan from Python: the same answers and the same errors, over HTTP."""

from geoplan.client.calls import Patience
from geoplan.client.client import Client
from geoplan.client.failures import ProblemError
from geoplan.client.plans import Kept
from geoplan.client.transport import Answer, Request, Transport

__all__ = ["Answer", "Client", "Kept", "Patience", "ProblemError", "Request", "Transport"]
