"""``geoplan services``: the service fields to cooperate in."""

from typing import Annotated

import typer

from geoplan.messages import Message
from geoplan.services import Service, load_services
from geoplan_api.answers import services_answer
from geoplan_api.cli.options import format_option
from geoplan_api.cli.output import write_csv, write_json
from geoplan_api.cli.session import open_atlas
from geoplan_api.cli.tables import print_table, table_of

COLUMNS = [
    (Message("Key"), "left"),
    (Message("Service field"), "left"),
    (Message("Task"), "left"),
    (Message("Partners"), "left"),
]
CSV_COLUMNS = ("key", "label", "description", "level", "duty", "partners_min", "partners_max")


def services(
    context: typer.Context, form: Annotated[str, format_option("table", "json", "csv")] = "table"
) -> None:
    """Write the catalogue of service fields."""
    lang, fields = context.obj.lang, load_services().values()
    if form == "json":
        write_json(services_answer(open_atlas(context.obj), fields, lang))
    elif form == "csv":
        write_csv(CSV_COLUMNS, [_csv_row(field, lang) for field in fields], lang)
    else:
        rows = [
            [field.key, field.label(lang), _task(field, lang), _partners(field, lang)] for field in fields
        ]
        count = Message("Service fields: {count:n0}", count=len(rows))
        print_table(count.text(lang), table_of(COLUMNS, rows, lang), [])


def _csv_row(field: Service, lang: str) -> list[object]:
    return [
        field.key, field.label(lang), field.description(lang), field.level.value, field.duty.value,
        field.partners_min, field.partners_max,
    ]  # fmt: skip


def _task(field: Service, lang: str) -> str:
    return f"{field.level.label.text(lang)}, {field.duty.label.text(lang)}"


def _partners(field: Service, lang: str) -> str:
    low, high = field.partners_min, field.partners_max
    match low, high:
        case None, None:
            return "–"
        case None, _:
            return Message("up to {high}", high=high).text(lang)
        case _, None:
            return Message("from {low}", low=low).text(lang)
    return str(low) if low == high else f"{low}–{high}"
