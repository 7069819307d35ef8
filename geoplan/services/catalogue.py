"""Which service fields there are: the catalogue, read strictly from its data files and kept."""

import datetime
from collections.abc import Mapping
from functools import cache

from geoplan.errors import UnknownChoiceError
from geoplan.evidence import Source, Table, read_sources, read_toml
from geoplan.messages import Message
from geoplan.nearest import nearest_by_name
from geoplan.services.service import (
    COOPERATION_TYPES,
    Duty,
    LegalForm,
    LegalFormKind,
    Service,
    SpatialLogic,
    StateTask,
    TaskLevel,
)

DECISIVE = 3
"""The highest weight of the spatial logic."""
MOST_PARTNERS = 10_000

STATEMENT_GROUPS = ("task", "spatial", "legal_forms", "partners", "types")
PACKAGE = "geoplan.services"


@cache
def load_services() -> dict[str, Service]:
    """Return the catalogue by key, in the order of its file.

    Raises
    ------
    DataError
        The catalogue is damaged; the message names the entry and the field.
    """
    return parse_services(read_toml(PACKAGE, "services.toml"), load_legal_forms())


@cache
def load_legal_forms() -> dict[str, LegalForm]:
    """Return the legal forms by key; errors as in :func:`load_services`."""
    return parse_legal_forms(read_toml(PACKAGE, "legal_forms.toml"))


def find_service(key: str) -> Service:
    """Return the service with this key.

    Raises
    ------
    UnknownChoiceError
        There is none; the nearest keys are found by their German and English labels too.
    """
    services = load_services()
    if key not in services:
        names = {known: (known, one.label.de, one.label.en) for known, one in services.items()}
        message = Message("“{value}” is not a known service.", value=key)
        raise UnknownChoiceError(message, value=key, nearest=nearest_by_name(key, names))
    return services[key]


def parse_legal_forms(document: Table) -> dict[str, LegalForm]:
    """Read the table of legal forms; errors as in :func:`load_services`."""
    sources = read_sources(document)
    forms = {key: _legal_form(key, table, sources) for key, table in document.named_tables("forms")}
    document.finish()
    return forms


def _legal_form(key: str, table: Table, sources: Mapping[str, Source]) -> LegalForm:
    form = LegalForm(
        key=key,
        label=table.local_text("label"),
        kind=table.choice("kind", LegalFormKind),
        statement=table.statement(sources),
    )
    table.finish()
    return form


def parse_services(document: Table, forms: Mapping[str, LegalForm]) -> dict[str, Service]:
    """Read the table of services; errors as in :func:`load_services`."""
    as_of, sources = document.day("as_of"), read_sources(document)
    entries = document.named_tables("services")
    document.finish()
    return {key: _service(key, entry, forms, sources=sources, as_of=as_of) for key, entry in entries}


def _service(
    key: str,
    entry: Table,
    forms: Mapping[str, LegalForm],
    *,
    sources: Mapping[str, Source],
    as_of: datetime.date,
) -> Service:
    groups = {name: entry.table(name) for name in STATEMENT_GROUPS}
    task, partners = groups["task"], groups["partners"]
    states = task.named_tables("states") if "states" in task else []
    service = Service(
        key=key,
        label=entry.local_text("label"),
        description=entry.local_text("description"),
        level=task.choice("level", TaskLevel),
        by_state={state: _state_task(table, sources) for state, table in states},
        duty=task.choice("duty", Duty),
        spatial=_spatial(groups["spatial"]),
        legal_forms=tuple(forms[form] for form in groups["legal_forms"].known_texts("usual", forms)),
        partners_min=partners.optional_whole_number("min", 2, MOST_PARTNERS),
        partners_max=partners.optional_whole_number("max", 2, MOST_PARTNERS),
        types=groups["types"].known_texts("suited", COOPERATION_TYPES),
        statements={name: table.statement(sources) for name, table in groups.items()},
        as_of=as_of,
    )
    for table in (*groups.values(), entry):
        table.finish()
    _check(service, entry)
    return service


def _state_task(table: Table, sources: Mapping[str, Source]) -> StateTask:
    task = StateTask(level=table.choice("level", TaskLevel), statement=table.statement(sources))
    table.finish()
    return task


def _spatial(table: Table) -> SpatialLogic:
    network = table.whole_number("network", 0, DECISIVE)
    kind = table.local_text("network_kind") if network else None
    return SpatialLogic(
        contiguity=table.whole_number("contiguity", 0, DECISIVE),
        commuting=table.whole_number("commuting", 0, DECISIVE),
        size_parity=table.whole_number("size_parity", 0, DECISIVE),
        same_county=table.whole_number("same_county", 0, DECISIVE),
        network=network,
        network_kind=kind,
        asymmetry_wanted=table.flag("asymmetry_wanted"),
        contiguity_required=table.flag("contiguity_required"),
    )


def _check(service: Service, entry: Table) -> None:
    low, high = service.partners_min, service.partners_max
    if service.by_state and service.level is not TaskLevel.LAND_SPECIFIC:
        entry.fail("task.states", Message("the level is the same in all states"))
    if low is not None and high is not None and low > high:
        entry.fail(
            "partners", Message("the least number ({low}) is above the largest ({high})", low=low, high=high)
        )
    forms = [form.key for form in service.legal_forms]
    for field, values in (("types.suited", service.types), ("legal_forms.usual", forms)):
        if not values or len(set(values)) < len(values):
            entry.fail(field, Message("expected a list of different values that is not empty"))
