"""What the signs of the planner's map mean, beside the map."""

import json
import re

from geoplan_api.planner.scene import bounds_of

HTML = {"accept": "text/html"}


def page_of(client, path):
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 200
    return answer.text


def scene_of(html):
    return json.loads(re.search(r'<script type="application/json" id="scene"[^>]*>(.*?)</script>', html)[1])


def legend_of(html):
    return re.search(r'<div id="legend".*?</section>', html, re.S)[0]


def test_the_legend_has_the_values_of_the_classes(client):
    page = page_of(client, "/?unit=05570044&service=heat-planning&lang=de")
    legend = legend_of(page)
    classes = re.search(r'<span class="classes">(.*?)</span>', legend)[1]
    values = [float(one.replace(",", ".")) for one in re.findall(r"<small>([\d,]+)</small>", classes)]
    assert len(values) == 6
    assert values == sorted(values)
    filled = [one for one in scene_of(page)["suggestions"] if one["role"] != "coordinator"]
    scores = [float(one["score"].replace(",", ".")) for one in filled]
    assert values[0] <= min(scores) <= max(scores) <= values[-1]
    assert "schwächer" in legend
    assert "stärker" in legend
    assert "Passung im Vergleich dieser Liste" in legend
    assert "vorgeschlagener Kreis oder Verband (nur umrandet)" in legend


def test_a_county_on_board_is_in_the_legend_and_its_town_says_that_it_is_one(client):
    page = page_of(client, "/?unit=05570044&with=05570052,05570&service=climate-network&lang=de")
    assert "Kreis, der beteiligt ist" in legend_of(page)
    tray = re.search(r'<ul class="chips">.*?</ul>', page, re.S)[0]
    assert "Warendorf (Stadt)" in tray
    assert "Kreis Warendorf" in tray
    without = page_of(client, "/?unit=05570044&with=05570052&service=climate-network&type=horizontal&lang=de")
    assert "Kreis, der beteiligt ist" not in without
    assert "Warendorf (Stadt)" not in re.search(r'<ul class="chips">.*?</ul>', without, re.S)[0]


def test_the_outline_of_a_county_that_is_suggested_is_not_cut(atlas, client):
    bounds = scene_of(page_of(client, "/?unit=05570044&service=heat-planning&lang=de"))["bounds"]
    (south, west), (north, east) = bounds_of(atlas, [atlas.units["05570"]], room=0)
    assert bounds[0][0] <= south
    assert bounds[0][1] <= west
    assert bounds[1][0] >= north
    assert bounds[1][1] >= east
