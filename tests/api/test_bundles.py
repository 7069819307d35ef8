"""Scripts as one module: all that is imported comes first and once, and means what it meant."""

import re

import pytest

from geoplan_api import assets, bundles
from geoplan_api.assets import asset_names
from geoplan_api.bundles import bundle, is_bundle

ENTRIES = ["planner/main.js", "planner/everywhere.js", "map/map.js", "embed/embed.js"]


@pytest.fixture
def bundled(monkeypatch):
    """Bundles ``a.js`` of modules that are given by their names."""

    def made(**modules):
        texts = {f"{name}.js": text for name, text in modules.items()}
        monkeypatch.setattr(bundles, "asset_bytes", lambda name: texts[name].encode())
        return bundle.__wrapped__("a.js").decode()

    return made


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_bundles_of_the_pages_import_nothing_but_at_run_time(village_client, entry):
    answer = village_client.get(f"/static/bundled/{entry}")
    assert answer.status_code == 200
    assert "javascript" in answer.headers["content-type"]
    assert not re.search(r"^import ", answer.text, re.M)
    declared = re.findall(r"^const (\$\w+) =", answer.text, re.M)
    assert len(declared) == len(set(declared)) > 0


def test_pages_ask_for_bundles(village_client):
    for path, entry in [("/", "planner/main.js"), ("/embed/units/01099001", "embed/embed.js")]:
        html = village_client.get(path, headers={"accept": "text/html"}).text
        scripts = re.findall(r'<script[^>]+src="[^"]*?/static/v/[^/]+/([^"]+)"', html)
        assert f"bundled/{entry}" in scripts
        assert all(is_bundle(script) for script in scripts)


def test_the_planner_needs_few_files_until_its_map_is_there(village_client):
    html = village_client.get("/", headers={"accept": "text/html"}).text
    links = re.findall(r'<link[^>]+rel="(?:stylesheet|preload|modulepreload)"[^>]+>', html)
    files = {re.search(r'href="([^"?]+)', one)[1] for one in links}
    files |= set(re.findall(r'<script[^>]+src="([^"?]+)', html))
    # Browsers open six connections to a server; what needs a seventh has to wait.
    assert len(files) <= 5


def test_ours_stands_after_the_style_of_leaflet(village_client):
    styles = village_client.get("/static/bundled/planner/page.css").text
    assert 0 <= styles.index(".leaflet-pane") < styles.index("--paper") < styles.index(".geoplan-map")


def test_another_leaflet_is_another_version(monkeypatch):
    monkeypatch.setattr(assets, "leaflet_bytes", lambda name: b"another")
    assert assets.assets_version.__wrapped__() != assets.assets_version()


def test_what_is_imported_comes_first_and_once(bundled):
    text = bundled(
        a='import { b, B as other } from "./b.js";\nimport * as c from "./c.js";\nexport const a = b;\n',
        b='import { c } from "./c.js";\nexport function b() {}\nexport class B {}\n',
        c="export const c = 1;\n",
    )
    assert text.index("const $c =") < text.index("const $b =") < text.index("export const a")
    assert text.count("const $c =") == 1
    assert "const { b, B: other } = $b;\n" in text
    assert "const c = $c;\n" in text
    assert "return { b, B };" in text


@pytest.mark.parametrize(
    "modules",
    [
        {"a": 'import a from "./b.js";\n', "b": ""},
        {"a": "export default 1;\n"},
        {"a": 'import { b } from "./b.js";\n', "b": 'import { a } from "./a.js";\nexport const b = 1;\n'},
    ],
)
def test_what_cannot_be_bundled_is_told(bundled, modules):
    with pytest.raises(ValueError, match=r"cannot be bundled|is a circle"):
        bundled(**modules)


def test_only_modules_have_bundles(village_client):
    assert is_bundle("bundled/map/map.js")
    for path in (
        "bundled/planner/base.css",
        "bundled/nothing.js",
        "bundled/bundled/map/map.js",
        "map/map.js",
    ):
        assert not is_bundle(path)
    assert village_client.get("/static/bundled/nothing.js").status_code == 404
    assert "bundled/map/map.js" not in asset_names()
