"""A page with nothing but the map, as the planner page and the embeds hold it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

from geoplan import Atlas
from geoplan_api import Settings, create_app
from geoplan_api.map_layers import map_config
from geoplan_api.security import PAGE_POLICY
from geoplan_maps.tiles import Tiles

SCRIPT = """
import { createMap } from "/static/map/map.js";
const given = JSON.parse(document.getElementById("given").textContent);
const container = document.getElementById("map");
window.told = { selected: [], hovered: [], toggled: [], long: [] };
new PerformanceObserver((list) => told.long.push(...list.getEntries().map((one) => Math.round(one.duration))))
  .observe({ entryTypes: ["longtask"] });
document.addEventListener("securitypolicyviolation", (event) => console.error(event.violatedDirective));
window.map = createMap(container, {
  config: given.config, strings: given.strings, lang: "de",
  onSelect: (id) => told.selected.push(id), onHover: (id) => told.hovered.push(id),
  onToggle: (id) => told.toggled.push(id),
});
map.show(given.scene);
"""
STYLE = "body { font: 16px/1.5 var(--font); margin: 0; } #map { height: 100vh; }"
PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>map</title>
<link rel="icon" href="/static/icon.svg"><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/vendor/leaflet/leaflet.css"><link rel="stylesheet" href="/static/map/map.css">
<link rel="stylesheet" href="/static/planner/tokens.css"><link rel="stylesheet" href="/page.css">
</head><body><div id="map"></div>
<script type="application/json" id="given">GIVEN</script>
<script src="/vendor/leaflet/leaflet.js" defer></script>
<script type="module" src="/page.js"></script></body></html>"""


def map_app(atlas: Atlas, scenes: dict[str, Any], *, tiles: Tiles | None = None) -> FastAPI:
    """The web application with one more page, ``/page?scene=NAME``."""
    app = create_app(Settings(), atlas=atlas)

    @app.get("/page")
    def page(request: Request, scene: str = "") -> HTMLResponse:
        config = map_config(request.app.state.layers.of(atlas), "", tiles=tiles)
        given = {"config": config, "strings": {"map_label": "Karte"}, "scene": scenes.get(scene, {})}
        html = PAGE.replace("GIVEN", json.dumps(given).replace("<", "\\u003c"))
        return HTMLResponse(html, headers={"content-security-policy": PAGE_POLICY})

    app.get("/page.js")(lambda: Response(SCRIPT, media_type="text/javascript"))
    app.get("/page.css")(lambda: Response(STYLE, media_type="text/css"))
    return app


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address at which ``app`` answers meanwhile."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        thread.join()
