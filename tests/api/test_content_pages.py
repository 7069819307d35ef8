"""Pages to be read: made from the data, complete by the operator's settings, and none leads nowhere."""

import datetime
import html
import re

import pytest
from starlette.testclient import TestClient

from geoplan.criteria import CRITERIA
from geoplan.services import load_services
from geoplan.suggestions.weights import weight_sets, weights_for
from geoplan_api import Settings, create_app
from geoplan_api.content_pages.formulas import FORMULAS
from geoplan_api.content_pages.method import DATA, SETS, criteria_told

PAGES = ("/help", "/method", "/accessibility", "/privacy")
HTML = {"accept": "text/html"}


def read(client, path, status=200):
    answer = client.get(path, headers=HTML)
    assert answer.status_code == status, answer.text[:300]
    return html.unescape(answer.text)


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_whole(village_client, path, lang):
    answer = village_client.get(f"{path}?lang={lang}", headers=HTML)
    assert answer.status_code == 200
    assert answer.headers["content-language"] == lang
    assert "set-cookie" not in answer.headers
    assert "'unsafe-inline'" not in answer.headers["content-security-policy"]
    assert " style=" not in answer.text
    assert not re.search(r"<script(?![^>]*src=)", answer.text)
    assert answer.text.count("<h1>") == 1


@pytest.mark.parametrize("path", ["/", *PAGES, "/nix"])
def test_the_foot_leads_to_them(village_client, path):
    page = village_client.get(path, headers=HTML).text
    for target in PAGES:
        assert f'href="{target}?lang=de"' in page


@pytest.mark.parametrize("path", [*PAGES, "/nix", "/?unit=nirgends"])
def test_their_links_lead_somewhere(village_client, path):
    for link in re.findall(
        r'(?:href|src|action)="([^"]+)"', read(village_client, path, 200 if path in PAGES else 404)
    ):
        if link.startswith(("http", "#", "mailto", "?")):
            continue
        assert village_client.get(link, headers=HTML).status_code == 200, link


def test_every_criterion_has_its_formula():
    assert set(FORMULAS) == set(CRITERIA)
    assert set(SETS) == set(weight_sets())


def test_the_weights_told_are_those_that_are_used():
    told = {one.key: {label.template: share for label, share in one.weights} for one in criteria_told()}
    for name, label in ((name, label.template) for name, label in SETS.items()):
        used = weights_for(name, None, {})
        total = sum(used.values())
        shares = {key: parts[label] for key, parts in told.items() if label in parts}
        assert shares == pytest.approx({key: weight / total for key, weight in used.items()})


def test_the_method_tells_every_criterion_and_service(village_client):
    page = read(village_client, "/method?lang=de")
    for criterion in CRITERIA.values():
        assert criterion.label.text("de") in page
    for service in load_services().values():
        assert service.label.text("de") in page
    for data in DATA.values():
        assert data.text("de") in page


def test_help_tells_the_keys(village_client):
    page = read(village_client, "/help?lang=de")
    for key in ("/", "↑", "Eingabe", "Leertaste", "Esc", "Strg"):
        assert f"<kbd>{key}</kbd>" in page


def test_statements_say_what_is_not_set(village_client):
    statement = read(village_client, "/accessibility?lang=en")
    assert "who is responsible is not known" in statement
    assert "not assessed" in statement
    assert "GEOPLAN_OPERATOR" in read(village_client, "/privacy?lang=en")


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("barriere@kreis.example", 'href="mailto:barriere@kreis.example"'),
        ("https://kreis.example/kontakt", 'href="https://kreis.example/kontakt"'),
        ("javascript:alert(1)", None),
        ("Zimmer 12", None),
    ],
)
def test_statements_are_completed_by_settings(village_atlas, contact, link):
    settings = Settings(
        operator="Kreis <b>Muster</b>", operator_contact=contact, accessibility_checked=datetime.date(2026,
        11, 2),
        accessibility_examiner="Prüfstelle", accessibility_enforcement="Schlichtungsstelle",
        imprint_url="https://kreis.example/impressum",
    )  # fmt: skip
    with TestClient(create_app(settings, atlas=village_atlas), headers=HTML) as client:
        statement, privacy = client.get("/accessibility?lang=de").text, client.get("/privacy?lang=de").text
    for page in (statement, privacy):
        assert "Kreis &lt;b&gt;Muster&lt;/b&gt;" in page
        assert contact in page
        assert (link in page) if link else ('javascript:alert(1)"' not in page)
        assert 'href="https://kreis.example/impressum"' in page
    for text in ("02.11.2026", "Prüfstelle", "Schlichtungsstelle"):
        assert text in statement


def test_a_name_that_is_nearly_right_is_offered(village_client):
    page = read(village_client, "/units/Altdorff?lang=de", 404)
    assert 'href="/?unit=01099001&lang=de"' in page
    assert 'role="search"' in page


def test_a_name_of_several_is_told_apart(village_client):
    page = read(village_client, "/units/Neudorf?lang=de", 409)
    assert "unit=01099002" in page
    assert "unit=02099002" in page


def test_nothing_there_is_said_with_a_way_on(village_client):
    page = read(village_client, "/gibt/es/nicht?lang=de", 404)
    assert "/gibt/es/nicht" in page
    assert 'role="search"' in page
    answer = village_client.get("/<script>alert(1)</script>", headers=HTML)
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("path", ["/", "/?unit=01099001", *PAGES])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_are_an_address(village_client, path, theme):
    sign = "&" if "?" in path else "?"
    page = village_client.get(f"{path}{sign}theme={theme}&lang=de", headers=HTML).text
    assert f'data-theme="{theme}"' in page
    other = "light" if theme == "dark" else "dark"
    switch = re.search(rf'<a id="theme-{other}"[^>]*href="\?([^"]*)"', page)[1]
    assert f"theme={other}" in switch
    assert f"theme={theme}" not in switch
    assert all(f"theme={theme}" in link for link in re.findall(r'href="(/(?:help|method)\?[^"]*)"', page))


def test_no_colours_without_being_asked(village_client):
    for path in ("/help", "/help?theme=pink"):
        assert "data-theme=" not in village_client.get(path, headers=HTML).text


def test_the_link_can_be_copied_and_the_page_printed(village_client):
    page = village_client.get("/?unit=01099001&lang=de", headers=HTML).text
    assert re.search(r"<button[^>]*data-copy-link[^>]*>Link kopieren<", page)
    assert "data-print" in page
    assert 'id="told" class="quiet-status" role="status"' in page
