import re

from geoplan_maps.inlined import asset, scripts, styles


def test_leaflet_comes_with_its_licence_and_without_its_source_map():
    assert "Vladimir Agafonkin" in scripts()
    assert "sourceMappingURL" not in scripts()
    assert scripts().endswith(asset("map.js"))


def test_styles_hold_their_images():
    addresses = re.findall(r"url\(([^)]*)\)", styles())
    assert sum(address.startswith("data:image/png;base64,") for address in addresses) == 3
    assert all(address.startswith("data:") or address == "#gp-hatch" for address in addresses)


def test_nothing_closes_its_block():
    assert "</script" not in scripts().lower()
    assert "</style" not in styles().lower()
