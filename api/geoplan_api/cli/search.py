"""``geoplan search``: from a name, a part of it, a key, a postcode or coordinates to units."""

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
from geoplan_api.cli.tables import UNKNOWN, number, print_table, table_of
from geoplan_api.labels import LEVELS, data_line, place_of, unit_name


def search(
    context: typer.Context,
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT",
            help="A name, a part of one, a key, coordinates or, where the data have them, a postcode.",
        ),
    ],
    near: Annotated[
        str | None,
        typer.Option(
            "--near", metavar="UNIT|LAT,LON", help="Of units that fit alike, those near it go first."
        ),
    ] = None,
    limit: Annotated[int, limit_option()] = 10,
    form: Annotated[str, format_option("table", "json", "geojson", "csv")] = "table",
) -> None:
    """Write the units that a text may mean, best first."""
    atlas, lang = open_atlas(context.obj), context.obj.lang
    results = answers.search(atlas, text, limit=limit, near=near)
    answer = answers.search_answer(atlas, results)
    if form == "json":
        write_json(answer)
    elif form == "geojson":
        rows = answers.rows_of(atlas, [result.unit for result in results])
        matches = [result.found_by() for result in results]
        write_json(answers.with_properties(unit_features()(atlas, rows), matches))
    elif form == "csv":
        found = answer["results"]
        columns = list(dict.fromkeys(name for one in found for name in one)) or ["id", "name"]
        write_csv(columns, [[one.get(name) for name in columns] for one in found], lang)
    else:
        _print(atlas, text, results, lang)


def _print(atlas: Atlas, text: str, results: list[SearchResult], lang: str) -> None:
    is_far = any(result.distance_km is not None for result in results)
    is_shared = any(result.share is not None for result in results)
    rows = [
        [
            result.unit.id, unit_name(result.unit), LEVELS[result.unit.level].text(lang),
            place_of(atlas, result.unit), number(result.unit.population, lang),
            *([number(result.distance_km, lang, 1)] if is_far else []),
            *([_share(result, lang)] if is_shared else []),
        ]
        for result in results
    ]  # fmt: skip
    columns = [
        (Message("Id"), "left"),
        (Message("Name"), "left"),
        (Message("Level"), "left"),
        (Message("In"), "left"),
        (Message("Inhabitants"), "right"),
        *([(Message("Distance in km"), "right")] if is_far else []),
        *([(Message("Share with the postcode"), "right")] if is_shared else []),
    ]
    hint = atlas.names.hint(text)
    found = Message("Found for “{text}”: {count:n0}", text=text, count=len(results))
    notes = [*([] if hint is None else [hint.text(lang)]), data_line(atlas.provenance.to_dict(), lang)]
    print_table(found.text(lang), table_of(columns, rows, lang), notes)


def _share(result: SearchResult, lang: str) -> str:
    return UNKNOWN if result.share is None else Message("{share:p0}", share=result.share).text(lang)
