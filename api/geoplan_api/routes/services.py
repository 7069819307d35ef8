"""The service catalogue over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from geoplan.errors import UnknownChoiceError
from geoplan.provenance import named_in
from geoplan.services import find_service, load_services
from geoplan_api.answers import MAX_TEXT, Answer, services_answer
from geoplan_api.dependencies import AtlasDep, LanguageDep
from geoplan_api.parameters import CLEAN_TEXT, AnswerQuery
from geoplan_api.problems import NotFoundError
from geoplan_api.protocol.routes import ReadRoute
from geoplan_api.schemas import ServiceAnswer, Services

router = APIRouter(prefix="/api/v1/services", tags=["services"], route_class=ReadRoute)

Key = Annotated[
    str,
    Path(
        description="Key of a service field.",
        min_length=1,
        max_length=MAX_TEXT,
        pattern=CLEAN_TEXT,
        examples=["heat-planning"],
    ),
]
AnyQuery = Annotated[AnswerQuery, Query()]


@router.get("", summary="All service fields", response_model=Services)
def list_services(_query: AnyQuery, atlas: AtlasDep, lang: LanguageDep) -> Answer:
    """What can be cooperated in, with who holds the task and what brings partners together."""
    return services_answer(atlas, load_services().values(), lang)


@router.get("/{key}", summary="One service field", response_model=ServiceAnswer)
def get_service(key: Key, _query: AnyQuery, atlas: AtlasDep, lang: LanguageDep) -> Answer:
    """One service field with the evidence for what is said of it."""
    try:
        service = find_service(key)
    except UnknownChoiceError as error:
        raise NotFoundError(error.message, value=error.value, nearest=error.nearest) from error
    return {**service.to_dict(lang), "data": named_in(lang, atlas.provenance.to_dict())}
