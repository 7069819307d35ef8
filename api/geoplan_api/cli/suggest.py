"""``geoplan suggest``: who fits as a partner, and why."""

from pathlib import Path
from typing import Annotated

import typer

from geoplan.suggestions import SuggestionList
from geoplan.suggestions import suggest as suggest_partners
from geoplan_api.cli.lazy import suggestion_features
from geoplan_api.cli.options import (
    CooperationType,
    Service,
    Unit,
    format_option,
    limit_option,
    split_list,
)
from geoplan_api.cli.output import write_csv, write_json
from geoplan_api.cli.session import open_atlas
from geoplan_api.cli.suggestion_table import print_suggestions
from geoplan_api.weights import read_weights

CSV_COLUMNS = (
    "rank", "id", "name", "designation", "level", "population", "county", "state", "type", "role", "score",
    "reasons", "flags",
)  # fmt: skip


def suggest(  # noqa: PLR0913 - the options of a command are its parameters
    context: typer.Context,
    unit: Unit,
    *,
    partners: Annotated[
        list[str] | None,
        typer.Option(
            "--with", metavar="ID,…", help="Partners already on board: who else fits all of them? Repeatable."
        ),
    ] = None,
    kind: CooperationType = "any",
    service: Service = None,
    limit: Annotated[int, limit_option()] = 20,
    weights: Annotated[
        list[str] | None,
        typer.Option("--weight", metavar="CRITERION=X", help="Another weight for a criterion. Repeatable."),
    ] = None,
    cooperations: Annotated[
        Path | None,
        typer.Option("--cooperations", metavar="FILE", help="Register of existing cooperations (JSON)."),
    ] = None,
    form: Annotated[str, format_option("table", "json", "geojson", "csv")] = "table",
) -> None:
    """Write the suggestions for a unit, best first."""
    changed = read_weights(weights or [], "=")
    atlas = open_atlas(context.obj, cooperations)
    answer = suggest_partners(
        atlas,
        unit,
        partners=split_list(partners or ()),
        type=kind,
        service=service,
        limit=limit,
        weights=changed,
    )
    lang = context.obj.lang
    if form == "json":
        write_json(answer.to_dict(lang))
    elif form == "geojson":
        write_json(suggestion_features()(atlas, answer, lang))
    elif form == "csv":
        write_csv(CSV_COLUMNS, _csv_rows(answer, lang), lang)
    else:
        print_suggestions(atlas, answer, lang)


def _csv_rows(answer: SuggestionList, lang: str) -> list[list[object]]:
    rows = []
    for rank, suggestion in enumerate(answer.suggestions, start=1):
        said = suggestion.to_dict(lang) | {"rank": rank, "score": round(suggestion.score, 4)}
        said["reasons"] = " · ".join(
            part["explanation"] for part in said["contributions"] if part["contribution"]
        )
        said["flags"] = " · ".join(flag["text"] for flag in said["flags"])
        rows.append([said[column] for column in CSV_COLUMNS])
    return rows
