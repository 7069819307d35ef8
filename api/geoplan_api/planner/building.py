"""Networks that geoplan would build around those on board, and what another size would cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from geoplan.errors import GeoplanError, InvalidValueError, RequestError
from geoplan.messages import Message, as_written
from geoplan.networks import Network, NetworkSearch, Variant, build_network
from geoplan.networks.found import OPTIMAL
from geoplan.networks.request import MOST_MEMBERS, WITHIN, Conditions
from geoplan.networks.vertical import ANY, HORIZONTAL, VERTICAL, is_vertical, municipalities_of
from geoplan.services import find_service
from geoplan.units import AdministrativeUnit
from geoplan_api.planner.checking import short_source
from geoplan_api.planner.context import PlannerContext
from geoplan_api.planner.standing import standing_of
from geoplan_api.planner.state import PlannerState
from geoplan_api.planner.tray import Tray

SHOWN = 3
"""So many networks side by side can still be told apart."""
BAR_UNITS = 1000
PROVEN = Message("Proven: among {count} candidates no network fits better.")
OPEN = Message("Not proven: among {count} candidates a network may fit up to {gap:p1} better.")
PROVEN_APART = Message("Proven: nothing that differs clearly from those before fits better.")
ANYWHERE = (
    ("", Message("anywhere")), ("county", Message("the same county")), ("state", Message("the same state")),
)  # fmt: skip
WITH_WHOM = (
    ("own", Message("own municipalities")), ("counties", Message("other counties")),
    ("state", Message("other counties of the same state")),
)  # fmt: skip
"""What a county is asked instead."""
OPEN_APART = Message("Not proven that nothing else fits better.")
FEWER_PROVEN = Message("Only {found} of {asked}: no further network differs clearly from those shown.")
FEWER_OPEN = Message(
    "Only {found} of {asked}: no further network that differs clearly was found in the time given."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltMember:
    """A member of a built network."""

    unit: AdministrativeUnit
    fit: float
    """How well it fits the others, 0 … 1."""
    new: bool
    """Whether it is not on board yet."""
    without: PlannerState
    """The same search without it."""

    @property
    def drawn(self) -> int:
        """The length of its bar in thousandths."""
        return round(BAR_UNITS * self.fit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A built network as the panel shows it."""

    network: Network
    members: tuple[BuiltMember, ...]
    proof: Message
    more: tuple[str, ...]
    """Names of those who are not in the first network."""
    less: tuple[str, ...]
    """Names of those of the first network who are not in this one."""
    take: PlannerState
    standing: Tray


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRow:
    """The best group of a size, or a trade-off."""

    variant: Variant
    more: tuple[str, ...]
    """Names of those who are not in the best network."""
    less: tuple[str, ...]
    """Names of those of the best network who are not in this one."""
    change: float | None
    """Of the score against the row before, as both are written."""
    number: int | None
    """Which of the proposals it is, from 1 on; ``None`` where it is none of them."""
    take: PlannerState


def build_panel(context: PlannerContext) -> dict[str, Any]:
    """The proposals, or in words why there are none."""
    found, refusal = None, None
    try:
        found = _search(context)
    except GeoplanError as error:
        refusal = error.text(context.lang)
    return {
        **_choices(context), "found": found, "refusal": refusal, "most": MOST_MEMBERS,
        "proposals": () if found is None else _proposals(context, found),
        "sizes": () if found is None else _rows(context, found, found.by_size),
        "trade_offs": () if found is None else _rows(context, found, found.pareto),
        "fewer": None if found is None else _fewer(found, context.state), "usual": _usual(context),
        "usual_rests_on": find_service(context.checked_service).statements["partners"],
        "sources": partial(short_source, lang=context.lang),
        "programme": found is not None and any(one.cost.grant for one in found.networks),
        "excluded": ", ".join(_readable(context, one) for one in context.state.excluded),
        "counts": [str(count) for count in range(1, SHOWN + 1)],
        "shown": context.state.alternatives or str(SHOWN),
    }  # fmt: skip


def _fewer(found: NetworkSearch, state: PlannerState) -> Message | None:
    """Why there are fewer networks than were asked for; ``None`` where there are not, or none at all."""
    asked, shown = _whole(state.alternatives) or SHOWN, len(found.networks)
    if not 0 < shown < asked:
        return None
    said = FEWER_PROVEN if found.alternatives_status == OPTIMAL else FEWER_OPEN
    return said.filled(found=shown, asked=asked)


def _usual(context: PlannerContext) -> tuple[int, int]:
    """How many members a network for this service usually has, at least and at most."""
    bounds = Conditions(service=find_service(context.checked_service)).bounds()
    return bounds.min_members, bounds.max_members


def _choices(context: PlannerContext) -> dict[str, Any]:
    """Where members may come from: a county is asked whether it looks below or beside itself."""
    place = context.state.within
    if not _has_own(context):
        return _spoken(context, Message("Only from"), ANYWHERE, place)
    if place not in dict(WITH_WHOM):
        rows = np.array([context.atlas.row(one) for one in context.state.group], dtype=np.int64)
        own = is_vertical(context.atlas, rows, find_service(context.checked_service), ANY)
        place = "own" if own else "counties"
    return _spoken(context, Message("With whom"), WITH_WHOM, place)


def _spoken(
    context: PlannerContext, asks: Message, places: Sequence[tuple[str, Message]], place: str
) -> dict[str, Any]:
    spoken = [(value, label.text(context.lang)) for value, label in places]
    return {"asks": asks.text(context.lang), "places": spoken, "place": place}


def _has_own(context: PlannerContext) -> bool:
    if not context.state.unit:
        return False
    asking = np.array([context.atlas.row(context.state.unit)], dtype=np.int64)
    return len(municipalities_of(context.atlas, asking)) > 1


def _kind(context: PlannerContext) -> str:
    kinds = {"own": VERTICAL, "counties": HORIZONTAL, "state": HORIZONTAL}
    return kinds.get(context.state.within, ANY) if _has_own(context) else ANY


def _search(context: PlannerContext) -> NetworkSearch:
    state = context.state
    shown = _whole(state.alternatives) or SHOWN
    if not 1 <= shown <= SHOWN:
        message = Message(
            "The number of networks is from 1 to {limit}, not {value}.", limit=SHOWN, value=shown
        )
        raise InvalidValueError(message, value=shown)
    return build_network(
        context.atlas, [state.unit], service=context.checked_service, include=state.partners,
        exclude=state.excluded, min_members=_whole(state.least), max_members=_whole(state.most),
        within=state.within if state.within in WITHIN else None, type=_kind(context),
        whole_associations=state.whole, weights=state.weight_map, alternatives=shown,
    )  # fmt: skip


def _whole(text: str) -> int | None:
    if not text:
        return None
    try:
        return int(text)
    except ValueError as error:
        raise InvalidValueError(
            Message("“{value}” is not a whole number.", value=text), value=text
        ) from error


def _readable(context: PlannerContext, typed: str) -> str:
    """The name of a unit where it is no other's, else what was typed."""
    try:
        name = context.atlas.unit(typed).title
        context.atlas.unit(name)
    except RequestError:
        return typed
    return typed if "," in name else name


def _proposals(context: PlannerContext, found: NetworkSearch) -> tuple[Proposal, ...]:
    return tuple(_proposal(context, found, place) for place in range(len(found.networks)))


def _proposal(context: PlannerContext, found: NetworkSearch, place: int) -> Proposal:
    network, fits, state = found.networks[place], found.member_fits[place], context.state
    first = {one.id for one in found.networks[0].members}
    own = {one.id for one in network.members}
    members = [
        BuiltMember(unit=one, fit=fits[one.id], new=one.id not in state.group, without=state.without(one.id))
        for one in sorted(network.members, key=lambda one: (one.id != state.unit, -fits[one.id]))
    ]
    return Proposal(
        network=network, members=tuple(members), proof=_proof(found, place),
        more=tuple(context.title(one) for one in network.members if one.id not in first),
        less=tuple(context.title(one) for one in found.networks[0].members if one.id not in own),
        take=state.with_group(tuple(one.unit.id for one in members)),
        standing=standing_of(context, network),
    )  # fmt: skip


def _proof(found: NetworkSearch, place: int) -> Message:
    if place:
        return PROVEN_APART if found.alternatives_status == OPTIMAL else OPEN_APART
    said = PROVEN if found.status == OPTIMAL else OPEN
    return said.filled(count=found.candidates, gap=found.gap)


def _rows(context: PlannerContext, found: NetworkSearch, variants: Sequence[Variant]) -> tuple[SizeRow, ...]:
    rows = []
    proposed = [{one.id for one in network.members} for network in found.networks]
    best = proposed[0] if proposed else set()
    before: float | None = None
    for variant in variants:
        group = tuple(sorted(variant.members, key=lambda one: one not in context.state.group))
        rows.append(
            SizeRow(
                variant=variant, more=_names(context, set(group) - best),
                less=_names(context, best - set(group)),
                change=None if before is None else as_written(variant.score, 3) - as_written(before, 3),
                number=proposed.index(set(group)) + 1 if set(group) in proposed else None,
                take=context.state.with_group(group),
            )
        )  # fmt: skip
        before = variant.score
    return tuple(rows)


def _names(context: PlannerContext, ids: set[str]) -> tuple[str, ...]:
    return tuple(context.title(context.atlas.units[one]) for one in sorted(ids))
