"""What the rules are told of a network: read off the map, or as the partners intend it."""

import numpy as np

from geoplan.evidence import Mark
from geoplan.networks.footprint import Footprint
from geoplan.networks.intentions import SAID, Intentions
from geoplan.rules import Depth, Fact
from geoplan.rules.facts import Value
from geoplan.rules.statutes import treaty_between
from geoplan.services import Service
from geoplan.units import Level

SEVERAL = "several"
ESTIMATE = "estimate"
"""The word by which a source of population figures says that they are one."""
ESTIMATE_SPREAD = (0.75, 1.25)
"""An estimate by place name may be off by a quarter (a judgement): near a threshold it decides nothing."""
COMPANY_SHARE = 0.25


def participants_of(footprint: Footprint, intentions: Intentions) -> int:
    """Members and the municipal companies that count as participants."""
    return len(footprint.rows) + sum(share >= COMPANY_SHARE for share in intentions.companies)


def facts_of(footprint: Footprint, service: Service, intentions: Intentions, depth: Depth) -> dict[str, Fact]:
    """The facts of a network, but for what depends on the rules themselves (the grant)."""
    return {
        "service": Fact(value=service.key),
        "depth": Fact(value=depth.value),
        "participants": Fact(value=participants_of(footprint, intentions)),
        **_from_the_map(footprint),
        **_population(footprint),
        "companies": Fact(value=len(intentions.companies)),
        "smallest_municipal_share": Fact(value=min(intentions.companies, default=None)),
        **{name: _stated(value) for name, value in _told(intentions).items()},
    }


def _told(intentions: Intentions) -> dict[str, Value | None]:
    """What the partners have said of what only they know."""
    return {**{name: getattr(intentions, name) for name in SAID}, **intentions.stated}


def _stated(value: Value | None) -> Fact:
    # Whoever states it answers for it; the mark says that no source was read.
    return Fact(value=value, mark=Mark.DERIVED, stated=True)


def _from_the_map(footprint: Footprint) -> dict[str, Fact]:
    units, states = footprint.atlas.units, footprint.above(Level.STATE)
    levels = units.level[footprint.rows].tolist()
    associations = footprint.associations()
    one = len(associations) == 1 and len(next(iter(associations.values()))) == len(footprint.rows)
    whole = one and _is_whole(footprint, next(iter(associations)))
    treaty = treaty_between(states) is not None if len(states) > 1 else False
    return {
        "municipalities": Fact(value=sum(one in (Level.MUNICIPALITY, Level.ASSOCIATION) for one in levels)),
        "landkreise": Fact(value=sum(_is_landkreis(footprint, row) for row in footprint.rows.tolist())),
        "states": Fact(value=len(states)),
        "state": Fact(value=states[0] if len(states) == 1 else SEVERAL),
        "state_names": Fact(value=", ".join(units[state].name for state in states) or None),
        "only_one_association": Fact(value=one),
        "exactly_one_association": Fact(value=whole),
        "states_adjacent": Fact(value=footprint.states_adjacent),
        # That a treaty is not in the register does not mean that there is none.
        "treaty_known": Fact(value=True if treaty else None),
    }


def _is_whole(footprint: Footprint, association: int) -> bool:
    fellows = footprint.atlas.hierarchy.members(association, Level.MUNICIPALITY)
    return set(fellows.tolist()) <= set(footprint.rows.tolist())


def _is_landkreis(footprint: Footprint, row: int) -> bool:
    atlas = footprint.atlas
    return (
        atlas.units.level[row] == Level.COUNTY and len(atlas.hierarchy.members(row, Level.MUNICIPALITY)) > 1
    )


def _population(footprint: Footprint) -> dict[str, Fact]:
    """The largest and the smallest municipality; unknown where one is, for that one may be it."""
    municipalities = footprint.municipalities
    population = footprint.atlas.units.population[municipalities]
    if not len(population) or np.isnan(population).any():
        largest = float(np.nanmax(population)) if np.isfinite(population).any() else None
        unknown = Fact(value=None)
        # Whoever is unknown may be larger, but the largest known one is a lower bound.
        return {
            "largest_population": unknown if largest is None else Fact(
                value=largest, mark=Mark.DERIVED, spread=(largest * ESTIMATE_SPREAD[0], np.inf)
            ),
            "smallest_population": unknown,
        }  # fmt: skip
    sources = footprint.atlas.units.population_source
    estimated = any(ESTIMATE in (sources[row] or "") for row in municipalities.tolist())
    return {
        "largest_population": _counted(float(population.max()), estimated),
        "smallest_population": _counted(float(population.min()), estimated),
    }


def _counted(count: float, estimated: bool) -> Fact:
    if not estimated:
        return Fact(value=count)
    low, high = ESTIMATE_SPREAD
    return Fact(value=count, mark=Mark.DERIVED, spread=(low * count, high * count))
