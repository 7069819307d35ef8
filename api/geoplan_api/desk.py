"""Whether a request comes from the one person who sits at this machine: then it needs no token."""

import ipaddress
from urllib.parse import urlsplit

from fastapi import Request

from geoplan.errors import NotPermittedError
from geoplan.messages import Message
from geoplan.plans import Actor, Role

DESK = Actor(name="desk", role=Role.COORDINATOR)
"""Who sits at the machine; a desk knows nobody else."""
PASSED_ON = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""Headers of a proxy that lets others in under the name of this machine."""


def is_loopback(host: str | None) -> bool:
    """Whether ``host`` can only be this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def check_site(request: Request) -> None:
    """Make sure that a request without a token comes from this machine and from a page of it.

    A page of another site may reach loopback through the browser, under a name of its own, and so may the
    page of another server on this machine; a proxy may let others in.

    Raises
    ------
    NotPermittedError
        It does not.
    """
    host = request.headers.get("host", "").lower()
    origin = request.headers.get("origin", f"http://{host}").lower()
    if not is_loopback(_name_of(host)) or origin not in (f"http://{host}", f"https://{host}"):
        raise NotPermittedError(
            Message("Plans are for pages of this machine only, not for those of other sites.")
        )
    if any(name in request.headers for name in PASSED_ON):
        message = Message(
            "This request was passed on by another server. Plans are kept for whoever sits at this machine;"
            " from elsewhere they need a token, which whoever runs this server hands out."
        )
        raise NotPermittedError(message)


def _name_of(host: str) -> str | None:
    """The name in a header ``Host``, without the port; ``None`` where it is none."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
