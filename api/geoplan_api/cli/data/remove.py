"""``geoplan data remove``: a dataset leaves this machine."""

from typing import Annotated

import typer

from geoplan.boundaries.lock import store_lock
from geoplan.boundaries.publishing import remove as remove_dataset
from geoplan.messages import Message


def remove(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Name of a dataset; “geoplan data list” shows them.")
    ],
    *,
    force: Annotated[bool, typer.Option("--force", help="Delete it even if it is the active one.")] = False,
) -> None:
    """Delete a dataset."""
    with store_lock():
        remove_dataset(name, force=force)
    typer.echo(Message("{name} is deleted.", name=name).text(context.obj.lang), err=True)
