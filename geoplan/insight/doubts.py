"""What speaks against a candidate, which data are missing or estimated, and how they can be added."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from geoplan.criteria import CRITERIA
from geoplan.insight.scoreboard import Sheet
from geoplan.messages import Message, as_written
from geoplan.suggestions.result import Suggestion

WORTH_SAYING = 0.04
"""Lost score below this is not worth a sentence: the next candidate differs by more."""
_POPULATION, _COOPERATIONS, _COMMUTERS, _AREAS, _PROFILES, _BOUNDARIES = (
    "population", "cooperations", "commuters", "areas", "profiles", "boundaries",
)  # fmt: skip
SOURCE_OF_CRITERION = {
    "capacity": _POPULATION, "size_parity": _POPULATION, "similar_density": _POPULATION,
    "small_size": _POPULATION, "own_need": _POPULATION, "size_contrast": _POPULATION,
    "centre_pull": _COMMUTERS, "ring_share": _COMMUTERS,
    "prior_cooperation": _COOPERATIONS, "common_partners": _COOPERATIONS,
    "commuter_ties": _COMMUTERS, "service_profile": _PROFILES,
    "same_mittelbereich": _AREAS, "same_labour_market": _AREAS, "same_planning_region": _AREAS,
}  # fmt: skip
"""Which data a criterion lacks where it is unknown; all others come with the boundaries."""
NOT_APPLICABLE = ("same_association", "same_government_region", "task_level")
"""Unknown here means that nobody concerned has one: nothing is missing."""
REMEDIES = {
    _POPULATION: Message("add the municipality register of Destatis: geoplan data enrich --population FILE"),
    _COOPERATIONS: Message("add known cooperations: geoplan data enrich --cooperations FILE"),
    _COMMUTERS: Message("add commuter flows: geoplan data enrich --commuters FILE"),
    _AREAS: Message("add the regions of the BBSR: geoplan data enrich --bbsr FILE"),
    _PROFILES: Message("add what municipalities have and need: geoplan data enrich --profiles FILE"),
    _BOUNDARIES: Message("install boundaries that measure it: geoplan data install"),
}
ESTIMATED = ("centre_pull", "ring_share")
"""Criteria that rest on an estimate until commuter flows are there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingData:
    """Something that is not known, or only estimated."""

    criteria: tuple[str, ...]
    estimated: bool
    text: Message
    remedy: Message

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The gap as JSON."""
        return {
            "criteria": list(self.criteria), "estimated": self.estimated,
            "text": self.text.text(lang), "remedy": self.remedy.text(lang),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawback:
    """Something that speaks against a candidate."""

    criterion: str | None
    """``None`` where a flag says it."""
    lost: float
    """Score that is not reached because of it; 0 for a flag."""
    text: Message

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The drawback as JSON."""
        return {"criterion": self.criterion, "lost": self.lost, "text": self.text.text(lang)}


NO_DRAWBACK = frozenset({"prior_cooperation", "common_partners", "task_level"})
"""What a register does not list, and a level that the state decides, speak against nobody."""


def drawbacks(suggestion: Suggestion) -> tuple[Drawback, ...]:
    """Criteria that cost score, the most costly first, then flags."""
    parts = [(part.weight - part.contribution, part) for part in suggestion.contributions]
    costly = [
        Drawback(
            criterion=part.criterion, lost=lost,
            text=Message(
                "{criterion}: {explanation} (costs {lost:n2} of {most:n2})",
                criterion=CRITERIA[part.criterion].label, explanation=part.explanation,
                # As the bars beside it write both.
                lost=as_written(part.weight, 2) - as_written(part.contribution, 2), most=part.weight,
            ),
        )
        for lost, part in sorted(parts, key=lambda entry: -entry[0])
        if lost >= WORTH_SAYING and part.criterion not in NO_DRAWBACK
    ]  # fmt: skip
    flagged = [Drawback(criterion=None, lost=0.0, text=flag.text) for flag in suggestion.flags]
    return (*costly, *flagged)


def missing_data(sheet: Sheet, place: int) -> tuple[MissingData, ...]:
    """The gaps behind a score, by the data that would fill them."""
    return (*_unknown(sheet, place), *_estimated(sheet, place))


def _unknown(sheet: Sheet, place: int) -> Iterator[MissingData]:
    gaps: dict[str, list[str]] = {}
    beside = {*NOT_APPLICABLE} if sheet.ranking.view.service else {*NOT_APPLICABLE, "service_profile"}
    for number, key in enumerate(sheet.criteria):
        if not sheet.known[number, place] and key not in beside:
            gaps.setdefault(SOURCE_OF_CRITERION.get(key, _BOUNDARIES), []).append(key)
    for source, keys in gaps.items():
        yield MissingData(
            criteria=tuple(keys), estimated=False, remedy=REMEDIES[source],
            text=Message("unknown and left out: {criteria}", criteria=_Listed(keys)),
        )  # fmt: skip


def _estimated(sheet: Sheet, place: int) -> Iterator[MissingData]:
    used = [
        key for number, key in enumerate(sheet.criteria) if key in ESTIMATED and sheet.known[number, place]
    ]
    if used:
        yield MissingData(
            criteria=tuple(used), estimated=True, remedy=REMEDIES[_COMMUTERS],
            text=Message("estimated from population and distance: {criteria}", criteria=_Listed(used)),
        )  # fmt: skip
    yield from _estimated_population(sheet, place)


def _estimated_population(sheet: Sheet, place: int) -> Iterator[MissingData]:
    view = sheet.ranking.view
    row = int(view.candidates[place])
    source = view.atlas.units.population_source[row] or ""
    keys = [key for key in sheet.criteria if SOURCE_OF_CRITERION.get(key) == _POPULATION]
    if keys and "estimate" in source and not np.isnan(view.atlas.units.population[row]):
        yield MissingData(
            criteria=tuple(keys), estimated=True, remedy=REMEDIES[_POPULATION],
            text=Message("population of {name} is an estimate by place name", name=view.name(place)),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Listed:
    """The labels of criteria, parted by commas."""

    keys: list[str]

    def text(self, lang: str) -> str:
        return ", ".join(CRITERIA[key].label.text(lang) for key in self.keys)
