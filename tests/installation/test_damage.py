"""Two hundred damaged archives: each is refused or mended with a message, and the active dataset stays."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from geoplan.boundaries.catalogue import load_dataset
from geoplan.errors import GeoplanError
from geoplan.inspection import check
from geoplan.installation import Order, install
from tests.archives import sketch, tiny_zip, write_folder, zipped
from tests.damage import (
    NOTICED,
    PACKED,
    TOLERATED,
    TRAPS,
    read_members,
    trap,
    write_members,
)

SEEDS = range(3)
REAL = "bkg/vg5000_01-01.gk3.shape.ebenen.zip"

pytestmark = pytest.mark.slow


class Store:
    """A store with an active dataset, which every attempt must leave as it is."""

    def __init__(self, original: Path, home: Path) -> None:
        self.home = home
        self.name = install(Order(source=str(original), name="good", activate=True)).name
        self.codes = {finding.code for finding in check(original).findings}
        self.before = self._content()
        self.dataset = load_dataset()

    def _content(self) -> dict[str, bytes]:
        place = self.home / "datasets" / "good"
        return {path.name: path.read_bytes() for path in place.rglob("*") if path.is_file()}

    def try_to_install(self, archive: Path) -> str:
        """Try; returns ``refused``, ``told``, ``same`` or ``changed``."""
        report = check(archive)
        report.to_dict("de")
        try:
            installed = install(Order(source=str(archive), name="attempt"))
        except GeoplanError as refused:
            assert refused.text("de")
            outcome = "refused"
        else:
            assert report.usable
            told = {finding.code for finding in report.findings} - self.codes
            outcome = "told" if told else self._compared(load_dataset(installed.name))
        assert self._content() == self.before
        assert load_dataset().units.names == self.dataset.units.names
        return outcome

    def _compared(self, found) -> str:
        same = found.units.ids == self.dataset.units.ids and found.units.names == self.dataset.units.names
        geometry = (found.read_geometry("municipality"), self.dataset.read_geometry("municipality"))
        return "same" if same and shapely.equals_exact(*geometry, 0).all() else "changed"


@pytest.fixture(scope="module")
def original(tmp_path_factory) -> Path:
    return tiny_zip(tmp_path_factory.mktemp("original"))


@pytest.fixture(scope="module")
def store(original, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("store")
        patch.setenv("GEOPLAN_HOME", str(home))
        yield Store(original, home)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("damage", NOTICED, ids=lambda damage: damage.__name__)
def test_damage_is_refused_or_told(store, original, tmp_path, damage, seed):
    members = read_members(original)
    damage(members, np.random.default_rng(seed))
    outcome = store.try_to_install(write_members(members, tmp_path / original.name))
    assert outcome in ("refused", "told")


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("damage", TOLERATED, ids=lambda damage: damage.__name__)
def test_damage_that_may_be_harmless_never_crashes(store, original, tmp_path, damage, seed):
    members = read_members(original)
    damage(members, np.random.default_rng(seed))
    store.try_to_install(write_members(members, tmp_path / original.name))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("damage", PACKED, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("form", ["shape", "gpkg"])
def test_a_damaged_archive_is_refused_or_what_it_was(store, tmp_path, damage, seed, form):
    archive = tiny_zip(tmp_path, form=form)
    archive.write_bytes(damage(archive.read_bytes(), np.random.default_rng(seed)))
    assert store.try_to_install(archive) in ("refused", "same")


@pytest.mark.parametrize("seed", range(10))
def test_a_geopackage_with_noise_in_it_never_crashes(store, tmp_path, seed):
    rng = np.random.default_rng(seed)
    geopackage = next(write_folder(sketch(), tmp_path, form="gpkg").rglob("*.gpkg"))
    content = bytearray(geopackage.read_bytes())
    for at in rng.integers(100 if seed % 2 else 0, len(content), 1 + 30 * seed):
        content[at] = int(rng.integers(256))
    geopackage.write_bytes(content)
    store.try_to_install(geopackage)


@pytest.mark.parametrize("kind", TRAPS)
def test_a_trap_is_refused(store, original, tmp_path, kind):
    archive = trap(kind, read_members(original), tmp_path / "trap.zip")
    assert store.try_to_install(archive) == "refused"
    assert not list(tmp_path.glob("up*"))


@pytest.mark.parametrize("parts", ["overlap", "twice", "missing"])
def test_polygons_that_do_not_fit_together_are_told(store, tmp_path, parts):
    drawn = sketch()
    if parts == "overlap":
        drawn.geometry[5] = shapely.buffer(drawn.geometry[5], 10)
    elif parts == "twice":
        drawn.geometry[1] = shapely.union(drawn.geometry[1], drawn.geometry[2])
    else:
        drawn.geometry = np.delete(drawn.geometry, 10)
        drawn.columns = {name: values[:10] for name, values in drawn.columns.items()}
    assert store.try_to_install(zipped(write_folder(drawn, tmp_path))) in ("refused", "told")


# ── the real one ──


@pytest.fixture(scope="module")
def real_store(shared_data, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("real")
        patch.setenv("GEOPLAN_HOME", str(home))
        yield Store(shared_data / REAL, home)


REAL_DAMAGE = [damage for damage in NOTICED if damage.__name__ in {
    "key_too_short", "key_of_another", "name_in_another_encoding", "table_without_its_end", "coordinate_nan",
    "polygon_far_away", "polygon_shifted", "points_without_end", "polygons_without_their_end",
    "dropped_GEM.prj", "wgs84_GEM.prj", "latin_GEM.cpg",
}]  # fmt: skip


@pytest.mark.parametrize("damage", REAL_DAMAGE, ids=lambda damage: damage.__name__)
def test_damage_to_the_real_archive_is_refused_or_told(real_store, shared_data, tmp_path, damage):
    members = read_members(shared_data / REAL)
    damage(members, np.random.default_rng(7))
    outcome = real_store.try_to_install(write_members(members, tmp_path / "vg5000.zip"))
    assert outcome in ("refused", "told")


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("damage", PACKED, ids=lambda damage: damage.__name__)
def test_the_real_archive_damaged_is_refused_or_what_it_was(real_store, shared_data, tmp_path, damage, seed):
    content = (shared_data / REAL).read_bytes()
    archive = tmp_path / "vg5000.zip"
    archive.write_bytes(damage(content, np.random.default_rng(seed)))
    assert real_store.try_to_install(archive) in ("refused", "same")
