"""What readers write is a value and nothing else: in searches, filters, rules, weights and pages."""

import dataclasses
import json
import re
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from geoplan_api import Settings, create_app

NASTY = [
    "' OR 1=1 --", "\"; DROP TABLE units; --", "%_*?", "(((((((((((a+)+)+)+$", "{{7*7}}${7*7}#{7*7}<%=7*7%>",
    "__import__('os').system('id')", "../../etc/passwd", "\u202e\u0000\ud7ff", "a" * 80, "|id;`id`$(id)",
]  # fmt: skip
HOSTILE = "</script><img src=x onerror=\"alert('1')\">{{ 7 * 7 }}${1}"
CHECK = {"members": ["01099001", "01099002"], "service": "building-yard"}


def is_told(answer):
    """Either an answer, or one clear error; nothing was computed from what was written."""
    assert answer.status_code < 500, answer.text[:300]
    if answer.status_code >= 400:
        assert answer.json()["detail"]
    return answer


@pytest.mark.parametrize("text", NASTY)
def test_a_search_is_a_text(village_client, text):
    answer = is_told(village_client.get("/api/v1/units", params={"q": text}))
    if answer.status_code == 200:
        assert len(answer.json()["results"]) < 6, "it does not find everything"
    is_told(village_client.get(f"/api/v1/units/{quote(text.encode('utf-8', 'surrogatepass'), safe='')}"))


@pytest.mark.parametrize("expression", [
    "1=1; DROP TABLE x", "name = 'a' UNION SELECT * FROM plans", "__class__ = 'x'", "name.__class__ IS NULL",
    "eval('1') = 1", "system('id') = 0", "name LIKE '" + "%a" * 500 + "'", "NOT " * 500 + "name = 'a'",
    "(" * 300 + "name = 'a'" + ")" * 300, "S_INTERSECTS(geometry, POLYGON((" + "0 0," * 1500 + "0 0)))",
])  # fmt: skip
def test_a_filter_is_no_program(village_client, expression):
    asked = {"filter": expression, "filter-lang": "cql2-text", "f": "json"}
    answer = village_client.get("/ogc/collections/municipalities/items", params=asked)
    assert answer.status_code in (200, 400, 414), answer.text[:300]


@pytest.mark.parametrize("name", ["units", "columns", "ids", "password"])
def test_a_property_of_a_filter_is_one_of_the_collection(village_client, name):
    asked = {"filter": f"{name} = 'x'", "filter-lang": "cql2-text", "f": "json"}
    answer = village_client.get("/ogc/collections/municipalities/items", params=asked)
    assert (answer.status_code, answer.json()["value"]) == (400, name)
    assert name not in answer.json()["nearest"]


@pytest.mark.parametrize("key", ["__class__", "constructor", "population; drop", "{0.__class__}"])
@pytest.mark.parametrize("field", ["facts", "assumptions", "use"])
def test_what_rules_are_told_is_no_rule(village_client, key, field):
    answer = is_told(village_client.post("/api/v1/networks/check", json=CHECK | {field: {key: 1}}))
    assert answer.status_code == 422 or field == "use"


@pytest.mark.parametrize("weights", ["closeness:1e999", "closeness:nan", "__class__:1", "closeness:1;x"])
def test_weights_are_numbers(village_client, weights):
    answer = village_client.get("/api/v1/units/01099001/suggestions", params={"weights": weights})
    assert answer.status_code == 422


class Parsed(HTMLParser):
    """Elements and handlers that a page really has."""

    def __init__(self, text):
        super().__init__()
        self.images, self.handlers = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "img" and named.get("src") == "x":
            self.images.append(named)
        self.handlers += [name for name in named if name.startswith("on")]


@pytest.fixture(scope="module")
def hostile_client(village_atlas, tmp_path_factory):
    """The villages, one of them named by somebody who means harm."""
    table = village_atlas.units
    names = list(table.names)
    names[list(table.ids).index("01099002")] = HOSTILE
    atlas = dataclasses.replace(village_atlas, units=dataclasses.replace(table, names=names))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEOPLAN_HOME", str(tmp_path_factory.mktemp("hostile")))
        app = create_app(Settings(frame_ancestors="*"), atlas=atlas, desk=True)
        with TestClient(app, base_url="http://127.0.0.1:8000") as client:
            yield client


@pytest.mark.parametrize("path", [
    "/?unit=01099002", "/?unit=01099001&with=01099002&service=building-yard", "/?q=script",
    "/?unit=01099001&why=01099002", "/embed/units/01099001", "/embed/units/01099002",
    "/embed/networks?members=01099001,01099002&service=building-yard",
    "/embed/white-spots/01099?service=building-yard", "/ogc/collections/municipalities/items/01099002?f=html",
    "/ogc/collections/municipalities/items?f=html",
])  # fmt: skip
def test_names_stay_names(hostile_client, path):
    answer = hostile_client.get(path, headers={"accept": "text/html"})
    assert answer.status_code == 200, answer.text[:300]
    page = Parsed(answer.text)
    assert not page.images
    assert not page.handlers
    assert "{{ 49 }}" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy.partition("style-src")[0], "no script that stands in the page runs"
    for block in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', answer.text, re.DOTALL):
        assert "<" not in block
        json.loads(block)


def test_texts_of_plans_stay_texts(hostile_client):
    texts = {"id": "netz", "title": HOSTILE[:80], "summary": HOSTILE, "risks": [{"text": HOSTILE}],
             "documents": [{"title": HOSTILE, "link": "https://example.org/a"}],
             "network": {"members": ["01099001", "01099002"], "service": "building-yard"}}  # fmt: skip
    made = hostile_client.post("/api/v1/plans", json=texts)
    assert made.status_code == 201, made.text
    for path in ("/plans", "/plans/netz", "/plans/netz?edit=risks"):
        page = Parsed(hostile_client.get(path, headers={"accept": "text/html"}).text)
        assert (page.images, page.handlers) == ([], [])


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "file:///etc/passwd"]
)
def test_a_link_of_a_plan_is_a_web_address(hostile_client, link):
    body = {"title": "x", "network": {"members": ["01099001"], "service": "building-yard"},
            "documents": [{"title": "x", "link": link, "kind": "letter-of-intent"}]}  # fmt: skip
    assert hostile_client.post("/api/v1/plans", json=body).status_code == 422
