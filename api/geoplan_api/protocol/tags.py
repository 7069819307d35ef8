"""Which tag stands for an answer: the same as long as the same request has the same bytes."""

import hashlib
import json
from importlib.metadata import version

from fastapi import Request

from geoplan_api.language import language_of

CHARACTERS = 24


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
        version("geoplan"), dataset_version, request.url.path, query, language_of(request), form,
        # An answer may name where this server is found, and what its operator has set.
        str(request.base_url), request.app.state.settings.model_dump_json(),
    ]  # fmt: skip
    digest = hashlib.sha256(json.dumps(told).encode()).hexdigest()[:CHARACTERS]
    return f'"{digest}-{coding}"' if coding else f'"{digest}"'
