"""How much each criterion counts for the question that is asked, and by how much it can be changed."""

from dataclasses import dataclass, replace

from geoplan.criteria import CRITERIA
from geoplan.messages import Message
from geoplan.services import find_service
from geoplan.suggestions.weights import weights_for
from geoplan_api.planner.context import PlannerContext
from geoplan_api.planner.state import PlannerState

MOST = 8.0
"""Where a slider ends; the largest kept weight is 6."""
STEP = 0.1
MEANINGS = {
    "border_share": Message("How much of the municipal boundary is shared."),
    "enclosure": Message("How far those on board surround it."),
    "closeness": Message("How near the places lie to each other, as the crow flies."),
    "chain": Message("Over how few borders it is reached."),
    "same_county": Message("Whether both belong to one county."),
    "same_association": Message("Whether both are in one association of municipalities."),
    "same_state": Message("Whether both lie in one state, under one municipal law."),
    "same_government_region": Message("Whether one supervisory authority looks after both."),
    "size_parity": Message("Whether both have about as many inhabitants."),
    "similar_density": Message("Whether both are settled about as densely: village or town."),
    "small_size": Message("Small administrations gain most from working together."),
    "own_need": Message("How much the asking municipality itself gains."),
    "capacity": Message("How much staff and how many resources a partner brings along."),
    "size_contrast": Message("Whether a city and its surroundings complement each other."),
    "centre_pull": Message("How strongly the city attracts the surroundings."),
    "ring_share": Message("Whether it lies in the ring around the city."),
    "prior_cooperation": Message("Whether both work together already."),
    "common_partners": Message("Whether both work with the same third parties."),
    "commuter_ties": Message("How many people commute between the two."),
    "same_mittelbereich": Message("Whether both are served by one middle-order centre."),
    "same_labour_market": Message("Whether both belong to one labour market region."),
    "same_planning_region": Message("Whether one regional plan covers both."),
    "service_profile": Message("Whether one has what the other needs for this task."),
    "belongs_to": Message("Whether one lies within the other."),
    "shared_region": Message("Whether both are in one region that organises itself already."),
    "shared_members": Message("Whether both have members in common."),
    "task_level": Message("Whether the task lies with this level by law."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """The weight of one criterion."""

    key: str
    label: Message
    meaning: Message
    usual: float
    """To the step of a slider: a browser moves it there."""
    weight: float
    measured: bool
    """Whether the data say anything of it for any of the suggestions."""

    @property
    def changed(self) -> bool:
        """Whether it is not as usual."""
        return abs(self.weight - self.usual) > STEP / 2


def sliders(context: PlannerContext) -> tuple[Slider, ...]:
    """The criteria of the question, the strongest first; those of several forms side by side."""
    state = context.state
    if not state.unit:
        return ()
    service = find_service(state.service) if state.service else None
    usual: dict[str, float] = {}
    for ranking in context.rankings:
        proposal = ranking.proposal
        kept = weights_for(proposal.weight_set, service, {}, with_partners=len(proposal.group) > 1)
        for key, weight in kept.items():
            usual.setdefault(key, weight)
    changed = state.weight_map
    for key in changed:
        usual.setdefault(key, 0.0)
    answer = context.answer
    told = {part.criterion for one in (answer.suggestions if answer else ()) for part in one.contributions}
    ordered = sorted(usual, key=lambda key: (key not in told and key not in changed, -usual[key]))
    return tuple(
        Slider(
            key=key, label=CRITERIA[key].label, meaning=MEANINGS[key], usual=round(usual[key], 1),
            weight=round(changed.get(key, usual[key]), 1), measured=key in told or changed.get(key) == 0,
        )
        for key in ordered
    )  # fmt: skip


def only_moved(context: PlannerContext) -> PlannerState:
    """The state with those weights only that are not as usual: a form sends all of its sliders."""
    moved = tuple((one.key, one.weight) for one in sliders(context) if one.changed)
    return replace(context.state, weights=moved)
