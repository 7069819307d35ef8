"""Two groups side by side: the one kept and the one at hand, with what tells them apart."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from geoplan.errors import GeoplanError
from geoplan.messages import Localised, Message, format_number
from geoplan.networks import Comparison, Network, Scenario, compare_networks
from geoplan.networks.cost_range import CostRange
from geoplan.suggestions import Role
from geoplan.units import AdministrativeUnit, Level
from geoplan_api import labels
from geoplan_api.planner.checking import CheckLine, check_line
from geoplan_api.planner.context import PlannerContext
from geoplan_api.planner.intending import intentions_of

NAMES = ("A", "B")
NO_GRANT, ABSENT = Message("no grant"), Message("not on board")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A row of numbers: one for each group, in words."""

    label: Message
    values: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the groups are not alike in it."""
        return len(set(self.values)) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPair:
    """How a rule stands for both groups; ``None`` where it is not asked."""

    label: Localised
    cells: tuple[CheckLine | None, ...]


def compare_panel(context: PlannerContext) -> dict[str, Any]:
    """The groups side by side, or in words why they cannot be."""
    state = context.state
    values: dict[str, Any] = {"pinned": bool(state.pinned), "comparison": None, "refusal": context.refusal}
    if not state.pinned or not state.unit:
        return values
    try:
        found = _compare(context)
    except GeoplanError as error:
        return values | {"refusal": error.text(context.lang)}
    first, second = found.networks
    return values | {
        "comparison": found, "alike": set(state.pinned) == set(state.group),
        "both": _members(first, second, inside=True), "only_first": _members(first, second, inside=False),
        "only_second": _members(second, first, inside=False), "figures": _figures(found, context.lang),
        "checks": _differing_checks(found, context.lang), "forms": _forms(found),
    }  # fmt: skip


def _compare(context: PlannerContext) -> Comparison:
    state = context.state
    try:
        intentions = intentions_of(state)
        return _compared(context, intentions=intentions)
    except GeoplanError:
        # The context says what is wrong with them; the groups can be compared without.
        return _compared(context)


def _compared(context: PlannerContext, **options: Any) -> Comparison:
    state = context.state
    scenarios = [
        Scenario(
            name=name, members=group, service=context.checked_service,
            seeds=(state.unit,) if state.unit in group else (), **options,
        )
        for name, group in zip(NAMES, (state.pinned, state.group), strict=True)
    ]  # fmt: skip
    return compare_networks(context.atlas, scenarios)


def _members(one: Network, other: Network, *, inside: bool) -> list[AdministrativeUnit]:
    known = {unit.id for unit in other.members}
    return [unit for unit in one.members if (unit.id in known) == inside]


def _figures(found: Comparison, lang: str) -> list[Figure]:
    def row(label: Message, of: Callable[[Network], float | None], digits: int = 0) -> Figure:
        numbers = (of(network) for network in found.networks)
        shown = tuple("–" if one is None else format_number(one, digits, lang) for one in numbers)
        return Figure(label=label, values=shown)

    def euros(label: Message, of: Callable[[Network], CostRange | None]) -> Figure:
        ranges = (of(network) for network in found.networks)
        said = (NO_GRANT if one is None else one.text for one in ranges)
        return Figure(label=label, values=tuple(one.text(lang) for one in said))

    return [
        row(Message("Fit"), lambda one: one.score, 2),
        row(Message("Size"), lambda one: len(one.members)),
        Figure(
            label=Message("Inhabitants"),
            values=tuple(network.headcount.short.text(lang) for network in found.networks),
        ),
        row(Message("Area, km²"), lambda one: one.area_km2),
        row(Message("Connected pieces"), lambda one: len(one.components)),
        row(Message("Counties"), lambda one: len(one.counties)),
        row(Message("States"), lambda one: len(one.states)),
        *_holding(found, lang),
        euros(Message("Total cost over {years:n0} years", years=_years(found)), lambda one: one.cost.total),
        *_funded(found, euros),
        euros(Message("Cost a year"), lambda one: one.cost.yearly),
        euros(Message("Cost per year and member"), _yearly_each),
    ]


def _holding(found: Comparison, lang: str) -> list[Figure]:
    """What a county would be that is on board with municipalities of its own; no row where none is."""
    holds = [
        any(unit.level == Level.COUNTY and unit.id in one.containing for unit in one.members)
        for one in found.networks
    ]
    if not any(holds):
        return []
    said = ((labels.ROLES[Role.COORDINATOR] if there else ABSENT).text(lang) for there in holds)
    return [Figure(label=Message("Role of the county (suggestion)"), values=tuple(said))]


def _funded(
    found: Comparison, euros: Callable[[Message, Callable[[Network], CostRange | None]], Figure]
) -> list[Figure]:
    """What a programme would pay and what is left; no rows where none would pay any of the groups."""
    if not any(network.cost.paid for network in found.networks):
        return []
    years = _years(found)
    return [
        euros(Message("Grant over {years:n0} years", years=years), lambda one: one.cost.paid),
        euros(
            Message("Left after the grant, over {years:n0} years", years=years),
            lambda one: one.cost.after_grant or one.cost.total,
        ),
    ]


def _years(found: Comparison) -> float:
    """The time that the costs are of."""
    return next(one.value for one in found.networks[0].cost.assumptions if one.key == "years")


def _yearly_each(network: Network) -> CostRange:
    yearly, count = network.cost.yearly, len(network.members)
    return CostRange(low=yearly.low / count, high=yearly.high / count)


def _differing_checks(found: Comparison, lang: str) -> list[CheckPair]:
    by_rule = [{one.rule: one for one in network.checks} for network in found.networks]
    rules = dict.fromkeys(rule for checks in by_rule for rule in checks)
    pairs = []
    for rule in rules:
        cells = [checks.get(rule) for checks in by_rule]
        said = [one for one in cells if one is not None]
        if len(said) == len(cells) and len({one.status for one in said}) == 1:
            continue
        lines = tuple(None if one is None else check_line(one, lang) for one in cells)
        pairs.append(CheckPair(label=said[0].label, cells=lines))
    return pairs


def _forms(found: Comparison) -> list[Localised]:
    """The legal form that fits each group best."""
    return [
        network.legal_forms[0].form.label if network.legal_forms else Message("–")
        for network in found.networks
    ]
