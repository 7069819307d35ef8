"""MapLibre in Chromium draws the tiles: packages of npm in a folder that is deleted afterwards."""

import shutil
import subprocess
from pathlib import Path

import pytest
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from geoplan_api import Settings, create_app
from tests.api.map_page import served
from tests.chromium import CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PACKAGES = ("maplibre-gl@6", "pmtiles@4")
PAGE = """<!doctype html><meta charset="utf-8"><title>tiles</title>
<link rel="stylesheet" href="/npm/maplibre-gl/dist/maplibre-gl.css">
<style>html, body, #map { margin: 0; width: 100%; height: 100% }</style><div id="map"></div>
<script src="/npm/pmtiles/dist/pmtiles.js"></script>
<script type="module">
import * as maplibregl from "/npm/maplibre-gl/dist/maplibre-gl.mjs";
maplibregl.addProtocol("pmtiles", new pmtiles.Protocol().tile);
const style = await (await fetch("/tiles/style.json")).json();
window.map = new maplibregl.Map({ container: "map", style, fadeDuration: 0 });
map.on("error", (event) => { (window.failures ??= []).push(String(event.error)); });
map.on("load", () => { map.fitBounds(window.asked ?? [[9.0, 51.44], [9.22, 51.55]], { animate: false }); });
map.on("idle", () => { window.drawn = map.queryRenderedFeatures().map((one) => one.properties.name); });
</script>"""


@pytest.fixture(scope="module")
def packages(tmp_path_factory) -> Path:
    if shutil.which("npm") is None:
        pytest.skip("needs npm (Debian: nodejs, npm), which brings MapLibre for this test only")
    folder = tmp_path_factory.mktemp("npm")
    command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), *PACKAGES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"npm could not fetch {', '.join(PACKAGES)}: {done.stderr[-200:]}")
    return folder / "node_modules"


def test_maplibre_draws_names_of_villages(villages, packages, tmp_path, playwright):
    app = create_app(Settings(data=str(villages)))
    app.mount("/npm", StaticFiles(directory=packages))
    policy = {"content-security-policy": "default-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:"}
    app.get("/page.html")(lambda: HTMLResponse(PAGE, headers=policy))
    with served(app) as address:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
        )
        page = browser.new_page(viewport={"width": 800, "height": 600})
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        tiles = page.request.get(f"{address}/tiles/style.json").json()["sources"]["geoplan"]["url"]
        page.request.get(tiles.removeprefix("pmtiles://"))
        app.state.files.wait(120)
        page.goto(f"{address}/page.html")
        page.wait_for_function("window.drawn?.includes('Altdorf')", timeout=60_000)
        drawn = page.evaluate("window.drawn")
        page.screenshot(path=str(tmp_path / "tiles.png"))
        assert page.evaluate("window.failures ?? []") == []
        browser.close()
    assert {"Altdorf", "Neudorf", "Köthel", "Bergheim"} <= set(drawn)
    assert all(url.startswith((address, "blob:", "data:")) for url in asked)
