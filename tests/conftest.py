"""What the tests of all packages share: the embedded atlas, the data beside the project, generated cases."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import geoplan
from geoplan.crosswalk import Crosswalk, build_crosswalk
from tests.chromium import CHROMIUM, QUIET

pytest_plugins = ["tests.postgis", "tests.worlds"]

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"

# The first case of a property test pays for imports and caches, so the time of one case says nothing.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that read the data beside the project, so that ``-m shared`` finds them all."""
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker("shared")


@pytest.fixture(scope="session", autouse=True)
def _no_datasets_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What whoever runs the tests has installed, or made active, must not change what they see."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEOPLAN_HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("GEOPLAN_DATA", raising=False)
        # Set by pytest-xdist: tables would be as narrow as the terminal of whoever runs the tests.
        patch.delenv("COLUMNS", raising=False)
        # All tests come from one address.
        for limit in ("", "_TILES", "_EXPENSIVE", "_WRONG_TOKENS"):
            patch.setenv(f"GEOPLAN_RATE_LIMIT{limit}", "0")
        yield


@pytest.fixture(scope="session")
def atlas() -> geoplan.Atlas:
    """The atlas of the embedded dataset: all of Germany."""
    return geoplan.load_atlas()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the project; the tests that need it are skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip(
            "needs the folder shared/data beside the project's folder; it is not part of the project "
            "(its SOURCES.md names the publishers of the files)"
        )
    return SHARED_DATA


@pytest.fixture(scope="session")
def atlas_2021(shared_data: Path) -> geoplan.Atlas:
    """The atlas of VG5000 2021, as its publisher has it."""
    return geoplan.load_atlas(shared_data / "bkg/vg5000_01-01.gk3.shape.ebenen.zip")


@pytest.fixture(scope="session")
def crosswalk_to_2021(atlas: geoplan.Atlas, atlas_2021: geoplan.Atlas) -> Crosswalk:
    """What became of the units of 2016 until 2021: all of Germany, so it is computed once a run."""
    return build_crosswalk(atlas, atlas_2021)


@pytest.fixture(scope="session")
def playwright():
    """Playwright with the Chromium of the system: one for the whole run, as two cannot run side by side."""
    api = pytest.importorskip(
        "playwright.sync_api",
        reason="needs Playwright: pip install playwright (its own browsers are not used)",
    )
    if not CHROMIUM.exists():
        pytest.skip("needs Chromium: apt-get install chromium-headless-shell, or chromium")
    with api.sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright):
    """One browser for all tests, which open contexts of their own in it."""
    started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
    yield started
    started.close()
