"""``geoplan export postgis``: all units and borders of a dataset into a database."""

from typing import Annotated

import typer

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan_api.cli.session import open_atlas
from geoplan_api.ogc.postgis import URL_VARIABLE, open_features
from geoplan_api.ogc.postgis.loading import load_features


def postgis(
    context: typer.Context,
    *,
    url: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="URL",
            help="The database: postgresql://USER@HOST/DATABASE; else that of GEOPLAN_FEATURES_URL.",
        ),
    ] = None,
    alone: Annotated[
        bool, typer.Option("--alone", help="Delete other datasets and versions of geoplan that are there.")
    ] = False,
) -> None:  # fmt: skip
    """Load units of all levels and borders, with licence and vintage, for the server and GIS programs."""
    database = open_features(url)
    if database is None:
        message = Message("No database is named: give --to or set {variable}.", variable=URL_VARIABLE)
        raise InvalidValueError(message, value=URL_VARIABLE)

    def tell(name: str, features: int) -> None:
        loading = Message("Loading {name}: {features:n0} features …", name=name, features=features)
        typer.echo(loading.text(context.obj.lang), err=True)

    loaded = load_features(open_atlas(context.obj), database, alone=alone, told=tell)
    database.close()
    said = Message(
        "{features:n0} features in {tables} tables of the schema {schema}: {place}",
        features=loaded.features, tables=loaded.tables, schema=loaded.schema, place=database.shown,
    )  # fmt: skip
    typer.echo(said.text(context.obj.lang))
