"""``geoplan network build``: the best network around units, with proof, and its alternatives."""

from pathlib import Path
from typing import Annotated

import typer

from geoplan.networks import build_network
from geoplan.networks.request import AUTO, USUAL_CANDIDATES, USUAL_SECONDS
from geoplan.networks.vertical import ANY
from geoplan_api.cli.lazy import unit_features
from geoplan_api.cli.network.build_tables import CSV_COLUMNS, csv_rows, print_search
from geoplan_api.cli.network.conditions import (
    Contiguity,
    Fewest,
    Most,
    MostCounties,
    Population,
    Service,
    WholeAssociations,
    contiguity_of,
    population_bounds,
    seconds,
)
from geoplan_api.cli.options import Weights, format_option, split_list, whole_number_of
from geoplan_api.cli.output import write_csv, write_json
from geoplan_api.cli.session import open_atlas
from geoplan_api.network_features import search_features
from geoplan_api.weights import read_weights

Seeds = Annotated[
    list[str],
    typer.Argument(metavar="UNIT …", help="Who starts it: ids or names that are unambiguous, of one level."),
]


def build(  # noqa: PLR0913 - the options of a command are its parameters
    context: typer.Context,
    seeds: Seeds,
    *,
    service: Service,
    fewest: Fewest = None,
    most: Most = None,
    include: Annotated[
        list[str] | None,
        typer.Option("--include", metavar="ID,…", help="Who has to be a member too. Repeatable."),
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", metavar="ID,…", help="Who must not be. Repeatable.")
    ] = None,
    within: Annotated[
        str | None,
        typer.Option("--within", metavar="county|state", help="Only units of the same county or state."),
    ] = None,
    population: Population = None,
    max_counties: MostCounties = None,
    whole_associations: WholeAssociations = False,
    contiguity: Contiguity = AUTO,
    kind: Annotated[
        str,
        typer.Option(
            "--type",
            metavar="any|horizontal|vertical",
            help="A county with its own municipalities (vertical) or others of one level; any: by service.",
        ),
    ] = ANY,
    weights: Weights = None,
    alternatives: Annotated[
        int,
        typer.Option(
            "--alternatives",
            metavar="K",
            help="So many networks, clearly different.",
            parser=whole_number_of("--alternatives"),
        ),
    ] = 1,
    candidates: Annotated[
        int,
        typer.Option(
            "--candidates",
            metavar="N",
            help="Compare so many candidates.",
            parser=whole_number_of("--candidates"),
        ),
    ] = USUAL_CANDIDATES,
    time_limit: Annotated[
        float, typer.Option("--time-limit", metavar="SECONDS", help="Search at most so long.", parser=seconds)
    ] = USUAL_SECONDS,
    cooperations: Annotated[
        Path | None,
        typer.Option("--cooperations", metavar="FILE", help="Register of existing cooperations (JSON)."),
    ] = None,
    form: Annotated[str, format_option("table", "json", "geojson", "csv")] = "table",
) -> None:
    """Write the networks, the best first."""
    bounds, area = population_bounds(population), contiguity_of(contiguity)
    changed = read_weights(weights or [], "=")
    atlas = open_atlas(context.obj, cooperations)
    found = build_network(
        atlas, split_list(seeds), service=service, min_members=fewest, max_members=most,
        include=split_list(include or ()), exclude=split_list(exclude or ()), within=within,
        population=bounds, max_counties=max_counties, whole_associations=whole_associations,
        contiguity=area, type=kind, weights=changed, alternatives=alternatives, candidates=candidates,
        time_limit=time_limit,
    )  # fmt: skip
    lang = context.obj.lang
    if form == "json":
        write_json(found.to_dict(lang))
    elif form == "geojson":
        write_json(search_features(atlas, found, unit_features(), lang))
    elif form == "csv":
        write_csv(CSV_COLUMNS, csv_rows(found), lang)
    else:
        print_search(atlas, found, lang)
