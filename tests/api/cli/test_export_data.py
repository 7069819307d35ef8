"""``geoplan export data`` and ``geoplan export tiles``."""

import pyogrio
import pytest
from pmtiles.reader import MemorySource, Reader

from geoplan_maps.exchange import FORMATS


@pytest.mark.parametrize("form", FORMATS)
def test_data(run, tmp_path, form):
    out = tmp_path / f"counties.{form}"
    done = run("export", "data", "--level", "county", "--format", form, "--out", str(out))
    assert (done.code, done.out) == (0, "")
    assert str(out) in done.err
    if form != "geoparquet":
        assert pyogrio.read_info(out)["features"] == 2
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("option", "value"), [("--level", "village"), ("--format", "shp"), ("--out", "/nowhere/x")]
)
def test_wrong_options_are_told_before_the_work(run, tmp_path, option, value):
    given = {"--level": "county", "--format": "gpkg", "--out": str(tmp_path / "x"), option: value}
    done = run("export", "data", *(part for pair in given.items() for part in pair))
    assert (done.code, done.out) == (2, "")
    assert value in done.err


def test_tiles(run, tmp_path):
    out = tmp_path / "villages.pmtiles"
    done = run("export", "tiles", "--out", str(out))
    assert (done.code, done.out) == (0, "")
    assert Reader(MemorySource(out.read_bytes())).metadata()["licence"] == "CC0"


def test_tiles_are_made_ready_for_the_server(run, tmp_path, monkeypatch, village_client):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    assert run("export", "tiles").code == 0
    address = village_client.get("/tiles.json").json()["pmtiles"]
    assert village_client.get(address).status_code == 200
