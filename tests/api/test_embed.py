"""The map in a frame of another site, and how oEmbed describes it."""

import base64
import hashlib
import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from geoplan_api import Settings, create_app
from geoplan_api.security import embed_policy

MAP = "/embed/units/Altdorf?type=horizontal-rural&service=heat-planning&lang=en"


def test_embed(village_client):
    answer = village_client.get(MAP)
    assert (answer.status_code, answer.headers["content-language"]) == (200, "en")
    assert "Partners for Altdorf" in answer.text
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers


def test_policy_lets_run_what_stands_in_the_page(village_client):
    answer = village_client.get(MAP)
    policy = answer.headers["content-security-policy"]
    assert "unsafe-eval" not in policy
    assert re.search(r"script-src ([^;]*)", policy)[1].count("sha256-") >= 1
    scripts = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    assert scripts
    for script in scripts:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy


def test_page_without_script_runs_none():
    assert "script-src 'none'" in embed_policy("<p>no script</p>", "*")


def test_sites_that_may_show_it(village_atlas):
    settings = Settings(frame_ancestors="https://kreis.example")
    with TestClient(create_app(settings, atlas=village_atlas)) as client:
        for path in (MAP, "/embed/units/Nirgendwo"):
            policy = client.get(path, headers={"Accept": "text/html"}).headers["content-security-policy"]
            assert "frame-ancestors https://kreis.example" in policy


def oembed(client, url, **params):
    return client.get("/oembed", params={"url": url, **params})


@pytest.mark.parametrize("page", [MAP, "/units/Altdorf?type=horizontal-rural&service=heat-planning&lang=en"])
def test_oembed(village_client, page):
    answer = oembed(village_client, f"http://testserver{page}", maxwidth=320).json()
    assert (answer["version"], answer["type"]) == ("1.0", "rich")
    assert (answer["width"], answer["height"]) == (320, 480)
    (source,) = re.findall(r'src="([^"]+)"', answer["html"])
    assert village_client.get(unescape(source)).status_code == 200
    assert "service=heat-planning" in unescape(source)


@pytest.mark.parametrize(
    "url",
    [
        "http://testserver.example.org/embed/units/Altdorf",
        "http://testserver/",
        "http://testserver/embed/units/",
        "http://testserver/embed/units/a/b",
        "https://testserver/embed/units/Altdorf",
        "http://testserver/embed/units/Nirgendwo",
    ],
)
def test_oembed_of_other_pages(village_client, url):
    assert oembed(village_client, url).status_code == 404


def test_oembed_is_escaped(village_client):
    url = 'http://testserver/embed/units/Altdorf?lang=en"><script>alert(1)</script>'
    answer = oembed(village_client, url)
    assert "<script>" not in answer.json().get("html", "")


def test_public_url(village_atlas):
    settings = Settings(public_url="https://planer.example/geo/")
    with TestClient(create_app(settings, atlas=village_atlas)) as client:
        answer = oembed(client, "https://planer.example/geo/units/Altdorf").json()
        assert 'src="https://planer.example/geo/embed/units/01099001"' in answer["html"]
        assert oembed(client, "http://testserver/units/Altdorf").status_code == 404
