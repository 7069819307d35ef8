"""What to know before talking to a partner: borders of law, gaps in the data, islands."""

import numpy as np

from geoplan.criteria import View
from geoplan.messages import Message
from geoplan.suggestions.question import Question
from geoplan.suggestions.result import Flag, Severity
from geoplan.suggestions.vertical import county_free
from geoplan.units import PLACE_LEVELS, Level

UNKNOWN = Message("population of {name} unknown: criteria of size are left out")
NOT_FULLY_KNOWN = Message("population of {name} not fully known: criteria of size are left out")
_STATE_TREATY_SOURCE = "Besonderes Verwaltungsrecht, § 65; Staatsverträge der Länder"


def flags_of(question: Question, view: View, place: int) -> tuple[Flag, ...]:
    """The flags of one candidate."""
    found = (
        _state_border(view, place),
        _no_shared_border(question, view, place),
        _unincorporated_between(view, place),
        _missing_population(view, place),
    )
    return tuple(flag for flag in found if flag is not None)


def _state_border(view: View, place: int) -> Flag | None:
    theirs = view.atlas.hierarchy.parent_of(int(view.candidates[place]), Level.STATE)
    own = view.own_states
    if view.atlas.provenance.country != "DE" or not own or theirs is None or own == {theirs}:
        return None
    state = view.atlas.units.title(theirs)
    if theirs in own:
        text = Message(
            "not all on board are in its state ({state}): public-law forms need a treaty", state=state
        )
    else:
        text = Message(
            "in another state ({state}): public-law forms need a treaty between the states", state=state
        )
    return Flag(code="state-border", severity=Severity.WARNING, text=text, source=_STATE_TREATY_SOURCE)


def _no_shared_border(question: Question, view: View, place: int) -> Flag | None:
    service = question.service
    if (
        service is None
        or not service.contiguity_required
        or not _same_level(view, place)
        or view.border_km[place] > 0
    ):
        return None
    text = Message("no common border, though {service} usually needs one", service=service.label)
    return Flag(
        code="no-common-border", severity=Severity.INFO, text=text, source=service.source_of("spatial")
    )


def _unincorporated_between(view: View, place: int) -> Flag | None:
    """A common unincorporated neighbour joins two that do not border: name it, it breaks no path."""
    if not view.among_places or view.border_km[place] > 0 or not _same_level(view, place):
        return None
    near, _ = view.borders.neighbours(int(view.candidates[place]))
    between = [
        row for row in near.tolist()
        if view.atlas.units.level[row] == Level.UNINCORPORATED_AREA
        and np.isin(view.borders.neighbours(row)[0], view.group).any()
    ]  # fmt: skip
    if not between:
        return None
    names = ", ".join(view.atlas.units.title(row) for row in between)
    text = Message("only the unincorporated area {names} lies between", names=names)
    return Flag(code="unincorporated-area-between", severity=Severity.INFO, text=text, source=None)


def _missing_population(view: View, place: int) -> Flag | None:
    """For municipalities; counties seldom have one in data that know a few places only."""
    row = int(view.candidates[place])
    if view.atlas.units.level[row] != Level.MUNICIPALITY or not np.isnan(view.atlas.units.population[row]):
        return None
    text = Message("population unknown: criteria of size are left out")
    return Flag(code="population-unknown", severity=Severity.INFO, text=text, source=None)


def _same_level(view: View, place: int) -> bool:
    return bool(view.atlas.units.level[view.candidates[place]] == view.atlas.units.level[view.asking])


def flags_of_asking(question: Question) -> tuple[Flag, ...]:
    """The flags of the asking unit itself."""
    found = (
        _no_land_neighbour(question),
        _no_county_above(question),
        _own_population(question),
        _task_level(question),
    )
    return tuple(flag for flag in found if flag is not None)


def _no_land_neighbour(question: Question) -> Flag | None:
    atlas, row = question.atlas, question.asking
    if question.level not in PLACE_LEVELS or len(atlas.borders.neighbours(row)[0]):
        return None
    over_water, _ = atlas.water_borders.neighbours(row)
    name = atlas.units.title(row)
    text = Message("{name} has no land neighbour; partners farther off are suggested", name=name)
    if len(over_water):
        others = ", ".join(atlas.units.title(other) for other in over_water.tolist())
        text = Message("{name} has no land neighbour; across the water: {others}", name=name, others=others)
    return Flag(code="no-land-neighbour", severity=Severity.INFO, text=text, source=None)


def _no_county_above(question: Question) -> Flag | None:
    if question.level != Level.MUNICIPALITY or not county_free(question.atlas, question.asking):
        return None
    text = Message(
        "{name} is county-free: no county stands above it; the counties around are equal partners",
        name=question.atlas.units.title(question.asking),
    )
    return Flag(code="county-free", severity=Severity.INFO, text=text, source=None)


def _own_population(question: Question) -> Flag | None:
    if not np.isnan(question.atlas.units.population[question.asking]):
        return None
    # Of an area of several, those of some municipalities are mostly known.
    said = UNKNOWN if question.level == Level.MUNICIPALITY else NOT_FULLY_KNOWN
    text = said.filled(name=question.atlas.units.title(question.asking))
    return Flag(code="population-unknown", severity=Severity.INFO, text=text, source=None)


def _task_level(question: Question) -> Flag | None:
    service = question.service
    if service is None or service.level != "county" or question.level != Level.MUNICIPALITY:
        return None
    if question.atlas.provenance.country != "DE":  # the catalogue says who holds a task by German law
        return None
    if county_free(question.atlas, question.asking):
        return None
    text = Message("{service} is a task of the county: ask it first", service=service.label)
    return Flag(code="task-of-the-county", severity=Severity.WARNING, text=text, source=service.source)
