"""What careless authors would have written in the place of guards."""

import builtins
import contextlib
import re
import urllib.request
from collections.abc import AsyncIterator, Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pydantic
import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from geoplan.installation.download import Patience
from geoplan.plans.tokens import Scope
from geoplan_api import access, app, html
from geoplan_api.bodies import CheckBody
from geoplan_api.guarding import request_log
from geoplan_api.routes import embed, networks, pages, static
from geoplan_api.serving import server
from geoplan_dossier.writers import pdf
from geoplan_maps import page

Patch = pytest.MonkeyPatch
ANYTHING = re.compile(r"(?s).*")
HUGE = 10**15


def put(place: str, value: object) -> Callable[[Patch], None]:
    """Put ``value`` in the place of a guard."""
    return lambda patch: patch.setattr(place, value)


def nothing(*_args: object, **_named: object) -> None:
    """A guard that lets everything pass."""


def unchanged(value: object, *_args: object) -> object:
    """A guard that changes nothing."""
    return value


async def pass_on(middleware: object, scope: object, receive: object, send: object) -> None:
    """A middleware that does nothing."""
    await middleware.app(scope, receive, send)  # type: ignore[attr-defined]


def no_clock(place: str) -> Callable[[Patch], None]:
    """Wait for ever where a module waits with a limit."""
    return put(f"{place}.asyncio", SimpleNamespace(timeout=lambda _seconds: _forever()))


@contextlib.asynccontextmanager
async def _forever() -> AsyncIterator[None]:
    yield


def any_length(patch: Patch) -> None:
    """Lists of the body of a check are as long as one likes."""
    fields = {
        name: (list, pydantic.Field(default=field.default))
        for name, field in CheckBody.model_fields.items()
        if str(field.annotation).startswith("list[")
    }
    free = pydantic.create_model("Free", __base__=CheckBody, **fields)
    annotations = networks.check.__annotations__
    (name,) = (name for name, kind in annotations.items() if kind is CheckBody)
    # An application reads the signature when it takes the routes in.
    patch.setitem(annotations, name, free)


def believes_everybody(patch: Patch) -> None:
    """Whoever names an address is taken for it."""
    install = app.install_outer_guards

    def careless(application: object, settings: object) -> None:
        install(application, settings)
        application.add_middleware(ProxyHeadersMiddleware, trusted_hosts="*")  # type: ignore[attr-defined]

    patch.setattr(app, "install_outer_guards", careless)


def notes_addresses(patch: Patch) -> None:
    """The log has what was asked for."""
    told = request_log.RequestLog._told
    patch.setattr(
        request_log.RequestLog, "_told",
        lambda self, scope, noted: {**told(self, scope, noted), "route": scope["path"]},
    )  # fmt: skip


def without_limit(patch: Patch) -> None:
    """As many connections as come."""
    options = server.server_options
    patch.setattr(server, "server_options", lambda given: {**options(given), "limit_concurrency": None})


def escapes_nothing(patch: Patch) -> None:
    """Templates put texts in as they are."""
    careful = html._environment()
    careless = careful.overlay(autoescape=False)
    careless.globals = careful.globals
    patch.setattr(html, "_environment", cache(lambda: careless))


def any_scope(patch: Patch) -> None:
    """A token of any scope is good for everything."""
    found = access._found
    patch.setattr(access, "_found", lambda request, _least: found(request, Scope.READ))


def joins_paths(patch: Patch) -> None:
    """The address of a file is its place."""
    careful, folder = static._asset, Path(static.__file__).parents[1] / "static"

    def careless(path: str) -> object:
        file = folder / path.replace("\0", "")
        if not file.is_file():
            return careful(path)
        return SimpleNamespace(answer=lambda *_args: html.HTMLResponse(file.read_text("utf-8")))

    patch.setattr(static, "_asset", careless)


def sends_on(patch: Patch) -> None:
    """Whoever asks for a page is sent to where the address says."""
    careful = pages.RedirectResponse

    def careless(address: str, **given: int) -> object:
        return careful(dict(parse_qsl(urlsplit(address).query)).get("next", address), **given)

    patch.setattr(pages, "RedirectResponse", careless)


def fetches(patch: Patch) -> None:
    """Describe an embed by asking for its address."""
    careful = embed.oembed

    def careless(atlas: object, query: object, *rest: object) -> object:
        with contextlib.suppress(ValueError, OSError):
            urllib.request.urlopen(query.url, timeout=1)  # type: ignore[attr-defined]
        return careful(atlas, query, *rest)

    patch.setattr(embed, "oembed", careless)


def markup_in_texts(patch: Patch) -> None:
    """The template takes texts for markup."""
    careful = pdf._template()
    patch.setattr(pdf, "_template", lambda: careful + b'\n#eval(read("data.json"), mode: "markup")')


def markup_in_popups(patch: Patch) -> None:
    """The templates of the map put texts in as they are."""
    patch.setattr(page, "_TEMPLATES", page._TEMPLATES.overlay(autoescape=False))


def any_size(patch: Patch) -> None:
    """A download may have any size."""
    patch.setattr(Patience, "max_bytes", property(lambda _self: HUGE, nothing))


def without_checksums(patch: Patch) -> None:
    """What is installed is named by its version only."""
    read = Path.read_text
    patch.setattr(Path, "read_text", lambda self, *given: read(self, *given).replace("--hash=", "#"))


def evaluates(_atlas: object, text: str, **_named: object) -> object:
    """A search that runs what it is given."""
    return [builtins.eval(text)]
