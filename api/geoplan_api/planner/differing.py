"""What changes from one checked group to another, in a few sentences: the answer before all figures."""

from collections.abc import Callable, Iterator

from geoplan.messages import Localised, Message, as_written
from geoplan.networks import Network
from geoplan.networks.cost_range import CostRange
from geoplan.networks.vertical import counties_with_own
from geoplan.rules import Check, Group, Status, group_of
from geoplan.units import AdministrativeUnit

Called = Callable[[AdministrativeUnit], str]

FIT_DIGITS = 2
UP = Message("The fit rises from {before:n2} to {after:n2}.")
DOWN = Message("The fit falls from {before:n2} to {after:n2}.")
LEVEL = Message("The fit stays at {after:n2}.")
COORDINATES = Message("{county} could coordinate; that is a suggestion.")
COSTS = Message("A year costs {after} in all instead of {before}.")
COSTS_ALIKE = Message("A year costs {after} in all, as before.")
COSTS_EACH = Message("For each member that is {after} a year instead of {before}.")
COSTS_EACH_ALIKE = Message("For each member that is {after} a year, as before.")
GAINS_GRANT = Message("A grant becomes possible: {after} in all.")
LOSES_GRANT = Message("The grant falls away: {before} in all.")
CHANGES_GRANT = Message("The grant would be {after} in all instead of {before}.")
JOINED = Message("The area becomes connected.")
PARTED = Message("The area falls into {count} pieces.")
STAYS_JOINED = Message("The area stays connected.")
STAYS_PARTED = Message("The area is not connected: {count} pieces.")
NOW_MET = Message("Met now: {rules}")
NOW_MISSED = Message("Missed now: {rules}")
NOW_UNCLEAR = Message("Open now: {rules}")
SETTLED = Message("Not asked any more: {rules}")
HINT = Message("To consider: {hint}")
TURNED = ((Group.MISSED, NOW_MISSED), (Group.MET, NOW_MET), (Group.UNCLEAR, NOW_UNCLEAR))


def yearly_each(network: Network) -> CostRange:
    """What a year costs each member on average."""
    yearly, count = network.cost.yearly, len(network.members)
    return CostRange(low=yearly.low / count, high=yearly.high / count)


def changes(before: Network, after: Network, called: Called, lang: str) -> list[Localised]:
    """The sentences: fit, role of a county that joins, area, money, checks that turn.

    ``called`` says what a unit is called beside the others.
    """
    return [
        *_fit(before, after), *_roles(before, after, called),
        *_area(before, after),
        *_cost(before, after), *_grant(before, after), *_checks(before, after, lang),
    ]  # fmt: skip


def _fit(before: Network, after: Network) -> Iterator[Localised]:
    if before.score is None or after.score is None:
        return
    # What a reader sees decides: a rise from 0.70 to 0.70 is none.
    old, new = (as_written(one, FIT_DIGITS) for one in (before.score, after.score))
    said = LEVEL if old == new else UP if new > old else DOWN
    yield said.filled(before=old, after=new)


def _roles(before: Network, after: Network, called: Called) -> Iterator[Localised]:
    known = {unit.id for unit in before.members}
    for county in counties_with_own(after.members):
        if county.id not in known:
            yield COORDINATES.filled(county=called(county))


def _area(before: Network, after: Network) -> Iterator[Localised]:
    """Whether the area holds together, and what of a county that joins are members themselves."""
    if after.only_by is not None:
        yield after.only_by
    elif after.contiguous:
        yield STAYS_JOINED if before.contiguous and not before.held_by else JOINED
    else:
        said = PARTED if before.contiguous else STAYS_PARTED
        yield said.filled(count=len(after.components))
    known = {one.unit.id for one in before.holders}
    for holder in after.holders:
        if holder.unit.id not in known:
            yield holder.counted_once


def _cost(before: Network, after: Network) -> Iterator[Localised]:
    amounts = (
        (before.cost.yearly, after.cost.yearly, COSTS, COSTS_ALIKE),
        (yearly_each(before), yearly_each(after), COSTS_EACH, COSTS_EACH_ALIKE),
    )
    for old, new, other, alike in amounts:
        yield (alike if old.rounded == new.rounded else other).filled(before=old.text, after=new.text)


def _grant(before: Network, after: Network) -> Iterator[Localised]:
    old, new = before.cost.paid, after.cost.paid
    if old is None and new is not None:
        yield GAINS_GRANT.filled(after=new.text)
    elif old is not None and new is None:
        yield LOSES_GRANT.filled(before=old.text)
    elif old is not None and new is not None and old.rounded != new.rounded:
        yield CHANGES_GRANT.filled(before=old.text, after=new.text)


def _checks(before: Network, after: Network, lang: str) -> Iterator[Localised]:
    """Rules that stand otherwise; what is new and met needs no sentence. A hint is never met or missed."""
    old = {one.rule: one for one in before.checks}
    turned = [one for one in after.checks if _turned(old.get(one.rule), one)]
    for group, said in TURNED:
        rules = [one for one in turned if group_of(one) is group]
        if rules:
            yield said.filled(rules=_named(rules, lang))
    settled = old.keys() - {one.rule for one in after.checks}
    gone = [old[key] for key in sorted(settled) if group_of(old[key]) is Group.MISSED]
    if gone:
        yield SETTLED.filled(rules=_named(gone, lang))
    for one in turned:
        if group_of(one) is Group.HINT and one.status is Status.MISSED:
            yield HINT.filled(hint=one.text)


def _named(checks: list[Check], lang: str) -> str:
    return "; ".join(one.label.text(lang) for one in checks)


def _turned(before: Check | None, after: Check) -> bool:
    if before is None:
        return after.status == Status.MISSED
    return before.status != after.status
