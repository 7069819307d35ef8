"""``geoplan data use``: which dataset is used where none is named."""

from typing import Annotated

import typer

from geoplan.boundaries.catalogue import EMBEDDED
from geoplan.boundaries.lock import store_lock
from geoplan.boundaries.publishing import use as make_active
from geoplan.messages import Message


def use(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Name of a dataset; “geoplan data list” shows them.")
    ],
) -> None:
    """Make a dataset the active one."""
    with store_lock():
        make_active(name, embedded=EMBEDDED)
    said = Message("{name} is the active dataset now.", name=name)
    typer.echo(said.text(context.obj.lang), err=True)
