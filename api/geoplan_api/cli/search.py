"""``geoplan search``: from a name, a part of it or a key to units."""

from typing import Annotated

import typer

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan.search import SearchResult
from geoplan_api import answers
from geoplan_api.cli.lazy import unit_features
from geoplan_api.cli.options import format_option, limit_option
from geoplan_api.cli.output import write_csv, write_json
from geoplan_api.cli.session import open_atlas
from geoplan_api.cli.tables import number, print_table, table_of
from geoplan_api.labels import LEVELS, data_line, place_of, unit_name


def search(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A name, a part of one, or a key.")],
    limit: Annotated[int, limit_option()] = 10,
    form: Annotated[str, format_option("table", "json", "geojson", "csv")] = "table",
) -> None:
    """Write the units that a text may mean, best first."""
    atlas, lang = open_atlas(context.obj), context.obj.lang
    results = answers.search(atlas, text, limit=limit)
    answer = answers.search_answer(atlas, results)
    if form == "json":
        write_json(answer)
    elif form == "geojson":
        rows = answers.rows_of(atlas, [result.unit for result in results])
        matches = [{"match": result.match} for result in results]
        write_json(answers.with_properties(unit_features()(atlas, rows), matches))
    elif form == "csv":
        columns = list(answer["results"][0]) if results else ["id", "name"]
        write_csv(columns, [list(result.values()) for result in answer["results"]], lang)
    else:
        _print(atlas, text, results, lang)


def _print(atlas: Atlas, text: str, results: list[SearchResult], lang: str) -> None:
    rows = [
        [
            result.unit.id, unit_name(result.unit), LEVELS[result.unit.level].text(lang),
            place_of(atlas, result.unit), number(result.unit.population, lang),
        ]
        for result in results
    ]  # fmt: skip
    columns = [
        (Message("Id"), "left"),
        (Message("Name"), "left"),
        (Message("Level"), "left"),
        (Message("In"), "left"),
        (Message("Inhabitants"), "right"),
    ]
    found = Message("Found for “{text}”: {count:n0}", text=text, count=len(results))
    print_table(
        found.text(lang), table_of(columns, rows, lang), [data_line(atlas.provenance.to_dict(), lang)]
    )
