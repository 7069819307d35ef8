"""``geoplan serve``: the planner, the API and the embeds, on this machine."""

import errno
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError, NotPermittedError
from geoplan.messages import Message
from geoplan.plans.tokens import has_usable_token
from geoplan_api.app import create_app
from geoplan_api.cli.failures import REASONS, SystemFailedError, system_reason
from geoplan_api.cli.global_options import GlobalOptions
from geoplan_api.cli.options import whole_number_of
from geoplan_api.cli.plan.desk import opened
from geoplan_api.cli.session import open_atlas
from geoplan_api.desk import is_loopback
from geoplan_api.logs import start_logging
from geoplan_api.ogc.postgis import open_features
from geoplan_api.serving.crew import Crew
from geoplan_api.serving.server import GracefulServer, reload_on_hangup
from geoplan_api.serving.worker import Post
from geoplan_api.settings import Settings, read_settings
from geoplan_maps.exchange import dataset_version

LAST_PORT = 65_535
DESK = Message("Plans: this server is the desk of one person; whoever uses this machine can change them.")
TOKENS = Message("Plans: shown and changed for those who send a token.")
NO_ADDRESS = REASONS[errno.EADDRNOTAVAIL]
USUAL_DRAIN_SECONDS = 5.0
"""So long a balancer has to see that this server is not ready any more."""


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(
            "--port",
            metavar="PORT",
            help="Port to listen on; 0 takes a free one.",
            parser=whole_number_of("--port"),
        ),
    ] = 8000,
    *,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            help="Processes that answer side by side; one a core.",
            parser=whole_number_of("--workers"),
        ),
    ] = None,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Settings in a TOML file.")
    ] = None,
) -> None:
    """Serve until stopped."""
    if not 0 <= port <= LAST_PORT:
        message = Message(
            "The port is a number from 0 to {limit}, not {value}.", limit=LAST_PORT, value=str(port)
        )
        raise InvalidValueError(message, value=port)
    options = context.obj
    given: dict[str, Any] = {} if options.data is None else {"data": options.data}
    if workers is not None:
        given["workers"] = workers
    settings = read_settings(config, lang=options.lang, **given)
    # The port first, so that one in use is told before the work.
    with listen(host, port) as listening:
        desk = _is_desk(host, listening, settings)
        typer.echo((DESK if desk else TOKENS).text(options.lang), err=True)
        serving = Serving(
            post=_post(settings, desk=desk), listening=listening, lang=options.lang,
            address=_address(host, listening),
        )  # fmt: skip
        start_logging(form=serving.post.log_form, level=serving.post.log_level)
        atlas = _checked_atlas(options, settings)
        if atlas is None or settings.workers > 1:
            _serve_together(serving)
        else:
            _serve_alone(serving, atlas)


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """Where it is served, and how."""

    post: Post
    listening: socket.socket
    address: str
    lang: str

    def announce(self) -> None:
        """Say where the server is reached; scripts that wait for the line read it from stdout."""
        ready = Message("geoplan is ready: {address}  (stop with Ctrl+C)", address=self.address)
        typer.echo(ready.text(self.lang))
        sys.stdout.flush()


def _post(settings: Settings, *, desk: bool) -> Post:
    """What is not set is chosen for one person, or for many."""
    drain = settings.drain_seconds
    return Post(
        settings=settings, desk=desk, log_form=settings.log_format or ("text" if desk else "json"),
        log_level=settings.log_level or ("warning" if desk else "info"),
        drain_seconds=(0.0 if desk else USUAL_DRAIN_SECONDS) if drain is None else drain,
    )  # fmt: skip


def _checked_atlas(options: GlobalOptions, settings: Settings) -> Atlas | None:
    """The data, with their features where these are in a database; ``None`` where only workers need them.

    Whoever starts the server is told here what is wrong: later it would be for the log.
    """
    features = open_features()
    if features is None and settings.workers > 1:
        return None
    atlas = open_atlas(options, settings.cooperations)
    if features is not None:
        features.require(dataset_version(atlas))
        features.close()
    return atlas


def _serve_alone(serving: Serving, atlas: Atlas) -> None:
    post = serving.post
    app = create_app(post.settings, atlas=atlas, desk=post.desk)
    app.state.keeper.beforehand = not post.desk
    server = GracefulServer(app, post.settings, drain_seconds=post.drain_seconds, on_ready=serving.announce)
    reload_on_hangup(server.reload)
    # uvicorn finishes what is under way and then repeats the signal; stopped as asked is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server.run(sockets=[serving.listening])
    except KeyboardInterrupt:
        typer.echo(Message("geoplan has stopped.").text(serving.lang), err=True)


def _serve_together(serving: Serving) -> None:
    crew = Crew(serving.post, serving.post.settings.workers, serving.listening)
    if not crew.run(serving.announce):
        raise SystemFailedError(Message("The processes of the server do not start; the log says why."))
    typer.echo(Message("geoplan has stopped.").text(serving.lang), err=True)


def _is_desk(host: str, listening: socket.socket, settings: Settings) -> bool:
    """Whether only the person at this machine gets here; others must have a token by now."""
    if not is_loopback(listening.getsockname()[0]):
        _require_token(host)
        return False
    # A public address means that others get here all the same, through a server in front of this one.
    return settings.public_url is None


def _require_token(host: str) -> None:
    with opened() as store:
        if has_usable_token(store):
            return
    message = Message(
        "{host} can be reached by others, and nobody has a token for the plans yet:"
        " “geoplan plan token create NAME --scope write” makes one."
        " Without --host the server is for this machine only.",
        host=host,
    )
    raise NotPermittedError(message, value=host)


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections, each of which sends what it has at once."""
    try:
        family, *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.create_server((host, port), family=family)
    except (socket.gaierror, UnicodeError) as error:
        raise _refused(host, port, NO_ADDRESS) from error
    except OSError as error:
        raise _refused(host, port, system_reason(error)) from error
    # Taken over by each connection. Otherwise the second part of an answer waits until the first is
    # confirmed, which takes a client 40 ms; asyncio sees to it only for sockets that it opens itself.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _refused(host: str, port: int, reason: Message) -> SystemFailedError:
    message = Message(
        "Cannot listen on {host}, port {port}: {reason}.", host=host, port=str(port), reason=reason
    )
    return SystemFailedError(message, value=port)


def _address(host: str, listening: socket.socket) -> str:
    named = f"[{host}]" if ":" in host else host
    return f"http://{named}:{listening.getsockname()[1]}/"
