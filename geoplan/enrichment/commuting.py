"""From published commuters to the flows of a dataset: as published, and spread from counties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geoplan.enrichment.counties import Masses, SourceCounties, SpreadCommuters
from geoplan.enrichment.figures import CommuterFigures, FloatArray, IntArray, numbered
from geoplan.enrichment.flows import Flows
from geoplan.enrichment.join import NO_SUCH_KEY, Unmatched
from geoplan.enrichment.note import Day
from geoplan.enrichment.report import JoinReport, Without
from geoplan.units import PLACE_LEVELS, Level, UnitTable


@dataclass(frozen=True, kw_only=True)
class Commuting:
    """The flows of a dataset, and the report on their source."""

    flows: Flows
    report: JoinReport


def commuting(
    units: UnitTable, vintage: str, figures: CommuterFigures, masses: Masses, key_changes: Mapping[str, str]
) -> Commuting:
    """Join commuters to a dataset, and spread those between counties over municipalities.

    Parameters
    ----------
    key_changes
        Ids of the dataset and the keys that the same municipalities have in a later vintage, as far as known:
        a county that the source has no flows for may be part of another one there.
    """
    pairs, commuters = _published(units, figures)
    spread = SourceCounties.of(units, figures, masses, key_changes).spread(figures)
    flows = Flows.from_pairs(
        len(units),
        np.concatenate([pairs, spread.pairs]),
        np.concatenate([commuters, spread.commuters]),
        np.concatenate([np.zeros(len(pairs), dtype=np.bool_), spread.is_estimate]),
    )
    return Commuting(flows=flows, report=_report(units, vintage, figures, spread))


def _published(units: UnitTable, figures: CommuterFigures) -> tuple[IntArray, FloatArray]:
    """Rows (m, 2) of the pairs that the dataset knows, and their commuters; those kept back are left out."""
    row_of = {units.ids[row]: row for row in units.rows_of(*PLACE_LEVELS, Level.COUNTY).tolist()}
    pairs = numbered(row_of, figures)
    known = (figures.commuters > 0) & (pairs >= 0).all(axis=1)
    return pairs[known], figures.commuters[known]


def _report(units: UnitTable, vintage: str, figures: CommuterFigures, spread: SpreadCommuters) -> JoinReport:
    keys = sorted({*figures.origins, *figures.destinations})
    counties = _ids(units, (Level.COUNTY,))
    of_counties = any(key in counties for key in keys)
    wanted = counties if of_counties else _ids(units, (Level.MUNICIPALITY,))
    known = counties | _ids(units, PLACE_LEVELS)
    unmatched = [key for key in keys if key not in known]
    without = sorted(wanted - set(keys))
    return JoinReport(
        note=figures.note,
        rows=len(keys),
        matched=len(keys) - len(unmatched),
        unmatched=tuple(
            Unmatched(id=key, name=figures.names.get(key, ""), why=NO_SUCH_KEY.filled(vintage=Day(vintage)))
            for key in unmatched
        ),
        key_changes=(),
        units=len(wanted),
        covered=len(wanted) - len(without),
        without=tuple(Without(id=one, name=units[one].name) for one in without),
        flags=spread.flags,
        details={"kept_back": int(np.isnan(figures.commuters).sum()), **spread.details},
    )


def _ids(units: UnitTable, levels: Sequence[Level]) -> set[str]:
    return {units.ids[row] for row in units.rows_of(*levels).tolist()}
