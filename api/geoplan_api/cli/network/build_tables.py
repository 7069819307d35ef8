"""How built networks look: a table a network in a terminal, rows for programs."""

from collections.abc import Sequence

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan.networks import Network, NetworkSearch, Variant
from geoplan.rules import RuleKind, Status
from geoplan.services import find_service
from geoplan_api.cli.tables import Column, number, print_table, table_of
from geoplan_api.labels import data_line, parent_name, unit_name

CSV_COLUMNS = ("network", "id", "name", "designation", "population", "county", "state", "fit", "score")
MEMBER_COLUMNS: list[Column] = [
    (Message("Member"), "left"),
    (Message("Inhabitants"), "right"),
    (Message("County"), "left"),
    (Message("Fits the others"), "right"),
]
VARIANT_COLUMNS: list[Column] = [
    (Message("Members"), "right"),
    (Message("Fit"), "right"),
    (Message("Compactness"), "right"),
    (Message("Balance"), "right"),
    (Message("Who"), "left"),
]
NONE_FOUND = Message("No network was found in the time given; --time-limit gives more.")
OPTIMAL = Message("Proven: among {count} candidates no network fits better.")
OPEN = Message("Not proven: among {count} candidates a network may fit up to {gap:p1} better.")


def print_search(atlas: Atlas, found: NetworkSearch, lang: str) -> None:
    """Print each network, what a further member costs, and the trade-off."""
    if not found.networks:
        print_table(
            find_service(found.service).label(lang),
            table_of(MEMBER_COLUMNS, [], lang),
            [NONE_FOUND.text(lang)],
        )
    for place, network in enumerate(found.networks):
        notes = [_figures(network, lang), *_missed(network, lang)]
        if place == 0:
            notes.insert(0, _optimality(found, lang))
        print_table(
            _title(network, place, lang),
            table_of(MEMBER_COLUMNS, _member_rows(atlas, network, found.member_fits[place], lang), lang),
            notes,
        )
    _print_variants(atlas, Message("The best network of each size"), found.by_size, lang)
    title = Message("The trade-off: fit, compactness, balance of inhabitants")
    _print_variants(atlas, title, found.pareto, lang)
    print_table(data_line(found.data, lang), table_of(MEMBER_COLUMNS, [], lang), [])


def csv_rows(found: NetworkSearch) -> list[list[object]]:
    """One row for each member of each network."""
    return [
        [
            rank, unit.id, unit.name, unit.designation, unit.population, unit.county, unit.state,
            round(fits[unit.id], 4), None if network.score is None else round(network.score, 4),
        ]
        for rank, (network, fits) in enumerate(zip(found.networks, found.member_fits, strict=True), start=1)
        for unit in network.members
    ]  # fmt: skip


def _title(network: Network, place: int, lang: str) -> str:
    label = find_service(network.service).label
    if place == 0:
        return Message("Best network for {service}", service=label).text(lang)
    return Message("Alternative {number}", number=place).text(lang)


def _optimality(found: NetworkSearch, lang: str) -> str:
    said = OPTIMAL if found.status == "optimal" else OPEN
    return said.filled(count=found.candidates, gap=found.gap).text(lang)


def _figures(network: Network, lang: str) -> str:
    said = Message(
        "Fit {score} · {count} members · {population} · {area_km2:n0} km² · "
        "compactness {compactness} · counties: {counties}",
        score=number(network.score, lang, 2), count=len(network.members),
        population=network.headcount.text, area_km2=network.area_km2,
        compactness=number(network.compactness, lang, 2), counties=len(network.counties),
    )  # fmt: skip
    return said.text(lang)


def _missed(network: Network, lang: str) -> list[str]:
    """What stands against the network; hints and what is met are left to ``network check``."""
    return [
        f"✗ {check.label.text(lang)}: {check.text.text(lang)}"
        for check in network.checks
        if check.status == Status.MISSED and check.kind != RuleKind.HINT
    ]


def _member_rows(atlas: Atlas, network: Network, fits: dict[str, float], lang: str) -> list[list[str]]:
    return [
        [
            unit_name(unit), number(unit.population, lang),
            parent_name(atlas, unit.county) or "–", number(fits[unit.id], lang, 2),
        ]
        for unit in network.members
    ]  # fmt: skip


def _print_variants(atlas: Atlas, title: Message, variants: Sequence[Variant], lang: str) -> None:
    if len(variants) < 2:
        return
    rows = [
        [
            number(len(variant.members), lang), number(variant.score, lang, 2),
            number(variant.compactness, lang, 2), number(variant.population_balance, lang, 2),
            ", ".join(atlas.units[unit_id].name for unit_id in variant.members),
        ]
        for variant in variants
    ]  # fmt: skip
    print_table(title.text(lang), table_of(VARIANT_COLUMNS, rows, lang), [])
