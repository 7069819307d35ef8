"""Which state of the data an answer rests on, as a short text that changes with it."""

import hashlib

import numpy as np

from geoplan.boundaries.dataset import BoundaryDataset
from geoplan.units import UnitTable

CHARACTERS = 16


def fingerprint(dataset: BoundaryDataset, units: UnitTable, *known: object) -> str:
    """Hash of a dataset, of the units made from it and of what else is ``known``.

    Parameters
    ----------
    dataset
        Its files by their hashes, its source row, its borders and its enrichment.
    units
        All units, those that are no part of the files too.
    known
        Values whose ``repr`` tells them whole: cooperations, old keys.
    """
    borders = dataset.borders
    digest = hashlib.sha256()
    for told in (sorted(dataset.files.items()), dataset.provenance, dataset.enrichment, *known):
        digest.update(repr(told).encode())
    digest.update("\n".join([*units.ids, *units.names]).encode())
    for column in (units.xy, units.area_km2, units.population, borders.pairs, borders.border_m):
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()[:CHARACTERS]
