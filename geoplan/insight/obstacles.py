"""Why a municipality finds no good partner: what its neighbourhood lacks, in plain reasons."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan.criteria import CRITERIA
from geoplan.insight.scoreboard import Sheet
from geoplan.messages import Message
from geoplan.suggestions.question import Question
from geoplan.units import Level

IntArray = NDArray[np.int64]


@cache
def thresholds() -> dict[str, Any]:
    """The kept thresholds; see ``white_spots.toml`` for date, mark and reason."""
    return tomllib.loads(resources.files("geoplan.insight").joinpath("white_spots.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One reason for lacking partners."""

    code: str
    text: Message

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The reason as JSON."""
        return {"code": self.code, "text": self.text.text(lang)}


def obstacles(question: Question, best: tuple[Sheet, int] | None) -> tuple[Obstacle, ...]:
    """The reasons of the asking unit, the plainest first; ``best`` is its best partner's sheet and place."""
    around = _neighbours(question)
    found = [*_of_position(question, around), *_of_size(question, around)]
    if best is not None:
        found += [*_of_best(best, alone=not found)]
    return tuple(found)


def _neighbours(question: Question) -> IntArray:
    """Neighbouring municipalities; those behind an unincorporated area count as well."""
    level, graph = question.atlas.units.level, question.atlas.borders
    near = graph.neighbours(question.asking)[0].tolist()
    behind = [
        other
        for row in near
        if level[row] == Level.UNINCORPORATED_AREA
        for other in graph.neighbours(row)[0].tolist()
    ]
    found = {row for row in (*near, *behind) if level[row] == Level.MUNICIPALITY} - {question.asking}
    return np.array(sorted(found), dtype=np.int64)


def _of_position(question: Question, around: IntArray) -> Iterator[Obstacle]:
    parent, row = question.atlas.hierarchy.parent, question.asking
    if not len(around):
        text = Message("no land neighbour in the data: an island, or other countries around")
        yield Obstacle(code="no-land-neighbour", text=text)
        return
    if not (parent[Level.STATE][around] == parent[Level.STATE][row]).any():
        text = _all_or_only(
            around,
            Message("all {count} neighbours lie across a state border"),
            Message("the only neighbour lies across a state border"),
        )
        yield Obstacle(code="across-state-border", text=text)
    elif not (parent[Level.COUNTY][around] == parent[Level.COUNTY][row]).any():
        text = _all_or_only(
            around,
            Message("all {count} neighbours are in other counties"),
            Message("the only neighbour is in another county"),
        )
        yield Obstacle(code="other-counties", text=text)


def _all_or_only(around: IntArray, several: Message, one: Message) -> Message:
    return one if len(around) == 1 else several.filled(count=len(around))


def _of_size(question: Question, around: IntArray) -> Iterator[Obstacle]:
    population, ratio = question.atlas.units.population, thresholds()["unlike_ratio"]
    own = float(population[question.asking])
    if np.isnan(own):
        yield Obstacle(code="data-missing", text=Message("its population is unknown"))
        return
    sizes = population[around][~np.isnan(population[around])]
    if not len(sizes):
        return
    if own > ratio * sizes.max():
        text = Message(
            "much larger than all neighbours: {own:n0} inhabitants against {other:n0} at most",
            own=own, other=float(sizes.max()),
        )  # fmt: skip
        yield Obstacle(code="much-larger", text=text)
    elif own * ratio < sizes.min():
        text = Message(
            "much smaller than all neighbours: {own:n0} inhabitants against {other:n0} at least",
            own=own, other=float(sizes.min()),
        )  # fmt: skip
        yield Obstacle(code="much-smaller", text=text)


def _of_best(best: tuple[Sheet, int], *, alone: bool) -> Iterator[Obstacle]:
    sheet, place = best
    view = sheet.ranking.view
    distance_km = float(view.distance_km[place])
    if distance_km > thresholds()["far_km"]:
        text = Message(
            "even the best partner, {name}, is {distance_km:n1} km away",
            name=view.name(place), distance_km=distance_km,
        )  # fmt: skip
        yield Obstacle(code="far-away", text=text)
    elif alone:
        lost = sheet.ranking.weight[:, place] * (1 - sheet.degree[:, place])
        key = sheet.criteria[int(np.argmax(lost))]
        text = Message(
            "the best partner, {name}, loses most by {criterion}: {explanation}",
            name=view.name(place), criterion=CRITERIA[key].label,
            explanation=CRITERIA[key].explain(view, place, sheet.ranking.measures[key]),
        )  # fmt: skip
        yield Obstacle(code="weak-fit", text=text)
