"""``geoplan data list``: which datasets there are here, and which can be fetched."""

from typing import Annotated, Any

import typer

from geoplan.boundaries.bkg import UNKNOWN_VINTAGE
from geoplan.boundaries.listing import ListedDataset, list_datasets
from geoplan.boundaries.products import (
    DEFAULT_CRS,
    DEFAULT_FORMAT,
    checked_on,
    coordinate_systems,
    find_edition,
    formats,
    products,
)
from geoplan.messages import Message
from geoplan_api.cli.options import format_option
from geoplan_api.cli.output import write_json
from geoplan_api.cli.session import data_in_use
from geoplan_api.cli.tables import UNKNOWN, number, print_table, table_of
from geoplan_api.labels import day

ACTIVE_MARK = "●"


def list(context: typer.Context, form: Annotated[str, format_option("table", "json")] = "table") -> None:
    """Write the datasets of this machine and the known products."""
    found = list_datasets()
    if form == "json":
        datasets, lang = [one.to_dict() for one in found], context.obj.lang
        write_json({"datasets": datasets, "products": _products(lang), "data": data_in_use(context.obj)})
        return
    _print_datasets(found, context.obj.lang)
    _print_products(context.obj.lang)


def _products(lang: str) -> Any:
    return [
        {
            "id": product.id,
            "name": product.label.text(lang),
            "population": product.population,
            "first_year": product.first,
            "formats": [*formats()],
            "coordinate_systems": [*coordinate_systems()],
            "url": find_edition(product.id).url(),
            "url_seen": find_edition(product.id).is_seen(form=DEFAULT_FORMAT, crs=DEFAULT_CRS),
            "page": product.page,
            "checked": checked_on(),
        }
        for product in products().values()
    ]


def _print_datasets(found: Any, lang: str) -> None:
    columns = [
        (Message("Active"), "left"),
        (Message("Name"), "left"),
        (Message("Product"), "left"),
        (Message("Territorial status"), "left"),
        (Message("Source"), "left"),
        (Message("Size in MB"), "right"),
    ]
    rows = [_row(one, lang) for one in found]
    note = Message("“geoplan data use NAME” chooses the active one; --data NAME uses another once.")
    title = Message("Datasets on this machine")
    print_table(title.text(lang), table_of(columns, rows, lang), [note.text(lang)])


def _row(one: ListedDataset, lang: str) -> Any:
    mark = ACTIVE_MARK if one.active else ""
    size = number(one.size_bytes / 1e6, lang, 1)
    if one.source is None:
        return [mark, one.name, Message("damaged").text(lang), UNKNOWN, UNKNOWN, size]
    data = one.source.provenance
    status = UNKNOWN if data.vintage == UNKNOWN_VINTAGE else day(data.vintage, lang)
    return [mark, one.name, data.dataset, status, one.origin or UNKNOWN, size]


def _print_products(lang: str) -> None:
    columns = [
        (Message("Product"), "left"),
        (Message("What it is"), "left"),
        (Message("Inhabitants"), "left"),
        (Message("Years from"), "right"),
    ]
    yes, no = Message("yes").text(lang), Message("no").text(lang)
    rows = [
        [product.id, product.label.text(lang), yes if product.population else no, str(product.first)]
        for product in products().values()
    ]
    note = Message(
        "“geoplan data install {example}” fetches the latest, “{example}-2023” that of a year. Addresses as"
        " of {day}; where one has moved, --from takes any other address or a file.",
        example="vg250-ew",
        day=day(checked_on(), lang),
    )
    title = Message("Products of the BKG that can be fetched")
    print_table(title.text(lang), table_of(columns, rows, lang), [note.text(lang)])
