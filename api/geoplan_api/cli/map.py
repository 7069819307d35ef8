"""``geoplan map``: the suggestions as one HTML file that opens without any network."""

from pathlib import Path
from typing import Annotated

import typer

from geoplan.messages import Message
from geoplan.suggestions import suggest
from geoplan_api.cli.options import CooperationType, Service, Unit, limit_option, split_list
from geoplan_api.cli.output import check_page, write_file
from geoplan_api.cli.session import open_atlas
from geoplan_api.weights import read_weights
from geoplan_maps import map_html


def map(  # noqa: PLR0913 - the options of a command are its parameters
    context: typer.Context,
    unit: Unit,
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE.html", help="The file to write.")],
    partners: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="ID,…", help="Partners already on board. Repeatable."),
    ] = None,
    kind: CooperationType = "any",
    service: Service = None,
    limit: Annotated[int, limit_option()] = 20,
    weights: Annotated[
        list[str] | None,
        typer.Option("--weight", metavar="CRITERION=X", help="Another weight for a criterion. Repeatable."),
    ] = None,
) -> None:
    """Write a map of the suggestions for a unit."""
    check_page(out)
    changed, lang = read_weights(weights or [], "="), context.obj.lang
    atlas = open_atlas(context.obj)
    answer = suggest(
        atlas,
        unit,
        partners=split_list(partners or ()),
        type=kind,
        service=service,
        limit=limit,
        weights=changed,
    )
    write_file(out, map_html(atlas, answer, lang=lang))
    typer.echo(Message("Map of {name}: {path}", name=answer.unit.title, path=str(out)).text(lang), err=True)
