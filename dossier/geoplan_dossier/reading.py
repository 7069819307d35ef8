"""The record of a dossier, read back: what was asked, what was answered, on which data."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from geoplan.errors import InvalidValueError
from geoplan.messages import LANGUAGES, Message
from geoplan.networks.intentions import with_facts
from geoplan.plans.decoding import decode
from geoplan.plans.reading import check_plan
from geoplan_dossier.dossier import FORMAT
from geoplan_dossier.request import DossierRequest

PARTS = ("format", "lang", "request", "results", "geoplan_version", "data", "files", "register", "sha256")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record; its parts are as they were written."""

    lang: str
    request: DossierRequest
    kept: Mapping[str, Any]
    """The whole document."""


def read_record(document: object) -> Record:
    """Read a record.

    Raises
    ------
    InvalidValueError, UnknownChoiceError
        It is no record of a dossier, or its request is none.
    """
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        message = Message("This is no record of a dossier: its format is not “{format}”.", format=FORMAT)
        raise InvalidValueError(message, value=FORMAT)
    for name in PARTS:
        if name not in document:
            raise _broken(name)
    for name in ("request", "results", "data", "files", "sha256"):
        if not isinstance(document[name], dict):
            raise _broken(name)
    if document["lang"] not in LANGUAGES:
        raise _broken("lang")
    request = _request(document["request"])
    if request.plan is not None:
        check_plan(request.plan)
    return Record(lang=document["lang"], request=request, kept=document)


def _request(given: Mapping[str, Any]) -> DossierRequest:
    """The request; facts that were stated are read as the planner's word is."""
    intentions = given.get("intentions")
    stated = intentions.get("stated") if isinstance(intentions, dict) else None
    if not isinstance(intentions, dict) or not isinstance(stated, dict):
        raise _broken("request.intentions.stated")
    rest = {**given, "intentions": {**intentions, "stated": {}}}
    request = decode(DossierRequest, rest, "request")
    return replace(request, intentions=with_facts(request.intentions, stated))


def _broken(name: str) -> InvalidValueError:
    message = Message(
        "The record of the dossier is not whole: “{field}” is missing or not what it has to be.", field=name
    )
    return InvalidValueError(message, value=name)
