"""The server asks nobody, whatever it is told; what fetches goes nowhere but to the web, and never inside."""

import socket

import pytest

from geoplan.errors import DatasetError, InvalidValueError
from geoplan.installation import address
from geoplan.installation.address import parse_address
from geoplan.installation.download import Patience, download
from geoplan_api.settings import read_settings
from tests.fileserver import running, status, whole

INSIDE = [
    "http://127.0.0.1:9/x",
    "http://169.254.169.254/latest",
    "http://[::1]/x",
    "http://10.0.0.1/",
    "http://0/",
]


@pytest.fixture
def no_network(monkeypatch):
    """Whoever opens a connection fails the test."""

    def refuse(*_args, **_named):
        raise AssertionError("a connection was opened")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize(
    "url", [*INSIDE, "https://evil.example/embed/units/01099001", "file:///etc/passwd", "gopher://x"]
)
def test_oembed_asks_nobody(answering, no_network, url):
    answer = answering().get("/oembed", params={"url": url})
    assert answer.json()["kind"] in ("not-found", "invalid-value")


@pytest.mark.parametrize("url", [
    "http://tiles.example/{z}/{x}/{y}.png", "file:///{z}/{x}/{y}",
    "https://a.example/{z}/{x}/{y}; script-src *",
    "https://a.example/{z}/{x}/{y} https://evil.example", "https://user:pw@a.example/{z}/{x}/{y}",
    "javascript:{z}{x}{y}", "https://a.example/{z}/{x}/{y}\nX-Header: 1",
])  # fmt: skip
def test_a_background_map_is_one_https_host(url):
    with pytest.raises(InvalidValueError):
        read_settings(basemap_url=url)


def test_a_background_map_is_asked_by_browsers_only(answering, no_network):
    client = answering(basemap_url="https://tiles.example/{z}/{x}/{y}.png")
    answer = client.get("/embed/units/01099001")
    assert answer.status_code == 200
    assert "img-src 'self' data: https://tiles.example;" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "source", ["file:///etc/passwd", "ftp://a.example/x", "gopher://a.example/x", "jar:http://a!/x"]
)
def test_only_the_web_is_fetched_from(source):
    with pytest.raises(InvalidValueError):
        parse_address(source)


@pytest.mark.parametrize("target", INSIDE)
def test_no_server_sends_us_inside(tmp_path, monkeypatch, target):
    real = address.is_inside
    with running() as server:
        # The server that is asked stands for one on the net.
        monkeypatch.setattr(address, "is_inside", lambda url: real(url) and url != server.url())
        server.serve(status(302, Location=target))
        with pytest.raises(DatasetError, match="inside this network"):
            download(parse_address(server.url()), tmp_path, patience=Patience(tries=1))


def test_who_asks_inside_may_be_sent_on_inside(tmp_path):
    with running() as server:
        server.serve(whole(b"PK"), path="/b.zip")
        server.serve(status(302, Location=server.url("/b.zip")))
        assert download(parse_address(server.url()), tmp_path, patience=Patience(tries=1)).size == 2


@pytest.mark.parametrize("url", INSIDE)
def test_what_is_inside(url):
    assert address.is_inside(url)
    assert not address.is_inside("http://93.184.216.34/")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://a.example/x"])
def test_no_server_sends_us_elsewhere_than_to_the_web(tmp_path, target):
    with running() as server:
        server.serve(status(302, Location=target))
        with pytest.raises(DatasetError, match="something else than http"):
            download(parse_address(server.url()), tmp_path, patience=Patience(tries=1))
