"""What the chosen service field changes in the list: which criteria count more or less, and which forms."""

from dataclasses import dataclass

from geoplan.criteria import CRITERIA
from geoplan.messages import Localised, Message
from geoplan.services import Service, find_service
from geoplan.suggestions import SuggestionList
from geoplan.suggestions.suggest import best_of
from geoplan.suggestions.weights import calibration, service_factor
from geoplan_api.planner.context import PlannerContext

FORMS = {
    "any": Message("all forms"),
    "horizontal": Message("horizontal: all"),
    "horizontal-rural": Message("horizontal: among neighbours"),
    "urban-rural": Message("horizontal: city and surroundings"),
    "horizontal-metropolitan": Message("horizontal: metropolitan regions"),
    "vertical": Message("vertical: county and municipalities"),
}
"""The forms of cooperation, as the planner offers them."""
MORE_AND_LESS = Message("More weight here: {more}; less: {less}.")
MORE = Message("More weight here: {more}.")
LESS = Message("Less weight here: {less}.")
AS_USUAL = Message(
    "The general weights hold: none of the criteria here is judged differently for this service field."
)
LEARNT = Message("Neighbours are weighed as was learnt from existing associations of municipalities.")
LEFT_OUT = Message("Left out, as it is not usual for this: {forms}.")
SAME_ORDER = Message("The order stays as without a service field.")


@dataclass(frozen=True, slots=True)
class _Listed:
    """Names in the reader's language, parted by commas."""

    names: tuple[Localised, ...]

    def text(self, lang: str) -> str:
        return ", ".join(one.text(lang) for one in self.names)


def service_effect(context: PlannerContext) -> tuple[Message, ...]:
    """What the service field changes against the list without one; empty where none is chosen.

    The weights are those that the list was ranked with; where the order of the same units is the same
    nevertheless, that is said too.
    """
    state, answer = context.state, context.answer
    if not state.service or answer is None or not answer.suggestions:
        return ()
    service = find_service(state.service)
    before = context.rankings_for("")
    said = [_weighed(context, service, answer)]
    lost = {one.proposal.type for one in before} - {one.proposal.type for one in context.rankings}
    if lost:
        said.append(LEFT_OUT.filled(forms=_Listed(tuple(FORMS[kind.value] for kind in sorted(lost)))))
    ids = context.atlas.units.ids
    usual = [ids[int(one.view.candidates[place])] for one, place in best_of(before, state.limit)]
    if usual == [one.unit.id for one in answer.suggestions]:
        said.append(SAME_ORDER)
    return tuple(said)


def _weighed(context: PlannerContext, service: Service, answer: SuggestionList) -> Message:
    """Which of the criteria behind the list count otherwise than without the service field."""
    listed = {one.type for one in answer.suggestions}
    sets = {one.proposal.weight_set for one in context.rankings if one.proposal.type in listed}
    learnt = calibration()["used_for"]
    if service.key in learnt["services"] and learnt["set"] in sets:
        return LEARNT
    told = {part.criterion for one in answer.suggestions for part in one.contributions}
    factors = {
        key: service_factor(service, key) for key in CRITERIA if key in told - context.state.weight_map.keys()
    }
    more = tuple(CRITERIA[key].label for key, factor in factors.items() if factor > 1)
    less = tuple(CRITERIA[key].label for key, factor in factors.items() if factor < 1)
    said = MORE_AND_LESS if more and less else MORE if more else LESS if less else AS_USUAL
    lists = {"more": more, "less": less}
    return said.filled(**{name: _Listed(one) for name, one in lists.items() if one})
