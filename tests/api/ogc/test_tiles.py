"""Vector tiles: what is in them, how they are read by ranges, and how large they are."""

import gzip
import io
import os

import pytest
from pmtiles.reader import MemorySource, Reader, all_tiles
from starlette.testclient import TestClient

from geoplan_api import Settings, create_app
from geoplan_maps.exchange import dataset_version, tile_archive
from geoplan_maps.exchange.tiles import MAX_TILE_BYTES, MAX_ZOOM, MIN_ZOOM, tile_bytes

INITIAL_VIEW_BYTES = 150_000
_FIRST_ZOOMS = (4, 5)
"""Germany as a whole is shown in these."""


@pytest.fixture(scope="session")
def archive(village_atlas) -> bytes:
    return tile_archive(village_atlas)


@pytest.fixture(scope="module")
def tiles(villages):
    """A server whose tiles are there already."""
    with TestClient(create_app(Settings(data=str(villages)))) as client:
        address = client.get("/tiles.json").json()["pmtiles"]
        client.get(address)
        client.app.state.files.wait(120)
        yield client, address


def layers_of(tile: bytes) -> set[str]:
    """The names of the layers of a tile (field 3 of the message, whose field 1 is the name)."""
    found, file = set(), io.BytesIO(tile)

    def number() -> int:
        shift = value = 0
        while True:
            (byte,) = file.read(1)
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while file.tell() < len(tile):
        assert number() == 3 << 3 | 2
        layer = file.read(number())
        name_at = layer.index(b"\x0a")
        found.add(layer[name_at + 2 : name_at + 2 + layer[name_at + 1]].decode())
    return found


def test_archive_has_all_layers_and_says_whose_it_is(archive, village_atlas):
    reader = Reader(MemorySource(archive))
    header, metadata = reader.header(), reader.metadata()
    assert (header["min_zoom"], header["max_zoom"]) == (MIN_ZOOM, MAX_ZOOM)
    assert metadata["licence"] == "CC0"
    assert metadata["version"] == village_atlas.provenance.vintage
    assert [one["id"] for one in metadata["vector_layers"]] == ["states", "counties", "municipalities"]
    by_zoom: dict[int, set[str]] = {}
    for (zoom, _, _), tile in all_tiles(MemorySource(archive)):
        by_zoom.setdefault(zoom, set()).update(layers_of(gzip.decompress(tile)))
    assert set(by_zoom) == set(range(MIN_ZOOM, MAX_ZOOM + 1))
    for one in metadata["vector_layers"]:
        zooms = [zoom for zoom, layers in by_zoom.items() if one["id"] in layers]
        assert (min(zooms), max(zooms)) == (one["minzoom"], one["maxzoom"])


def test_tiles_are_read_by_ranges(tiles):
    client, address = tiles
    whole = client.get(address)
    assert whole.status_code == 200
    assert whole.headers["content-type"] == "application/vnd.pmtiles"
    assert "immutable" in whole.headers["cache-control"]
    assert whole.headers["accept-ranges"] == "bytes"
    tag = whole.headers["etag"]
    part = client.get(address, headers={"range": "bytes=0-126"})
    assert part.status_code == 206
    assert part.content == whole.content[:127]
    assert part.headers["content-range"] == f"bytes 0-126/{len(whole.content)}"
    assert client.get(address, headers={"range": "bytes=999999999-"}).status_code == 416
    assert client.get(address, headers={"range": "bytes=0-9", "if-range": tag}).status_code == 206
    assert client.get(address, headers={"range": "bytes=0-9", "if-range": '"other"'}).status_code == 200
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.content))


def test_whoever_comes_while_tiles_are_made_is_asked_to_come_again(villages, tmp_path, monkeypatch):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    with TestClient(create_app(Settings(data=str(villages)))) as client:
        address = (
            client.get("/tiles/style.json").json()["sources"]["geoplan"]["url"].removeprefix("pmtiles://")
        )
        answer = client.get(address)
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        client.app.state.files.wait(120)
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("path", ["/tiles.json", "/tiles/style.json", "/tiles/style.json?source=xyz"])
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_descriptions_are_not_sent_twice(tiles, path, coding):
    client, _ = tiles
    answer = client.get(path, headers={"accept-encoding": coding})
    tag = answer.headers["etag"]
    assert tag.startswith('"')
    known = client.get(path, headers={"accept-encoding": coding, "if-none-match": tag})
    assert (known.status_code, known.content) == (304, b"")


def test_tiles_of_yesterday_are_gone(tiles, village_atlas):
    client, _ = tiles
    answer = client.get("/tiles/0123456789ab.pmtiles")
    assert answer.status_code == 404
    assert answer.json()["nearest"] == [dataset_version(village_atlas)]


def test_tilejson_and_style_fit_the_tiles(tiles):
    client, address = tiles
    described, style = client.get("/tiles.json").json(), client.get("/tiles/style.json").json()
    assert described["tilejson"] == "3.0.0"
    assert described["data"]["licence"] == "CC0"
    assert style["sources"]["geoplan"]["url"] == f"pmtiles://{address}"
    known = {one["id"] for one in described["vector_layers"]}
    assert {one["source-layer"] for one in style["layers"] if "source-layer" in one} == known
    assert not {"glyphs", "sprite"} & set(style)


def test_single_tiles_are_those_of_the_file(tiles):
    client, address = tiles
    template = client.get("/tiles.json").json()["tiles"][0]
    assert client.get("/tiles/style.json?source=xyz").json()["sources"]["geoplan"]["tiles"] == [template]
    inside = dict(all_tiles(MemorySource(client.get(address).content)))
    (zoom, column, row), packed = next(iter(inside.items()))
    path = template.format(z=zoom, x=column, y=row)
    answer = client.get(path)
    assert answer.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert answer.content == gzip.decompress(packed)
    plain = client.get(path, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == answer.content
    assert client.get(template.format(z=11, x=0, y=0)).status_code == 204
    assert client.get(template.format(z=30, x=0, y=0)).status_code == 204
    assert client.get(template.format(z="x", x=0, y=0)).status_code == 404


def test_every_tile_is_found_where_it_lies_also_in_a_file_made_again(country, archive, tmp_path):
    """In Germany's file the directory has directories; reading it anew for each tile finds the same."""
    path = tmp_path / "tiles.pmtiles"
    for content in (country, archive):
        path.write_bytes(content)
        os.utime(path, ns=(0, len(content)))  # files made within the grain of a clock
        everything = dict(all_tiles(MemorySource(content)))
        some = list(everything)[:: max(len(everything) // 500, 1)]
        assert [tile_bytes(path, *place) for place in some] == [everything[place] for place in some]
        assert (11, 0, 0) not in everything
        assert tile_bytes(path, 11, 0, 0) is None
    assert tile_bytes(path, 12, 0, 0) is None


@pytest.fixture(scope="session")
def country(atlas) -> bytes:
    return tile_archive(atlas)


@pytest.mark.slow
def test_tiles_of_germany_keep_within_their_budget(country):
    sizes = {place: len(tile) for place, tile in all_tiles(MemorySource(country))}
    assert max(sizes.values()) <= MAX_TILE_BYTES
    header = Reader(MemorySource(country)).header()
    directory = 127 + header["root_length"] + header["metadata_length"]
    for zoom in _FIRST_ZOOMS:
        shown = sum(size for (one, _, _), size in sizes.items() if one == zoom)
        assert shown + directory <= INITIAL_VIEW_BYTES
