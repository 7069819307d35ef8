"""The version of the data: it changes with whatever an answer rests on, and with nothing else."""

from dataclasses import replace

import numpy as np
import pytest

from geoplan.fingerprint import fingerprint


@pytest.fixture(scope="module")
def parts(atlas):
    return atlas.dataset, atlas.units


def test_the_same_data_have_the_same_version(parts):
    assert fingerprint(*parts) == fingerprint(*parts)
    assert fingerprint(*parts, 1) != fingerprint(*parts) != fingerprint(*parts, 2)


@pytest.mark.parametrize("changed", ["files", "provenance", "enrichment", "borders"])
def test_other_data_have_another(parts, changed):
    dataset, units = parts
    borders = replace(dataset.borders, border_m=dataset.borders.border_m + 0.001)
    other = {
        "files": {**dataset.files, "states.parquet": "0"},
        "provenance": replace(dataset.provenance, vintage="2027-01-01"),
        "enrichment": ({"source": "x"},),
        "borders": borders,
    }[changed]
    assert fingerprint(replace(dataset, **{changed: other}), units) != fingerprint(dataset, units)


def test_another_count_has_another(parts):
    dataset, units = parts
    other = replace(units, population=np.nan_to_num(units.population) + 1)
    assert fingerprint(dataset, other) != fingerprint(dataset, units)


def test_a_register_has_another(grid):
    register = grid.register
    assert grid.with_register(register).version == grid.version
    other = replace(register, cooperations=(*register.cooperations, "another"))
    assert replace(grid, register=other).version != grid.version
