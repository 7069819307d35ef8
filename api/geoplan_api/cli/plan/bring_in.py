"""``geoplan plan import``: plans of another store, with their history."""

from pathlib import Path
from typing import Annotated

import typer

from geoplan.messages import Message
from geoplan.plans.exchange import import_plans
from geoplan_api.cli.plan.desk import opened, read_json, say, whoever_types


def bring_in(
    context: typer.Context,
    source: Annotated[
        Path, typer.Argument(metavar="FILE", help="What “geoplan plan export” has written; - is stdin.")
    ],
) -> None:
    """Add all of it to the store, or nothing."""
    document = read_json(source)
    with opened() as store:
        done = import_plans(store, document, whoever_types())
    said = Message(
        "Plans added: {added}, there already: {known}.", added=len(done.added), known=len(done.known)
    )
    say(context, said)
