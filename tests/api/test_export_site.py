"""A county as a folder for any web server: which files, and the same each time."""

import json
import re
from html import unescape
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from geoplan_api.site_export import export_site, site_request

GOLDEN = Path(__file__).parent / "golden" / "site_files.txt"
SERVICES = ("heat-planning", "building-yard")


@pytest.fixture(scope="module")
def files(village_atlas):
    request = site_request(
        village_atlas, "Talkreis", services=SERVICES, langs=("de", "en"), planner="https://planer.example/"
    )
    return export_site(village_atlas, request)


def pages(files):
    return {name: content.decode() for name, content in files.items() if name.endswith(".html")}


def test_which_files(files):
    # Of which modules the map is made is no matter of the export; that all of them are there is (below).
    plain = [re.sub(r"^map/[0-9a-f]{12}/", "map/VERSION/", name) for name in files]
    plain = [re.sub(r"^static/map/.*", "static/map/…", name) for name in plain]
    found = "\n".join(dict.fromkeys(plain)) + "\n"
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_all_modules_of_the_map(files):
    static = resources.files("geoplan_api") / "static" / "map"
    assert {f"static/map/{one.name}" for one in static.iterdir()} <= set(files)
    for name in [name for name in files if name.endswith(".js") and name.startswith("static/")]:
        for needed in re.findall(r'(?:from|import\()\s*"(\./[^"]+|\.\./[^"]+)"', files[name].decode()):
            assert str((Path("/") / name).parent.joinpath(needed).resolve())[1:] in files, (name, needed)


def test_same_bytes_each_time(village_atlas, files):
    request = site_request(
        village_atlas, "01099", services=SERVICES, langs=("de", "en"), planner="https://planer.example"
    )
    assert export_site(village_atlas, request) == files


def test_every_way_leads_to_a_file(files):
    for name, html in pages(files).items():
        for link in re.findall(r'(?:href|src)="([^"]+)"', html):
            parts = urlsplit(unescape(link))
            if parts.scheme:
                assert parts.hostname in ("planer.example", "example.org"), link
                continue
            assert not link.startswith("/"), (name, link)
            way = (Path("/site") / Path(name).parent / parts.path).resolve()
            assert str(way.relative_to("/site")) in files, (name, link)


def test_the_map_finds_its_geometry(files):
    for name, html in pages(files).items():
        found = re.search(r'id="settings">(.*?)</script>', html, re.DOTALL)
        if found is None:
            assert name.endswith("index.html")
            continue
        config = json.loads(found[1])["map"]
        outline = str((Path("/site") / Path(name).parent / config["outline"]).resolve().relative_to("/site"))
        assert config["basemap"] is None
        for county in json.loads(files[outline])["ids"]:
            for way in (config["county"].format(id=county), config["places"]):
                assert str((Path("/site") / Path(name).parent / way).resolve().relative_to("/site")) in files


def test_a_page_has_map_table_and_reasons(files):
    html = pages(files)["en/heat-planning/01099001.html"]
    assert '<html lang="en"' in html
    assert "Partners for Altdorf" in html
    assert 'id="map"' in html
    assert html.count('<tr data-unit="') >= 2
    assert "as the crow flies" in html
    assert 'href="https://planer.example/?unit=01099001' in html


def test_nothing_inline(files):
    for html in pages(files).values():
        assert "<style" not in html
        assert not re.search(r'<[^>]+ (style|on\w+)="', html)
        for script in re.findall(r"<script([^>]*)>", html):
            assert "src=" in script or 'type="application/json"' in script


def test_without_services(village_atlas):
    request = site_request(village_atlas, "01099", services=(), langs=("de",), planner=None)
    files = export_site(village_atlas, request)
    assert "general/01099001.html" in files
    assert not [name for name in files if "white-spots" in name]
    assert "planer" not in files["general/01099001.html"].decode()


def test_notes(files):
    about = json.loads(files["provenance.json"])
    assert about["data"]["attribution"] == "© nobody"
    assert about["services"] == list(SERVICES)
    assert "default-src 'none'" in files["_headers"].decode()
    assert "script-src 'self'" in files["README.txt"].decode()
