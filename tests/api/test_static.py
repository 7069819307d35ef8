"""Styles and scripts: compressed, versioned, nothing else of the disk."""

import re

import pytest

from geoplan_api.assets import asset_names, assets_version

PATHS = ["/", "/?unit=01099001", "/help", "/embed/units/01099001", "/units/nirgendwo"]


@pytest.mark.parametrize("path", PATHS)
def test_pages_name_files_that_are_there_and_kept_for_good(village_client, path):
    html = village_client.get(path, headers={"accept": "text/html"}).text
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', html)
    assert named
    for address in set(named):
        answer = village_client.get(address)
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["cache-control"], address


def test_every_file_has_its_kind(village_client):
    kinds = {".js": "javascript", ".css": "text/css", ".svg": "image/svg+xml"}
    for name in asset_names():
        answer = village_client.get(f"/static/{name}")
        assert kinds[name[name.rindex(".") :]] in answer.headers["content-type"], name
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["cache-control"] == "no-cache"


def test_a_file_that_is_known_is_not_sent_again(village_client):
    tag = village_client.get("/static/planner/base.css").headers["etag"]
    again = village_client.get("/static/planner/base.css", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_an_older_version_gets_the_file_of_today(village_client):
    answer = village_client.get("/static/v/000000000000/planner/base.css")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
    assert assets_version() != "000000000000"


@pytest.mark.parametrize(
    "path",
    [
        "planner/bas.css",
        "../templates/base.html",
        "%2e%2e/app.py",
        "planner",
        "",
        "v/x/../../app.py",
        "/etc/passwd",
    ],
)
def test_what_is_no_file_of_the_pages_is_not_found(village_client, path):
    answer = village_client.get(f"/static/{path}")
    assert answer.status_code == 404
    if path == "planner/bas.css":
        assert "planner/base.css" in answer.text
