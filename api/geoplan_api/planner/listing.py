"""Who fits: the ranked list, each with its strongest reasons in words."""

from dataclasses import dataclass

from geoplan.messages import Localised
from geoplan.suggestions import Severity, Suggestion
from geoplan_api import labels
from geoplan_api.planner.context import PlannerContext
from geoplan_maps.style import ScoreClass, classes_of, is_outlined, score_step

REASONS_SHOWN = 2
WORTH_SAYING = 0.005
"""A contribution below this is not among the reasons of a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One suggestion as the list shows it."""

    suggestion: Suggestion
    rank: int
    step: int
    """1 … 5: how dark it is on the map; 0 where it is outlined only."""
    place: str
    """County and state, where they are not those of the asking unit."""
    reasons: tuple[Localised, ...]
    on_board: bool

    @property
    def warnings(self) -> int:
        """How many things there are to mind before talking to this one."""
        return sum(flag.severity != Severity.INFO for flag in self.suggestion.flags)


def lines(context: PlannerContext) -> tuple[Line, ...]:
    """The suggestions, best first."""
    answer = context.answer
    if answer is None:
        return ()
    classes = classes_of(answer)
    return tuple(
        _line(context, suggestion, rank, classes)
        for rank, suggestion in enumerate(answer.suggestions, start=1)
    )


def _line(
    context: PlannerContext, suggestion: Suggestion, rank: int, classes: tuple[ScoreClass, ...]
) -> Line:
    unit, asking = suggestion.unit, context.members[0]
    elsewhere = unit.county != asking.county and unit.county is not None
    told = [part for part in suggestion.contributions if part.contribution >= WORTH_SAYING]
    return Line(
        suggestion=suggestion, rank=rank,
        step=0 if is_outlined(suggestion) else score_step(suggestion.score, classes),
        place=labels.place_of(context.atlas, unit) if elsewhere else "",
        reasons=tuple(part.explanation for part in told[:REASONS_SHOWN]),
        on_board=unit.id in context.state.group,
    )  # fmt: skip
