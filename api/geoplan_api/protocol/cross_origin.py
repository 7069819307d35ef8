"""Which pages of other sites may read answers in the browser (CORS)."""

from collections.abc import Sequence

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from geoplan_api.protocol.caching import PLAN_PATHS, below

PUBLIC_PATHS = (
    "/api", "/ogc", "/tiles", "/tiles.json", "/map", "/download", "/oembed", "/openapi.json", "/health",
)  # fmt: skip
"""What is for programs of anybody."""
ANY = "*"
READ = ("GET", "HEAD", "OPTIONS")
WRITE = (*READ, "POST", "PUT", "DELETE")
SENT = ("Authorization", "Content-Type", "If-Match", "If-None-Match")
TOLD = ("Deprecation", "ETag", "Link", "Location", "Retry-After", "Sunset")
KEPT_SECONDS = 3600


class CrossOrigin:
    """Lets listed origins use everything, and any other read what is public; never with credentials.

    Parameters
    ----------
    app
        What answers.
    origins
        ``https://…`` each; ``*`` for any, which is for public reading only: plans are for the origins that
        are listed by name.
    """

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        named = [one for one in origins if one != ANY]
        self.app = app
        self._named = frozenset(named)
        self._for_named = CORSMiddleware(
            app, allow_origins=named, allow_methods=WRITE, allow_headers=SENT, expose_headers=TOLD,
            max_age=KEPT_SECONDS,
        )  # fmt: skip
        self._for_any = CORSMiddleware(
            app, allow_origins=[ANY], allow_methods=READ, allow_headers=["If-None-Match"],
            expose_headers=TOLD, max_age=KEPT_SECONDS,
        )  # fmt: skip
        self._any = ANY in origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with what the browser has to know."""
        await self._for(scope)(scope, receive, send)

    def _for(self, scope: Scope) -> ASGIApp:
        if scope["type"] != "http" or not below(scope["path"], PUBLIC_PATHS):
            return self.app
        if self._any and not below(scope["path"], PLAN_PATHS) and not self._is_named(scope):
            return self._for_any if scope["method"] in READ else self.app
        return self._for_named if self._named else self.app

    def _is_named(self, scope: Scope) -> bool:
        origins = [value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"]
        return len(origins) == 1 and origins[0] in self._named
