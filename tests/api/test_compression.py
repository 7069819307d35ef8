"""Compressed where it helps, plain where it would betray or only cost."""

import gzip

import brotli
import pytest
import zstandard
from starlette.applications import Starlette
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from geoplan_api import Settings, create_app
from geoplan_api.negotiation import coding_for
from geoplan_api.protocol.caching import CachePolicy
from geoplan_api.protocol.compression import Compression

UNPACK = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda packed: zstandard.ZstdDecompressor().decompressobj().decompress(packed),
}


def raw(client, path, coding, **headers):
    with client.stream("GET", path, headers={"Accept-Encoding": coding, **headers}) as answer:
        return answer, b"".join(answer.iter_raw())


@pytest.mark.parametrize("coding", UNPACK)
@pytest.mark.parametrize(
    "path", ["/api/v1/services", "/api/v1/levels/municipality/units", "/", "/openapi.json"]
)
def test_the_same_when_unpacked(village_client, path, coding):
    plain, body = raw(village_client, path, "identity")
    packed, bytes_ = raw(village_client, path, coding)
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == coding
    assert "accept-encoding" in packed.headers["vary"].lower()
    assert len(bytes_) < len(body)
    assert UNPACK[coding](bytes_) == body


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""), ("gzip, deflate, br, zstd", "zstd"), ("gzip, br", "br"), ("gzip;q=0", ""), ("*", "zstd"),
        ("*;q=0.5, zstd;q=0", "br"), ("identity", ""), ("gzip;q=nonsense", ""), ("deflate", ""),
        ("GZIP", "gzip"),
    ],
)  # fmt: skip
def test_the_best_that_is_taken(accepted, coding):
    assert coding_for(accepted) == coding


def test_tiny_answers_stay_plain(village_client):
    answer, _ = raw(village_client, "/health/live", "gzip, br, zstd")
    assert "content-encoding" not in answer.headers


def test_packed_answers_are_not_packed_again(village_client, village_atlas):
    version = village_client.app.state.layers.of(village_atlas).version
    for coding in UNPACK:
        answer, body = raw(village_client, f"/map/{version}/places.json", coding)
        if coding == "gzip":
            assert answer.headers["content-encoding"] == "gzip"
            assert gzip.decompress(body).startswith(b"{")


def test_plans_are_not_compressed(village_atlas, tmp_path, monkeypatch):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    application = create_app(Settings(), atlas=village_atlas, desk=True)
    with TestClient(application, base_url="http://127.0.0.1:8000") as client:
        client.post("/api/v1/plans", json={"id": "netz", "title": "Netz", "summary": "lang " * 1000})
        for path in ("/api/v1/plans/netz", "/api/v1/plans/netz/history"):
            answer, body = raw(client, path, "gzip, br, zstd")
            assert len(body) > 4000
            assert "content-encoding" not in answer.headers


def served(endpoint):
    app = Starlette(routes=[Route("/", endpoint)])
    app.add_middleware(Compression)
    app.add_middleware(CachePolicy)
    return TestClient(app)


@pytest.mark.parametrize("coding", UNPACK)
def test_a_stream_is_sent_as_it_comes(coding):
    async def endpoint(request):
        async def lines():
            for number in range(200):
                yield f"{number}\n" * 2000

        return StreamingResponse(lines(), media_type="application/x-ndjson")

    with served(endpoint).stream("GET", "/", headers={"Accept-Encoding": coding}) as answer:
        assert answer.headers["content-encoding"] == coding
        assert "content-length" not in answer.headers
        pieces = list(answer.iter_raw())
    assert UNPACK[coding](b"".join(pieces)).startswith(b"0\n0\n")


@pytest.mark.parametrize(
    "media_type", ["application/pdf", "image/png", "application/zip", "application/vnd.pmtiles"]
)
@pytest.mark.parametrize("coding", UNPACK)
def test_what_is_packed_by_kind_stays(media_type, coding):
    async def endpoint(request):
        return Response(b"0" * 5000, media_type=media_type)

    answer, body = raw(served(endpoint), "/", coding)
    assert ("content-encoding" in answer.headers, len(body)) == (False, 5000)


def test_a_part_of_a_file_is_that_part():
    async def endpoint(request):
        headers = {"content-range": "bytes 0-4999/10000"}
        return Response(b"0" * 5000, status_code=206, media_type="text/plain", headers=headers)

    for coding in UNPACK:
        answer, body = raw(served(endpoint), "/", coding)
        assert ("content-encoding" in answer.headers, len(body)) == (False, 5000)


def test_a_tag_from_before_compression_is_weak():
    async def endpoint(request):
        return Response("0" * 5000, media_type="text/css", headers={"etag": '"1"', "vary": "a, A, b"})

    answer, _ = raw(served(endpoint), "/", "br")
    assert answer.headers["etag"] == 'W/"1"'
    assert answer.headers["vary"] == "A, b, Accept-Encoding"
    assert raw(served(endpoint), "/", "identity")[0].headers["etag"] == '"1"'
