"""``geoplan network check``: how a group stands against map, law and funding, and what it costs."""

from pathlib import Path
from typing import Annotated

import typer

from geoplan.networks import Intentions, check_network
from geoplan.networks.intentions import with_facts
from geoplan.networks.parsing import read_assumptions, read_day, read_depth, read_key
from geoplan.provenance import named_in
from geoplan.rules.stated import read_facts
from geoplan_api.cli.lazy import unit_features
from geoplan_api.cli.network.conditions import Facts, Seeds
from geoplan_api.cli.network.network_tables import print_network
from geoplan_api.cli.options import Weights, format_option, split_list
from geoplan_api.cli.output import write_json
from geoplan_api.cli.session import open_atlas
from geoplan_api.network_features import network_features
from geoplan_api.weights import read_weights

Members = Annotated[
    list[str], typer.Argument(metavar="ID …", help="The members: ids or names that are unambiguous.")
]


def check(  # noqa: PLR0913 - the options of a command are its parameters
    context: typer.Context,
    members: Members,
    *,
    service: Annotated[
        str,
        typer.Option("--service", metavar="SERVICE", help="Service field; “geoplan services” lists them."),
    ],
    depth: Annotated[
        str | None,
        typer.Option(
            "--depth", metavar="DEPTH", help="exchange, shared-staff, shared-task or transferred-task."
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="The day the rules are asked for; by default today."),
    ] = None,
    key: Annotated[
        str, typer.Option("--key", metavar="KEY", help="How cost is shared: equal, population or mixed.")
    ] = "equal",
    assume: Annotated[
        list[str] | None,
        typer.Option("--assume", metavar="ASSUMPTION=X", help="Another number for the cost. Repeatable."),
    ] = None,
    assumptions: Annotated[
        bool, typer.Option("--assumptions", help="All assumptions of the cost, with their keys.")
    ] = False,
    fact: Facts = None,
    seeds: Seeds = None,
    weights: Weights = None,
    cooperations: Annotated[
        Path | None,
        typer.Option("--cooperations", metavar="FILE", help="Register of existing cooperations (JSON)."),
    ] = None,
    form: Annotated[str, format_option("table", "json", "geojson")] = "table",
) -> None:
    """Write how a network stands."""
    intentions = with_facts(
        Intentions(
            depth=None if depth is None else read_depth(depth), key=read_key(key),
            assumptions=read_assumptions(assume or []),
        ),
        read_facts(fact or []),
    )  # fmt: skip
    day = None if on is None else read_day(on)
    atlas = open_atlas(context.obj, cooperations)
    network = check_network(
        atlas, split_list(members), service=service, on=day, intentions=intentions,
        seeds=split_list(seeds or ()), weights=read_weights(weights or [], "="),
    )  # fmt: skip
    if form == "json":
        lang = context.obj.lang
        write_json({"network": network.to_dict(lang), "data": named_in(lang, network.data)})
    elif form == "geojson":
        write_json(network_features(atlas, network, unit_features(), context.obj.lang))
    else:
        print_network(network, context.obj.lang, assumptions=assumptions)
