"""What a browser may do with a page: headers on every answer, a stricter default than any page needs."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

DEFAULT_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The planner's own pages: scripts and styles as files of this server, nothing from elsewhere."""
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
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-permitted-cross-domain-policies": "none",
}
FRAMES_NOBODY = "frame-ancestors 'none'"
HTTPS_ONLY = "max-age=31536000"


class SecurityHeaders:
    """Adds the headers that an answer does not carry itself."""

    def __init__(self, app: ASGIApp, public_url: str | None = None) -> None:
        self.app = app
        self._headers = dict(HEADERS)
        if public_url is not None and public_url.startswith("https://"):
            self._headers["strict-transport-security"] = HTTPS_ONLY

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if FRAMES_NOBODY in headers["content-security-policy"]:
                    # For what reads no policy.
                    headers["x-frame-options"] = "DENY"
            await send(message)

        await self.app(scope, receive, send_with_headers)


def embed_policy(frame_ancestors: str, images_from: str | None = None) -> str:
    """The policy of a page that other sites show in a frame: files of this server only, nothing inline.

    Parameters
    ----------
    frame_ancestors
        Sites that may show it, as in a Content-Security-Policy; the planner itself shows a preview.
    images_from
        Origin of a background map that the visitor may load.
    """
    images = f"'self' data: {images_from}" if images_from else "'self' data:"
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src {images}; connect-src 'self'; "
        f"base-uri 'none'; form-action 'none'; frame-ancestors {_with_own_pages(frame_ancestors)}"
    )


def framed(policy: str, frame_ancestors: str) -> str:
    """``policy`` for a page that other sites may show in a frame."""
    return policy.replace("frame-ancestors 'none'", f"frame-ancestors {_with_own_pages(frame_ancestors)}")


def _with_own_pages(frame_ancestors: str) -> str:
    closed = {"*", "'none'", "'self'"} & set(frame_ancestors.split())
    return frame_ancestors if closed else f"{frame_ancestors} 'self'"
