"""Why this one: the criteria as bars and sentences, what speaks against, how sure that is."""

from dataclasses import dataclass

from geoplan.criteria import CRITERIA
from geoplan.errors import GeoplanError
from geoplan.insight import Explanation, explain
from geoplan.insight.doubts import SOURCE_OF_CRITERION
from geoplan.messages import Localised, Message
from geoplan.provenance import source_name
from geoplan.suggestions import Contribution
from geoplan.units import AdministrativeUnit
from geoplan_api import labels
from geoplan_api.planner.context import PlannerContext

BAR_UNITS = 1000
"""The bars are drawn in thousandths of the score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One criterion: what it adds to the score, of what it could add."""

    label: Message
    sentence: Localised
    contribution: float
    weight: float
    source: str | None
    """Where its numbers are from, where that is not the boundaries."""

    @property
    def drawn(self) -> tuple[int, int]:
        """The length of what is added and of what could be, for the drawing."""
        return round(BAR_UNITS * self.contribution), round(BAR_UNITS * self.weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """What the drawer shows: the explanation, or why there is none."""

    unit: AdministrativeUnit
    place: str
    on_board: bool
    explanation: Explanation | None
    refusal: str | None
    bars: tuple[Bar, ...]


def reasons(context: PlannerContext) -> Reasons | None:
    """The reasons for the candidate of the state; ``None`` where none is asked for."""
    state = context.state
    if not (state.unit and state.why):
        return None
    unit = context.atlas.unit(state.why)
    explanation, refusal = None, None
    partners = tuple(one for one in state.partners if one != unit.id)
    try:
        explanation = explain(
            context.atlas, state.unit, unit.id, partners=partners, type=state.type or "any",
            service=state.service or None, weights=state.weight_map, as_level=state.as_level or None,
        )  # fmt: skip
    except GeoplanError as error:
        # A click on the map reaches units that no list does; that is no failure of the page.
        refusal = error.text(context.lang)
    parts = () if explanation is None else explanation.suggestion.contributions
    return Reasons(
        unit=unit, place=labels.place_of(context.atlas, unit), on_board=unit.id in state.group,
        explanation=explanation, refusal=refusal, bars=tuple(_bar(context, part) for part in parts),
    )  # fmt: skip


def _bar(context: PlannerContext, part: Contribution) -> Bar:
    data = context.atlas.provenance.to_dict()
    of_population = SOURCE_OF_CRITERION.get(part.criterion) == "population"
    source = source_name(str(data["population_source"] or ""), context.lang) if of_population else None
    return Bar(
        label=CRITERIA[part.criterion].label, sentence=part.explanation, contribution=part.contribution,
        weight=part.weight, source=source or None,
    )  # fmt: skip
