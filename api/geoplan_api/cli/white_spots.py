"""``geoplan white-spots``: municipalities without enough good partners for a service, and why."""

from pathlib import Path
from typing import Annotated

import typer

from geoplan.insight import PartnerSupply, WhiteSpots
from geoplan.insight import white_spots as find_white_spots
from geoplan.messages import Message
from geoplan.services import find_service
from geoplan_api.cli.lazy import white_spot_features, white_spots_html
from geoplan_api.cli.options import CooperationType, format_option
from geoplan_api.cli.output import check_page, write_csv, write_file, write_json
from geoplan_api.cli.session import open_atlas
from geoplan_api.cli.tables import number, print_table, table_of
from geoplan_api.labels import data_line, unit_name

COLUMNS = [
    (Message("Name"), "left"),
    (Message("Inhabitants"), "right"),
    (Message("Good partners"), "right"),
    (Message("Best partner"), "left"),
    (Message("Fit"), "right"),
    (Message("Reasons"), "left"),
]
CSV_COLUMNS = (
    "id", "name", "designation", "population", "county", "state", "white", "good_partners", "best",
    "best_name", "best_score", "reasons",
)  # fmt: skip
Area = Annotated[
    str, typer.Argument(metavar="COUNTY", help="A county, a state or any other unit above municipalities.")
]


def white_spots(  # noqa: PLR0913 - the options of a command are its parameters
    context: typer.Context,
    area: Area,
    *,
    service: Annotated[
        str,
        typer.Option("--service", metavar="SERVICE", help="Service field; “geoplan services” lists them."),
    ],
    kind: CooperationType = "horizontal",
    map_file: Annotated[
        Path | None, typer.Option("--map", metavar="FILE.html", help="Write a map of it as well.")
    ] = None,
    form: Annotated[str, format_option("table", "json", "csv", "geojson")] = "table",
) -> None:
    """Write which municipalities of an area lack good partners for a service."""
    if map_file is not None:
        check_page(map_file)
    atlas, lang = open_atlas(context.obj), context.obj.lang
    answer = find_white_spots(atlas, area, service=service, type=kind)
    if map_file is not None:
        write_file(map_file, white_spots_html()(atlas, answer, lang=lang))
    if form == "json":
        write_json(answer.to_dict(lang))
    elif form == "geojson":
        write_json(white_spot_features()(atlas, answer, lang))
    elif form == "csv":
        write_csv(CSV_COLUMNS, [_csv_row(one, lang) for one in answer.municipalities], lang)
    else:
        _print(answer, lang)


def _csv_row(one: PartnerSupply, lang: str) -> list[object]:
    said = one.to_dict(lang)
    said["white"] = int(one.white)
    said["reasons"] = " · ".join(reason["text"] for reason in said["reasons"])
    if one.best_score is not None:
        said["best_score"] = round(one.best_score, 4)
    return [said[column] for column in CSV_COLUMNS]


def _print(answer: WhiteSpots, lang: str) -> None:
    service = find_service(answer.service).label
    title = Message("White spots in {name}: {service}", name=unit_name(answer.unit), service=service)
    rows = [
        [
            unit_name(one.unit), number(one.unit.population, lang), number(one.good_partners, lang),
            "" if one.best is None else one.best.name, number(one.best_score, lang, 2),
            "\n".join(reason.text.text(lang) for reason in one.obstacles),
        ]
        for one in answer.white
    ]  # fmt: skip
    notes = [answer.text.text(lang), *(flag.text.text(lang) for flag in answer.flags)]
    print_table(title.text(lang), table_of(COLUMNS, rows, lang), [*notes, data_line(answer.data, lang)])
