"""Which OGC API a request is for: the one of the atlas, or the one of the unit that its path names."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan.suggestions.suggest import ANY, Asked
from geoplan_api.answers import MAX_TEXT
from geoplan_api.dependencies import AtlasDep, LanguageDep, SettingsDep
from geoplan_api.embedding import public_base
from geoplan_api.ogc import PLANS, QUESTION, Api, CollectionStore
from geoplan_api.ogc.of_unit import NAMES, unit_collection
from geoplan_api.ogc.public_plans import plan_collection, public_plans
from geoplan_api.settings import Settings
from geoplan_api.shared_store import shared_store

CARRIED = ("lang", "dataset")
"""Parameters that links carry on."""


def collection_store(request: Request) -> CollectionStore:
    """The collections that the application keeps."""
    store: CollectionStore = request.app.state.collections
    return store


StoreDep = Annotated[CollectionStore, Depends(collection_store)]


def api_of_request(request: Request, atlas: AtlasDep, lang: LanguageDep, settings: SettingsDep) -> Api:
    """The API that the path of a request names.

    Raises
    ------
    UnknownUnitError, AmbiguousUnitError, InvalidKeyError
        The path names no unit.
    """
    store = collection_store(request)
    shared: dict[str, Any] = {
        "lang": lang,
        "kept": {name: request.query_params[name] for name in CARRIED if name in request.query_params},
        "provenance": atlas.provenance, "version": store.version(atlas),
    }  # fmt: skip
    root = f"{public_base(request, settings)}/ogc"
    unit_id = request.path_params.get("unit_id")
    if unit_id is None:
        return _whole(request, atlas, store, settings, base=root, **shared)
    unit = atlas.unit(unit_id[:MAX_TEXT])
    asked = _asked(request)
    return Api(
        base=f"{root}/units/{quote(unit.id, safe='')}",
        title=Message("geoplan: {name}", name=unit.title),
        description=Message(
            "Partners and neighbours of {name}, for portals and GIS programs.", name=unit.title
        ),
        names=NAMES, find=lambda name: unit_collection(atlas, unit, name, asked, lang), question=QUESTION,
        **shared,
    )  # fmt: skip


def _whole(request: Request, atlas: Atlas, store: CollectionStore, settings: Settings, **shared: Any) -> Api:
    plans = public_plans(shared_store(request).get(), settings.public_plans) if settings.public_plans else []
    names = (*store.names(atlas), PLANS) if settings.public_plans else store.names(atlas)
    return Api(
        title=Message("geoplan: units and borders"),
        description=Message(
            "Municipalities, the levels above them and the borders between them, for portals and GIS"
            " programs. Partners of one unit: /ogc/units/{example}.",
            example="{id}",
        ),
        names=names,
        find=lambda name: plan_collection(atlas, plans) if name == PLANS else store.of(atlas, name),
        **shared,
    )


def _asked(request: Request) -> Asked:
    given = request.query_params
    partners = [part.strip() for part in given.get("with", "").split(",") if part.strip()]
    return Asked(partners=partners, type=given.get("type", ANY), service=given.get("service"))
