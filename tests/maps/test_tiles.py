import pytest

from geoplan.errors import UnknownChoiceError
from geoplan_maps.tiles import KNOWN_TILES, find_tiles


@pytest.mark.parametrize("name", ["basemap.de", "BASEMAP.DE", "TopPlusOpen", "OpenStreetMap"])
def test_known_maps_are_found_by_name(name):
    found = find_tiles(name)
    assert found in KNOWN_TILES.values()
    assert found.url.startswith("https://")
    assert found.attribution_url.startswith("https://")


def test_an_address_names_its_host():
    found = find_tiles("https://tiles.example.org/{z}/{x}/{y}.png")
    assert (found.attribution, found.attribution_url) == ("tiles.example.org", "https://tiles.example.org/")


@pytest.mark.parametrize(
    "value",
    [
        "basemap",
        "",
        "javascript:alert(1)//{z}{x}{y}",
        "file:///{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}.png",
        "https:///{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}/{y}.png?{{ 7 * 7 }}",
    ],
)
def test_anything_else_is_refused_with_the_known_names(value):
    with pytest.raises(UnknownChoiceError) as failure:
        find_tiles(value)
    assert failure.value.value == value
    assert failure.value.nearest == tuple(KNOWN_TILES)
