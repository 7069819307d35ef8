"""How an embed leaves the server: compressed, cacheable, and with what a browser may do with it."""

from urllib.parse import urlencode, urlsplit

from fastapi import Request, Response

from geoplan.atlas import Atlas
from geoplan_api.embedding import public_base
from geoplan_api.embeds.view import EmbedView, Look, embed_values
from geoplan_api.html import rendered, root_path, served
from geoplan_api.map_layers import LayerStore, around, map_config, shown_units
from geoplan_api.packed import PackedFile
from geoplan_api.security import embed_policy
from geoplan_api.settings import Settings

FIVE_MINUTES = "public, max-age=300"
"""As long as the data may have changed unnoticed; afterwards the tag is asked for."""
UNKEPT = "private, no-cache"


def embed_answer(
    request: Request, atlas: Atlas, view: EmbedView, look: Look, *, public: bool = True
) -> Response:
    """Answer with an embed; only its headers where the browser has just this one.

    Parameters
    ----------
    public
        Whether anybody may see it, and caches on the way may keep it.
    """
    settings: Settings = request.app.state.settings
    base, lang = public_base(request, settings), view.content.lang
    values = embed_values(view, look, _config(request, atlas, view, settings), planner=base, lang=lang)
    html = rendered(
        "embed/map.html", lang=lang, **served(request), **values,
        oembed=f"{base}/oembed?{urlencode({'url': f'{base}{request.url.path}?{request.url.query}'})}",
    )  # fmt: skip
    packed = PackedFile.of(html.encode(), "text/html; charset=utf-8")
    answer = packed.answer(request, cache=FIVE_MINUTES if public else UNKEPT)
    answer.headers["vary"] = "accept-language, accept-encoding"
    answer.headers["content-language"] = lang
    ancestors = settings.frame_ancestors if public else "'self'"
    answer.headers["content-security-policy"] = embed_policy(ancestors, _tiles_origin(settings, look))
    return answer


def _config(request: Request, atlas: Atlas, view: EmbedView, settings: Settings) -> dict[str, object]:
    store: LayerStore = request.app.state.layers
    layers = store.of(atlas)
    dataset = request.query_params.get("dataset")
    query = f"?{urlencode({'dataset': dataset})}" if dataset else ""
    config = map_config(layers, root_path(request), query=query, tiles=settings.basemap)
    if view.county is None or view.county not in layers.county_ids:
        return around(config, None)
    return around(config, view.county, layers.beyond(view.county, shown_units(view.scene)))


def _tiles_origin(settings: Settings, look: Look) -> str | None:
    tiles = settings.basemap if "basemap" in look.layers else None
    if tiles is None:
        return None
    parts = urlsplit(tiles.url)
    return f"{parts.scheme}://{parts.netloc}"
