"""``geoplan export data``: a table of units, or the borders, as a file for GIS programs."""

from pathlib import Path
from typing import Annotated

import typer

from geoplan.errors import UnknownChoiceError
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan_api.cli.output import check_writable, write_file
from geoplan_api.cli.session import open_atlas
from geoplan_maps.exchange import FORMATS, file_bytes
from geoplan_maps.exchange.tables import TABLES, table_of


def _known(value: str, known: list[str]) -> str:
    if value not in known:
        message = Message("There is no “{value}” here.", value=value)
        raise UnknownChoiceError(message, value=value, nearest=nearest_values(value, known) or known)
    return value


def data(
    context: typer.Context,
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write.")],
    level: Annotated[
        str,
        typer.Option(
            "--level", metavar="LEVEL",
            help="municipality, unincorporated-area, association, county, government-region, state,"
            " metropolitan-region or border.",
        ),
    ] = "municipality",
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="fgb, gpkg, geojson or geoparquet.")
    ] = "gpkg",
) -> None:  # fmt: skip
    """Write all units of a level, with geometry, licence and vintage."""
    _known(form, list(FORMATS))
    name = TABLES[_known(level, list(TABLES))]
    check_writable(out)
    atlas = open_atlas(context.obj)
    table = table_of(atlas, name)
    write_file(out, file_bytes(form, name, table, atlas.provenance))
    said = Message(
        "{count} features ({form}): {path}", count=len(table), form=FORMATS[form].title, path=str(out)
    )
    typer.echo(said.text(context.obj.lang), err=True)
