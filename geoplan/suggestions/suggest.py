"""Suggest partners: from a question to ranked, explained candidates."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan.services import Service, find_service
from geoplan.suggestions import horizontal, metropolitan, urban_rural, vertical
from geoplan.suggestions.flags import flags_of_asking
from geoplan.suggestions.question import Proposal, Question
from geoplan.suggestions.ranking import Ranking, rank, suggestion
from geoplan.suggestions.result import CooperationType, SuggestionList
from geoplan.suggestions.weights import check_weights
from geoplan.units import Level

IntArray = NDArray[np.int64]

ENGINES: dict[CooperationType, Callable[[Question], list[Proposal]]] = {
    CooperationType.HORIZONTAL_RURAL: horizontal.propose,
    CooperationType.URBAN_RURAL: urban_rural.propose,
    CooperationType.HORIZONTAL_METROPOLITAN: metropolitan.propose,
    CooperationType.VERTICAL: vertical.propose,
}
ANY, HORIZONTAL = "any", "horizontal"
TYPES = (*(kind.value for kind in CooperationType), HORIZONTAL, ANY)
MAX_LIMIT = 1000
MAX_PARTNERS = 200


def suggest(  # noqa: PLR0913 - the public surface: two subjects, the rest are options
    atlas: Atlas,
    unit: str,
    *,
    partners: Sequence[str] = (),
    type: str = ANY,
    service: str | None = None,
    limit: int = 20,
    weights: Mapping[str, float] | None = None,
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

    Raises
    ------
    UnknownUnitError, AmbiguousUnitError, InvalidKeyError
        ``unit`` or a partner is no unit of the atlas.
    UnknownChoiceError
        No such type, service or criterion.
    InvalidValueError
        A limit or weight out of bounds, an unincorporated area that asks, too many partners.
    """
    kinds, several = _types(type), type in (ANY, HORIZONTAL)
    field = None if service is None else find_service(service)
    if not 1 <= limit <= MAX_LIMIT:
        message = Message(
            "The limit is a number from 1 to {limit}, not {value}.", value=limit, limit=MAX_LIMIT
        )
        raise InvalidValueError(message, value=limit)
    group = _group(atlas, unit, partners)
    question = Question(atlas=atlas, group=group, service=field, weights=check_weights(weights))
    best = rank_candidates(
        question, _suited(kinds, field) if several else kinds, limit=limit, several=several
    )
    return SuggestionList(
        unit=atlas.units.at(question.asking),
        partners=tuple(atlas.units.at(int(row)) for row in group[1:]),
        type=type,
        service=service,
        suggestions=tuple(suggestion(question, ranking, place) for ranking, place in best),
        flags=flags_of_asking(question),
        data=atlas.provenance.to_dict(),
    )


def rank_candidates(
    question: Question, kinds: Iterable[CooperationType], *, limit: int, several: bool = False
) -> list[tuple[Ranking, int]]:
    """The best candidates of the engines of ``kinds``: each once, in its best type and role.

    ``several`` leaves out what one type has only because it was asked for alone.
    """
    rankings = [
        rank(question, proposal)
        for kind in kinds
        for proposal in ENGINES[kind](question)
        if len(proposal.candidates) and not (several and proposal.only_when_asked)
    ]
    return _merge(rankings, limit)


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


def _group(atlas: Atlas, unit: str, partners: Sequence[str]) -> IntArray:
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
                name=atlas.units.names[row],
            )
            raise InvalidValueError(message, value=atlas.units.ids[row])
    return np.array(rows, dtype=np.int64)


def _merge(rankings: list[Ranking], limit: int) -> list[tuple[Ranking, int]]:
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
