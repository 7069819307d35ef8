"""Which state of the data is answered from, and how another takes its place without anybody waiting."""

import logging
import threading

from fastapi import FastAPI

from geoplan.atlas import Atlas
from geoplan_api.atlases import Atlases, load
from geoplan_api.logs import SERVER
from geoplan_api.published.aside import aside
from geoplan_api.rehearsal import FIRST_LAYERS, first_layers, rehearse
from geoplan_api.settings import Settings

LOG = logging.getLogger(SERVER)
KEPT_SECONDS = 300.0
"""So long the layers of the state before stay: pages from before the change still ask for them."""


class DataKeeper:
    """Loads the data of an application, and loads them again beside those that are in use.

    Parameters
    ----------
    app
        Its ``state`` is told of the atlases.
    settings
        Which dataset.
    given
        An atlas that is loaded already, for the start.
    """

    def __init__(self, app: FastAPI, settings: Settings, given: Atlas | None = None) -> None:
        self._app = app
        self._settings = settings
        self._given = given
        self.beforehand = False
        """Whether nobody may wait: then all is made before it is answered from, or aside."""
        self._next: Atlases | None = None
        self._forgetting: list[threading.Timer] = []
        self._changing = threading.Lock()

    def open(self) -> None:
        """Load the data and answer from them; errors as in :meth:`prepare`."""
        atlas = load(self._settings, self._settings.data) if self._given is None else self._given
        self._app.state.collections.check(atlas)
        self._rehearse(atlas)
        self._use(Atlases(atlas, self._settings))
        self._given = None

    def close(self) -> None:
        """Answer from nothing any more."""
        for timer in self._forgetting:
            timer.cancel()
        self._app.state.atlas = self._app.state.atlases = self._next = None

    def warm(self) -> None:
        """Make what the first reader would have to wait for."""
        if self._app.state.atlas is not None:
            self._warm(self._app.state.atlas)

    def prepare(self) -> str:
        """Load the data anew, beside those in use, and make what readers will ask for first.

        Returns
        -------
        str
            The version of the data that :meth:`switch` will answer from.

        Raises
        ------
        UnknownChoiceError, DatasetError, RegisterError
            They cannot be loaded; those in use stay.
        FeatureStoreError
            The database of features does not have theirs; as above.
        """
        with self._changing:
            atlas = load(self._settings, self._settings.data)
            self._app.state.collections.check(atlas)
            self._rehearse(atlas)
            self._warm(atlas)
            self._next = Atlases(atlas, self._settings)
            return atlas.version

    def switch(self) -> None:
        """Answer from what was prepared; requests under way end with the data that they began with."""
        with self._changing:
            following, self._next = self._next, None
            if following is None:
                return
            before: Atlas = self._app.state.atlas
            self._use(following)
            self._app.state.metrics.reloads.inc()
            LOG.info("reloaded", extra={"told": {"data": following.of(None).version}})
            self._forget_later(before)

    def _use(self, atlases: Atlases) -> None:
        self._app.state.atlas, self._app.state.atlases = atlases.of(None), atlases
        self._app.state.metrics.units.set(len(atlases.of(None).units))

    def _rehearse(self, atlas: Atlas) -> None:
        if self.beforehand:
            rehearse(atlas, self._app.state.collections)

    def _warm(self, atlas: Atlas) -> None:
        layers = self._app.state.layers
        version = layers.of(atlas).version
        missing = [name for name in FIRST_LAYERS if layers.kept(atlas, version, name) is None]
        if missing and self.beforehand:
            drawn_of, drawn = aside(first_layers, lambda draw: draw(self._settings))
            # Other data where the files have changed this moment; then they are drawn here after all.
            for name in missing if drawn_of == version else ():
                layers.keep(atlas, name, drawn[name])
        for name in missing:
            layers.packed(atlas, version, name)

    def _forget_later(self, atlas: Atlas) -> None:
        timer = threading.Timer(KEPT_SECONDS, self._forget, (atlas,))
        timer.daemon = True
        timer.start()
        self._forgetting = [one for one in self._forgetting if one.is_alive()] + [timer]

    def _forget(self, atlas: Atlas) -> None:
        self._app.state.layers.forget(atlas)
        self._app.state.collections.forget(atlas)
        # A timer holds on to what it was given.
        self._forgetting = [one for one in self._forgetting if one is not threading.current_thread()]
