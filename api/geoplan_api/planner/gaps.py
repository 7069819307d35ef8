"""Who has nobody: the municipalities of an area without enough good partners, and why."""

from typing import Any

from geoplan.insight import PartnerSupply, WhiteSpots
from geoplan.messages import Message
from geoplan_api.planner.context import PlannerContext

NONE, SOME, MANY = 0, 2, 4
"""How dark a municipality is drawn: too few good partners, enough, at least twice as many."""


def white_spots_panel(context: PlannerContext) -> dict[str, Any]:
    """The white spots, worst first, and all municipalities as the map shows them."""
    found = context.white_spots
    if found is None:
        return {"found": None}
    state = found.unit.state
    wider = state is not None and state != found.unit.id and state in context.atlas.units
    return {
        "found": found, "white": found.white,
        "others": sorted(
            (one for one in found.municipalities if not one.white),
            key=lambda one: (one.good_partners, one.unit.name),
        ),
        "wider": context.atlas.units[state] if wider and state is not None else None,
        "reason": found.to_dict(context.lang)["good_score_reason"],
    }  # fmt: skip


def white_classes(context: PlannerContext) -> dict[str, int] | None:
    """How dark each municipality of the area is drawn; ``None`` where white spots are not asked for."""
    found = context.white_spots
    return None if found is None else supply_classes(found)


def white_legend(context: PlannerContext) -> list[tuple[int, Message]]:
    """What the colours of the map mean; empty where white spots are not asked for."""
    found = context.white_spots
    return [] if found is None else supply_legend(found)


def supply_classes(found: WhiteSpots) -> dict[str, int]:
    """How dark each municipality of an area is drawn."""
    return {one.unit.id: _step(found, one) for one in found.municipalities}


def supply_legend(found: WhiteSpots) -> list[tuple[int, Message]]:
    """What these classes mean."""
    needed = found.needed
    return [
        (NONE, Message("fewer than {needed} good partners", needed=needed)),
        (SOME, Message("{low} to {high}", low=needed, high=2 * needed - 1) if needed > 1 else Message("one")),
        (MANY, Message("{low} or more", low=2 * needed)),
    ]


def _step(found: WhiteSpots, supply: PartnerSupply) -> int:
    if supply.white:
        return NONE
    return MANY if supply.good_partners >= 2 * found.needed else SOME
