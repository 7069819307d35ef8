"""The maps for other sites: pages for an iframe, and oEmbed that describes them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from geoplan.insight import white_spots
from geoplan_api.dependencies import AtlasDep, AtlasesDep, LanguageDep, SettingsDep
from geoplan_api.embedding import OEmbedQuery, dataset_of, oembed, public_base
from geoplan_api.embeds import (
    embed_answer,
    network_embed,
    plan_embed,
    suggestions_embed,
    white_spots_embed,
)
from geoplan_api.embeds.asked import (
    EmbedNetworkQuery,
    EmbedPlanQuery,
    EmbedUnitQuery,
    EmbedWhiteSpotsQuery,
    group_context,
    unit_context,
)
from geoplan_api.embeds.public_plans import readable_plan
from geoplan_api.parameters import UnitId
from geoplan_api.plan_schemas import PlanId
from geoplan_api.planner import PlannerState
from geoplan_api.schemas import OEmbed

router = APIRouter(tags=["embed"])


@router.get("/embed/units/{unit_id}", summary="The map of its partners", response_class=HTMLResponse)
def embed_unit(
    request: Request,
    unit_id: UnitId,
    query: Annotated[EmbedUnitQuery, Query()],
    atlas: AtlasDep,
    lang: LanguageDep,
) -> Response:
    """A page for an iframe: suggestions with reasons as a map and a table, nothing from elsewhere."""
    context = unit_context(atlas, unit_id, query, lang=lang)
    return embed_answer(request, atlas, suggestions_embed(context), query.look())


@router.get("/embed/networks", summary="The map of a network", response_class=HTMLResponse)
def embed_network(
    request: Request,
    query: Annotated[EmbedNetworkQuery, Query()],
    atlas: AtlasDep,
    lang: LanguageDep,
) -> Response:
    """A page for an iframe: the members of a network, its gaps, and how it stands against law and funding."""
    context = group_context(
        atlas, query.member_list(), query, lang=lang,
        service=query.service,
    )  # fmt: skip
    return embed_answer(request, atlas, network_embed(context, checks=query.checks), query.look())


@router.get("/embed/plans/{plan_id}", summary="The map of a plan", response_class=HTMLResponse)
def embed_plan(
    request: Request,
    plan_id: PlanId,
    query: Annotated[EmbedPlanQuery, Query()],
    atlas: AtlasDep,
    lang: LanguageDep,
) -> Response:
    """A page for an iframe: title and members of a plan that the operator has made public."""
    plan, public = readable_plan(request, plan_id)
    context = group_context(
        atlas, plan.network.members, query, lang=lang,
        service=plan.network.service,
    )  # fmt: skip
    view = plan_embed(context, plan, checks=query.checks)
    return embed_answer(request, atlas, view, query.look(), public=public)


@router.get("/embed/white-spots/{unit_id}", summary="The map of who has nobody", response_class=HTMLResponse)
def embed_white_spots(
    request: Request,
    unit_id: UnitId,
    query: Annotated[EmbedWhiteSpotsQuery, Query()],
    atlas: AtlasDep,
    lang: LanguageDep,
) -> Response:
    """A page for an iframe: which municipalities of an area lack good partners for a service."""
    found = white_spots(atlas, unit_id, service=query.service, type=query.type)
    state = PlannerState(
        unit=found.unit.id, service=found.service, panel="white-spots", lang=lang, dataset=query.dataset or ""
    )
    view = white_spots_embed(atlas, found, state, lang)
    return embed_answer(request, atlas, view, query.look())


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
    return oembed(atlas, query, public_base(request, settings), lang, settings)
