"""The store of plans of one application: opened when first asked for, closed at its end."""

import logging
import threading
import time

from fastapi import Request

from geoplan.errors import GeoplanError, PlanStoreError, PlanStoreFailedError
from geoplan.messages import Message
from geoplan.plans import PlanStore, open_store
from geoplan.plans.database import has_store
from geoplan_api.logs import SERVER

FAILED = Message(
    "The store of the plans cannot be used at the moment; nothing was written. The server's log says more."
)
LOG = logging.getLogger(SERVER)
SECONDS_BETWEEN_CHECKS = 2.0
"""Whoever asks often does not ask the database each time."""


class SharedStore:
    """The store that ``GEOPLAN_PLANS_URL`` names, opened once; for any number of threads."""

    def __init__(self) -> None:
        self._store: PlanStore | None = None
        self._opening = threading.Lock()
        self._checking = threading.Lock()
        self._checked_at = -SECONDS_BETWEEN_CHECKS

    def get(self) -> PlanStore:
        """The store; where it cannot be opened the next request tries again.

        Raises
        ------
        InvalidValueError, PlanStoreError
            As :func:`geoplan.plans.open_store`.
        """
        with self._opening:
            if self._store is None:
                self._store = open_store()
            return self._store

    def is_used(self) -> bool:
        """Make sure that the store answers where there is one; ``False`` where nobody uses one.

        Raises
        ------
        InvalidValueError, PlanStoreError
            There should be one, and it does not answer.
        """
        if self._store is None and not has_store():
            return False
        with self._checking:
            if time.monotonic() - self._checked_at > SECONDS_BETWEEN_CHECKS:
                with self.get().reading() as connection:
                    connection.exec_driver_sql("SELECT 1")
                self._checked_at = time.monotonic()
        return True

    def close(self) -> None:
        """Let the store go; it is opened again where somebody asks."""
        with self._opening:
            if self._store is not None:
                self._store.close()
            self._store = None


def shared_store(request: Request) -> SharedStore:
    """The store of the application that was asked."""
    shared: SharedStore = request.app.state.plan_store
    return shared


def without_place(error: GeoplanError) -> GeoplanError:
    """The error as a reader may see it: where the database lies is for the log of whoever runs the server."""
    if not isinstance(error, PlanStoreFailedError):
        return error
    LOG.error("the store of the plans failed", extra={"told": {"reason": str(error)}})
    return PlanStoreError(FAILED)
