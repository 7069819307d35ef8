"""All municipalities of Germany (VG5000, 2021, as published by the BKG), pair by pair beside GEOS."""

import numpy as np
import pyogrio.raw
import pytest
import shapely

from geoplan.adjacency import build_adjacency

ARCHIVE = "bkg/vg5000_01-01.gk3.shape.ebenen.zip"
LAYER = "vg5000_01-01.gk3.shape.ebenen/vg5000_ebenen_0101/VG5000_GEM.shp"

PAIRS = 30_993
POINT_PAIRS = 2_694
TOTAL_KM = 136_725
"""Along the ellipsoid; the published projection stretches lengths by up to 0.06 %."""


@pytest.fixture(scope="module")
def municipalities(shared_data):
    _, _, wkb, _ = pyogrio.raw.read(f"/vsizip/{shared_data / ARCHIVE}/{LAYER}", columns=[])
    return np.asarray(shapely.from_wkb(wkb), dtype=object)


@pytest.fixture(scope="module")
def found(municipalities):
    return build_adjacency(municipalities)


@pytest.fixture(scope="module")
def truth(geos, municipalities):
    """GEOS wants the three rings repaired that touch themselves; their lines stay where they are."""
    assert (~shapely.is_valid(municipalities)).sum() == 3
    return geos(shapely.make_valid(municipalities))


def test_counts_and_total(found):
    assert found.count == 10_997
    assert len(found.pairs) == PAIRS
    assert len(found.point_pairs) == POINT_PAIRS
    assert found.border_m.sum() / 1000 == pytest.approx(TOTAL_KM, rel=1e-3)


def test_pairs_and_lengths_equal_geos(found, truth):
    borders = dict(zip(map(tuple, found.pairs.tolist()), found.border_m.tolist(), strict=True))
    assert borders.keys() == truth.border_m.keys()
    assert max(abs(metres - truth.border_m[pair]) for pair, metres in borders.items()) < 1


def test_point_contacts_equal_geos(found, truth):
    assert set(map(tuple, found.point_pairs.tolist())) == truth.point_pairs
