"""Who has nobody: municipalities of a county or Land without enough good partners for a service, and why."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError
from geoplan.insight.obstacles import Obstacle, obstacles, thresholds
from geoplan.insight.scoreboard import Scoreboard
from geoplan.messages import Message
from geoplan.provenance import named_in
from geoplan.suggestions.flags import flags_of_asking
from geoplan.suggestions.result import Flag
from geoplan.suggestions.suggest import Asked, Inquiry, read_inquiry
from geoplan.units import PARENT_LEVELS, AdministrativeUnit, Level, UnitOrName

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerSupply:
    """What partners one municipality finds."""

    unit: AdministrativeUnit
    best: AdministrativeUnit | None
    best_score: float | None
    good_partners: int
    """Partners with at least the score from which they count as good."""
    white: bool
    """Whether these are fewer than the service needs."""
    obstacles: tuple[Obstacle, ...]
    """Why, for a white spot; the plainest first."""

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The municipality as JSON."""
        return {
            "id": self.unit.id, "name": self.unit.name, "designation": self.unit.designation,
            "population": self.unit.population, "county": self.unit.county, "state": self.unit.state,
            "best": None if self.best is None else self.best.id,
            "best_name": None if self.best is None else self.best.name,
            "best_score": self.best_score, "good_partners": self.good_partners, "white": self.white,
            "reasons": [one.to_dict(lang) for one in self.obstacles],
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class WhiteSpots:
    """The municipalities of an area and the partners they find."""

    unit: AdministrativeUnit
    service: str
    type: str
    good_score: float
    needed: int
    """Good partners that the service needs beside the asking one."""
    municipalities: tuple[PartnerSupply, ...]
    """All of the area, by id."""
    flags: tuple[Flag, ...]
    data: dict[str, Any]

    @property
    def white(self) -> tuple[PartnerSupply, ...]:
        """Those without enough good partners, the worst first."""
        found = [one for one in self.municipalities if one.white]
        return tuple(sorted(found, key=lambda one: (one.good_partners, one.best_score or 0.0)))

    @property
    def text(self) -> Message:
        """The finding in a sentence."""
        return Message(
            "{white} of {all} municipalities have fewer than {needed} good partners (fit of at least"
            " {score:n2})",
            white=len(self.white), all=len(self.municipalities), needed=self.needed, score=self.good_score,
        )  # fmt: skip

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The answer as JSON."""
        return {
            "unit": self.unit.id, "name": self.unit.name, "service": self.service, "type": self.type,
            "good_score": self.good_score, "good_score_reason": thresholds()["reason"][lang],
            "needed": self.needed, "white": len(self.white), "text": self.text.text(lang),
            "municipalities": [one.to_dict(lang) for one in self.municipalities],
            "flags": [flag.to_dict(lang) for flag in self.flags],
            "data": named_in(lang, self.data),
        }  # fmt: skip


def white_spots(atlas: Atlas, area: UnitOrName, *, service: str, type: str = "horizontal") -> WhiteSpots:
    """Look for municipalities without enough good partners.

    A partner is good from the score on that half of the partners reach whom municipalities really chose.
    Enough are as many as the service usually has beside the asking one, at least one.

    Parameters
    ----------
    atlas
        What is known.
    area
        Id or unambiguous name of a county, a state or any other unit above the municipalities.
    service
        Key of a service field.
    type
        A type of cooperation, by default any horizontal one.

    Raises
    ------
    UnknownUnitError, AmbiguousUnitError, InvalidKeyError, UnknownChoiceError
        No such unit, service or type.
    InvalidValueError
        The unit has no municipalities in it.
    """
    row = atlas.row(area)
    rows = _municipalities(atlas, row)
    if not len(rows):
        message = Message("There are no municipalities in {name}.", name=atlas.units.title(row))
        raise InvalidValueError(message, value=atlas.units.ids[row])
    inquiry = read_inquiry(atlas, atlas.units.ids[rows[0]], Asked(type=type, service=service))
    needed = _needed(inquiry)
    kept = thresholds()
    found = [_supply(inquiry.by(np.array([one])), needed, kept["good_score"]) for one in rows.tolist()]
    task = [flag for flag in flags_of_asking(inquiry.question) if flag.code == "task-of-the-county"]
    return WhiteSpots(
        unit=atlas.units.at(row), service=service, type=type, good_score=kept["good_score"], needed=needed,
        municipalities=tuple(found), flags=tuple(task), data=atlas.provenance.to_dict(),
    )  # fmt: skip


def _municipalities(atlas: Atlas, row: int) -> IntArray:
    level = atlas.units.level[row]
    if level == Level.METROPOLITAN_REGION:
        counties = atlas.regions.members[row]
        municipal = atlas.units.rows_of(Level.MUNICIPALITY)
        inside: IntArray = municipal[np.isin(atlas.hierarchy.parent[Level.COUNTY][municipal], counties)]
        return inside
    if level not in PARENT_LEVELS:
        return np.empty(0, dtype=np.int64)
    return atlas.hierarchy.members(row, Level.MUNICIPALITY)


def _needed(inquiry: Inquiry) -> int:
    service = inquiry.question.service
    usual = 2 if service is None or service.partners_min is None else service.partners_min
    return max(1, usual - 1)


def _supply(inquiry: Inquiry, needed: int, good_score: float) -> PartnerSupply:
    units = inquiry.question.atlas.units
    board = Scoreboard.of(inquiry)
    asking = units.at(inquiry.question.asking)
    if not board.sheets:
        nobody = obstacles(inquiry.question, None)
        return PartnerSupply(
            unit=asking, best=None, best_score=None, good_partners=0, white=True, obstacles=nobody
        )
    good = int((board.score >= good_score).sum())
    column = board.leaders(1)[0]
    white = good < needed
    return PartnerSupply(
        unit=asking, best=units.at(int(board.units[column])), best_score=float(board.score[column]),
        good_partners=good, white=white,
        obstacles=obstacles(inquiry.question, board.best_sheet(column)) if white else (),
    )  # fmt: skip
