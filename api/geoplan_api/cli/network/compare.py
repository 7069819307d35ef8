"""``geoplan network compare``: two to four groups side by side."""

from collections.abc import Sequence
from typing import Annotated

import typer

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.networks import Intentions, Scenario, compare_networks
from geoplan.networks.intentions import with_facts
from geoplan.networks.parsing import read_day, read_key
from geoplan.rules.stated import read_facts
from geoplan_api.cli.network.comparison_tables import print_comparison
from geoplan_api.cli.network.conditions import Facts
from geoplan_api.cli.options import format_option, split_list
from geoplan_api.cli.output import write_json
from geoplan_api.cli.session import open_atlas


def compare(  # noqa: PLR0913 - the options of a command are its parameters
    context: typer.Context,
    *,
    scenario: Annotated[
        list[str],
        typer.Option("--scenario", metavar="NAME=ID,…", help="A group with its name; two to four of them."),
    ],
    service: Annotated[
        list[str],
        typer.Option(
            "--service", metavar="SERVICE", help="Service field of all; or one for each, in their order."
        ),
    ],
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="The day the rules are asked for; by default today."),
    ] = None,
    key: Annotated[
        str, typer.Option("--key", metavar="KEY", help="How cost is shared: equal, population or mixed.")
    ] = "equal",
    fact: Facts = None,
    all_checks: Annotated[
        bool, typer.Option("--all", help="All checks, not only those that differ.")
    ] = False,
    form: Annotated[str, format_option("table", "json")] = "table",
) -> None:
    """Write how the groups differ."""
    intentions = with_facts(Intentions(key=read_key(key)), read_facts(fact or []))
    scenarios = _scenarios(scenario, service, intentions)
    day = None if on is None else read_day(on)
    found = compare_networks(open_atlas(context.obj), scenarios, on=day)
    if form == "json":
        write_json(found.to_dict(context.obj.lang))
    else:
        print_comparison(found, context.obj.lang, all_checks=all_checks)


def _scenarios(texts: Sequence[str], services: Sequence[str], intentions: Intentions) -> list[Scenario]:
    if len(services) not in (1, len(texts)):
        message = Message(
            "{value} service fields for {count} scenarios: name one for all, or one for each.",
            value=len(services), count=len(texts),
        )  # fmt: skip
        raise InvalidValueError(message, value=len(services))
    each = services if len(services) > 1 else [*services] * len(texts)
    return [
        _scenario(text, service, intentions) for text, service in zip(texts, each, strict=True)
    ]  # fmt: skip


def _scenario(text: str, service: str, intentions: Intentions) -> Scenario:
    name, equals, members = text.partition("=")
    if not equals:
        message = Message("“{value}” is not a scenario; it is written NAME=ID,ID.", value=text)
        raise InvalidValueError(message, value=text)
    return Scenario(
        name=name.strip(), members=tuple(split_list([members])), service=service, intentions=intentions
    )
