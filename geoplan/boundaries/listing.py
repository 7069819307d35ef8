"""Which datasets are installed, of when, from where, and how large they are."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geoplan.boundaries.active import active_dataset
from geoplan.boundaries.catalogue import EMBEDDED, known_datasets
from geoplan.boundaries.source import SourceRow, read_source
from geoplan.errors import DatasetError


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDataset:
    """A dataset that has a name."""

    name: str
    folder: Path
    active: bool
    """Used where none is named."""
    source: SourceRow | None
    """``None`` where it is damaged."""
    size_bytes: int

    @property
    def origin(self) -> str | None:
        """The address, file or package that it was made from."""
        if self.source is None:
            return None
        row = self.source.source
        return row.get("url") or row.get("file") or row.get("package")

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        data = None if self.source is None else self.source.provenance
        return {
            "name": self.name,
            "active": self.active,
            "embedded": self.name == EMBEDDED,
            "usable": data is not None,
            "dataset": data and data.dataset,
            "vintage": data and data.vintage,
            "licence": data and data.licence,
            "attribution": data and data.attribution,
            "population_source": data and data.population_source,
            "enriched": bool(self.source and self.source.enrichment),
            "source": self.origin,
            "sha256": self.source and self.source.source.get("sha256"),
            "retrieved": self.source and self.source.retrieved,
            "size_bytes": self.size_bytes,
            "path": str(self.folder),
        }


def list_datasets() -> list[ListedDataset]:
    """All datasets that have a name; the embedded one first."""
    chosen = active_dataset() or EMBEDDED
    known = known_datasets()
    names = sorted(known, key=lambda name: (name != EMBEDDED, name))
    return [_listed(name, known[name], active=name == chosen) for name in names]


def _listed(name: str, folder: Path, *, active: bool) -> ListedDataset:
    try:
        source: SourceRow | None = read_source(folder)
    except DatasetError:
        source = None
    size = sum(file.stat().st_size for file in folder.glob("*") if file.is_file())
    return ListedDataset(name=name, folder=folder, active=active, source=source, size_bytes=size)
