"""How an enriched dataset gets to the disk: beside the old one, and into place in one step."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from pyproj import CRS

from geoplan.boundaries.canonical import is_canonical, write_canonical
from geoplan.boundaries.durable import sync_folder, sync_tree
from geoplan.boundaries.lock import store_lock
from geoplan.boundaries.publishing import publish
from geoplan.boundaries.source import SourceRow, read_source, sha256
from geoplan.enrichment.enrich import Enriched
from geoplan.errors import OutputError, reason_of
from geoplan.messages import Message

LICENCE_URLS = {
    "dl-de/by-2-0": "https://www.govdata.de/dl-de/by-2-0",
    "GeoNutzV": "https://www.gesetze-im-internet.de/geonutzv/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
}


def source_row_of(origin: Path, enriched: Enriched) -> SourceRow:
    """The source row for an enriched dataset that was read from ``origin``."""
    if is_canonical(origin):
        row = read_source(origin)
        return SourceRow(
            provenance=enriched.dataset.provenance,
            licence_url=row.licence_url,
            retrieved=row.retrieved,
            source=row.source,
            population=enriched.population or row.population,
            geometry=row.geometry,
            files={},
        )
    provenance = enriched.dataset.provenance
    checked = {"sha256": sha256(origin.read_bytes())} if origin.is_file() else {}
    return SourceRow(
        provenance=provenance,
        licence_url=LICENCE_URLS.get(provenance.licence, ""),
        retrieved=datetime.now(UTC).date().isoformat(),
        source={"file": origin.name, **checked},
        population=enriched.population,
        geometry="as published",
        files={},
    )


def check_free(path: Path) -> None:
    """Make sure, before the work is done, that a dataset can be written at ``path``.

    Raises
    ------
    OutputError
        Something is there already, or the folder above is missing.
    """
    if path.exists() or path.is_symlink():
        message = Message(
            "“{path}” exists already. An enriched dataset is written to a new folder.", path=str(path)
        )
        nearest = [str(_free_beside(path))] if path.name else []
        raise OutputError(message, value=str(path), nearest=nearest)
    if not path.parent.is_dir():
        message = Message("There is no folder “{folder}” to write the dataset to.", folder=str(path.parent))
        raise OutputError(message, value=str(path))


def _free_beside(path: Path) -> Path:
    number = 2
    while path.with_name(f"{path.name}-{number}").exists():
        number += 1
    return path.with_name(f"{path.name}-{number}")


def write_enriched(path: Path, origin: Path, enriched: Enriched) -> Path:
    """Write an enriched dataset to the new folder ``path``; whoever looks there sees all of it or nothing.

    Raises
    ------
    OutputError
        Something is there already, or the system refused.
    """
    check_free(path)
    draft = path.with_name(f".{path.name[:50]}.draft-{uuid4().hex[:8]}")
    try:
        _writer(origin, enriched)(draft)
        sync_tree(draft)
        draft.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        message = Message("“{path}” cannot be written: {reason}.", path=str(path), reason=reason_of(error))
        raise OutputError(message, value=str(path)) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return path


def store_enriched(name: str, origin: Path, enriched: Enriched) -> Path:
    """Put an enriched dataset into the store of this machine under ``name``, and return its folder.

    Raises
    ------
    InvalidValueError
        No name of a dataset.
    """
    with store_lock():
        return publish(name, _writer(origin, enriched))


def _writer(origin: Path, enriched: Enriched) -> Callable[[Path], object]:
    dataset = enriched.dataset
    projection = CRS.from_user_input(dataset.provenance.crs).to_json_dict()
    return lambda folder: write_canonical(folder, dataset, source_row_of(origin, enriched), projection)
