"""Which tag stands for an answer: the same as long as the same request has the same bytes."""

import hashlib
import json
from importlib.metadata import version

from fastapi import Request

from geoplan_api.language import language_of
from geoplan_api.settings import Settings

CHARACTERS = 24


def server_tag(settings: Settings) -> str:
    """What all answers of a server rest on: the program, and what its operator has set."""
    told = [version("geoplan"), settings.model_dump_json()]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def entity_tag(request: Request, dataset_version: str, *, form: str, coding: str) -> str:
    """The strong tag (RFC 9110, 8.8.3) of the answer to ``request``.

    Parameters
    ----------
    dataset_version
        :attr:`geoplan.Atlas.version` of the atlas that is answered from.
    form
        Media type, or the word that ``format`` names it by.
    coding
        How the bytes are compressed; each coding has bytes of its own.
    """
    query = sorted(request.query_params.multi_items())
    told = [
        request.app.state.server_tag, dataset_version, request.scope["path"], query, language_of(request),
        # An answer may name where this server is found.
        form, str(request.base_url),
    ]  # fmt: skip
    digest = hashlib.sha256(json.dumps(told).encode()).hexdigest()[:CHARACTERS]
    return f'"{digest}-{coding}"' if coding else f'"{digest}"'
