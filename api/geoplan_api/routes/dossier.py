"""Dossiers over HTTP: a network, or the network of a plan, as a file to hand over."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Response

from geoplan.networks import Intentions
from geoplan.networks.intentions import with_facts
from geoplan.networks.parsing import read_day, read_depth, read_key
from geoplan_api.access import ReadAccess
from geoplan_api.dependencies import AtlasDep, LanguageDep
from geoplan_api.dossier_parameters import DossierQuery, PlanDossierQuery
from geoplan_api.plan_schemas import PlanId
from geoplan_dossier import Dossier, Format, file_name, make_dossier, named_by, plain_name, render

SHOWN_IN_PLACE = (Format.PDF, Format.JSON, Format.GEOJSON)
_BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_OBJECT: dict[str, Any] = {"schema": {"type": "object"}}
FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file; `Content-Disposition` names it.",
        "content": {
            form.media_type: _OBJECT if form in (Format.JSON, Format.GEOJSON) else _BINARY for form in Format
        },
        "headers": {"Content-Disposition": {"schema": {"type": "string"}}},
    }
}

router = APIRouter(prefix="/api/v1", tags=["networks"])


@router.get("/dossier", summary="A network as a file", response_class=Response, responses=FILES)
def dossier(query: Annotated[DossierQuery, Query()], atlas: AtlasDep, lang: LanguageDep) -> Response:
    """Everything about a network, computed now: PDF, spreadsheet, GIS files, or a record to be verified."""
    intentions = Intentions(
        depth=None if query.depth is None else read_depth(query.depth), key=read_key(query.key)
    )
    made = make_dossier(
        atlas, query.member_list(), service=query.service, intentions=intentions,
        on=None if query.on is None else read_day(query.on), seeds=query.seed_list(),
        weights=query.weight_map(),
    )  # fmt: skip
    return _file(made, query.format, lang)


@router.get(
    "/plans/{plan_id}/dossier", summary="The network of a plan as a file", tags=["plans"],
    response_class=Response, responses=FILES,
)  # fmt: skip
def plan_dossier(
    plan_id: PlanId,
    query: Annotated[PlanDossierQuery, Query()],
    access: ReadAccess,
    atlas: AtlasDep,
    lang: LanguageDep,
) -> Response:
    """As the dossier of a network, with all that the plan holds and what it lacks at its stage."""
    plan = access.store.get(plan_id).plan
    named = named_by(plan, (), None, {})
    made = make_dossier(
        atlas, named.members, service=named.service, weights=named.weights, plan=plan, seeds=named.seeds,
        intentions=with_facts(Intentions(), named.facts),
        on=None if query.on is None else read_day(query.on),
    )  # fmt: skip
    return _file(made, query.format, lang)


def _file(dossier: Dossier, form: Format, lang: str) -> Response:
    shown = "inline" if form in SHOWN_IN_PLACE else "attachment"
    name = file_name(dossier, form, lang)
    # RFC 6266: the name in ASCII is for what does not understand the other one.
    named = f"{shown}; filename=\"{plain_name(name)}\"; filename*=UTF-8''{quote(name)}"
    return Response(
        render(dossier, form, lang), media_type=form.media_type, headers={"content-disposition": named}
    )
