"""Reads service profiles: which services a municipality has, needs and offers, from CSV or JSON."""

from collections.abc import Sequence

from geoplan.enrichment.figures import ProfileFigures
from geoplan.enrichment.readers.cells import Cells
from geoplan.enrichment.readers.content import Content
from geoplan.enrichment.readers.csv_table import read_csv
from geoplan.enrichment.readers.municipal_csv import KEY_COLUMNS
from geoplan.errors import EnrichmentError
from geoplan.evidence import Table
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan.services import load_services

STATES = ("has", "needs", "offers")
_COLUMNS = {"has": ("has", "hat"), "needs": ("needs", "braucht"), "offers": ("offers", "bietet")}
SERVICE_COLUMNS = ("service", "service_key", "aufgabe")
TOP_FIELD = "profiles"


def read_profiles(content: Content, *, german: bool) -> ProfileFigures:
    """Read profiles: CSV with the columns ``ags, service, has, needs, offers``, or JSON with the same fields.

    JSON is ``{"profiles": [{"id", "service", "has"?, "needs"?, "offers"?}]}``. What is not said is unknown.

    Raises
    ------
    EnrichmentError
        A column is missing, a cell is wrong, a service is not in the catalogue, or a pair stands there twice.
    """
    cells = _json_cells(content) if content.data.lstrip()[:1] in (b"{", b"[") else read_csv(content)
    key_column, service_column = cells.need(*KEY_COLUMNS), cells.need(*SERVICE_COLUMNS)
    keys = cells.keys(key_column, german=german)
    services = cells.columns[service_column]
    _check(cells, service_column, list(zip(keys, services, strict=True)))
    states = {state: _state(cells, _COLUMNS[state]) for state in STATES}
    if not any(cells.find(*names) for names in _COLUMNS.values()):
        cells.need(*STATES)
    return ProfileFigures(note=content.note("profiles", {}), ids=keys, services=services, **states)


def _state(cells: Cells, names: Sequence[str]) -> list[bool | None]:
    column = cells.find(*names)
    return [None] * len(cells) if column is None else cells.flags(column)


def _check(cells: Cells, column: str, pairs: list[tuple[str, str]]) -> None:
    known = load_services()
    seen: set[tuple[str, str]] = set()
    for row, pair in enumerate(pairs):
        if pair[1] not in known:
            error = cells.fail(row, column, Message("is no service of the catalogue"))
            raise EnrichmentError(error.message, value=pair[1], nearest=nearest_values(pair[1], known))
        if pair in seen:
            raise cells.fail(row, column, Message("stands there twice for this municipality"))
        seen.add(pair)


def _json_cells(content: Content) -> Cells:
    """The entries of the JSON file as a table, counted from 1."""
    try:
        entries = Table(content.json(), error=EnrichmentError).tables(TOP_FIELD)
        rows = [_json_row(entry) for entry in entries]
    except EnrichmentError as error:
        raise EnrichmentError(
            Message("{file}: {problem}", file=content.name, problem=error.message), value=error.value,
            nearest=error.nearest,
        ) from error  # fmt: skip
    if not rows:
        raise content.fail(Message("it has no profiles"))
    return Cells(
        content=content,
        sheet=None,
        columns={name: [row[name] for row in rows] for name in ("id", "service", *STATES)},
        row_numbers=range(1, len(rows) + 1),
    )


def _json_row(entry: Table) -> dict[str, str]:
    row = {"id": entry.text("id"), "service": entry.text("service")}
    for state in STATES:
        row[state] = str(entry.flag(state)) if state in entry else ""
    return row
