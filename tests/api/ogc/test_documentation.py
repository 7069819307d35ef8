"""What docs/portals.md and the files beside it promise is there."""

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from geoplan_api import Settings, create_app

DOCS = Path(__file__).resolve().parents[3] / "docs"
HOST = "https://geoplan.example"
FILES = [DOCS / "portals.md", DOCS / "oembed-provider.json", *sorted((DOCS / "masterportal").glob("*.json"))]
ADDRESSES = sorted(
    {
        found
        for path in FILES
        for found in re.findall(rf"{re.escape(HOST)}[^\s`\"<>|)]*", path.read_text(encoding="utf-8"))
        if "*" not in found
    }
)


@pytest.fixture(scope="module")
def server(atlas):
    with TestClient(create_app(Settings(public_url=HOST), atlas=atlas)) as client:
        yield client


@pytest.mark.parametrize("address", ADDRESSES)
def test_address_exists(server, address):
    path = address.removeprefix(HOST) or "/"
    answer = server.get(path, follow_redirects=False)
    # oEmbed without a page to describe is asked for one.
    assert answer.status_code in ((422,) if path == "/oembed" else (200, 307, 308)), answer.text


def test_all_parameters_of_the_look_of_an_embed_are_in_the_guide(server):
    paths = server.get("/openapi.json").json()["paths"]
    told = set(re.findall(r"^\| `(\w+)` \|", (DOCS / "portals.md").read_text(encoding="utf-8"), re.MULTILINE))
    known = {one["name"] for one in paths["/embed/networks"]["get"]["parameters"] if one["in"] == "query"}
    assert told == known - {"members", "service"}


def test_portal_entries_name_collections_and_attributes_that_there_are(server):
    entries = json.loads((DOCS / "masterportal" / "services.json").read_text(encoding="utf-8"))
    for entry in entries:
        if entry["typ"] != "OAF":
            continue
        root = entry["url"].removeprefix(HOST)
        described = server.get(f"{root}/collections/{entry['collection']}").json()
        known = server.get(f"{root}/collections/{entry['collection']}/queryables").json()["properties"]
        assert set(entry["gfiAttributes"]) <= set(known)
        assert entry["crs"] in described["crs"]


def test_portal_shows_the_entries(server):
    services = json.loads((DOCS / "masterportal" / "services.json").read_text(encoding="utf-8"))
    config = (DOCS / "masterportal" / "config.json").read_text(encoding="utf-8")
    shown = set(re.findall(r'"id": "([^"]+)"', config))
    assert shown <= {entry["id"] for entry in services}


def test_provider_entry_is_the_one_in_the_guide():
    guide = (DOCS / "portals.md").read_text(encoding="utf-8")
    entry = (DOCS / "oembed-provider.json").read_text(encoding="utf-8")
    assert entry.strip() in guide
