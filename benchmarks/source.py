"""The full-resolution boundaries that adjacency is measured on: the source of the embedded dataset.

``python -m benchmarks.source FILE`` keeps them for other processes; it is one of its own, since a child
starts with the memory of its parent on its account.
"""

import json
import sys
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from data.build import CACHE, fetch
from geoplan.boundaries.coverage import repaired
from geoplan.boundaries.geojson import read_geojson

Geometries = NDArray[np.object_]


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
    """Write the land as WKB, one after another."""
    wkb = shapely.to_wkb(read_land())
    ends = np.cumsum([len(one) for one in wkb])
    np.savez(sys.argv[1], bytes=np.frombuffer(b"".join(wkb), dtype=np.uint8), ends=ends)
    print(json.dumps({"units": len(wkb)}))


def read(path: Path) -> Geometries:
    """Read what :func:`main` kept."""
    with np.load(path) as kept:
        content, ends = kept["bytes"].tobytes(), kept["ends"].tolist()
    starts = [0, *ends[:-1]]
    wkb = [content[start:end] for start, end in zip(starts, ends, strict=True)]
    return np.asarray(shapely.from_wkb(wkb), dtype=object)


if __name__ == "__main__":
    main()
