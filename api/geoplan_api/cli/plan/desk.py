"""What the commands of plans share: the store, who writes, and files of JSON."""

import getpass
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.plans import Actor, PlanStore, Role, open_store
from geoplan_api.cli.failures import system_reason
from geoplan_api.cli.options import whole_number_of

STDIN = "-"
MOST_BYTES = 50_000_000
MOST_NAME_CHARACTERS = 200

PlanId = Annotated[str, typer.Argument(metavar="PLAN", help="Id of a plan; “geoplan plan list” shows them.")]
Version = Annotated[
    int | None,
    typer.Option(
        "--version",
        metavar="N",
        help="The version the change was made for; by default the newest.",
        parser=whole_number_of("--version"),
    ),
]


@contextmanager
def opened() -> Iterator[PlanStore]:
    """The store of this machine; errors as in :func:`geoplan.plans.open_store`."""
    store = open_store()
    try:
        yield store
    finally:
        store.close()


def whoever_types() -> Actor:
    """Who sits at the terminal may do everything with the store that is theirs."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container whose user has no name
        name = "local"
    return Actor(name=name[:MOST_NAME_CHARACTERS], role=Role.COORDINATOR)


def expected_version(store: PlanStore, plan_id: str, given: int | None, *, deleted: bool = False) -> int:
    """The version a change is made for: that which was named, else the newest."""
    return store.get(plan_id, deleted=deleted).version if given is None else given


def read_json(path: Path) -> Any:
    """Read a file of JSON; ``-`` is stdin.

    Raises
    ------
    InvalidValueError
        There is no such file, or it holds something else.
    """
    try:
        raw = sys.stdin.buffer.read(MOST_BYTES) if str(path) == STDIN else _bytes(path)
        return json.loads(raw.decode("utf-8-sig"))
    except OSError as error:
        reason: object = system_reason(error)
    except (ValueError, RecursionError) as error:
        reason = str(error) or type(error).__name__
    message = Message("“{path}” cannot be read as JSON: {reason}.", path=str(path), reason=reason)
    raise InvalidValueError(message, value=str(path))


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES)


def fields(path: Path) -> dict[str, Any]:
    """Read a file that holds a table of named fields; errors as in :func:`read_json`."""
    found = read_json(path)
    if not isinstance(found, dict):
        message = Message("“{path}” holds no table of named fields.", path=str(path))
        raise InvalidValueError(message, value=str(path))
    return found


def say(context: typer.Context, message: Message) -> None:
    """Tell on stderr what was done."""
    typer.echo(message.text(context.obj.lang), err=True)
