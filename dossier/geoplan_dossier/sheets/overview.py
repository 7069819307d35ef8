"""The figures of a network in one column, and who its members are."""

from geoplan.messages import Message
from geoplan.networks.headcount import Headcount
from geoplan.provenance import source_name
from geoplan.services import find_service
from geoplan_dossier.cells import Cell, Column, Kind, Table, written
from geoplan_dossier.dossier import Dossier, Member

MEMBER_COLUMNS = (
    Column(key="number", label=Message("No."), kind=Kind.WHOLE, width=5),
    Column(key="id", label=Message("Key"), width=12),
    Column(key="name", label=Message("Member"), width=28),
    Column(key="designation", label=Message("Designation"), width=20),
    Column(key="county", label=Message("County"), width=26),
    Column(key="state", label=Message("Federal state"), width=24),
    Column(key="population", label=Message("Inhabitants"), kind=Kind.WHOLE, width=12),
    Column(key="area_km2", label=Message("Area, km²"), kind=Kind.DECIMAL, width=11),
    Column(key="fit", label=Message("Fit"), kind=Kind.SCORE, width=8),
    Column(key="population_source", label=Message("Source of the inhabitants"), width=34),
)
OVERVIEW_COLUMNS = (
    Column(key="figure", label=Message("Figure"), width=34),
    Column(key="value", label=Message("Value"), width=60),
)


def members(dossier: Dossier, lang: str) -> Table:
    """The members by name, with their sum; the fit of the network is a mean and stands elsewhere."""
    network = dossier.network
    rows = tuple(_member(member, lang) for member in dossier.members)
    total: tuple[Cell, ...] = (
        None, None, Message("Sum").text(lang), None, None, None, network.population, network.area_km2,
        None, None,
    )  # fmt: skip
    return Table(
        key="members", title=Message("The members"), columns=MEMBER_COLUMNS, rows=rows,
        total=total if len(rows) > 1 else None,
    )  # fmt: skip


def _member(member: Member, lang: str) -> tuple[Cell, ...]:
    unit = member.unit
    return (
        member.number, unit.id, member.title, unit.designation, member.county, member.state,
        member.inhabitants,
        unit.area_km2, member.fit, source_name(unit.population_source, lang),
    )  # fmt: skip


def overview(dossier: Dossier, lang: str) -> Table:
    """What the network is, in a few lines."""
    rows = tuple((label.text(lang), value) for label, value in _figures(dossier, lang))
    return Table(key="overview", title=Message("Overview"), columns=OVERVIEW_COLUMNS, rows=rows)


def _figures(dossier: Dossier, lang: str) -> list[tuple[Message, Cell]]:
    network, request = dossier.network, dossier.request
    plan: list[tuple[Message, Cell]] = []
    if request.plan is not None:
        plan = [
            (Message("Plan"), request.plan.title),
            (Message("State of the plan"), request.plan.state.label.text(lang)),
        ]
    return [
        (Message("Field of cooperation"), find_service(network.service).label.text(lang)),
        *plan,
        (Message("Depth of cooperation"), network.depth.label.text(lang)),
        (Message("Rules as of"), written(network.on, Kind.DAY, lang)),
        (Message("Number of members"), len(network.members)),
        *_inhabitants(network.headcount),
        (Message("Area, km²"), round(network.area_km2, 1)),
        (Message("Counties"), len(network.counties)),
        (Message("Federal states"), len(network.states)),
        (Message("Connected pieces"), len(network.components)),
        (Message("Compactness (0 to 1)"), _rounded(network.compactness)),
        (Message("Fit (0 to 1)"), _rounded(network.score)),
        (Message("Coordination, lower value, €"), network.cost.total.low),
        (Message("Coordination, upper value, €"), network.cost.total.high),
        (Message("Dataset"), f"{network.data['dataset']} {network.data['vintage']}"),
        (Message("Source note"), network.data["attribution"]),
        (Message("geoplan version"), dossier.origin.geoplan_version),
    ]


def _inhabitants(count: Headcount) -> list[tuple[Message, Cell]]:
    if count.total is not None:
        return [(Message("Inhabitants"), count.total)]
    return [
        (Message("Inhabitants, at least"), count.known or None),
        (Message("Municipalities whose inhabitants are unknown"), count.unknown),
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
