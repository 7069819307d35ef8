"""The planner's pages: found, explained, escaped, and nothing from elsewhere."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from geoplan_api import Settings, create_app
from geoplan_api.html import unbroken

PAGES = [
    "/",
    "/?q=neudorf",
    "/?q=nirgendwo",
    "/?unit=Altdorf",
    "/?unit=Altdorf&service=it&type=vertical",
    "/?unit=Altdorf&why=01099002",
    "/docs",
]


class Links(HTMLParser):
    """What a page asks for by itself, and where its links and forms lead."""

    def __init__(self, html):
        super().__init__()
        self.asked, self.found = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        links = [value for name, value in attrs if name in ("href", "src", "action", "data-description")]
        self.found += links
        self.asked += [] if tag == "a" else links


@pytest.mark.parametrize("path", PAGES)
def test_page_asks_nobody_else(village_client, path):
    answer = village_client.get(path)
    assert answer.status_code == 200
    assert {urlsplit(link).netloc for link in Links(answer.text).asked} <= {"", "testserver"}
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/", "/?q=neudorf", "/?unit=Altdorf", "/?unit=Altdorf&why=01099002", "/docs"]
)
def test_links_lead_somewhere(village_client, path):
    for link in Links(village_client.get(path).text).found:
        if urlsplit(link).netloc not in ("", "testserver"):
            continue
        assert village_client.get(link).status_code == 200, link


def test_search_leads_to_the_unit(village_client):
    """A name that only one has leads there at once; one that several have, to a choice."""
    answer = village_client.get("/?q=altdorf", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?unit=01099001&lang=de")
    page = village_client.get("/?q=neudorf").text
    assert 'href="/?unit=01099002&amp;lang=de"' in page
    assert "Talkreis, Nordland" in page


def test_lasting_address_of_a_unit_leads_to_the_planner(village_client):
    answer = village_client.get("/units/Altdorf?service=it&lang=en", follow_redirects=False)
    assert answer.status_code == 308
    assert answer.headers["location"] == "/?unit=Altdorf&service=it&lang=en"
    assert "set-cookie" not in answer.headers


def test_lasting_address_keeps_what_a_name_may_hold(village_client):
    answer = village_client.get("/units/Neudorf%2C%20S%C3%BCdland%26q%3Dx", follow_redirects=False)
    assert answer.headers["location"] == "/?unit=Neudorf%2C%20S%C3%BCdland%26q%3Dx"


def test_search_without_result_says_what_to_do(village_client):
    page = village_client.get("/?q=qqqqqq").text
    assert "Nichts gefunden" in page
    assert "qqqqqq" in page


def test_unit_page_explains(village_client):
    address = "/?unit=Altdorf&type=horizontal-rural&service=heat-planning"
    page = village_client.get(address).text
    asked = village_client.get(
        "/api/v1/units/Altdorf/suggestions?type=horizontal-rural&service=heat-planning"
    )
    for suggestion in asked.json()["suggestions"]:
        assert f'data-unit="{suggestion["id"]}"' in page
        why = village_client.get(f"{address}&why={suggestion['id']}").text
        for part in suggestion["contributions"]:
            assert part["contribution"] == 0 or unbroken(part["explanation"]) in why
    assert re.search(r'value="heat-planning" selected', page)
    assert re.search(r'value="horizontal-rural" selected', page)
    source = re.search(r'<a href="https://example.org" rel="noreferrer" title="([^"]+)">(.*?)</a>', page)
    assert source[1].startswith("Villages")
    assert re.sub(r"<[^>]+>", "", source[2]) == source[1]


def test_form_without_service_asks_for_any(village_client):
    assert village_client.get("/?unit=Altdorf&service=&type=any").status_code == 200


@pytest.mark.parametrize("path", ["/", "/?unit={}", "/?unit=Altdorf&why={}", "/embed/units/{}"])
def test_text_of_others_is_escaped(village_client, path):
    evil = "<script>alert(1)</script>\"'"
    params = {"q": evil} if path == "/" else {}
    page = village_client.get(
        path.format("%3Cscript%3Ealert(1)%3C%2Fscript%3E"), params=params, headers={"Accept": "text/html"}
    )
    assert "<script>alert" not in page.text


def test_icon(village_client):
    icon = village_client.get("/favicon.ico")
    assert (icon.status_code, icon.headers["content-type"]) == (200, "image/svg+xml")


def test_docs_come_from_here(village_client):
    links = Links(village_client.get("/docs").text).found
    assert any(link.endswith("swagger-ui-bundle.js") for link in links)
    assert "script-src 'self'" in village_client.get("/docs").headers["content-security-policy"]


def test_under_a_path_of_a_proxy(village_atlas):
    with TestClient(create_app(Settings(), atlas=village_atlas), root_path="/planer") as client:
        answer = client.get("/planer/units/Altdorf", follow_redirects=False)
        assert answer.headers["location"] == "/planer/?unit=Altdorf"
        links = Links(client.get("/planer/?unit=Altdorf&with=01099002&panel=check").text).found
    own = ("/planer/", "http://testserver/planer/", "?", "#")
    assert "https://example.org" in links
    assert [link for link in links if not link.startswith((*own, "https://"))] == []
