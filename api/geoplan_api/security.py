"""What a browser may do with a page: headers on every answer, a stricter default than any page needs."""

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

DEFAULT_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""The planner's own pages: no script, nothing from elsewhere."""
DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Swagger UI sets styles from its script and asks the API of this server."""
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "content-security-policy": DEFAULT_POLICY,
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}

_SCRIPT = re.compile(
    r"<script(?![^>]*\b(?:src=|type=.application/json))[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE
)


class SecurityHeaders:
    """Adds the headers that an answer does not carry itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def embed_policy(html: str, frame_ancestors: str) -> str:
    """The policy of a page whose scripts stand in it: exactly these run, and nothing is fetched.

    Styles may stand in the page too, because the map library writes them on its elements.
    """
    scripts = " ".join(f"'sha256-{_digest(script)}'" for script in _SCRIPT.findall(html)) or "'none'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:; "
        f"font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors {frame_ancestors}"
    )


def framed(policy: str, frame_ancestors: str) -> str:
    """``policy`` for a page that other sites may show in a frame."""
    return policy.replace("frame-ancestors 'none'", f"frame-ancestors {frame_ancestors}")


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
