"""``geoplan plan token list``: who may reach the plans over HTTP."""

from typing import Annotated

import typer

from geoplan.messages import IsoDay, Message
from geoplan.plans.tokens import Token, list_tokens, today
from geoplan_api.cli.options import format_option
from geoplan_api.cli.output import write_json
from geoplan_api.cli.plan.desk import opened
from geoplan_api.cli.tables import UNKNOWN, Column, print_table, table_of

COLUMNS: list[Column] = [
    (Message("Id"), "left"),
    (Message("Name"), "left"),
    (Message("Scope"), "left"),
    (Message("Made on"), "left"),
    (Message("Valid until"), "left"),
    (Message("Last used"), "left"),
    (Message("Status"), "left"),
]


def list(context: typer.Context, *, form: Annotated[str, format_option("table", "json")] = "table") -> None:
    """Write the tokens, oldest first; those that were revoked too, as the history names them."""
    with opened() as store:
        found = list_tokens(store)
    if form == "json":
        write_json({"tokens": [token.to_dict() for token in found]})
        return
    lang = context.obj.lang
    rows = [
        [
            token.id, token.name, token.scope.value,
            *(_day(day, lang) for day in (token.created[:10], token.expires, token.last_used)),
            _status(token).text(lang),
        ]
        for token in found
    ]  # fmt: skip
    note = Message("“geoplan plan token create NAME --scope read|write|admin” makes one.").text(lang)
    print_table(Message("Tokens").text(lang), table_of(COLUMNS, rows, lang), [] if rows else [note])


def _day(day: object, lang: str) -> str:
    return UNKNOWN if day is None else IsoDay(day).text(lang)


def _status(token: Token) -> Message:
    if token.revoked is not None:
        return Message("revoked")
    return Message("valid") if token.is_usable(today()) else Message("expired")
