import json
import re

import pytest

from geoplan.insight import white_spots
from geoplan_maps.white_spot_map import LAYERS, white_spot_features, white_spots_html


def layer(page, name):
    found = re.search(rf'<script type="application/json" id="gp-layer-{name}">(.*?)</script>', page, re.S)
    return json.loads(found[1])


@pytest.fixture(scope="module")
def islands(atlas):
    """Nordfriesland: some of its islands find too few partners for a network."""
    return white_spots(atlas, "01054", service="climate-network")


@pytest.fixture(scope="module")
def page(atlas, islands):
    return white_spots_html(atlas, islands, lang="en")


def test_every_municipality_is_drawn_once(islands, page):
    drawn = [feature["id"] for name in ("supply", "suggestions") for feature in layer(page, name)["features"]]
    assert sorted(drawn) == [one.unit.id for one in islands.municipalities]


def test_white_spots_have_a_row_and_a_pattern_of_their_own(islands, page):
    assert islands.white
    features = layer(page, "suggestions")["features"]
    assert {feature["id"] for feature in features} == {one.unit.id for one in islands.white}
    assert {feature["properties"]["sign"] for feature in features} == {"white"}
    for feature in features:
        assert f'id="gp-row-{feature["properties"]["rank"]}"' in page


def test_the_page_needs_nothing_else(page):
    assert "<script src=" not in page
    assert '<link rel="stylesheet"' not in page
    assert all(f'id="gp-layer-{name}"' in page for name in LAYERS)


def test_equal_answers_are_equal_pages(atlas, islands, page):
    assert white_spots_html(atlas, islands, lang="en") == page


def test_an_area_without_white_spots_says_so(atlas):
    answer = white_spots(atlas, "08336", service="building-yard")
    assert not answer.white
    assert "finds enough good partners" in white_spots_html(atlas, answer, lang="en")


def test_features_tell_what_partners_there_are(atlas, islands):
    said = white_spot_features(atlas, islands, "en")
    assert len(said["features"]) == len(islands.municipalities)
    assert said["question"]["service"] == "climate-network"
    assert any(feature["properties"]["reasons"] for feature in said["features"])
