"""The atlases that one server answers from: datasets side by side, each loaded when first asked for."""

import threading
from collections.abc import Mapping

from geoplan.atlas import Atlas, load_atlas
from geoplan.boundaries.catalogue import dataset_path, known_datasets
from geoplan.boundaries.source import read_source
from geoplan.errors import DatasetError
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan.provenance import Provenance
from geoplan.services import read_register
from geoplan_api.problems import NotFoundError
from geoplan_api.settings import Settings


class Atlases:
    """Atlases by the names of their datasets.

    Parameters
    ----------
    default
        The atlas to answer from where no dataset is named.
    settings
        Which datasets may be named, and the name of the default one.
    """

    def __init__(self, default: Atlas, settings: Settings) -> None:
        self._default = default
        self._settings = settings
        self._loaded: dict[str, Atlas] = {}
        self._loading = threading.Lock()
        # A path is not told to readers, and is no name: it stays the default without one.
        if settings.data in known_datasets():
            self._loaded[str(settings.data)] = default

    def sources(self) -> Mapping[str, str]:
        """The names that may be asked for, and the name or path that each is loaded from."""
        named = {name: name for name in self._loaded}
        if self._settings.datasets is None:
            return {name: name for name in known_datasets()} | named
        given = (entry.partition("=") for entry in self._settings.datasets)
        return {name: path or name for name, _, path in given} | named

    def holding(self, dataset: str | None, vintage: str | None) -> str | None:
        """The name under which a dataset of this vintage can be asked for.

        Empty for that which is used where none is named; ``None`` where there is none, or where the folder
        does not tell what is in it.
        """
        wanted = (dataset, vintage)
        if wanted == _state(self._default.provenance):
            return ""
        return next((name for name, path in self.sources().items() if _told(path) == wanted), None)

    def of(self, name: str | None) -> Atlas:
        """The atlas of a dataset; the default one where none is named.

        Raises
        ------
        NotFoundError
            The name is not one of :meth:`sources`.
        DatasetError, RegisterError
            The dataset or the register of cooperations cannot be read.
        """
        if not name:
            return self._default
        sources = self.sources()
        if name not in sources:
            message = Message("There is no dataset “{value}” here.", value=name)
            raise NotFoundError(
                message, value=name, nearest=nearest_values(name, sources, limit=len(sources))
            )
        with self._loading:
            if name not in self._loaded:
                self._loaded[name] = load(self._settings, sources[name])
            return self._loaded[name]


def _state(data: Provenance) -> tuple[str, str]:
    return data.dataset, data.vintage


def _told(path: str) -> tuple[str, str] | None:
    """Dataset and vintage by the source row, without loading anything."""
    try:
        return _state(read_source(dataset_path(path)).provenance)
    except DatasetError:
        return None


def load(settings: Settings, dataset: str | None) -> Atlas:
    """Load the atlas of a dataset with the cooperations of the settings.

    Raises
    ------
    UnknownChoiceError, DatasetError, RegisterError
        The dataset or the register cannot be read.
    """
    atlas = load_atlas(dataset)
    if settings.cooperations is None:
        return atlas
    return atlas.with_register(read_register(settings.cooperations).known(atlas.units))
