"""Check a network: does it hold together, may it be founded and funded, in which form, at what cost?"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.networks.cost import cost_of, usual_depth
from geoplan.networks.facts import facts_of, participants_of
from geoplan.networks.footprint import Footprint
from geoplan.networks.funding import grant_fact, network_grant
from geoplan.networks.headcount import headcount
from geoplan.networks.holders import holders_of
from geoplan.networks.intentions import Intentions
from geoplan.networks.legal import Case, FormAdvice, advise
from geoplan.networks.network import Network
from geoplan.networks.score import contributions_of
from geoplan.networks.structure import structure_checks
from geoplan.rules import Depth, evaluate
from geoplan.services import Service, find_service
from geoplan.suggestions.weights import check_weights
from geoplan.units import Level, UnitOrName

MAX_MEMBERS = 200


def check_network(  # noqa: PLR0913 - two subjects, the rest are options
    atlas: Atlas,
    members: Sequence[UnitOrName],
    *,
    service: str,
    on: datetime.date | None = None,
    intentions: Intentions | None = None,
    seeds: Sequence[UnitOrName] = (),
    weights: Mapping[str, float] | None = None,
) -> Network:
    """Check a group of units that want to work together.

    Parameters
    ----------
    members
        Ids or unambiguous names, each counted once; 1 … 200.
    service
        Key of a service field.
    on
        The day the rules are asked for; by default today.
    intentions
        What the partners have said: depth, duration, key of shares, changed assumptions …
    seeds
        Which of the members have asked for the network: half of the score is how well they fit the others.
    weights
        Other weights of criteria than the usual ones of the service.

    Raises
    ------
    UnknownUnitError, AmbiguousUnitError, InvalidKeyError
        A member is no unit of the atlas.
    UnknownChoiceError
        No such service, assumption or criterion.
    InvalidValueError
        No member or too many, an unincorporated area, or a number out of bounds.
    """
    field, plans = find_service(service), intentions or Intentions()
    day = on or datetime.date.today()
    footprint = Footprint(atlas=atlas, rows=_rows(atlas, members))
    depth = usual_depth(field, plans.depth)
    plans = replace(plans, depth=depth)
    grant = network_grant(footprint, field, plans, day)
    facts = {**facts_of(footprint, field, plans, depth), "grant_eur": grant_fact(grant)}
    checks = (
        *structure_checks(footprint, field),
        *evaluate(facts, day, country=atlas.provenance.country),
    )
    units = [atlas.units.at(row) for row in footprint.rows.tolist()]
    inhabitants = {unit.id: footprint.inhabitants(place) for place, unit in enumerate(units)}
    contributions = contributions_of(
        atlas, footprint.rows, field,
        seeds=_seeds(atlas, seeds, footprint.rows), weights=check_weights(weights),
    )  # fmt: skip
    return Network(
        members=tuple(units), service=field.key, depth=depth, on=day,
        score=sum(part.contribution for part in contributions) if len(units) > 1 else None,
        contributions=contributions, headcount=headcount(footprint), area_km2=footprint.area_km2,
        contiguous=len(footprint.components) == 1,
        components=_ids_of_pieces(footprint), holders=holders_of(footprint),
        components_without_holders=_ids_of_pieces(footprint.without_holders),
        compactness=footprint.compactness, counties=tuple(footprint.above(Level.COUNTY)),
        states=tuple(footprint.above(Level.STATE)), checks=checks,
        legal_forms=_legal_forms(footprint, field, depth, participants_of(footprint, plans)),
        cost=cost_of(field, inhabitants, plans, grant=grant),
        data=atlas.provenance.to_dict(),
    )  # fmt: skip


def _ids_of_pieces(footprint: Footprint) -> tuple[tuple[str, ...], ...]:
    ids = [footprint.atlas.units.ids[row] for row in footprint.rows.tolist()]
    return tuple(tuple(ids[place] for place in piece) for piece in footprint.components)


def _rows(atlas: Atlas, members: Sequence[UnitOrName]) -> NDArray[np.int64]:
    rows = sorted({atlas.row(name) for name in members}, key=atlas.units.ids.__getitem__)
    if not 1 <= len(rows) <= MAX_MEMBERS:
        message = Message(
            "A network has 1 to {limit} members, not {value}.", limit=MAX_MEMBERS, value=len(rows)
        )
        raise InvalidValueError(message, value=len(rows))
    for row in rows:
        if atlas.units.level[row] == Level.UNINCORPORATED_AREA:
            message = Message(
                "{name} is an unincorporated area: it has no council and cannot cooperate.",
                name=atlas.units.title(row),
            )
            raise InvalidValueError(message, value=atlas.units.ids[row])
    return np.array(rows, dtype=np.int64)


def _seeds(atlas: Atlas, seeds: Sequence[UnitOrName], rows: np.ndarray) -> np.ndarray:
    asked = np.array(sorted({atlas.row(name) for name in seeds}), dtype=np.int64)
    strange = np.setdiff1d(asked, rows)
    if len(strange):
        message = Message("{name} is not one of the members.", name=atlas.units.title(int(strange[0])))
        raise InvalidValueError(message, value=atlas.units.ids[int(strange[0])])
    return asked


def _legal_forms(
    footprint: Footprint, service: Service, depth: Depth, participants: int
) -> tuple[FormAdvice, ...]:
    """Advice on the form; for Germany only, whose law it is, and for more than one partner."""
    if footprint.atlas.provenance.country != "DE" or participants < 2:
        return ()
    associations = footprint.associations()
    one = len(associations) == 1 and len(next(iter(associations.values()))) == len(footprint.rows)
    case = Case(
        service=service, depth=depth, participants=participants,
        states=tuple(footprint.above(Level.STATE)), states_adjacent=footprint.states_adjacent,
        one_association=one,
    )  # fmt: skip
    return tuple(advise(case))
