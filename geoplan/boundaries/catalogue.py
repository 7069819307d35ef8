"""Which datasets are known, where they lie, and how to load one by name or path."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from geoplan.boundaries.active import active_dataset, default_dataset
from geoplan.boundaries.bkg import is_bkg, read_bkg
from geoplan.boundaries.canonical import is_canonical, read_canonical
from geoplan.boundaries.dataset import BoundaryDataset
from geoplan.boundaries.foreign import read_mapped
from geoplan.boundaries.mapping import is_mapping
from geoplan.boundaries.source import SOURCE_FILE
from geoplan.boundaries.store import stored_datasets
from geoplan.errors import DatasetError, UnknownChoiceError
from geoplan.messages import Message

EMBEDDED = "de-2016"
_HERE = Path(__file__).resolve()
_IN_WHEEL = _HERE.parents[1] / "embedded"
_IN_CHECKOUT = _HERE.parents[2] / "data" / "boundaries"


def known_datasets() -> Mapping[str, Path]:
    """The folders of the datasets that have a name."""
    embedded = _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_CHECKOUT
    return MappingProxyType({**stored_datasets(), EMBEDDED: embedded})


def dataset_path(dataset: str | Path | None = None) -> Path:
    """Where a dataset lies, by its name or path; whether there is one is not looked at."""
    name = _name_of(dataset)
    return known_datasets().get(name, Path(name))


def _name_of(dataset: str | Path | None) -> str:
    return (default_dataset() or EMBEDDED) if dataset is None else str(dataset)


def load_dataset(dataset: str | Path | None = None) -> BoundaryDataset:
    """Load a dataset by its name or path; by default that of ``GEOPLAN_DATA``, the active, the embedded one.

    A path is a folder in canonical form, or boundaries as the BKG publishes them: a zip archive, its
    unpacked folder or a GeoPackage.

    Raises
    ------
    UnknownChoiceError
        Neither a known name nor an existing path.
    DatasetError
        The path is no dataset, or a damaged one.
    """
    name = _name_of(dataset)
    known = known_datasets()
    if name in known:
        return read_canonical(known[name])
    if dataset is None and name == active_dataset():
        message = Message(
            "The active dataset “{value}” is not in the store any more. “geoplan data use NAME” chooses"
            " another.",
            value=name,
        )
        raise DatasetError(message, value=name, nearest=sorted(known))
    if not name or not _exists(Path(name)):
        message = Message("“{value}” is neither a known dataset nor an existing path.", value=name)
        raise UnknownChoiceError(message, value=name, nearest=sorted(known))
    return _read(Path(name))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name too long to be one, or a folder that may not be looked into
        return False


def _read(path: Path) -> BoundaryDataset:
    if is_canonical(path):
        return read_canonical(path)
    if is_mapping(path):
        return read_mapped(path)
    if is_bkg(path):
        return read_bkg(path)
    message = Message(
        "“{path}” is no dataset. A dataset is a folder with {file}, or boundaries of the BKG with a layer"
        " VG…_GEM: a zip archive, its unpacked folder or a GeoPackage.",
        path=path,
        file=SOURCE_FILE,
    )
    raise DatasetError(message, value=str(path))
