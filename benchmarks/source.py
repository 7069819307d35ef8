"""The full-resolution boundaries that adjacency is measured on: the source of the embedded dataset.

``python -m benchmarks.source FILE`` keeps them for other processes; it is one of its own, since a child
starts with the memory of its parent on its account.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from data.build import CACHE, fetch
from geoplan.boundaries.coverage import repaired
from geoplan.boundaries.geojson import read_geojson

Geometries = NDArray[np.object_]

_ROWS_AT_A_TIME = 500


def read_land() -> Geometries:
    """The land of all municipalities and unincorporated areas of Germany, by key, in ETRS89 / UTM 32N.

    Invalid rings are repaired, since GEOS and what stands on it refuse them.
    """
    places = read_geojson(fetch(CACHE)).places
    ids = np.array(places.ids)[places.on_land]
    order = np.argsort(ids, kind="stable")
    _, unit = np.unique(ids[order], return_inverse=True)
    parts, row = shapely.get_parts(places.geometry[places.on_land][order], return_index=True)
    land = np.asarray(shapely.multipolygons(parts, indices=unit[row]), dtype=object)
    single = shapely.get_num_geometries(land) == 1
    land[single] = shapely.get_geometry(land[single], 0)
    return repaired(land)


def main() -> None:
    """Keep the land in a Parquet file."""
    wkb = shapely.to_wkb(read_land())
    pq.write_table(pa.table({"wkb": pa.array(wkb, pa.large_binary())}), sys.argv[1])
    print(json.dumps({"units": len(wkb)}))


def read(path: Path) -> Geometries:
    """Read what :func:`main` kept, a little at a time: reading shall need less memory than what follows."""
    batches = pq.ParquetFile(path).iter_batches(batch_size=_ROWS_AT_A_TIME)
    parts = [shapely.from_wkb(batch.column("wkb").to_numpy(zero_copy_only=False)) for batch in batches]
    return np.concatenate(parts)


if __name__ == "__main__":
    main()
