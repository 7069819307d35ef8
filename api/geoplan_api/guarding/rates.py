"""How often one address may ask, and how it is told: a window of a minute for each class of requests."""

import math
import re
import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geoplan.messages import Message as Said
from geoplan_api.operation_settings import OperationSettings
from geoplan_api.problem_answers import respond_to
from geoplan_api.refusals import TooManyRequestsError

WINDOW_SECONDS = 60
UNAUTHORIZED = 401
NETWORK_BITS = 64
"""One subscriber has a whole network of IPv6; its addresses count as one."""
FREE = re.compile(r"/health/.*|/docs/assets/.*|/static/.*|/favicon\.ico|/vendor/.*")
"""What costs nothing."""
TILES = re.compile(r"/tiles/.*|/download/.*|/map/.*")
EXPENSIVE = re.compile(
    r"/api/v1/networks/build|/api/v1/(.*/)?dossier|/api/v1/units/[^/]+/suggestions/[^/]+"
    r"|/api/v1/units/[^/]+/white-spots|/embed/white-spots/.*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """So many requests of a class in a minute."""

    name: str
    limit: int

    @property
    def item(self) -> RateLimitItemPerMinute:
        """As the library counts it."""
        return RateLimitItemPerMinute(self.limit, namespace=self.name)


class RateLimits:
    """Counts requests by address and class, refuses those above the limit, and tells what is left.

    Whoever sends wrong tokens is counted apart, so that guessing is slow however many requests are allowed.
    """

    def __init__(self, app: ASGIApp, settings: OperationSettings) -> None:
        self.app = app
        self._window = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._usual = Policy(name="default", limit=settings.rate_limit)
        self._tiles = Policy(name="tiles", limit=settings.rate_limit_tiles)
        self._expensive = Policy(name="expensive", limit=settings.rate_limit_expensive)
        self._wrong_tokens = Policy(name="wrong-tokens", limit=settings.rate_limit_wrong_tokens)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say when to ask again."""
        if scope["type"] != "http" or FREE.fullmatch(scope["path"]):
            await self.app(scope, receive, send)
            return
        who, policy = client_address(scope), self._policy(scope["path"])
        has_token = "authorization" in Headers(scope=scope)
        refused = self._refused_for_tokens(who) if has_token else None
        if policy.limit and refused is None and not self._window.hit(policy.item, who):
            refused = policy
        if refused is not None:
            await self._refuse(refused, who)(scope, receive, send)
            return
        await self.app(scope, receive, self._telling(send, policy, who, has_token=has_token))

    def _policy(self, path: str) -> Policy:
        if EXPENSIVE.fullmatch(path):
            return self._expensive
        return self._tiles if TILES.fullmatch(path) else self._usual

    def _refused_for_tokens(self, who: str) -> Policy | None:
        wrong = self._wrong_tokens
        return wrong if wrong.limit and not self._window.test(wrong.item, who) else None

    def _telling(self, send: Send, policy: Policy, who: str, *, has_token: bool) -> Send:
        async def send_telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                if has_token and message["status"] == UNAUTHORIZED and self._wrong_tokens.limit:
                    self._window.hit(self._wrong_tokens.item, who)
                if policy.limit:
                    self._tell(MutableHeaders(scope=message), policy, who)
            await send(message)

        return send_telling

    def _tell(self, headers: MutableHeaders, policy: Policy, who: str) -> int:
        stats = self._window.get_window_stats(policy.item, who)
        seconds = max(1, math.ceil(stats.reset_time - time.time()))
        headers["ratelimit-policy"] = f'"{policy.name}";q={policy.limit};w={WINDOW_SECONDS}'
        headers["ratelimit"] = f'"{policy.name}";r={stats.remaining};t={seconds}'
        return seconds

    def _refuse(self, policy: Policy, who: str) -> ASGIApp:
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            told = MutableHeaders()
            seconds = self._tell(told, policy, who)
            said = Said(
                "Too many requests from this address. Ask again in {seconds} seconds.", seconds=str(seconds)
            )
            response = await respond_to(Request(scope), TooManyRequestsError(said, value=seconds))
            response.headers.update(told)
            response.headers["retry-after"] = str(seconds)
            await response(scope, receive, send)

        return answer


def client_address(scope: Scope) -> str:
    """Who is counted: an address, of IPv6 the network that one subscriber has."""
    host = (scope.get("client") or ("unknown", 0))[0]
    try:
        address = ip_address(host)
    except ValueError:
        return str(host)
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), NETWORK_BITS), strict=False))
    return str(address)
