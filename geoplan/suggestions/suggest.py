"""Suggest partners: from a question to ranked, explained candidates."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan.services import Service, find_service
from geoplan.suggestions import horizontal, metropolitan, urban_rural, vertical
from geoplan.suggestions.atomic import atomic_units
from geoplan.suggestions.flags import flags_of_asking
from geoplan.suggestions.question import Proposal, Question
from geoplan.suggestions.ranking import Ranking, rank, suggestion
from geoplan.suggestions.result import CooperationType, SuggestionList
from geoplan.suggestions.weights import check_weights
from geoplan.units import Level, UnitOrName

IntArray = NDArray[np.int64]

ENGINES: dict[CooperationType, Callable[[Question], list[Proposal]]] = {
    CooperationType.HORIZONTAL_RURAL: horizontal.propose,
    CooperationType.URBAN_RURAL: urban_rural.propose,
    CooperationType.HORIZONTAL_METROPOLITAN: metropolitan.propose,
    CooperationType.VERTICAL: vertical.propose,
}
ANY, HORIZONTAL = "any", "horizontal"
TYPES = (*(kind.value for kind in CooperationType), HORIZONTAL, ANY)
AS_LEVELS = (Level.ASSOCIATION.value,)
"""Levels that an asking municipality can stand for."""
MAX_LIMIT = 1000
MAX_PARTNERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a question asks for beside the asking unit; words as the public surface has them."""

    partners: Sequence[UnitOrName] = ()
    type: str = ANY
    service: str | None = None
    weights: Mapping[str, float] | None = None
    as_level: str | None = None


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """A question with the types of cooperation whose engines answer it."""

    question: Question
    kinds: tuple[CooperationType, ...]
    several: bool
    """Leaves out what one type has only because it was asked for alone."""
    asked: Asked = field(default_factory=Asked)

    def by(self, group: IntArray) -> "Inquiry":
        """The same inquiry by another group: rows, the asking unit first."""
        return replace(self, question=replace(self.question, group=group))

    def rankings(self) -> list[Ranking]:
        """The candidates of all engines, scored."""
        return rank_all(self.question, self.kinds, several=self.several)


def read_inquiry(atlas: Atlas, unit: UnitOrName, asked: Asked) -> Inquiry:
    """Read and check a question; errors as in :func:`suggest`."""
    kinds, several = _types(asked.type), asked.type in (ANY, HORIZONTAL)
    service = None if asked.service is None else find_service(asked.service)
    group = _group(atlas, unit, asked.partners)
    among = _among_associations(asked.as_level)
    question = Question(
        atlas=atlas, group=_acting(atlas, group) if among else group, service=service,
        weights=check_weights(asked.weights), among_associations=among,
    )  # fmt: skip
    kinds = _suited(kinds, service) if several else kinds
    return Inquiry(question=question, kinds=kinds, several=several, asked=asked)


def suggest(  # noqa: PLR0913 - the public surface: two subjects, the rest are options
    atlas: Atlas,
    unit: UnitOrName,
    *,
    partners: Sequence[UnitOrName] = (),
    type: str = ANY,
    service: str | None = None,
    limit: int = 20,
    weights: Mapping[str, float] | None = None,
    as_level: str | None = None,
) -> SuggestionList:
    """Suggest cooperation partners for ``unit``, ranked and explained.

    Parameters
    ----------
    atlas
        What is known.
    unit
        Id or unambiguous name of the asking unit.
    partners
        Ids or names of partners already on board: who else fits all of them?
    type
        One of the four types, ``horizontal`` (any horizontal one) or ``any``.
    service
        Key of a service field; it shapes weights and candidates.
    limit
        At most so many suggestions, 1 … 1000.
    weights
        Changed weights by criterion, 0 … 1000; the others keep theirs.
    as_level
        ``association``: associations stand for their members; they and municipalities without one are
        compared, and the asking unit is the association of ``unit`` where it has one.

    Raises
    ------
    UnknownUnitError, AmbiguousUnitError, InvalidKeyError
        ``unit`` or a partner is no unit of the atlas.
    UnknownChoiceError
        No such type, service, criterion or level.
    InvalidValueError
        A limit or weight out of bounds, an unincorporated area that asks, too many partners.
    """
    if not 1 <= limit <= MAX_LIMIT:
        message = Message(
            "The limit is a number from 1 to {limit}, not {value}.", value=limit, limit=MAX_LIMIT
        )
        raise InvalidValueError(message, value=limit)
    asked = Asked(partners=partners, type=type, service=service, weights=weights, as_level=as_level)
    inquiry = read_inquiry(atlas, unit, asked)
    question = inquiry.question
    best = best_of(inquiry.rankings(), limit)
    return SuggestionList(
        unit=atlas.units.at(question.asking),
        partners=tuple(atlas.units.at(int(row)) for row in question.group[1:]),
        type=type,
        service=service,
        suggestions=tuple(suggestion(question, ranking, place) for ranking, place in best),
        flags=flags_of_asking(question),
        data=atlas.provenance.to_dict(),
        as_level=as_level,
    )


def acting_row(inquiry: Inquiry, row: int) -> int:
    """The unit in ``row``, or the association that acts for it where associations are asked for."""
    if not inquiry.question.among_associations:
        return row
    return int(_acting(inquiry.question.atlas, np.array([row]))[0])


def rank_candidates(
    question: Question, kinds: Iterable[CooperationType], *, limit: int, several: bool = False
) -> list[tuple[Ranking, int]]:
    """The best candidates of the engines of ``kinds``: each once, in its best type and role.

    ``several`` leaves out what one type has only because it was asked for alone.
    """
    return best_of(rank_all(question, kinds, several=several), limit)


def rank_all(question: Question, kinds: Iterable[CooperationType], *, several: bool = False) -> list[Ranking]:
    """The candidates of the engines of ``kinds``, scored; ``several`` as in :func:`rank_candidates`."""
    proposals = [
        _among_acting(question, proposal)
        for kind in kinds
        for proposal in ENGINES[kind](question)
        if not (several and proposal.only_when_asked)
    ]
    return [rank(question, proposal) for proposal in proposals if len(proposal.candidates)]


def _among_acting(question: Question, proposal: Proposal) -> Proposal:
    """The proposal without municipalities that an association acts for, where associations are asked for."""
    if not question.among_associations:
        return proposal
    candidates = proposal.candidates
    own = atomic_units(question.atlas).acts_for_itself(candidates)
    return replace(proposal, candidates=candidates[own])


def _types(asked: str) -> tuple[CooperationType, ...]:
    if asked == ANY:
        return tuple(CooperationType)
    if asked == HORIZONTAL:
        return tuple(kind for kind in CooperationType if kind != CooperationType.VERTICAL)
    if asked not in TYPES:
        message = Message("There is no type “{value}”.", value=asked)
        raise UnknownChoiceError(message, value=asked, nearest=nearest_values(asked, TYPES))
    return (CooperationType(asked),)


def _suited(kinds: tuple[CooperationType, ...], service: Service | None) -> tuple[CooperationType, ...]:
    """Of several types, those that the service suits; all where it suits none of them."""
    if service is None:
        return kinds
    return tuple(kind for kind in kinds if kind.value in service.types) or kinds


def _among_associations(level: str | None) -> bool:
    if level is None:
        return False
    if level not in AS_LEVELS:
        message = Message("A unit cannot stand for the level “{value}” here.", value=level)
        raise UnknownChoiceError(message, value=level, nearest=AS_LEVELS)
    return True


def _acting(atlas: Atlas, group: IntArray) -> IntArray:
    """Who acts for those of a group, each once, in order."""
    acting = atomic_units(atlas).acting[group]
    return np.array(list(dict.fromkeys(acting.tolist())), dtype=np.int64)


def _group(atlas: Atlas, unit: UnitOrName, partners: Sequence[UnitOrName]) -> IntArray:
    if len(partners) > MAX_PARTNERS:
        message = Message(
            "At most {limit} partners can be on board, not {value}.", value=len(partners), limit=MAX_PARTNERS
        )
        raise InvalidValueError(message, value=len(partners))
    rows = list(dict.fromkeys(atlas.row(name) for name in (unit, *partners)))
    for row in rows:
        if atlas.units.level[row] == Level.UNINCORPORATED_AREA:
            message = Message(
                "{name} is an unincorporated area: it has no council and cannot cooperate.",
                name=atlas.units.title(row),
            )
            raise InvalidValueError(message, value=atlas.units.ids[row])
    return np.array(rows, dtype=np.int64)


def best_of(rankings: list[Ranking], limit: int) -> list[tuple[Ranking, int]]:
    """The best candidates of all rankings, each once, with its best type and role."""
    entries = [
        (
            -ranking.score[place],
            ranking.view.distance_km[place],
            int(ranking.view.candidates[place]),
            number,
            place,
        )
        for number, ranking in enumerate(rankings)
        for place in ranking.best(limit)
    ]
    chosen: dict[int, tuple[Ranking, int]] = {}
    for _, _, row, number, place in sorted(entries):
        chosen.setdefault(row, (rankings[number], place))
    return list(chosen.values())[:limit]
