"""``geoplan plan token revoke``: a token that was lost, or is needed no longer."""

from typing import Annotated

import typer

from geoplan.messages import Message
from geoplan.plans.tokens import revoke_token
from geoplan_api.cli.plan.desk import opened, say


def revoke(
    context: typer.Context,
    token: Annotated[
        str, typer.Argument(metavar="ID", help="Id of a token; “geoplan plan token list” shows them.")
    ],
) -> None:
    """Refuse the token from the next request on."""
    with opened() as store:
        done = revoke_token(store, token)
    say(context, Message("The token {id} of {name} is worthless now.", id=done.id, name=done.name))
