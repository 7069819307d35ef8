"""``geoplan suggest``: who fits as a partner, and why."""

from pathlib import Path
from typing import Annotated

import typer

from geoplan.suggestions import SuggestionList
from geoplan.suggestions import suggest as suggest_partners
from geoplan.suggestions.suggest import Asked
from geoplan_api.cli.lazy import suggestion_features
from geoplan_api.cli.options import (
    AsLevel,
    CooperationType,
    Partners,
    Service,
    Unit,
    Weights,
    format_option,
    limit_option,
    split_list,
)
from geoplan_api.cli.output import write_csv, write_json
from geoplan_api.cli.session import open_atlas
from geoplan_api.cli.suggestion_table import print_constellations, print_suggestions
from geoplan_api.insights import constellations_of, stability_of, suggestions_answer
from geoplan_api.weights import read_weights

CSV_COLUMNS = (
    "rank", "id", "name", "designation", "level", "population", "county", "state", "type", "role", "score",
    "reasons", "flags",
)  # fmt: skip


def suggest(  # noqa: PLR0913 - the options of a command are its parameters
    context: typer.Context,
    unit: Unit,
    *,
    partners: Partners = None,
    kind: CooperationType = "any",
    service: Service = None,
    limit: Annotated[int, limit_option()] = 20,
    weights: Weights = None,
    as_level: AsLevel = None,
    stability: Annotated[
        bool,
        typer.Option("--stability", help="Add how often each is among the first five under other weights."),
    ] = False,
    together: Annotated[
        bool, typer.Option("--constellations", help="Add small groups to talk to together.")
    ] = False,
    cooperations: Annotated[
        Path | None,
        typer.Option("--cooperations", metavar="FILE", help="Register of existing cooperations (JSON)."),
    ] = None,
    form: Annotated[str, format_option("table", "json", "geojson", "csv")] = "table",
) -> None:
    """Write the suggestions for a unit, best first."""
    changed = read_weights(weights or [], "=")
    atlas = open_atlas(context.obj, cooperations)
    on_board = split_list(partners or ())
    answer = suggest_partners(
        atlas, unit, partners=on_board, type=kind, service=service, limit=limit, weights=changed,
        as_level=as_level,
    )  # fmt: skip
    asked = Asked(partners=on_board, type=kind, service=service, weights=changed, as_level=as_level)
    stable = stability_of(atlas, unit, asked) if stability else None
    groups = constellations_of(atlas, unit, asked) if together else None
    lang = context.obj.lang
    if form == "json":
        said = suggestions_answer(answer, lang, stable)
        if groups is not None:
            said["constellations"] = [group.to_dict(lang) for group in groups]
        write_json(said)
    elif form == "geojson":
        write_json(suggestion_features()(atlas, answer, lang))
    elif form == "csv":
        write_csv(CSV_COLUMNS, _csv_rows(answer, lang), lang)
    else:
        print_suggestions(atlas, answer, lang, stable=stable)
        if groups is not None:
            print_constellations(groups, lang)


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
