"""The store of plans of one application: opened when first asked for, closed at its end."""

import threading

from fastapi import Request

from geoplan.plans import PlanStore, open_store


class SharedStore:
    """The store that ``GEOPLAN_PLANS_URL`` names, opened once; for any number of threads."""

    def __init__(self) -> None:
        self._store: PlanStore | None = None
        self._opening = threading.Lock()

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
