"""How long an answer may be kept by browsers and proxies, where it does not say so itself."""

from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PUBLIC = "public, max-age=300, must-revalidate"
"""What changes with the dataset only: five minutes unasked, then by its tag."""
NEVER = "no-store"
CONFIDENTIAL = "private, no-store"
PLAN_PATHS = ("/api/v1/plans", "/plans")
"""Below these stands what only some may see."""
LIVE_PATHS = ("/health", "/metrics")
"""These tell of this moment."""


def below(path: str, parents: tuple[str, ...]) -> bool:
    """Whether a path is one of ``parents`` or stands below one."""
    return any(path == parent or path.startswith(f"{parent}/") for parent in parents)


class CachePolicy:
    """Adds ``Cache-Control`` to answers that have none and must not be kept, and mends what others wrote.

    ``Vary`` names each header once; a strong tag that was made before the bytes were compressed becomes weak.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the policy."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                policy = _policy(scope["path"], message["status"])
                if policy:
                    headers.setdefault("cache-control", policy)
                _mend(headers)
            await send(message)

        await self.app(scope, receive, send_with_policy)


def _mend(headers: MutableHeaders) -> None:
    if "vary" in headers:
        named = {name.strip().lower(): name.strip() for name in headers["vary"].split(",")}
        headers["vary"] = ", ".join(named.values())
    coding, tag = headers.get("content-encoding"), headers.get("etag", "")
    if coding and tag.startswith('"') and not tag.endswith(f'-{coding}"'):
        headers["etag"] = f"W/{tag}"


def _policy(path: str, status: int) -> str | None:
    if below(path, PLAN_PATHS):
        return CONFIDENTIAL
    kept = status < HTTPStatus.BAD_REQUEST and not below(path, LIVE_PATHS)
    return None if kept else NEVER
