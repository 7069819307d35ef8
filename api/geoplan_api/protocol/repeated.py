"""Parameters that stand in an address several times, or without a value as forms of HTML send them."""

from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan_api.problem_answers import respond_to

PATHS = ("/api/", "/embed/", "/oembed")
"""What stands elsewhere has rules of its own: pages read forms, OGC says what a list is."""
LISTS = frozenset({"with", "weights", "ids", "fields", "layers", "members", "seeds"})
"""Parameters whose values are parted by commas; to repeat one is another way to write the list."""
FORMS = ("/embed/", "/oembed")
"""Where forms of other sites lead to; the API is asked by programs, which keep to its description."""
CHOICES = frozenset({"type", "service", "as"})
"""Parameters that a form sends empty where nothing was chosen."""
SHOWN_CHARACTERS = 80


class Repeated:
    """Joins lists, leaves out what was not chosen, and refuses two values where one is meant."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say which parameter has two values."""
        if scope["type"] != "http" or not scope["path"].startswith(PATHS) or not scope["query_string"]:
            await self.app(scope, receive, send)
            return
        try:
            # In the scope itself: who notes requests outside reads there which route it was.
            unchosen = CHOICES if scope["path"].startswith(FORMS) else frozenset()
            scope["query_string"] = _joined(scope["query_string"], unchosen)
        except InvalidValueError as error:
            answer = await respond_to(Request(scope), error)
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _joined(query: bytes, unchosen: frozenset[str]) -> bytes:
    """The query with each parameter once; as it was where each stood there once already.

    Parameters named in ``unchosen`` are left out where they are empty.
    """
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        if value or name not in unchosen:
            values.setdefault(name, []).append(value)
    if sum(map(len, values.values())) == len(pairs) == len(values):
        return query
    for name, several in values.items():
        if len(several) > 1 and name not in LISTS:
            message = Message(
                "“{name}” has {count} values, but one is expected.",
                name=name[:SHOWN_CHARACTERS], count=len(several),
            )  # fmt: skip
            raise InvalidValueError(message, value=", ".join(several)[:SHOWN_CHARACTERS])
    return urlencode({name: ",".join(filter(None, several)) for name, several in values.items()}).encode()
