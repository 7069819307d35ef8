"""``geoplan neighbours``: who borders a unit, along how many kilometres."""

from typing import Annotated

import typer

from geoplan.atlas import Atlas, Neighbour
from geoplan.messages import Message
from geoplan.units import AdministrativeUnit
from geoplan_api import answers
from geoplan_api.cli.lazy import unit_features
from geoplan_api.cli.options import Unit, format_option, whole_number_of
from geoplan_api.cli.output import write_csv, write_json
from geoplan_api.cli.session import open_atlas
from geoplan_api.cli.tables import number, print_table, table_of
from geoplan_api.labels import data_line, place_of, unit_name

CSV_COLUMNS = ("id", "name", "designation", "level", "order", "border_km", "county", "state")
COLUMNS = [
    (Message("Order"), "right"),
    (Message("Border in km"), "right"),
    (Message("Name"), "left"),
    (Message("In"), "left"),
    (Message("Inhabitants"), "right"),
    (Message("Id"), "left"),
]


def neighbours(
    context: typer.Context,
    unit: Unit,
    order: Annotated[
        int,
        typer.Option(
            "--order",
            metavar="K",
            help="1: shares a border, 2: neighbours' neighbours …",
            parser=whole_number_of("--order"),
        ),
    ] = 1,
    form: Annotated[str, format_option("table", "json", "geojson", "csv")] = "table",
) -> None:
    """Write the neighbours of a unit."""
    atlas, lang = open_atlas(context.obj), context.obj.lang
    asking = atlas.unit(unit)
    found = atlas.neighbours(asking.id, order)
    answer = answers.neighbours_answer(atlas, asking, found)
    if form == "json":
        write_json(answer)
    elif form == "geojson":
        rows = answers.rows_of(atlas, [neighbour.unit for neighbour in found])
        write_json(answers.with_properties(unit_features()(atlas, rows), answers.steps(found)))
    elif form == "csv":
        write_csv(
            CSV_COLUMNS, [[row[column] for column in CSV_COLUMNS] for row in answer["neighbours"]], lang
        )
    else:
        _print(atlas, asking, found, lang)


def _print(atlas: Atlas, asking: AdministrativeUnit, found: list[Neighbour], lang: str) -> None:
    rows = [
        [
            number(neighbour.order, lang), number(neighbour.border_km, lang, 1), unit_name(neighbour.unit),
            place_of(atlas, neighbour.unit), number(neighbour.unit.population, lang), neighbour.unit.id,
        ]
        for neighbour in found
    ]  # fmt: skip
    title = Message("Neighbours of {name}: {count:n0}", name=unit_name(asking), count=len(found))
    nobody = [] if found else [Message("{name} has no neighbour on land.", name=asking.title).text(lang)]
    source = data_line(atlas.provenance.to_dict(), lang)
    print_table(title.text(lang), table_of(COLUMNS, rows, lang), [*nobody, source])
