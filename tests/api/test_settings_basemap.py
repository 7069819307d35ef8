"""The background map that an operator sets: checked before any visitor sees it."""

import pytest

from geoplan.errors import InvalidValueError
from geoplan_api.settings import Settings, read_settings


def test_off_by_default():
    assert Settings().basemap is None


def test_known_by_name():
    tiles = Settings(basemap_url="basemap.de").basemap
    assert tiles.url.startswith("https://sgx.geodatenzentrum.de/")
    assert tiles.attribution == "© basemap.de / BKG"


def test_own_server():
    tiles = Settings(
        basemap_url="https://karten.example:8443/t/{z}/{x}/{y}.png?k=1", basemap_attribution="Amt"
    ).basemap
    assert (tiles.attribution, tiles.attribution_url) == ("Amt", "https://karten.example/")


@pytest.mark.parametrize(
    "url",
    [
        "http://karten.example/{z}/{x}/{y}.png",
        "https://karten.example/{z}/{x}.png",
        "https://nutzer@karten.example/{z}/{x}/{y}.png",
        "https://karten.example; script-src *//{z}/{x}/{y}.png",
        "https://karten.example/{z}/{x}/{y}.png;x",
        "unbekannt",
    ],
)
def test_refused(url):
    with pytest.raises(InvalidValueError) as caught:
        read_settings(basemap_url=url)
    assert "GEOPLAN_BASEMAP_URL" in str(caught.value)


def test_public_plans_are_parted_by_commas(monkeypatch):
    monkeypatch.setenv("GEOPLAN_PUBLIC_PLANS", "a, b,,c ")
    assert Settings().public_plans == ("a", "b", "c")
