"""``geoplan network cover``: a county or a state divided into networks, and who is left over, and why."""

from typing import Annotated, Any

import numpy as np
import typer

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan.networks import Cover
from geoplan.networks import cover as cover_area
from geoplan.networks.covering import USUAL_COVER_SECONDS
from geoplan.networks.request import AUTO
from geoplan.services import find_service
from geoplan_api.answers import with_properties
from geoplan_api.cli.lazy import unit_features
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
from geoplan_api.cli.options import format_option
from geoplan_api.cli.output import write_csv, write_json
from geoplan_api.cli.session import open_atlas
from geoplan_api.cli.tables import Column, number, print_table, table_of
from geoplan_api.labels import data_line, unit_name

COLUMNS: list[Column] = [
    (Message("Network"), "right"),
    (Message("Members"), "right"),
    (Message("Fit"), "right"),
    (Message("Inhabitants"), "right"),
    (Message("Compactness"), "right"),
    (Message("Who"), "left"),
]
LEFT_COLUMNS: list[Column] = [
    (Message("Left over"), "left"),
    (Message("Why"), "left"),
    (Message("Borders outside"), "left"),
]
CSV_COLUMNS = ("network", "id", "name", "designation", "population", "county", "state", "score", "reason")
NOBODY_LEFT = Message("Nobody is left over.")
OPTIMAL = Message("Proven: no division leaves fewer over or, leaving as few, fits better.")
OPEN = Message("Not proven: a division that leaves as few over may fit up to {gap:p1} better.")


def cover(  # noqa: PLR0913 - the options of a command are its parameters
    context: typer.Context,
    unit: Annotated[
        str,
        typer.Argument(metavar="COUNTY_OR_STATE", help="The area: an id or a name that is unambiguous."),
    ],
    *,
    service: Service,
    fewest: Fewest = None,
    most: Most = None,
    population: Population = None,
    max_counties: MostCounties = None,
    whole_associations: WholeAssociations = False,
    contiguity: Contiguity = AUTO,
    time_limit: Annotated[
        float, typer.Option("--time-limit", metavar="SECONDS", help="Search at most so long.", parser=seconds)
    ] = USUAL_COVER_SECONDS,
    form: Annotated[str, format_option("table", "json", "geojson", "csv")] = "table",
) -> None:
    """Write the networks of an area."""
    bounds, area = population_bounds(population), contiguity_of(contiguity)
    atlas = open_atlas(context.obj)
    found = cover_area(
        atlas, unit, service=service, min_members=fewest, max_members=most, population=bounds,
        max_counties=max_counties, whole_associations=whole_associations, contiguity=area,
        time_limit=time_limit,
    )  # fmt: skip
    lang = context.obj.lang
    if form == "json":
        write_json(found.to_dict(lang))
    elif form == "geojson":
        write_json(_features(atlas, found, lang))
    elif form == "csv":
        write_csv(CSV_COLUMNS, _csv_rows(found, lang), lang)
    else:
        _print(found, lang)


def _csv_rows(found: Cover, lang: str) -> list[list[object]]:
    inside = [
        (rank, unit, round(network.score, 4), None)
        for rank, network in enumerate(found.networks, start=1) for unit in network.members
    ]  # fmt: skip
    left = [(None, one.unit, None, one.reason.text(lang)) for one in found.left_over]
    return [
        [rank, unit.id, unit.name, unit.designation, unit.population, unit.county, unit.state, score, reason]
        for rank, unit, score, reason in [*inside, *left]
    ]


def _features(atlas: Atlas, found: Cover, lang: str) -> dict[str, Any]:
    """All municipalities with the number of their network; ``null`` and the reason for who is left over."""
    rows = _csv_rows(found, lang)
    places = np.array([atlas.units.row(str(row[1])) for row in rows], dtype=np.int64)
    properties = [{"network": row[0], "score": row[-2], "reason": row[-1]} for row in rows]
    return with_properties(unit_features()(atlas, places), properties)


def _print(found: Cover, lang: str) -> None:
    rows = [
        [
            str(rank), number(len(network.members), lang), number(network.score, lang, 2),
            number(network.population, lang), number(network.compactness, lang, 2),
            ", ".join(unit.name for unit in network.members),
        ]
        for rank, network in enumerate(found.networks, start=1)
    ]  # fmt: skip
    label = find_service(found.service).label
    title = Message("Networks in {area}: {service}", area=unit_name(found.unit), service=label)
    proof = (OPTIMAL if found.status == "optimal" else OPEN).filled(gap=found.gap)
    covered = Message(
        "{covered:n0} of {all:n0} municipalities in {count:n0} networks",
        covered=found.covered, all=found.covered + len(found.left_over), count=len(found.networks),
    )  # fmt: skip
    notes = [covered.text(lang), proof.text(lang)]
    if not found.left_over:
        notes.append(NOBODY_LEFT.text(lang))
    print_table(title.text(lang), table_of(COLUMNS, rows, lang), [*notes, data_line(found.data, lang)])
    left = [
        [unit_name(one.unit), one.reason.text(lang), ", ".join(other.name for other in one.outside) or "–"]
        for one in found.left_over
    ]
    if left:
        print_table(Message("Left over").text(lang), table_of(LEFT_COLUMNS, left, lang), [])
