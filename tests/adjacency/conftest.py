"""Tiny worlds on a grid of metres, and what GEOS says of them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
import shapely

from tests.tessellations import Geometries, merged_cells


@dataclass(frozen=True, kw_only=True)
class Truth:
    """The adjacency as GEOS sees it."""

    border_m: dict[tuple[int, int], float]
    point_pairs: set[tuple[int, int]]


def geos_adjacency(geometries: Geometries) -> Truth:
    """Pair by pair: the length of what the two boundaries have in common."""
    one, other = shapely.STRtree(geometries).query(geometries, predicate="intersects")
    one, other = one[one < other], other[one < other]
    boundary = shapely.boundary(geometries)
    length = shapely.length(shapely.intersection(boundary[one], boundary[other]))
    found = dict(zip(zip(one.tolist(), other.tolist(), strict=True), length.tolist(), strict=True))
    return Truth(
        border_m={pair: metres for pair, metres in found.items() if metres > 0},
        point_pairs={pair for pair, metres in found.items() if metres == 0},
    )


def draw(picture: str, *, keep_vertices: bool = True) -> Geometries:
    """The units of a picture, north up, in alphabetical order: a letter per cell, ``.`` is nobody's."""
    letters = np.array([[ord(letter) for letter in line] for line in reversed(picture.split())])
    return merged_cells(np.where(letters == ord("."), 0, letters), keep_vertices=keep_vertices)


@pytest.fixture(scope="session")
def world() -> Callable[..., Geometries]:
    """Draws a world; see :func:`draw`."""
    return draw


@pytest.fixture(scope="session")
def merge() -> Callable[..., Geometries]:
    """Merges the cells of a grid; see :func:`merged_cells`."""
    return merged_cells


@pytest.fixture(scope="session")
def geos() -> Callable[[Geometries], Truth]:
    """Asks GEOS; see :func:`geos_adjacency`."""
    return geos_adjacency
