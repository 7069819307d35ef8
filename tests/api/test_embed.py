"""The maps in frames of other sites: what they hold, what a browser may do with them, how oEmbed says it."""

import json
import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from geoplan_api import Settings, create_app
from geoplan_api.security import embed_policy

MAP = "/embed/units/Altdorf?type=horizontal-rural&service=heat-planning&lang=en"
NETWORK = "/embed/networks?members=01099001,01099002,02099001&service=building-yard&lang=en"
WHITE_SPOTS = "/embed/white-spots/01099?service=heat-planning&lang=en"
PAGES = {
    MAP: "Partners for Altdorf",
    NETWORK: "Network: Altdorf, Neudorf, Bergheim",
    WHITE_SPOTS: "White spots",
}
BASEMAP = "https://tiles.example/{z}/{x}/{y}.png"
PLAN = {"id": "netz", "title": "Unser Netz", "network": {"members": ["01099001", "01099002"]}}


def scene_of(answer):
    return json.loads(re.search(r'id="scene">(.*?)</script>', answer.text, re.DOTALL)[1])


def settings_of(answer):
    return json.loads(re.search(r'id="settings">(.*?)</script>', answer.text, re.DOTALL)[1])


@pytest.fixture
def serve(village_atlas, tmp_path, monkeypatch):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))

    def serve(*, desk=False, **settings):
        app = create_app(Settings(**settings), atlas=village_atlas, desk=desk)
        return TestClient(app, base_url="http://127.0.0.1:8000")

    return serve


@pytest.mark.parametrize(("page", "title"), PAGES.items())
def test_embed(village_client, page, title):
    answer = village_client.get(page)
    assert (answer.status_code, answer.headers["content-language"]) == (200, "en")
    assert title in re.search(r"<h1>(.*?)</h1>", answer.text)[1]
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("page", PAGES)
def test_nothing_stands_in_the_page_that_the_policy_forbids(village_client, page):
    answer = village_client.get(page)
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;" in policy
    for script in re.findall(r"<script([^>]*)>", answer.text):
        assert "src=" in script or 'type="application/json"' in script
    assert "<style" not in answer.text
    assert not re.search(r'<[^>]+ (style|on\w+)="', answer.text)


@pytest.mark.parametrize("page", PAGES)
def test_all_files_of_the_page_are_there(village_client, page):
    answer = village_client.get(page)
    files = re.findall(r'(?:src|<link rel="(?:icon|stylesheet)" href)="([^"]+)"', answer.text)
    config = settings_of(answer)["map"]
    for path in [*files, config["outline"], config["places"]]:
        assert path.startswith("/"), path
        assert village_client.get(path).status_code == 200, path


@pytest.mark.parametrize(("page", "title"), PAGES.items())
def test_the_twin_says_what_the_map_shows(village_client, page, title):
    answer = village_client.get(page)
    scene, without = scene_of(answer), re.search(r"<noscript>\s*<p.*?</noscript>", answer.text, re.DOTALL)[0]
    shown = [one["id"] for one in scene["suggestions"]] or scene["group"]
    assert shown, title
    assert re.findall(r'data-unit="([^"]+)"', without) == shown
    assert "<table>" in without
    assert 'target="_blank" rel="noopener"' in without


def test_network_with_a_gap(village_client):
    answer = village_client.get("/embed/networks?members=01099003,02099001&lang=en")
    scene = scene_of(answer)
    assert scene["group"] == ["01099003", "02099001"]
    assert len(scene["gaps"]) == 1
    assert "gap in the network" in answer.text


def test_a_county_on_board_is_in_the_legend(client):
    page = client.get("/embed/networks?members=05570044,05570052,05570&service=climate-network&lang=de").text
    assert '<i class="sign holder"></i>Kreis, der beteiligt ist' in page
    assert "Warendorf (Stadt)" in page
    assert (
        "Kreis, der beteiligt ist" not in client.get("/embed/networks?members=05570044,05570052&lang=de").text
    )
    assert "Kreis, der beteiligt ist" in client.get("/embed/units/05570044?with=05570&lang=de").text


def twin_of(answer):
    return answer.text.partition('<section id="twin"')[2].partition("</section>")[0]


def test_a_network_says_how_it_stands(client):
    """Whether it is connected and funded stands at the top; hints are no requirements that are missed."""
    page = "/embed/networks?members=05570044,05570032,05570024&service=climate-network&lang=de"
    shown = client.get(page)
    summary = re.search(r'<p class="summary">(.*?)</p>', shown.text)[1]
    assert summary.startswith("Das Gebiet hängt zusammen. Nach heutigem Stand nicht förderfähig")
    twin = twin_of(shown)
    headings = re.findall(r"<h3>(\S+(?: \S+)?) <", twin)
    assert headings == ["Nicht erfüllt", "Noch offen", "Hinweise", "Erfüllt"]
    hints = twin.partition("<h3>Hinweise")[2].partition("<h3>")[0]
    assert 'class="check hint"' in hints and "missed" not in hints
    assert "Alle Mitglieder bilden ein zusammenhängendes Gebiet" in hints
    assert '<li class="check blocker">Nur 3 Teilnehmer' in twin.partition("<h3>Noch offen")[0]
    assert "<caption><h2>Mitglieder</h2></caption>" in twin
    assert "Kein Aufgabenfeld" not in twin
    presumed = client.get(page.replace("&service=climate-network", ""))
    assert "Es ist kein Aufgabenfeld gewählt" in twin_of(presumed)
    apart = client.get("/embed/networks?members=05570044,03404000&service=heat-planning&lang=de")
    assert "Das Gebiet liegt in 2 getrennten Teilen. Prüfung: " in apart.text


def test_checks_are_left_out_where_they_are_not_wanted(client, serve):
    page = f"{NETWORK}&checks=false"
    with serve(desk=True) as desk:
        desk.post("/api/v1/plans", json=PLAN)
        shown = [desk.get(one) for one in (page, "/embed/plans/netz?checks=false", "/embed/plans/netz")]
        described = oembed(desk, f"http://127.0.0.1:8000{page}").json()["html"]
    assert ["summary" in one.text for one in shown] == [False, False, True]
    assert ['class="check' in one.text for one in shown] == [False, False, True]
    assert "checks=false" in unescape(described)
    refused = client.get(f"{NETWORK}&checks=perhaps", headers={"Accept": "application/json"})
    assert (refused.status_code, refused.json()["value"]) == (422, "perhaps")


def test_estimates_say_so_in_the_table(client):
    for page in ("units/05570044?lang=de", "networks?members=05570044,05570032&lang=de"):
        assert re.search(r"\d\sEinwohner \(Schätzung\)", twin_of(client.get(f"/embed/{page}")))


def test_layers(village_client):
    page = f"{MAP}&with=01099002"
    assert scene_of(village_client.get(page))["group"] == ["01099001", "01099002"]
    assert scene_of(village_client.get(f"{page}&layers=suggestions"))["group"] == []
    assert scene_of(village_client.get(f"{page}&layers=group"))["suggestions"] == []
    wrong = village_client.get(f"{page}&layers=roads")
    assert (wrong.status_code, wrong.json()["value"]) == (422, "roads")


@pytest.mark.parametrize(("theme", "said"), [("auto", None), ("dark", "dark"), ("light", "light")])
def test_theme(village_client, theme, said):
    root = re.search(r"<html[^>]*>", village_client.get(f"{MAP}&theme={theme}&background=transparent").text)[
        0
    ]
    assert 'data-background="transparent"' in root
    assert re.findall(r'data-theme="(\w+)"', root) == ([said] if said else [])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/embed/units/Nirgendwo", 404),
        ("/embed/units/Neudorf", 409),
        ("/embed/units/Altdorf?theme=pink", 422),
        ("/embed/units/Altdorf?service=fun", 422),
        ("/embed/units/Altdorf?weights=fun:1", 422),
        ("/embed/networks", 422),
        ("/embed/networks?members=,", 422),
        ("/embed/networks?members=Nirgendwo", 404),
        ("/embed/white-spots/01099", 422),
        ("/embed/white-spots/01099001?service=it", 422),
        ("/embed/plans/netz", 403),
    ],
)
def test_what_cannot_be_shown(village_client, path, status):
    for accepted in ("text/html", "application/json"):
        answer = village_client.get(path, headers={"accept": accepted})
        assert answer.status_code == status
    page = village_client.get(path, headers={"accept": "text/html"})
    assert "frame-ancestors *" in page.headers["content-security-policy"]
    assert 'class="brand"' not in page.text


def test_kept_by_browsers(village_client):
    first = village_client.get(MAP)
    assert first.headers["cache-control"] == "public, max-age=300"
    again = village_client.get(MAP, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = village_client.get(MAP.replace("heat-planning", "it"))
    assert other.headers["etag"] != first.headers["etag"]


def test_sites_that_may_show_it(serve):
    with serve(frame_ancestors="https://kreis.example") as client:
        for path in (MAP, "/embed/units/Nirgendwo"):
            policy = client.get(path, headers={"Accept": "text/html"}).headers["content-security-policy"]
            # The planner's own preview is a frame, too.
            assert policy.endswith("frame-ancestors https://kreis.example 'self'")


@pytest.mark.parametrize(
    ("setting", "said"),
    [("*", "*"), ("'none'", "'none'"), ("'self' https://a.example", "'self' https://a.example")],
)
def test_frame_ancestors(setting, said):
    assert embed_policy(setting).endswith(f"frame-ancestors {said}")


def test_basemap_is_off(village_client):
    assert settings_of(village_client.get(MAP))["map"]["basemap"] is None


def test_basemap(serve):
    with serve(basemap_url=BASEMAP, basemap_attribution="© Amt") as client:
        answer = client.get(MAP)
        assert settings_of(answer)["map"]["basemap"]["url"] == BASEMAP
        assert settings_of(answer)["map"]["basemap"]["attribution"] == "© Amt"
        assert "img-src 'self' data: https://tiles.example;" in answer.headers["content-security-policy"]
        without = client.get(f"{MAP}&layers=suggestions")
        assert settings_of(without)["map"]["basemap"] is None
        assert "tiles.example" not in without.headers["content-security-policy"]


def test_plan_is_not_public(serve):
    with serve(desk=True) as client:
        client.post("/api/v1/plans", json=PLAN)
        shown = client.get("/embed/plans/netz")
        assert "Unser Netz" in shown.text
        assert "frame-ancestors 'self'" in shown.headers["content-security-policy"]
        assert "no-cache" in shown.headers["cache-control"]
        assert client.get("/embed/plans/other").status_code == 404
    with serve() as client:
        for plan in ("netz", "other"):
            refused = client.get(f"/embed/plans/{plan}")
            assert (refused.status_code, refused.json()["kind"]) == (403, "not-permitted")


def test_public_plan(serve):
    with serve(desk=True) as client:
        client.post("/api/v1/plans", json={**PLAN, "participants": [{"name": "Amt", "contact": "geheim"}]})
    with serve(public_plans="netz, gone") as client:
        shown = client.get("/embed/plans/netz?lang=en")
        assert "Plan: Unser Netz" in shown.text
        assert scene_of(shown)["group"] == ["01099001", "01099002"]
        assert "geheim" not in shown.text
        assert "frame-ancestors *" in shown.headers["content-security-policy"]
        assert client.get("/embed/plans/gone").status_code == 404
        assert oembed(client, "http://127.0.0.1:8000/embed/plans/netz").status_code == 200


def oembed(client, url, **params):
    return client.get("/oembed", params={"url": url, **params})


@pytest.mark.parametrize(
    "page",
    [
        MAP, NETWORK, WHITE_SPOTS, "/units/Altdorf?type=horizontal-rural&service=heat-planning&lang=en",
        "/?unit=Altdorf&service=heat-planning&why=01099002&panel=embed",
    ],
)  # fmt: skip
def test_oembed(village_client, page):
    answer = oembed(village_client, f"http://testserver{page}", maxwidth=320, maxheight=9999).json()
    assert (answer["version"], answer["type"]) == ("1.0", "rich")
    assert (answer["width"], answer["height"]) == (320, 480)
    (source,) = re.findall(r'src="([^"]+)"', answer["html"])
    assert village_client.get(unescape(source)).status_code == 200
    assert "service=" in unescape(source)
    assert f'title="{answer["title"]}"' in unescape(answer["html"])
    assert 'loading="lazy"' in answer["html"]


def test_the_title_is_in_the_language_of_the_page(village_client):
    page = "http://testserver/embed/units/Altdorf?lang="
    titles = [oembed(village_client, f"{page}{lang}").json()["title"] for lang in ("de", "en")]
    assert titles[1].startswith("Partners for")
    assert titles[0] != titles[1]
    # Who asks for a language gets it.
    assert oembed(village_client, f"{page}de", lang="en").json()["title"] == titles[1]


@pytest.mark.parametrize(
    "page",
    [
        "/embed/units/Altdorf?type=urban", "/embed/units/Altdorf?service=heatplanning",
        "/embed/units/Altdorf?weights=closeness:x", "/embed/units/Altdorf?limit=0",
        "/embed/networks?members=Altdorf,01099003&service=heatplanning",
        "/embed/white-spots/01099?service=heatplanning", "/embed/white-spots/01099?service=it&type=urban",
    ],
)  # fmt: skip
def test_what_an_embed_refuses_is_not_described(village_client, page):
    refused = village_client.get(page, headers={"Accept": "application/json"})
    answer = oembed(village_client, f"http://testserver{page}")
    assert (refused.status_code, answer.status_code) == (422, 422)
    assert answer.json()["detail"] == refused.json()["detail"]


@pytest.mark.parametrize("page", [*PAGES, "/?unit=Altdorf"])
def test_pages_lead_to_their_description(village_client, page):
    html = village_client.get(page).text
    (link,) = re.findall(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', html)
    assert village_client.get(unescape(link)).json()["type"] == "rich"


@pytest.mark.parametrize(
    "url",
    [
        "http://testserver.example.org/embed/units/Altdorf",
        "http://testserver/",
        "http://testserver/?service=it",
        "http://testserver/help",
        "http://testserver/embed/units/",
        "http://testserver/embed/units/a/b",
        "http://testserver/embed/networks",
        "http://testserver/embed/other?members=Altdorf",
        "http://testserver/embed/white-spots/01099",
        "http://testserver/embed/plans/netz",
        "https://testserver/embed/units/Altdorf",
        "http://testserver/embed/units/Nirgendwo",
        "http://testserver/?unit=Nirgendwo",
    ],
)
def test_oembed_of_other_pages(village_client, url):
    answer = oembed(village_client, url)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_oembed_is_escaped(village_client):
    url = 'http://testserver/embed/units/Altdorf?lang=en"><script>alert(1)</script>'
    answer = oembed(village_client, url)
    assert "<script>" not in answer.json().get("html", "")


def test_public_url(serve):
    with serve(public_url="https://planer.example/geo/") as client:
        answer = oembed(client, "https://planer.example/geo/units/Altdorf").json()
        assert 'src="https://planer.example/geo/embed/units/01099001"' in answer["html"]
        assert oembed(client, "http://testserver/units/Altdorf").status_code == 404


def test_panel(village_client):
    page = village_client.get("/?unit=Altdorf&with=01099002&service=heat-planning&panel=embed&lang=en").text
    (lines,) = re.findall(r'<textarea id="embed-snippet"[^>]*>(.*?)</textarea>', page)
    frame = unescape(lines)
    assert 'loading="lazy"' in frame
    assert 'title="Network: Altdorf, Neudorf' in frame
    (preview,) = re.findall(r'<iframe id="embed-preview"[^>]* src="([^"]+)"', page)
    assert village_client.get(unescape(preview)).status_code == 200
    choices = re.findall(r'<option value="(/embed/[^"]+)"', page)
    assert [choice.split("/")[2].split("?")[0] for choice in choices] == ["networks", "units", "white-spots"]
    for choice in choices:
        assert village_client.get(unescape(choice)).status_code == 200


def test_panel_where_nobody_asks(village_client):
    assert village_client.get("/?panel=embed&lang=en").status_code == 200
