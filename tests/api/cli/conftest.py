"""The command line, run in this process."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyproj
import pytest

from geoplan import Level, load_atlas
from geoplan.boundaries.canonical import write_canonical
from geoplan.boundaries.dataset import BoundaryDataset
from geoplan.boundaries.source import read_source
from geoplan.units import UnitTable
from geoplan_api.cli import session
from geoplan_api.cli.program import run as run_program


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(capsys, villages: Path):
    """Run the command line on the villages."""

    def run(*arguments: str) -> Run:
        capsys.readouterr()
        code = run_program(["--data", str(villages), *arguments])
        said = capsys.readouterr()
        return Run(code, said.out, said.err)

    return run


@pytest.fixture
def run_real(capsys, atlas, monkeypatch):
    """Run the command line on the embedded dataset, which is not loaded again for every run."""
    monkeypatch.setattr(session, "load_atlas", lambda dataset: atlas)

    def run(*arguments: str) -> Run:
        capsys.readouterr()
        code = run_program(arguments)
        said = capsys.readouterr()
        return Run(code, said.out, said.err)

    return run


RENAMED = {"01099003": "Bad Köthel", "01099": "Seekreis"}
REKEYED = {"02099002": "02099009"}


@pytest.fixture
def later(villages, tmp_path):
    """The villages a year later: Köthel is a spa, one Neudorf has another key, the county another name."""
    return redrawn(villages, tmp_path / "later", "2027-01-01", REKEYED, RENAMED)


def redrawn(source, folder, vintage, rekeyed, renamed):
    """The dataset in ``source`` with other keys and names, as a dataset of its own in ``folder``."""
    dataset = load_atlas(source).dataset
    units = dataset.units
    ids = [rekeyed.get(key, key) for key in units.ids]
    names = [renamed.get(key, name) for key, name in zip(units.ids, units.names, strict=True)]
    fields = {name: getattr(units, name) for name in UnitTable.__dataclass_fields__}
    provenance = replace(dataset.provenance, vintage=vintage)
    read = {level: dataset.read_geometry(level) for level in Level if level in _kept(units)}
    changed = BoundaryDataset(
        units=UnitTable(**{**fields, "ids": ids, "names": names}), borders=dataset.borders,
        provenance=provenance, read_geometry=lambda level: read.get(level, dataset.read_geometry(level)),
    )  # fmt: skip
    crs = pyproj.CRS(provenance.crs).to_json_dict()
    write_canonical(folder, changed, read_source(source), crs)
    return folder


def _kept(units):
    return set(units.level.tolist()) - {Level.UNINCORPORATED_AREA}
