"""The layers of the map and its library over HTTP: compressed, kept for good, refused when out of date."""

import gzip
import json

import pytest

from geoplan_api.map_layers import map_config
from geoplan_api.packed import PackedFile
from geoplan_maps.layers.document import FORMAT
from geoplan_maps.tiles import find_tiles


@pytest.fixture(scope="module")
def config(client, atlas):
    return map_config(client.app.state.layers.of(atlas), "")


def test_layers_never_change_under_their_address(client, config):
    for address in (config["outline"], config["county"].replace("{id}", "05570")):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.json()["format"] == FORMAT
        again = client.get(address, headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_a_layer_is_made_once(client, config, atlas):
    layers = client.app.state.layers
    client.get(config["outline"])
    version = layers.of(atlas).version
    assert layers.kept(atlas, version, "outline") is layers.packed(atlas, version, "outline")
    assert layers.kept(atlas, "0123456789ab", "outline") is None
    assert layers.kept(atlas, version, "nothing") is None


def test_each_encoding_has_a_tag_of_its_own(client, config):
    zipped = client.get(config["outline"])
    for refused in ("identity", "gzip;q=0, deflate", ""):
        plain = client.get(config["outline"], headers={"accept-encoding": refused})
        assert "content-encoding" not in plain.headers
        assert plain.content == zipped.content
        assert plain.headers["etag"] != zipped.headers["etag"]
        assert plain.headers["vary"] == "accept-encoding, Origin"


def test_all_places_come_at_once(client, config, atlas):
    counts = atlas.counts()
    ids = client.get(config["places"]).json()["ids"]
    assert len(ids) == counts["municipality"] + counts["unincorporated-area"]


@pytest.mark.parametrize("path", ["outline.json", "places.json", "places/05570.json"])
def test_another_version_is_not_there(client, config, path):
    answer = client.get(f"/map/0123456789ab/{path}")
    assert answer.status_code == 404
    assert answer.json()["value"] == "0123456789ab"
    assert answer.json()["nearest"] == [config["outline"].split("/")[2]]


def test_an_unknown_county_is_named(client, config):
    answer = client.get(config["county"].replace("{id}", "0557"))
    assert answer.status_code == 404
    assert "05570" in answer.json()["nearest"]


def test_the_library_comes_from_its_package(client):
    for name, kind in {"leaflet.js": "text/javascript", "leaflet.css": "text/css"}.items():
        answer = client.get(f"/vendor/leaflet/{name}")
        assert answer.headers["content-type"].startswith(kind)
        assert answer.headers["cache-control"] == "no-cache"
        assert b"sourceMappingURL" not in answer.content
    assert client.get("/vendor/leaflet/leaflet-src.js").status_code == 404


def test_configuration_names_the_background_only_where_it_is_wanted(client, atlas, config):
    assert config["basemap"] is None
    layers = client.app.state.layers.of(atlas)
    chosen = map_config(layers, "..", query="?dataset=x", tiles=find_tiles("basemap.de"))
    assert chosen["basemap"]["attribution"] == "© basemap.de / BKG"
    assert chosen["outline"] == f"../map/{layers.version}/outline.json?dataset=x"
    west, south, east, north = chosen["bounds"]
    assert 5 < west < 6 and 47 < south < 48 and 15 < east < 16 and 54 < north < 56


def test_packing_is_the_same_every_time():
    plain = json.dumps(list(range(100))).encode()
    one, other = PackedFile.of(plain, "application/json"), PackedFile.of(plain, "application/json")
    assert one == other
    assert gzip.decompress(one.compressed) == plain
