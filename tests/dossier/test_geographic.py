"""GeoPackage and GeoJSON hold the members, what lies between and around them, and where they come from."""

import json

import pyogrio
import pytest
import shapely

from geoplan_dossier import Format, render

LAYERS = {
    "members": "MultiPolygon", "borders": "MultiLineString", "neighbours": "MultiPolygon",
    "gap_lines": "LineString", "gap_points": "Point", "provenance": None,
}  # fmt: skip


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    def write(dossier):
        path = tmp_path_factory.mktemp("gpkg") / "dossier.gpkg"
        path.write_bytes(render(dossier, Format.GPKG, "de"))
        return path

    return write


def table(path, layer):
    meta, _, geometry, columns = pyogrio.raw.read(path, layer=layer)
    shapes = None if geometry is None else shapely.from_wkb(geometry)
    return meta, shapes, dict(zip(meta["fields"], columns, strict=True))


def test_layers(package, six):
    assert dict(pyogrio.list_layers(package(six)).tolist()) == LAYERS


def test_members_with_their_figures(package, six):
    meta, shapes, columns = table(package(six), "members")
    assert meta["crs"] == "EPSG:25832"
    assert columns["id"].tolist() == [member.unit.id for member in six.members]
    assert columns["share_high_eur"].sum() == pytest.approx(float(six.network.cost.total.high))
    assert shapely.area(shapes).sum() / 1e6 == pytest.approx(six.network.area_km2, rel=0.02)


def test_gaps(package, apart):
    path = package(apart)
    _, lines, columns = table(path, "gap_lines")
    assert columns["distance_km"].tolist() == [20.0]
    assert shapely.length(lines).tolist() == [20_000.0]
    assert len(table(path, "gap_points")[1]) == 1


def test_provenance(package, six):
    _, _, columns = table(package(six), "provenance")
    said = dict(zip(columns["key"], columns["value"], strict=True))
    assert said["attribution"] == six.network.data["attribution"]
    assert said["sha256 borders.parquet"] == six.origin.files["borders.parquet"]


def test_nasty_names_stay_names(package, nasty):
    _, _, columns = table(package(nasty), "members")
    assert set(columns["name"]) == {member.unit.name for member in nasty.members}


def test_geojson(apart, six):
    for dossier in (six, apart):
        found = json.loads(render(dossier, Format.GEOJSON, "de"))
        parts = [feature["properties"]["part"] for feature in found["features"]]
        assert parts.count("member") == len(dossier.members)
        assert parts.count("neighbour") == len(dossier.neighbours)
        assert found["network"]["members"] == [unit.id for unit in dossier.network.members]
        assert found["data"]["attribution"]
    assert parts.count("gap") == 2


def test_geojson_is_in_degrees_counter_clockwise(six):
    feature = json.loads(render(six, Format.GEOJSON, "de"))["features"][0]
    shape = shapely.from_geojson(json.dumps(feature["geometry"]))
    west, south, east, north = shape.bounds
    assert 7 < west < east < 9
    assert 51 < south < north < 53
    assert shapely.is_ccw(shapely.get_exterior_ring(shapely.get_parts(shape)[0]))
