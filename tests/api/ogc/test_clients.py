"""Programs that nobody here wrote read the server: GDAL, OWSLib."""

import pyogrio
import pyogrio.raw
import pytest
import shapely
from owslib.ogcapi.features import Features

from tests.api.ogc.conftest import ROOTS


@pytest.mark.parametrize("root", ROOTS)
def test_gdal_reads_every_collection(address, root):
    source = f"OAPIF:{address}{root}"
    assert [name for name, _ in pyogrio.list_layers(source).tolist()] == list(ROOTS[root])
    for name, kind in pyogrio.list_layers(source).tolist():
        meta, _, shapes, values = pyogrio.raw.read(source, layer=name)
        assert meta["crs"] == "EPSG:25832"
        assert len(shapes) == len(values[0]) > 0
        assert kind == ("MultiLineString" if name == "borders" else "MultiPolygon")
        assert shapely.is_valid(shapely.from_wkb(shapes)).all()


def test_gdal_filters_boxes_pages_and_projects(address):
    source = f"OAPIF:{address}/ogc"

    def ids(**options):
        return pyogrio.raw.read(source, layer="municipalities", columns=["id"], **options)[3][0].tolist()

    assert ids(where="population > 3000 AND name LIKE 'A%'") == ["01099001"]
    assert ids(bbox=(500_100, 5_700_100, 500_200, 5_700_200)) == ["01099001"]
    assert len(ids(PAGE_SIZE="2")) == 5
    meta, _, shapes, _ = pyogrio.raw.read(source, layer="municipalities", CRS="EPSG:4326")
    west, south, east, north = shapely.total_bounds(shapely.from_wkb(shapes))
    assert (8.9 < west < east < 9.3) and (51.4 < south < north < 51.6), meta["crs"]


def test_gdal_reads_what_was_asked_of_a_unit(address):
    source = f"OAPIF_COLLECTION:{address}/ogc/units/Altdorf/collections/suggestions"
    meta, _, _, values = pyogrio.raw.read(source)
    told = dict(zip(meta["fields"].tolist(), values, strict=True))
    assert told["rank"].tolist() == list(range(1, len(told["rank"]) + 1))
    assert all(told["reasons"])


@pytest.mark.parametrize("root", ROOTS)
def test_owslib_walks_it(address, root):
    service = Features(f"{address}{root}")
    assert service.api()["openapi"].startswith("3.0")
    assert service.conformance()["conformsTo"]
    assert service.feature_collections() == list(ROOTS[root])
    for name in ROOTS[root]:
        assert service.collection(name)["id"] == name
        assert service.collection_queryables(name)["properties"]
        page = service.collection_items(name, limit=1)
        first = page["features"][0]
        assert service.collection_item(name, first["id"])["geometry"] == first["geometry"]
        assert service.collection_items(name, filter=f"id = '{first['id']}'")["numberMatched"] == 1
