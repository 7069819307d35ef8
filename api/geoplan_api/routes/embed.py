"""The map for other sites: a page for an iframe, and oEmbed that describes it."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from geoplan.suggestions import suggest
from geoplan_api.dependencies import AtlasDep, AtlasesDep, LanguageDep, SettingsDep
from geoplan_api.embedding import OEmbedQuery, dataset_of, oembed, public_base
from geoplan_api.parameters import QuestionQuery, UnitId
from geoplan_api.schemas import OEmbed
from geoplan_api.security import embed_policy
from geoplan_maps import map_html

router = APIRouter(tags=["embed"])


@router.get("/embed/units/{unit_id}", summary="The map of its partners", response_class=HTMLResponse)
def embed_unit(
    unit_id: UnitId,
    query: Annotated[QuestionQuery, Query()],
    atlas: AtlasDep,
    lang: LanguageDep,
    settings: SettingsDep,
) -> HTMLResponse:
    """A page for an iframe: the map of the suggestions, complete in itself, nothing from elsewhere."""
    answer = suggest(
        atlas, unit_id, partners=query.partner_list(), type=query.type, service=query.service,
        limit=query.limit, weights=query.weight_map(), as_level=query.as_level,
    )  # fmt: skip
    html = map_html(atlas, answer, lang=lang)
    policy = embed_policy(html, settings.frame_ancestors)
    return HTMLResponse(html, headers={"content-security-policy": policy, "content-language": lang})


@router.get("/oembed", summary="How to embed a page")
def describe_embed(
    request: Request,
    query: Annotated[OEmbedQuery, Query()],
    atlases: AtlasesDep,
    lang: LanguageDep,
    settings: SettingsDep,
) -> OEmbed:
    """Describe the embed of a page of this planner (oEmbed 1.0)."""
    atlas = atlases.of(query.dataset or dataset_of(query.url))
    return oembed(atlas, query, public_base(request, settings), lang)
