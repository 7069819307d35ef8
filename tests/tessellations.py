"""Random tessellations: cells of a grid, or triangles, merged at random."""

import os
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

CELL_M = 100.0
"""Side of a cell of a drawn world, metres."""

Geometries = NDArray[np.object_]

LABELS = arrays(
    np.int64,
    st.tuples(st.integers(1, 6), st.integers(1, 6)),
    elements=st.integers(0, 5),
    fill=st.nothing(),
)
SHEARS = st.sampled_from([(1, 0, 0, 1), (1, 2, 0, 1), (3, 1, 1, 2), (0, -1, 1, 0)])
WORLDS = st.tuples(LABELS, SHEARS, st.booleans())
POINTS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=4, max_size=25, unique=True)
SEEDS = st.integers(0, 2**32 - 1)


def merged_cells(labels: NDArray[Any], *, keep_vertices: bool = True) -> Geometries:
    """The union of the cells of each label of a grid (rows, columns), by label; 0 is nobody's.

    ``keep_vertices`` keeps a vertex at each corner of a cell; otherwise only where a boundary turns.
    """
    row, column = np.indices(labels.shape) * CELL_M
    cells = shapely.box(column, row, column + CELL_M, row + CELL_M)
    units = [shapely.union_all(cells[labels == unit]) for unit in np.unique(labels[labels != 0])]
    merged = np.array([*units, None], dtype=object)[:-1]
    return merged if keep_vertices else shapely.simplify(merged, 0)


def sheared_cells(drawn: tuple[NDArray[Any], tuple[int, ...], bool]) -> Geometries:
    """Merged cells of a sheared grid; where it keeps no vertices, some are on one side of a border only."""
    labels, shear, keep_vertices = drawn
    merged = merged_cells(labels, keep_vertices=keep_vertices)
    return shapely.transform(merged, lambda xy: xy @ np.reshape(shear, (2, 2)))


def merged_triangles(points: list[tuple[int, int]], seed: int) -> Geometries:
    triangles = shapely.get_parts(shapely.delaunay_triangles(shapely.multipoints(np.array(points) * 100.0)))
    label = np.random.default_rng(seed).integers(0, 6, len(triangles))
    return np.array([shapely.union_all(triangles[label == unit]) for unit in np.unique(label)] + [None])[:-1]


def noisy(units: Geometries, seed: int, shift: float) -> Geometries:
    """Every vertex moved by up to 50 µm, in each unit otherwise, often into another cell of 1 mm."""
    random = np.random.default_rng(seed)

    def jitter(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        vertices, row = np.unique(xy, axis=0, return_inverse=True)
        return (vertices + shift + random.uniform(-5e-5, 5e-5, vertices.shape))[row]

    return np.array([shapely.transform(unit, jitter) for unit in units] + [None], dtype=object)[:-1]


def slowly(units: Geometries, marks: str) -> Geometries:
    """The units, after a while; each call leaves a file in ``marks``, with its process in the name."""
    Path(tempfile.mkstemp(dir=marks, prefix=f"{os.getpid()}-")[1]).touch()
    time.sleep(0.3)
    return units
