"""The check of a file or folder of boundaries: everything is looked at, whatever is found."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from geoplan.boundaries.archive import Archive, open_archive
from geoplan.boundaries.bkg import PLACE_LAYER, UNKNOWN_VINTAGE, is_bkg, provenance
from geoplan.boundaries.canonical import is_canonical, read_canonical
from geoplan.boundaries.coverage import repaired
from geoplan.boundaries.dataset import BoundaryDataset
from geoplan.boundaries.foreign import read_mapped
from geoplan.boundaries.german import METRIC_CRS
from geoplan.boundaries.mapping import is_mapping
from geoplan.errors import DatasetError, InvalidValueError
from geoplan.inspection.attributes import (
    check_columns,
    check_duplicates,
    check_keys,
    check_population,
    check_texts,
)
from geoplan.inspection.finding import Finding, Place, error, info, warning
from geoplan.inspection.layer import PlaceLayer, read_places
from geoplan.inspection.parents import check_parents
from geoplan.inspection.report import CheckReport
from geoplan.inspection.shapes import check_shapes
from geoplan.inspection.tiling import TOLERANCE_M2, Areas, check_tiling
from geoplan.messages import Message
from geoplan.units import PLACE_LEVELS, Level

FEW_MUNICIPALITIES = 5_000
"""Germany has about 11,000."""
_NESTED = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz")


def check(path: Path, *, tolerance_m2: float = TOLERANCE_M2) -> CheckReport:
    """Check boundaries as the BKG publishes them, a mapping of others, or a dataset in canonical form.

    Parameters
    ----------
    tolerance_m2
        Overlaps and gaps up to this are not told.

    Raises
    ------
    InvalidValueError
        There is nothing at ``path``.
    """
    if not path.exists():
        raise InvalidValueError(Message("There is nothing at “{path}”.", path=path), value=str(path))
    try:
        if is_canonical(path):
            return check_dataset(path, read_canonical(path), tolerance_m2=tolerance_m2)
        if is_mapping(path):
            return check_dataset(path, read_mapped(path), tolerance_m2=tolerance_m2)
        if is_bkg(path):
            return _check_archive(path, open_archive(path), tolerance_m2)
    except DatasetError as problem:
        return _unreadable(path, error("unreadable", problem.message))
    text = Message("“{path}” is neither a zip archive, a GeoPackage nor a folder with boundaries.", path=path)
    return _unreadable(path, error("unreadable", text))


def _unreadable(path: Path, *findings: Finding) -> CheckReport:
    return CheckReport(path=path, product=None, vintage=None, municipalities=None, findings=findings)


def _check_archive(path: Path, archive: Archive, tolerance_m2: float) -> CheckReport:
    layer = archive.layers.get(PLACE_LAYER)
    if layer is None:
        return _unreadable(path, _no_layer(archive))
    places = read_places(layer)
    source = provenance(archive, has_population=False)
    known = source.vintage != UNKNOWN_VINTAGE
    return CheckReport(
        path=path,
        product=source.dataset,
        vintage=source.vintage if known else None,
        municipalities=len(set(places.keys)),
        findings=[
            *([] if known else [_no_vintage()]),
            *_check_places(places, archive, tolerance_m2),
        ],
    )


def _no_vintage() -> Finding:
    text = Message("Neither a note (aktualitaet.txt) nor a file name says the territorial status.")
    mend = Message("Fetch the archive as the publisher packs it; the note lies in it.")
    return warning("vintage-unknown", text, mend=mend)


def _no_layer(archive: Archive) -> Finding:
    nested = [name for name in archive.files if name.lower().endswith(_NESTED)]
    text = Message("“{path}” has no layer VG…_GEM with municipalities.", path=archive.path)
    if nested and archive.path.suffix.lower() == ".zip":
        mend = Message(
            "It holds another archive, “{name}”: unpack it and give that one.", name=nested[0][:80]
        )
        return error("layer-missing", text, mend=mend)
    return error("layer-missing", text)


def _check_places(places: PlaceLayer, archive: Archive, tolerance_m2: float) -> Iterator[Finding]:
    if not len(places):
        yield error("layer-empty", Message("The layer {layer} is empty.", layer=places.layer.name))
        return
    yield from check_columns(places)
    columns = {name.upper() for name in places.fields}
    if columns & {"ARS", "RS"}:
        yield from check_keys(places)
        yield from check_duplicates(places)
        yield from check_parents(places, archive)
    if "GEN" in columns:
        yield from check_texts(places, archive)
    yield from check_population(places)
    count = len(set(places.keys))
    if count < FEW_MUNICIPALITIES:
        text = Message("There are {count:n0} municipalities; Germany has about 11,000.", count=count)
        yield info(
            "few", text, mend=Message("Right for a part of the country, else fetch the archive again.")
        )
    shapes = check_shapes(places)
    yield from shapes.findings
    found = [places.place(row) for row in shapes.rows.tolist()]
    yield from check_tiling(
        Areas(places=found, geometry=shapes.geometry, crs=METRIC_CRS), tolerance_m2=tolerance_m2
    )


def check_dataset(
    path: Path, dataset: BoundaryDataset, *, tolerance_m2: float = TOLERANCE_M2, more: Sequence[Finding] = ()
) -> CheckReport:
    """Check a dataset that was read already: do its municipalities fit together?"""
    units = dataset.units
    rows = units.rows_of(*PLACE_LEVELS)
    areas = Areas(
        places=[Place(id=units.ids[row], name=units.names[row]) for row in rows.tolist()],
        geometry=repaired(dataset.read_geometry(Level.MUNICIPALITY)),
        crs=dataset.provenance.crs,
    )
    findings = [*more, *check_tiling(areas, tolerance_m2=tolerance_m2)]
    unknown = int(np.isnan(units.population[rows]).sum())
    if unknown:
        text = Message("The number of inhabitants is unknown for {count:n0} features.", count=unknown)
        mend = Message("It stays unknown; “geoplan data enrich” adds it from other sources.")
        findings.append(info("population-unknown", text, mend=mend))
    return CheckReport(
        path=path,
        product=dataset.provenance.dataset,
        vintage=dataset.provenance.vintage,
        municipalities=len(rows),
        findings=findings,
    )
