"""The command line, run in this process."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

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
