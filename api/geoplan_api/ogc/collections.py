"""Which collections there are: one a level of units, the borders, and public plans."""

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan_api.ogc.answer_cache import AnswerCache
from geoplan_api.ogc.postgis import FeatureDatabase, InPostgis
from geoplan_api.ogc.served import Served
from geoplan_api.ogc.sources import FeatureSource, InMemory
from geoplan_maps.exchange import Table, dataset_version
from geoplan_maps.exchange.tables import BORDERS, table_names, table_of

PLANS = "plans"
_WORDS: Mapping[str, tuple[Message, Message]] = {
    "municipalities": (Message("Municipalities"), Message("Municipalities with population and area.")),
    "unincorporated-areas": (
        Message("Unincorporated areas"),
        Message("Areas that belong to no municipality: forests, lakes, training areas."),
    ),
    "associations": (
        Message("Associations of municipalities"), Message("Municipalities that share an administration."),
    ),
    "counties": (Message("Counties"), Message("Counties and cities that are no part of one.")),
    "government-regions": (Message("Government regions"), Message("Districts of the states.")),
    "states": (Message("States"), Message("The states of the federation.")),
    "metropolitan-regions": (
        Message("Metropolitan regions"), Message("Metropolitan regions, put together from their counties."),
    ),
    BORDERS: (
        Message("Borders"),
        Message("Borders between municipalities: lines with their length and the keys of both sides."),
    ),
}  # fmt: skip
"""Title and description of each collection."""


@dataclass(frozen=True, kw_only=True, eq=False)
class CollectionStore:
    """The collections of the atlases of one application, each made when it is first asked for."""

    database: FeatureDatabase | None = None
    """Where the features of datasets are looked up; ``None`` where that is memory."""
    _served: dict[tuple[Atlas, str], Served] = field(default_factory=dict)
    _names: dict[Atlas, tuple[str, ...]] = field(default_factory=dict)
    _making: threading.RLock = field(default_factory=threading.RLock)
    answers: AnswerCache = field(default_factory=AnswerCache)

    def names(self, atlas: Atlas) -> tuple[str, ...]:
        """The ids of the collections that an atlas has something for."""
        if atlas not in self._names:
            self._names[atlas] = table_names(atlas)
        return self._names[atlas]

    def version(self, atlas: Atlas) -> str:
        """The version of the data of an atlas."""
        return dataset_version(atlas)

    def of(self, atlas: Atlas, name: str) -> Served:
        """One of the collections in :meth:`names`."""
        with self._making:
            if (atlas, name) not in self._served:
                self._served[atlas, name] = self._made(atlas, name)
            return self._served[atlas, name]

    def source(self, served: Served) -> FeatureSource:
        """Where the features of a collection are looked up."""
        if self.database is None or served.dataset is None:
            return InMemory(served)
        return InPostgis(served, served.dataset, self.database)

    def check(self, atlas: Atlas) -> None:
        """Make sure that the features of an atlas can be looked up.

        Raises
        ------
        FeatureStoreError
            The database does not answer, or holds other data.
        """
        if self.database is not None:
            self.database.require(self.version(atlas))

    def forget(self, atlas: Atlas) -> None:
        """Let the collections of an atlas go that is answered from no more."""
        with self._making:
            self._names.pop(atlas, None)
            for key in [key for key in self._served if key[0] is atlas]:
                del self._served[key]

    def _made(self, atlas: Atlas, name: str) -> Served:
        (title, description), version = _WORDS[name], self.version(atlas)
        table, database = table_of(atlas, name), self.database
        if database is not None:
            # Else the box around all would be that of polygons read into memory.
            table = replace(table, read_bounds=lambda: database.bounds(version, name))
        return Served(
            name=name, title=title, description=description, table=table, version=f"{version}-{name}",
            dataset=version,
        )  # fmt: skip


def content_version(table: Table) -> str:
    """A hash of what a small table says, for those that do not come from the dataset alone."""
    digest = hashlib.sha256("\n".join(table.ids).encode())
    for name, column in table.columns.items():
        digest.update(f"{name}{[column.at(row) for row in range(len(table))]}".encode())
    return digest.hexdigest()[:16]
