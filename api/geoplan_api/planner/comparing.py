"""Two groups side by side: the one kept and the one at hand, with what tells them apart.

Who asks "what if the county joins?" reads from today to the other; who keeps a group and goes on changes it
from what was kept to today.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from geoplan.errors import GeoplanError
from geoplan.messages import Localised, Message, format_number
from geoplan.networks import Comparison, Network, Scenario, compare_networks
from geoplan.networks.cost_range import CostRange
from geoplan.networks.vertical import counties_with_own
from geoplan.suggestions import Role
from geoplan.units import AdministrativeUnit, Level
from geoplan_api import labels
from geoplan_api.planner.checking import CheckLine, check_line
from geoplan_api.planner.context import PlannerContext
from geoplan_api.planner.differing import changes, yearly_each
from geoplan_api.planner.intending import intentions_of
from geoplan_api.planner.tray import county_to_join

NOW, KEPT = Message("as it is now"), Message("kept")
WITH, WITHOUT = Message("with {name}"), Message("without {name}")
NO_GRANT, ABSENT = Message("no grant"), Message("not on board")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two groups."""

    letter: str
    name: Message
    group: tuple[str, ...]
    """Ids of its members."""
    kept: bool
    """Whether it was kept beside; else it is the one in the bar below."""


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
    values: dict[str, Any] = {
        "pinned": bool(state.pinned),
        "comparison": None,
        "refusal": context.refusal,
        "passing": False,
    }
    if not state.pinned or not state.unit:
        return values
    sides = _sides(context)
    try:
        found = _compare(context, sides)
    except GeoplanError as error:
        return values | {"refusal": error.text(context.lang)}
    first, second = found.networks
    alike = set(state.pinned) == set(state.group)
    return values | {
        "comparison": found, "alike": alike, "sides": sides, "passing": asks_for_county(context),
        "changes": [] if alike else changes(first, second, partial(_called, context), context.lang),
        "both": _members(first, second, inside=True), "only_first": _members(first, second, inside=False),
        "only_second": _members(second, first, inside=False), "figures": _figures(found, context.lang),
        "checks": _differing_checks(found, context.lang), "forms": _forms(found),
    }  # fmt: skip


def _sides(context: PlannerContext) -> tuple[Side, ...]:
    """Today's group first where the other is that with the county, else last: then it was changed since."""
    state = context.state
    kept, today = (_name_of_kept(context), state.pinned, True), (NOW, state.group, False)
    ordered = (today, kept) if asks_for_county(context) else (kept, today)
    return tuple(
        Side(letter=letter, name=name, group=group, kept=is_kept)
        for letter, (name, group, is_kept) in zip("AB", ordered, strict=True)
    )


def asks_for_county(context: PlannerContext) -> bool:
    """Whether what is kept is only the question what changes if the county joins."""
    joining, state = county_to_join(context), context.state
    return joining is not None and set(state.pinned) == {*state.group, joining[0].id}


def _name_of_kept(context: PlannerContext) -> Message:
    """What tells it from today's group, where that is one member."""
    kept, today = set(context.state.pinned), set(context.state.group)
    for more, less, said in ((kept - today, today - kept, WITH), (today - kept, kept - today, WITHOUT)):
        if len(more) == 1 and not less:
            return said.filled(name=_called(context, context.atlas.unit(next(iter(more)))))
    return KEPT


def _called(context: PlannerContext, unit: AdministrativeUnit) -> str:
    """What a unit is called in a sentence: a county with what it is."""
    if unit.level == Level.COUNTY:
        return labels.parent_name(context.atlas, unit.id) or unit.name
    return context.title(unit)


def _compare(context: PlannerContext, sides: tuple[Side, ...]) -> Comparison:
    try:
        return _compared(context, sides, intentions=intentions_of(context.state))
    except GeoplanError:
        # The context says what is wrong with them; the groups can be compared without.
        return _compared(context, sides)


def _compared(context: PlannerContext, sides: tuple[Side, ...], **options: Any) -> Comparison:
    unit, weights = context.state.unit, context.state.weight_map
    scenarios = [
        Scenario(
            name=side.letter, members=side.group, service=context.checked_service,
            seeds=(unit,) if unit in side.group else (), weights=weights, **options,
        )
        for side in sides
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
        euros(Message("Cost per year and member"), yearly_each),
    ]


def _holding(found: Comparison, lang: str) -> list[Figure]:
    """What a county would be that is on board with municipalities of its own; no row where none is."""
    holds = [bool(counties_with_own(one.members)) for one in found.networks]
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
