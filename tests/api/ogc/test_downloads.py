"""Whole tables as files: read back by GDAL, kept by version, with licence and vintage inside."""

import json
import threading

import pyarrow.parquet as pq
import pyogrio.raw
import pytest
import shapely
from starlette.testclient import TestClient

from geoplan_api import Settings, create_app
from geoplan_api.problems import NotReadyError
from geoplan_api.published import FileCache
from geoplan_api.routes import downloads
from geoplan_maps.exchange import FORMATS, file_bytes
from geoplan_maps.exchange.tables import table_names, table_of

TABLES = ("municipalities", "unincorporated-areas", "counties", "states", "borders")


@pytest.mark.parametrize("form", ["fgb", "gpkg", "geojson"])
@pytest.mark.parametrize("name", TABLES)
def test_gdal_reads_what_was_written(village_atlas, tmp_path, form, name):
    table = table_of(village_atlas, name)
    path = tmp_path / f"{name}.{form}"
    path.write_bytes(file_bytes(form, name, table, village_atlas.provenance))
    meta, _, shapes, values = pyogrio.raw.read(path)
    read = dict(zip(meta["fields"].tolist(), values, strict=True))
    order = [read["id"].tolist().index(one) for one in table.ids]
    assert meta["crs"] == ("EPSG:4326" if form == "geojson" else "EPSG:25832")
    assert meta["geometry_type"] == table.shape
    assert set(read) == set(table.columns)
    if form != "geojson":
        assert shapely.equals(shapely.from_wkb(shapes)[order], table.geometry).all()
    for key in ("name", "one_name"):
        if key in read:
            assert [read[key][row] for row in order] == table.columns[key].values.tolist()


def test_unknown_stays_unknown(village_atlas, tmp_path):
    path = tmp_path / "file.gpkg"
    table = table_of(village_atlas, "municipalities")
    path.write_bytes(file_bytes("gpkg", "municipalities", table, village_atlas.provenance))
    described, _, _, (population,) = pyogrio.raw.read(path, columns=["population"], where="id = '02099002'")
    assert described["fields"].tolist() == ["population"]
    assert population.tolist() != [0]


def test_licence_and_vintage_stand_in_the_files(village_atlas, tmp_path):
    table = table_of(village_atlas, "counties")
    for form in FORMATS:
        content = file_bytes(form, "counties", table, village_atlas.provenance)
        assert b"CC0" in content
        assert b"2026-01-01" in content


def test_geoparquet_says_what_it_is(village_atlas, tmp_path):
    table = table_of(village_atlas, "municipalities")
    path = tmp_path / "units.parquet"
    path.write_bytes(file_bytes("geoparquet", "municipalities", table, village_atlas.provenance))
    read = pq.read_table(path)
    geo = json.loads(read.schema.metadata[b"geo"])
    assert geo["columns"]["geometry"]["encoding"] == "WKB"
    assert geo["columns"]["geometry"]["crs"]["id"] == {"authority": "EPSG", "code": 25832}
    assert read["population"].to_pylist() == [8000, 3000, 2500, 24000, None]
    assert shapely.from_wkb(read["geometry"].to_pylist()[0]).area == 25e6


@pytest.mark.parametrize("form", ["fgb", "gpkg"])
def test_download_is_kept_by_version(village_client, village_atlas, form):
    assert set(TABLES) == set(table_names(village_atlas))
    answer = village_client.get(f"/download/counties.{form}", follow_redirects=False)
    assert answer.status_code == 307
    file = village_client.get(answer.headers["location"])
    assert file.status_code == 200
    assert "immutable" in file.headers["cache-control"]
    assert f'filename="counties-2026-01-01.{form}"' in file.headers["content-disposition"]
    known = village_client.get(answer.headers["location"], headers={"if-none-match": file.headers["etag"]})
    assert known.status_code == 304
    part = village_client.get(answer.headers["location"], headers={"range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, file.content[:4])


def test_a_file_that_takes_long_is_made_while_nobody_waits(villages, tmp_path, monkeypatch):
    go_on = threading.Event()

    def slow(*asked):
        assert go_on.wait(20)
        return file_bytes(*asked)

    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    monkeypatch.setattr(downloads, "PATIENCE_S", 0.0)
    monkeypatch.setattr(downloads, "file_bytes", slow)
    with TestClient(create_app(Settings(data=str(villages)))) as client:
        answer = client.get("/download/counties.gpkg")
        assert answer.status_code == 503
        assert "counties.gpkg" in answer.json()["detail"]
        assert int(answer.headers["retry-after"]) > 0
        go_on.set()
        client.app.state.files.wait(20)
        assert client.get("/download/counties.gpkg").status_code == 200


@pytest.mark.parametrize("path", ["nothing.fgb", "counties.shp", "0123/counties.fgb", "..%2F..%2Fetc.fgb"])
def test_no_such_download(village_client, path):
    assert village_client.get(f"/download/{path}").status_code == 404


def test_what_failed_unforeseen_is_tried_again(tmp_path, monkeypatch):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    told = []
    monkeypatch.setattr(threading, "excepthook", lambda failed: told.append(failed.exc_type))
    files = FileCache()

    def fail():
        raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(NotReadyError):
            files.get_later("version", "name", fail, patience_s=20)
    assert told == [ZeroDivisionError, ZeroDivisionError]
    assert files.get_later("version", "name", lambda: b"made", patience_s=20).read_bytes() == b"made"
