"""``geoplan plan token create``: let somebody reach the plans over HTTP."""

from typing import Annotated

import typer

from geoplan.messages import Message
from geoplan.plans.decoding import decode
from geoplan.plans.tokens import WantedToken, create_token
from geoplan_api.cli.plan.desk import opened, say


def create(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Whose it is; the history of the plans tells this name.")
    ],
    *,
    scope: Annotated[
        str,
        typer.Option(
            "--scope",
            metavar="read|write|admin",
            help="To look; to change, too; to bring deleted plans back, too.",
        ),
    ],
    expires: Annotated[
        str | None,
        typer.Option(
            "--expires",
            metavar="YYYY-MM-DD",
            help="The last day on which it is good; by default there is none.",
        ),
    ] = None,
) -> None:
    """Write the token, and nothing else, to stdout: it can be piped into wherever it is kept."""
    wanted = decode(WantedToken, {"name": name, "scope": scope, "expires": expires})
    with opened() as store:
        made = create_token(store, wanted)
    typer.echo(made.text)
    said = Message(
        "This token of {name} ({scope}) is shown once and kept nowhere: store it safely. It is sent as"
        " “Authorization: Bearer …”; “geoplan plan token revoke {id}” makes it worthless.",
        name=made.token.name, scope=made.token.scope.value, id=made.token.id,
    )  # fmt: skip
    say(context, said)
