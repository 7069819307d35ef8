"""``geoplan serve``: the planner, the API and the embeds, on this machine."""

import errno
import signal
import socket
import sys
from typing import Annotated

import typer
import uvicorn

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan_api.app import create_app
from geoplan_api.cli.failures import REASONS, SystemFailedError, system_reason
from geoplan_api.cli.options import whole_number
from geoplan_api.cli.session import open_atlas
from geoplan_api.desk import is_loopback
from geoplan_api.settings import read_settings

LAST_PORT = 65_535
DESK = Message("Plans: this server is the desk of one person; whoever uses this machine can change them.")
NO_PLANS = Message("Plans are neither shown nor changed here: this address can be reached by others.")
NO_ADDRESS = REASONS[errno.EADDRNOTAVAIL]
SECONDS_TO_FINISH = 5
"""What requests under way get when the server is stopped."""


class AnnouncedServer(uvicorn.Server):
    """A server that says where it is reached once it can answer."""

    def __init__(self, config: uvicorn.Config, address: str, lang: str) -> None:
        super().__init__(config)
        self.announcement = Message("geoplan is ready: {address}  (stop with Ctrl+C)", address=address).text(
            lang
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so; scripts that wait for the line read it from stdout."""
        await super().startup(sockets)
        if self.started:
            typer.echo(self.announcement)
            sys.stdout.flush()


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(
            "--port", metavar="PORT", help="Port to listen on; 0 takes a free one.", parser=whole_number
        ),
    ] = 8000,
) -> None:
    """Serve until stopped."""
    if not 0 <= port <= LAST_PORT:
        message = Message(
            "The port is a number from 0 to {limit}, not {value}.", limit=LAST_PORT, value=str(port)
        )
        raise InvalidValueError(message, value=port)
    options = context.obj
    given = {} if options.data is None else {"data": options.data}
    settings = read_settings(lang=options.lang, **given, desk=is_loopback(host))
    # The port first, so that one in use is told before the work.
    with _listen(host, port) as listening:
        app = create_app(settings, atlas=open_atlas(options, settings.cooperations))
        typer.echo((DESK if settings.desk else NO_PLANS).text(options.lang), err=True)
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=SECONDS_TO_FINISH)
        server = AnnouncedServer(config, _address(host, listening), options.lang)
        # uvicorn finishes what is under way and then repeats the signal; stopped as asked is no failure.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            typer.echo(Message("geoplan has stopped.").text(options.lang), err=True)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server((host, port), family=family)
    except (socket.gaierror, UnicodeError) as error:
        raise _refused(host, port, NO_ADDRESS) from error
    except OSError as error:
        raise _refused(host, port, system_reason(error)) from error


def _refused(host: str, port: int, reason: Message) -> SystemFailedError:
    message = Message(
        "Cannot listen on {host}, port {port}: {reason}.", host=host, port=str(port), reason=reason
    )
    return SystemFailedError(message, value=port)


def _address(host: str, listening: socket.socket) -> str:
    named = f"[{host}]" if ":" in host else host
    return f"http://{named}:{listening.getsockname()[1]}/"
