"""A store of its own for every test, and a web server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from geoplan.installation import Patience
from tests.archives import tiny_zip
from tests.fileserver import FileServer, running


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("GEOPLAN_HOME", str(folder))
    return folder


@pytest.fixture
def server() -> Iterator[FileServer]:
    with running() as server:
        yield server


@pytest.fixture
def patience() -> Patience:
    return Patience(tries=3, timeout_s=0.5, backoff_s=0.01)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_zip(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="session")
def content(archive: Path) -> bytes:
    return archive.read_bytes()
